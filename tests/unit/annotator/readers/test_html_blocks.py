"""Which lines of a page belong to the article, told by structure."""

import pytest
from lxml import etree

from annotator.readers.html_blocks import Block, article_blocks, blocks_of, with_standfirst

PROSE = Block(
    "paragraph", *(("The court held that the company must pay the full sum before the year ends.",) * 2)
)
MORE = Block(
    "paragraph", *(("It also ordered both of them to report in March on what they had done so far.",) * 2)
)


def _blocks(markup: str) -> list[Block]:
    return blocks_of(etree.fromstring(f"<body>{markup}</body>"))


def _link(text: str, outside: str = "", kind: str = "paragraph") -> Block:
    return Block(
        "item" if kind == "item" else "paragraph", f"{outside} {text}".strip(), outside, has_link=True
    )


def _kept(*blocks: Block, title: str = "", date: str = "") -> list[Block]:
    return article_blocks(blocks, title=title, date=date)


def test_blocks_have_their_kinds_and_folded_text() -> None:
    blocks = _blocks(
        "<head>A  heading</head><p>One\n <hi>bold</hi> word</p>loose<list><item>first</item></list>"
        "<div><h2>Sub</h2>in div<p>p</p>tail</div>"
    )

    assert [(block.kind, block.text) for block in blocks] == [
        ("heading", "A heading"),
        ("paragraph", "One bold word"),
        ("paragraph", "loose"),
        ("item", "• first"),
        ("heading", "Sub"),
        ("paragraph", "in div"),
        ("paragraph", "p"),
        ("paragraph", "tail"),
    ]


def test_broken_lines_are_blocks_of_their_own() -> None:
    assert [block.text for block in _blocks("<p>one<lb/>two<br/>three</p>")] == ["one", "two", "three"]


def test_an_empty_item_leaves_its_bullet_to_nobody() -> None:
    assert [block.text for block in _blocks("<ul><li> </li></ul><p>text</p>")] == ["text"]


def test_a_short_item_without_a_link_stays() -> None:
    (item,) = _blocks("<ul><li>Damages:</li></ul>")

    assert _kept(PROSE, item, MORE) == [PROSE, item, MORE]


def test_nested_lists_count_apart() -> None:
    blocks = _blocks("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol><list rend='ol'><item>d</item></list>")

    assert [block.text for block in blocks] == ["1. a", "• b", "2. c", "1. d"]


def test_table_rows_are_lines_unless_the_page_is_laid_out_in_them() -> None:
    data = "<table><row><cell><p>a</p></cell><cell> b\nb </cell><cell/></row></table>"
    layout = "<table><tr><td><p>left</p><p>below</p></td><td><p>right</p></td></tr></table>"

    assert [block.text for block in _blocks(data)] == ["a\tb b"]
    assert [block.text for block in _blocks(layout)] == ["left", "below", "right"]


def test_text_outside_links_is_known() -> None:
    (block,) = _blocks("<p>Related: <ref target='x'>An older <hi>ruling</hi></ref>.</p>")

    assert (block.text, block.outside) == ("Related: An older ruling.", "Related: .")


def test_the_headline_above_the_article_goes() -> None:
    headline = Block("heading", "Judge rules: “Pay”", "Judge rules: “Pay”")

    assert _kept(headline, PROSE, headline, MORE, title="Judge Rules – Pay") == [PROSE, headline, MORE]


@pytest.mark.parametrize(
    "line",
    ["October 17, 2025 - 11:28", "17.10.2025 | Ana Diaz | Courts", "Updated 2025-10-17", "Fri 17 Oct 2025"],
)
def test_a_line_above_the_article_with_its_date_goes(line: str) -> None:
    assert _kept(Block("paragraph", line, line), PROSE, date="2025-10-17") == [PROSE]


@pytest.mark.parametrize("line", ["What happened in 2025", "17 states joined", "SAN FRANCISCO"])
def test_other_short_lines_above_the_article_stay(line: str) -> None:
    block = Block("paragraph", line, line)

    assert _kept(block, PROSE, date="2025-10-17") == [block, PROSE]


def test_dates_inside_the_article_stay() -> None:
    line = Block("paragraph", "On 17 October 2025 it was over.", "On 17 October 2025 it was over.")

    assert _kept(PROSE, line, MORE, date="2025-10-17") == [PROSE, line, MORE]


@pytest.mark.parametrize(
    "line",
    [
        _link("An older ruling in this case"),
        _link("An older ruling", "Related:"),
        _link("Tag", ","),
        _link("Tag", "|"),
    ],
)
def test_lines_that_only_lead_away_go(line: Block) -> None:
    assert _kept(PROSE, line, MORE, line) == [PROSE, MORE]


def test_sentences_with_links_stay() -> None:
    line = Block("paragraph", "The order is here and was read by many.", "The and was read by many.")

    assert _kept(PROSE, line) == [PROSE, line]


def test_a_list_goes_only_when_all_its_items_lead_away() -> None:
    linked, plain = _link("A firm", "•", "item"), Block("item", "• Another firm", "Another firm")

    assert _kept(PROSE, linked, plain, MORE, linked, linked) == [PROSE, linked, plain, MORE]


def test_a_long_paragraph_is_kept_once() -> None:
    short = Block("paragraph", "No comment.", "No comment.")

    assert _kept(PROSE, short, PROSE, short, MORE) == [PROSE, short, short, MORE]


@pytest.mark.parametrize("kind", ["heading", "paragraph"])
def test_what_introduces_nothing_goes(kind: str) -> None:
    lead_in = _link("", "Read also:")
    heading = Block("heading", "More", "More")

    assert _kept(PROSE, lead_in, _link("One story"), MORE, heading if kind == "heading" else lead_in) == [
        PROSE,
        MORE,
    ]


def test_a_standfirst_of_the_fuller_extraction_is_kept() -> None:
    heading = Block("heading", PROSE.text, PROSE.text)

    assert with_standfirst([MORE], [heading, PROSE, MORE]) == [PROSE, MORE]


def test_more_than_a_standfirst_is_left_to_the_strict_extraction() -> None:
    assert with_standfirst([MORE], [PROSE, PROSE, PROSE, MORE]) == [MORE]
    assert with_standfirst([MORE], [PROSE]) == [MORE]
    assert with_standfirst([], [PROSE]) == []


def test_a_heading_with_nothing_under_it_goes() -> None:
    heading = Block("heading", "Read on", "Read on")

    assert _kept(heading, PROSE, heading, _link("Another story")) == [heading, PROSE]
