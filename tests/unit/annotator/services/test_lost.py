"""What the losses of an export are about."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services.exporting import Selection, snapshot
from annotator.services.lost import about_losses, loss_line
from annotator.snapshot import About, Loss
from storage.store import ProjectStore
from tests.unit.exporters.rich_project import rich_project


@pytest.fixture
def rich(tmp_path: Path) -> Iterator[ProjectStore]:
    with rich_project(tmp_path) as store:
        yield store


def losses_of(store: ProjectStore) -> list[Loss]:
    """A loss of a span, of a link, and of a label of the whole document, which is a part of its document."""
    article = next(snapshot(store, Selection()).documents())
    span = next(span for span in article.annotations if span.label == "court")
    link, document = article.relations[0], article.document.id
    return [
        Loss("nested", document, span.id, "it is left out"),
        Loss("relation", f"{document}-ab12", link.id, "it is left out"),
        Loss("document_label", document, "", "topic is left out"),
    ]


def test_losses_are_found_by_title_and_words(rich: ProjectStore) -> None:
    losses = losses_of(rich)

    lines = [loss_line(*both) for both in zip(losses, about_losses(rich, losses), strict=True)]

    assert lines == [
        "nested: “District Court” – it is left out (Article)",
        "relation: issued by – it is left out (Article)",
        "document label: – topic is left out (Article)",
    ]


def test_no_word_of_the_text_is_told_where_none_may_be_written(rich: ProjectStore) -> None:
    about = snapshot(rich, Selection(with_text=False)).about(losses_of(rich))

    assert about == [About("Article", "")] * 3


def test_long_words_are_cut_to_one_line() -> None:
    line = loss_line(Loss("note", "d1", "a1", "its note is left out"), About("", "many\nwords " * 30))

    assert line.startswith("note: “many words many")
    assert line.endswith("…” – its note is left out (d1)")
    assert len(line) < 130
