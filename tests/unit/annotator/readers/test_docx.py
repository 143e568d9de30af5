"""Word documents become the text that a reader of the printed page sees, in reading order."""

import datetime
from pathlib import Path

import docx
import pytest

from annotator.errors import UnreadableSource
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.docx import read
from tests.unit.annotator.readers.word_files import numbered, paragraph, run, write_docx

FOOTNOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", " See the order.")}'
    f"{paragraph('And the brief.')}</w:footnote>"
    f'<w:footnote w:id="3">{paragraph(" Id. at 5.")}</w:footnote>'
)


def _mark(kind: str, note: int, *, own: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{note}" {own}/></w:r>'


def _document(source: Path) -> ReadDocument:
    (document,) = read(source)
    assert not isinstance(document, RefusedSource)
    return document


def _lines(folder: Path, body: str, **parts: str) -> list[str]:
    return _document(write_docx(folder / "brief.docx", body, **parts)).text.split("\n")


def _written(folder: Path) -> Path:
    """A document as a word processor's library writes it."""
    word = docx.Document()
    word.core_properties.title = "Brief"
    word.core_properties.author = "Ana Diaz"
    word.core_properties.created = datetime.datetime(2025, 10, 17, 8, 0, tzinfo=datetime.UTC)
    word.core_properties.keywords = "software, injunction"
    word.add_heading("Motion to dismiss", 0)
    word.add_heading("I. Facts", 1)
    word.add_paragraph("The company sold software.")
    word.add_paragraph("to hospitals", style="List Bullet")
    word.add_paragraph("first claim", style="List Number")
    word.add_paragraph("second claim", style="List Number")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for r in table.rows for c in r.cells), ("Year", "Sales", "2023", "$5"), strict=True
    ):
        cell.text = text
    word.add_paragraph("The court\tshould\nrule.")
    word.sections[0].header.paragraphs[0].text = "CONFIDENTIAL"
    path = folder / "brief.docx"
    word.save(str(path))
    return path


def test_paragraphs_headings_lists_and_tables_come_in_reading_order(tmp_path: Path) -> None:
    document = _document(_written(tmp_path))

    assert document.text.split("\n") == [
        "Motion to dismiss",
        "I. Facts",
        "The company sold software.",
        "• to hospitals",
        "1. first claim",
        "2. second claim",
        "Year\tSales",
        "2023\t$5",
        "The court\tshould",
        "rule.",
    ]
    assert document.warnings == ()


def test_properties_become_metadata_and_the_title_paragraph_the_title(tmp_path: Path) -> None:
    document = _document(_written(tmp_path))

    assert document.title == "Motion to dismiss"
    assert document.metadata["title"] == "Brief"
    assert document.metadata["author"] == "Ana Diaz"
    assert document.metadata["created"] == "2025-10-17T08:00:00Z"
    assert document.metadata["keywords"] == "software, injunction"
    assert (document.reader, document.kind, document.source_name) == ("docx", "article", "brief.docx")


def test_without_a_title_the_first_heading_is_one_then_the_first_line(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    heading = paragraph("The facts", properties='<w:pStyle w:val="H1"/>')

    with_heading = _document(write_docx(tmp_path / "a.docx", paragraph("Intro.") + heading, styles=styles))
    without = _document(write_docx(tmp_path / "b.docx", paragraph("Intro.")))

    assert (with_heading.title, without.title) == ("The facts", "Intro.")


def test_a_footnote_follows_the_paragraph_with_its_mark(tmp_path: Path) -> None:
    body = paragraph(
        "It ruled.", _mark("footnote", 2), " Then", _mark("footnote", 3), " it rested."
    ) + paragraph("The end.")

    assert _lines(tmp_path, body, footnotes=FOOTNOTES) == [
        "It ruled.1 Then2 it rested.",
        "1 See the order.",
        "And the brief.",
        "2 Id. at 5.",
        "The end.",
    ]


def test_a_mark_of_its_own_is_not_numbered(tmp_path: Path) -> None:
    body = paragraph(
        "It ruled.", _mark("footnote", 2, own='w:customMarkFollows="1"'), "* Later", _mark("footnote", 3)
    )

    assert _lines(tmp_path, body, footnotes=FOOTNOTES)[:2] == ["It ruled.* Later1", "See the order."]


def test_endnotes_come_at_the_end_with_their_numbers(tmp_path: Path) -> None:
    notes = "".join(
        f'<w:endnote w:id="{number}">{paragraph(text)}</w:endnote>'
        for number, text in ((1, "First."), (2, "Second."))
    )
    body = paragraph("One", _mark("endnote", 1), " two", _mark("endnote", 2)) + paragraph("The end.")

    assert _lines(tmp_path, body, endnotes=notes) == ["Onei twoii", "The end.", "i First.", "ii Second."]


def test_note_numbers_are_written_as_the_settings_say(tmp_path: Path) -> None:
    settings = '<w:footnotePr><w:numFmt w:val="lowerLetter"/></w:footnotePr>'

    lines = _lines(tmp_path, paragraph("It", _mark("footnote", 3)), footnotes=FOOTNOTES, settings=settings)

    assert lines == ["Ita", "a Id. at 5."]


def test_a_note_that_holds_its_own_mark_is_read_once(tmp_path: Path) -> None:
    notes = f'<w:footnote w:id="1">{paragraph("Loop", _mark("footnote", 1))}</w:footnote>'

    assert _lines(tmp_path, paragraph("It", _mark("footnote", 1)), footnotes=notes) == ["It1", "1 Loop"]


def test_tracked_changes_are_accepted_and_told(tmp_path: Path) -> None:
    body = paragraph(
        "The court ",
        f"<w:del>{run('denied').replace('w:t', 'w:delText')}</w:del>",
        f"<w:ins>{run('granted')}</w:ins>",
        f"<w:moveFrom>{run(' it')}</w:moveFrom>",
        f"<w:moveTo>{run(' the motion')}</w:moveTo>",
    )

    document = _document(write_docx(tmp_path / "a.docx", body))

    assert document.text == "The court granted the motion"
    assert "tracked changes" in document.warnings[0]


def test_a_deleted_paragraph_end_joins_the_next_paragraph(tmp_path: Path) -> None:
    body = (
        paragraph("The court ", properties="<w:rPr><w:del/></w:rPr>")
        + paragraph("ruled.")
        + f"<w:del>{paragraph('Gone.')}</w:del>"
        + paragraph("Last", properties="<w:rPr><w:del/></w:rPr>")
    )

    assert _lines(tmp_path, body) == ["The court ruled.", "Last"]


def test_joined_paragraphs_count_as_one_in_a_list(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    )
    deleted_end = "<w:rPr><w:del/></w:rPr>"
    body = numbered("One ", list_id=7).replace("</w:numPr>", f"</w:numPr>{deleted_end}") + "".join(
        numbered(text, list_id=7) for text in ("and a half", "Two")
    )

    assert _lines(tmp_path, body, numbering=numbering) == ["1. One and a half", "2. Two"]


def test_hidden_text_is_left_out_and_told(tmp_path: Path) -> None:
    body = paragraph(
        "Seen",
        run(" hidden", properties="<w:vanish/>"),
        run(" and shown", properties='<w:vanish w:val="0"/>'),
    )

    document = _document(write_docx(tmp_path / "a.docx", body))

    assert document.text == "Seen and shown"
    assert "Hidden text" in document.warnings[0]


def test_comments_are_left_out_and_told(tmp_path: Path) -> None:
    comments = f'<w:comment w:id="1">{paragraph("Really?")}</w:comment>'
    body = paragraph('<w:commentRangeStart w:id="1"/>', "It ruled.", '<w:commentRangeEnd w:id="1"/>')

    document = _document(write_docx(tmp_path / "a.docx", body, comments=comments))

    assert document.text == "It ruled."
    assert document.warnings == ("Comments are not part of the text: 1 left out.",)


def test_links_fields_and_wrappers_give_the_text_that_is_shown(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>'
        f"{run('never shown')}"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("12")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = paragraph(
        '<w:hyperlink r:id="r1">' + run("The order") + "</w:hyperlink>",
        ", page ",
        field,
        "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>"
        + run(" of ")
        + "</w:sdtContent></w:sdt>",
        '<w:fldSimple w:instr="NUMPAGES">' + run("20") + "</w:fldSimple>",
        "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>",
        "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>",
        "<w:smartTag>" + run(" end") + "</w:smartTag>",
    )

    assert _lines(tmp_path, f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>") == [
        "The order, page 12 of 20\u2011x=1 end"
    ]


def test_an_unfinished_field_hides_no_more_than_its_paragraph(tmp_path: Path) -> None:
    body = paragraph("Seen", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "not") + paragraph("Seen again")

    assert _lines(tmp_path, body) == ["Seen", "Seen again"]


def test_form_fields_show_what_is_chosen(tmp_path: Path) -> None:
    def form(data: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
            '<w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    body = paragraph(
        form("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"),
        " granted ",
        form("<w:checkBox><w:default w:val='0'/></w:checkBox>"),
        " denied ",
        form(
            "<w:ddList><w:result w:val='1'/>"
            "<w:listEntry w:val='Ohio'/><w:listEntry w:val='Texas'/></w:ddList>"
        ),
    )

    assert _lines(tmp_path, body) == ["☒ granted ☐ denied Texas"]


def test_symbols_of_special_fonts_are_shown_where_they_are_known(tmp_path: Path) -> None:
    body = paragraph(
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        '<w:r><w:sym w:font="Times" w:char="00A7"/></w:r>',
        '<w:r><w:sym w:font="Webdings" w:char="F0FE"/></w:r>',
        " 5",
    )

    document = _document(write_docx(tmp_path / "a.docx", body))

    assert document.text == "☑§□ 5"
    assert "1 of them" in document.warnings[0]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    body = paragraph(
        "Before",
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        " after",
    )

    assert _lines(tmp_path, body) == ["Before after", "In the box"]


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_a_table_is_read_row_by_row_with_its_notes_after_the_row(tmp_path: Path) -> None:
    table = _table(
        (paragraph("Year"), paragraph("Sales")),
        (paragraph("2023", _mark("footnote", 3)), paragraph("$5") + paragraph("million")),
        (paragraph(), paragraph("$6")),
        (paragraph(), paragraph()),
    )

    assert _lines(tmp_path, table + paragraph("End"), footnotes=FOOTNOTES) == [
        "Year\tSales",
        "20231\t$5 million",
        "1 Id. at 5.",
        "\t$6",
        "End",
    ]


def test_a_caption_laid_out_as_a_table_is_read_side_by_side(tmp_path: Path) -> None:
    left = paragraph("ANA DIAZ,") + paragraph("Plaintiff, v.") + paragraph("ACME CORP.")
    table = _table((left, paragraph("Case No. 1") + paragraph("ORDER")))

    assert _lines(tmp_path, table) == ["ANA DIAZ,", "Plaintiff, v.", "ACME CORP.", "Case No. 1", "ORDER"]


def test_a_table_inside_a_cell_is_read_in_its_place(tmp_path: Path) -> None:
    inner = _table((paragraph("a"), paragraph("b")), (paragraph("c"), paragraph("d")))

    assert _lines(tmp_path, _table((paragraph("Before") + inner + paragraph("After"),))) == [
        "Before",
        "a\tb",
        "c\td",
        "After",
    ]


def test_a_strict_file_reads_like_a_transitional_one(tmp_path: Path) -> None:
    body = paragraph("It ruled.", _mark("footnote", 2))
    strict = _document(write_docx(tmp_path / "a.docx", body, strict=True, footnotes=FOOTNOTES))
    usual = _document(write_docx(tmp_path / "b.docx", body, footnotes=FOOTNOTES))

    assert strict.text == usual.text
    assert strict.text.startswith("It ruled.1\n1 See the order.")


def test_numbers_of_lists_are_part_of_the_text(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = (
        numbered("Facts", list_id=7)
        + numbered("who", list_id=7, level=1)
        + numbered("what", list_id=7, level=1)
        + paragraph("between")
        + numbered("Law", list_id=7)
        + numbered("which", list_id=7, level=1)
    )

    assert _lines(tmp_path, body, numbering=numbering) == [
        "I. Facts",
        "(a) who",
        "(b) what",
        "between",
        "II. Law",
        "(a) which",
    ]


def test_a_document_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"“a\.docx” holds no text"):
        _document(write_docx(tmp_path / "a.docx", paragraph()))


def test_an_embedded_document_is_told(tmp_path: Path) -> None:
    document = _document(write_docx(tmp_path / "a.docx", paragraph("Text") + '<w:altChunk r:id="r9"/>'))

    assert document.warnings == ("Embedded files are not read: 1 left out.",)


def test_real_word_files_are_read_or_refused_as_blank(corpus: Path) -> None:
    blank = {"mammoth__empty.docx", "mammoth__external-picture.docx"}
    for path in sorted((corpus / "articles" / "docx").glob("*.docx")):
        if path.name in blank:
            with pytest.raises(UnreadableSource, match="no text"):
                _document(path)
        else:
            assert _document(path).text.strip()
