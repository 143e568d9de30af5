"""Print that a tagged PDF marks as an artifact is furniture, where such marks can be trusted."""

from annotator.readers.document import ReadDocument
from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import paragraphs, read_paper, sheet_of

HEAD, FOOT = "Memorandum of the tenants", "Draft of the second of May"
BODY = ["The tenants ask for a stay. The landlord has", "not answered, and the time to do so is over."]


def tagged(*, head: str, body: str) -> Paper:
    """One page whose head and foot stand nowhere else, so that only tags tell what they are."""
    paper = Paper()
    with paper.marked(head):
        paper.put(72, 50, HEAD)
    for place, line in enumerate([*BODY, *BODY]):
        with paper.marked(body):
            paper.put(72, 150 + 14 * place, line)
    with paper.marked(head):
        paper.put(72, 750, FOOT)
    return paper


def furniture(document: ReadDocument) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in document.pages[0].furniture]


def test_head_and_foot_that_are_tagged_as_artifacts_are_furniture() -> None:
    document = read_paper(tagged(head="Artifact", body="P"))

    assert sorted(furniture(document)) == [("footer", FOOT), ("running_head", HEAD)]
    assert paragraphs(document) == [" ".join([*BODY, *BODY])]


def test_without_tags_the_same_lines_are_text() -> None:
    document = read_paper(tagged(head="P", body="P"))

    assert furniture(document) == []
    assert HEAD in document.text


def test_page_that_is_all_artifact_is_read_as_text() -> None:
    document = read_paper(tagged(head="Artifact", body="Artifact"))

    assert not any(token.is_artifact for token in sheet_of(tagged(head="Artifact", body="Artifact")).tokens)
    assert HEAD in document.text


def test_artifact_amid_the_text_stays_text() -> None:
    paper = tagged(head="P", body="P")
    with paper.marked("Artifact"):
        paper.put(72, 400, "So ordered.")

    assert "So ordered." in read_paper(paper).text
