"""The document list: groups by state, filters, and updates one row where one row changed."""

from annotator.model import WorkState
from annotator.store import DocumentRow
from ui.models.documents import DocumentListModel


def row(
    id: str, state: WorkState = "todo", *, spans: int = 0, title: str = "", date: str = ""
) -> DocumentRow:
    return DocumentRow(id, title or id, "article", "", date, 100, 0, state, spans)


def listed(model: DocumentListModel) -> list[str]:
    return [str(model.data(model.index(number))) for number in range(model.rowCount())]


def test_documents_stand_under_their_state_in_order_of_import() -> None:
    model = DocumentListModel()
    model.set_rows([row("a", "done"), row("b"), row("c", "in_progress"), row("d")])

    assert listed(model) == ["To do  2", "b", "d", "In progress  1", "c", "Done  1", "a"]


def test_filter_finds_all_words_in_title_kind_or_date() -> None:
    model = DocumentListModel()
    model.set_rows([row("a", title="NSO injunction", date="2025-10-18"), row("b", title="NSO appeal")])

    model.set_filter("nso 2025")

    assert [shown.id for shown in model.shown()] == ["a"]
    model.set_filter("nothing")
    assert (model.rowCount(), model.total) == (0, 2)


def test_changed_count_updates_one_row_and_resets_nothing() -> None:
    model = DocumentListModel()
    model.set_rows([row("a", spans=1), row("b")])
    changed: list[int] = []
    resets: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    model.modelReset.connect(lambda: resets.append(1))

    model.update_row("a", state="todo", spans=2, title="a")

    assert changed == [model.index_of("a").row()]
    assert resets == []
    shown = model.document_at(model.index_of("a"))
    assert shown is not None
    assert model.detail(shown) == "Article · 2 spans"


def test_first_span_moves_a_document_to_the_next_group() -> None:
    model = DocumentListModel()
    model.set_rows([row("a"), row("b")])

    model.update_row("a", state="in_progress", spans=1, title="a")

    assert listed(model) == ["To do  1", "b", "In progress  1", "a"]


def test_headings_cannot_be_chosen() -> None:
    model = DocumentListModel()
    model.set_rows([row("a")])

    assert model.document_at(model.index(0)) is None
    assert not model.flags(model.index(0))


def test_documents_in_doubt_come_first_within_their_state_and_say_so() -> None:
    model = DocumentListModel()
    model.set_rows([row("a"), row("b"), row("c"), row("d", "done")])

    model.set_doubts({"b": 0.02, "c": 0.31})

    assert listed(model) == ["To do  3", "c", "b", "a", "Done  1", "d"]
    assert "unsure of 31.0 %" in model.detail(row("c"))
    model.set_doubts(None)
    assert listed(model) == ["To do  3", "a", "b", "c", "Done  1", "d"]
    assert "unsure" not in model.detail(row("c"))
