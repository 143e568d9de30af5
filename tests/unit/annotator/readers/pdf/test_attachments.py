"""Highlights, remarks, links and form fields of a PDF: read with their places, and no part of its text."""

import pikepdf
import pytest

from annotator.geometry import Attachment, Page
from tests.pdf_pages import Paper, changed, with_annotation
from tests.unit.annotator.readers.pdf.reading import read_paper

SENTENCE = "The motion to compel is granted."


def paper() -> Paper:
    paper = Paper()
    paper.put(72, 100, SENTENCE)
    return paper


def page_of(data: bytes) -> Page:
    document = read_paper(data)
    assert document.text == SENTENCE
    return document.pages[0]


def attached(data: bytes) -> Attachment:
    (item,) = page_of(data).attachments
    return item


def test_highlight_has_its_boxes_remark_author_and_subject() -> None:
    data = with_annotation(
        paper().bytes(),
        Subtype=pikepdf.Name.Highlight,
        QuadPoints=[93, 701, 130, 701, 93, 688, 130, 688, 140, 701, 160, 701, 140, 688, 160, 688],
        Rect=[93, 688, 160, 701],
        Contents="Look here",
        T="Ana",
        Subj="Order",
    )

    item = attached(data)

    assert (item.kind, item.text, item.name, item.subject) == ("highlight", "Look here", "Ana", "Order")
    assert [tuple(box) for box in item.boxes] == [(93, 91, 130, 104), (140, 91, 160, 104)]


def test_link_has_its_address() -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/docket")
    data = with_annotation(paper().bytes(), Subtype=pikepdf.Name.Link, Rect=[72, 688, 200, 701], A=action)

    item = attached(data)

    assert (item.kind, item.text) == ("link", "https://example.org/docket")


def test_filled_field_has_name_and_value() -> None:
    data = with_annotation(
        paper().bytes(),
        Subtype=pikepdf.Name.Widget,
        Rect=[72, 600, 200, 620],
        FT=pikepdf.Name.Tx,
        T="debtor",
        V="Jörg Sample",
    )

    item = attached(data)

    assert (item.kind, item.name, item.text) == ("field", "debtor", "Jörg Sample")


@pytest.mark.parametrize(
    "annotation",
    [
        {"Subtype": pikepdf.Name.Link, "Rect": [72, 688, 200, 701]},
        {"Subtype": pikepdf.Name.Widget, "Rect": [72, 688, 200, 701], "FT": pikepdf.Name.Tx, "T": "empty"},
        {"Subtype": pikepdf.Name.Popup, "Rect": [72, 688, 200, 701]},
        {
            "Subtype": pikepdf.Name.Link,
            "Rect": [72, 688, 200, 701],
            "A": pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"),
        },
    ],
)
def test_what_says_nothing_is_left_out(annotation: dict[str, object]) -> None:
    assert page_of(with_annotation(paper().bytes(), **annotation)).attachments == ()


def test_places_are_those_of_the_page_as_it_is_shown() -> None:
    data = with_annotation(
        paper().bytes(),
        Subtype=pikepdf.Name.Highlight,
        QuadPoints=[93, 701, 130, 701, 93, 688, 130, 688],
        Rect=[93, 688, 130, 701],
    )
    page = page_of(changed(data, rotate=90))

    (box,) = page.attachments[0].boxes
    under = [
        SENTENCE[word.start : word.end]
        for word in page.words
        if box.x0 < (word.x0 + word.x1) / 2 < box.x1 and box.top < (word.top + word.bottom) / 2 < box.bottom
    ]

    assert under == ["motion"]
