"""Pages whose font has no map to Unicode: pdfium sees codes, pdfplumber the font's own table."""

import io
from collections.abc import Iterator

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from annotator.readers.pdf.second_opinion import SecondOpinion
from tests.pdf_pages import Paper, changed, saved
from tests.unit.annotator.readers.pdf.reading import read_paper, sheet_of

LINES = (
    "The court has read the papers that both sides have filed",
    "and denies the motion for the reasons that follow it here.",
)
LEFT, FIRST_BASELINE, PITCH = 72.0, 92.0, 16.0
LETTER_WIDTH = 6.0


def font_of(letters: str) -> bytes:
    """A TrueType font of blocks: glyph 1 is the first letter, glyph 2 the second one."""
    pen = TTGlyphPen(None)
    for place, corner in enumerate(((50, 0), (50, 600), (450, 600), (450, 0))):
        (pen.lineTo if place else pen.moveTo)(corner)
    pen.closePath()
    block, nothing = pen.glyph(), TTGlyphPen(None).glyph()
    names = [".notdef", *(f"block{number}" for number in range(len(letters)))]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap(dict(zip(map(ord, letters), names[1:], strict=True)))
    font.setupGlyf({name: nothing if name == ".notdef" else block for name in names})
    font.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Blocks", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def without_map(*, turn: int = 0, knows_letters: bool = True) -> bytes:
    """A page of Identity-H codes without ToUnicode, its print upright when the page is turned so.

    The font has its own table from letters to glyphs, or only one that tells nothing of letters.
    """
    letters = "".join(sorted(set("".join(LINES)) - {" "}))
    own = letters if knows_letters else "".join(chr(0xE100 + place) for place in range(len(letters)))
    name, file = pikepdf.Name, pikepdf.new()
    program = file.make_stream(font_of(own))
    descriptor = pikepdf.Dictionary(
        Type=name.FontDescriptor,
        FontName=name.Blocks,
        Flags=4,
        FontBBox=[0, -200, 500, 800],
        ItalicAngle=0,
        Ascent=800,
        Descent=-200,
        CapHeight=600,
        StemV=80,
        FontFile2=program,
    )
    glyphs = pikepdf.Dictionary(
        Type=name.Font,
        Subtype=name.CIDFontType2,
        BaseFont=name.Blocks,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=file.make_indirect(descriptor),
        DW=500,
        CIDToGIDMap=name.Identity,
    )
    font = pikepdf.Dictionary(
        Type=name.Font,
        Subtype=name.Type0,
        BaseFont=name.Blocks,
        Encoding=name("/Identity-H"),
        DescendantFonts=[file.make_indirect(glyphs)],
    )
    page = file.add_blank_page(page_size=(612, 792))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = file.make_stream("\n".join(_shown(letters, turn)).encode())
    return saved(file)


def _shown(letters: str, turn: int) -> Iterator[str]:
    for number, line in enumerate(LINES):
        x, y = LEFT, FIRST_BASELINE + PITCH * number
        for word in line.split():
            codes = "".join(f"{letters.index(letter) + 1:04x}" for letter in word)
            matrix = f"0 1 -1 0 {y} {x}" if turn == 90 else f"1 0 0 1 {x} {792 - y}"
            yield f"BT /F1 12 Tf {matrix} Tm <{codes}> Tj ET"
            x += LETTER_WIDTH * (len(word) + 1)


def test_pdfium_alone_sees_no_letters() -> None:
    sheet = sheet_of(without_map())

    assert sheet.unmapped > 0.9
    assert "court" not in " ".join(token.text for token in sheet.tokens)


def test_font_without_map_is_read_with_its_own_table() -> None:
    document = read_paper(without_map())

    assert document.text == " ".join(LINES)
    assert document.pages[0].kind == "text"
    assert not document.warnings


@pytest.mark.parametrize(("turn", "crop"), [(0, (50, 400, 500, 780)), (90, (12, 50, 392, 500))])
def test_words_stand_where_they_are_shown(turn: int, crop: tuple[float, float, float, float]) -> None:
    cut_left, cut_top = 50.0, 12.0
    document = read_paper(changed(without_map(turn=turn), rotate=turn, crop=crop))
    page = document.pages[0]
    word = page.words[1]

    assert (page.width, page.height) == (450.0, 380.0)
    assert document.text[word.start : word.end] == "court"
    assert word.x0 == pytest.approx(LEFT + 4 * LETTER_WIDTH - cut_left)
    assert word.x1 == pytest.approx(LEFT + 9 * LETTER_WIDTH - cut_left)
    assert word.top < FIRST_BASELINE - cut_top - 5 < FIRST_BASELINE - cut_top < word.bottom


def test_font_that_knows_no_letters_leaves_the_page_unreliable() -> None:
    document = read_paper(without_map(knows_letters=False))

    assert document.pages[0].kind == "unreliable"
    assert "text layer that cannot be right" in document.warnings[0]


def test_pages_with_letters_are_not_asked_about() -> None:
    paper = Paper()
    paper.put_lines(72, 92, LINES)
    sheet = sheet_of(paper)

    with SecondOpinion(b"no PDF at all, which would fail if it were opened") as opinion:
        opinion.ask(sheet)

    assert [token.text for token in sheet.tokens][:2] == ["The", "court"]


def test_file_that_only_pdfium_can_open_keeps_its_reading() -> None:
    sheet = sheet_of(without_map())
    before = list(sheet.tokens)

    with SecondOpinion(b"damaged") as opinion:
        opinion.ask(sheet)

    assert sheet.tokens == before
