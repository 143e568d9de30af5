"""Chat JSONL: quotes and occurrences lead back to the very offsets of the sidecar."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Fragment
from annotator.readers.document import ReadAnnotation
from exporters.chat import occurrence, place_of
from tests import projects
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export, marked
from tests.unit.exporters.rich_project import rich_project


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def reanchored(conversation: dict) -> list[tuple[str, list[list[int]]]]:
    """Label and fragments of each entity that the answer quotes, found in the text alone."""
    _system, user, assistant = (message["content"] for message in conversation["messages"])
    found = []
    for entity in json.loads(assistant)["entities"]:
        pieces = entity.get("pieces", [entity])
        places = [place_of(user, piece["text"], piece["occurrence"]) for piece in pieces]
        found.append((entity["label"], [list(place or ()) for place in places]))
    return found


def test_quotes_lead_to_the_offsets_of_the_sidecar(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        report = export(store, "chat", tmp_path / "out")

    chats, sidecar = lines(tmp_path / "out" / "chat.jsonl"), lines(tmp_path / "out" / "offsets.jsonl")
    for number, (chat, offsets) in enumerate(zip(chats, sidecar, strict=True), start=1):
        assert reanchored(chat) == [(span["label"], span["fragments"]) for span in offsets["spans"]]
        assert offsets["line"] == number
    assert sum(len(offsets["spans"]) for offsets in sidecar) == report.spans == 7
    assert {(row["title"], row["annotator"], row["gold"]) for row in sidecar} == {
        ("Article", "Ana", False),
        ("Article", "Bo Č.", False),
        ("Article", None, True),
        ("Opinion", "Ana", False),
        ("Opinion", "Bo Č.", False),
    }
    assert "place of issue" not in chats[0]["messages"][0]["content"]
    assert "\n- judge: " in chats[0]["messages"][0]["content"]


def test_the_second_of_two_equal_names_is_told_from_the_first(tmp_path: Path) -> None:
    text = "Romero met Romero."
    with projects.new_project(tmp_path) as store:
        marked(store, "Two", text, ReadAnnotation("T1", "judge", (Fragment(11, 17),)))
        export(store, "chat", tmp_path / "out", prompt="Mark judges.", max_characters=10)

    (chat,), (offsets,) = lines(tmp_path / "out" / "chat.jsonl"), lines(tmp_path / "out" / "offsets.jsonl")
    assert [message["content"] for message in chat["messages"]] == [
        "Mark judges.",
        text,
        '{"entities":[{"text":"Romero","label":"judge","occurrence":2}]}',
    ]
    assert offsets["over_limit"] is True
    assert offsets["spans"][0]["fragments"] == [[11, 17]]


def test_attributes_are_left_out_on_request_and_told(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        report = export(store, "chat", tmp_path / "out", attributes=False)

    assert report.losses.counts["attribute"] == 4
    assert b"attributes" not in (tmp_path / "out" / "chat.jsonl").read_bytes()


@given(st.text(alphabet="ab \n😀", max_size=30), st.data())
def test_any_stretch_is_found_by_its_words_and_occurrence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start < end:
        assert place_of(text, text[start:end], occurrence(text, start, end)) == Fragment(start, end)


def test_words_that_stand_less_often_have_no_place() -> None:
    assert place_of("a a", "a", 3) is None
    assert place_of("a a", "a", 0) is None


def test_same_bytes_and_nothing_half_written(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, "chat", tmp_path)
