"""What the window remembers, and that a damaged memory is only an empty one."""

from pathlib import Path

import pytest

from ui.memory import RECENT, Memory

FILE = Path("rulings.annotator")


def touched(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def test_recent_projects_are_newest_first_without_repeats(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.json")
    one, two = touched(tmp_path / "one.annotator"), touched(tmp_path / "two.annotator")
    for path in (one, two, one):
        memory.opened(path)
    memory.save()

    assert Memory(tmp_path / "memory.json").recent == (one, two)


def test_project_file_that_is_gone_is_not_listed(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.json")
    path = touched(tmp_path / "one.annotator")
    memory.opened(path)

    path.unlink()

    assert memory.recent == ()


def test_recent_list_stays_short(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.json")
    for number in range(RECENT + 5):
        memory.opened(touched(tmp_path / f"{number}.annotator"))

    assert len(memory.recent) == RECENT


def test_place_annotator_and_document_come_back(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.json")
    memory.remember("project", FILE, annotator="lee", document="one")
    memory.leave("project", "one", 1234)
    memory.zoom = 125
    memory.save()

    again = Memory(tmp_path / "memory.json")

    assert (again.annotator("project", FILE), again.document("project")) == ("lee", "one")
    assert (again.place("project", "one"), again.place("project", "two")) == (1234, 0)
    assert again.zoom == 125


def test_each_file_of_a_project_has_its_annotator_also_when_it_is_moved(tmp_path: Path) -> None:
    memory, desk, laptop = Memory(tmp_path / "memory.json"), tmp_path / "desk", tmp_path / "laptop"
    for file in (desk, laptop):
        file.touch()
    memory.remember("project", desk, annotator="ana", document=None)
    memory.remember("project", laptop, annotator="lee", document=None)

    assert (memory.annotator("project", desk), memory.annotator("project", laptop)) == ("ana", "lee")
    assert memory.annotator("project", tmp_path / "other") is None
    moved = laptop.rename(tmp_path / "moved")
    assert memory.annotator("project", moved) == "lee"


@pytest.mark.parametrize("content", ["{broken", "[]", '{"recent": 3, "projects": {"p": 4}, "zoom": "big"}'])
def test_damaged_memory_is_an_empty_one(tmp_path: Path, content: str) -> None:
    path = tmp_path / "memory.json"
    path.write_text(content, "utf-8")

    memory = Memory(path)

    assert (memory.recent, memory.zoom, memory.place("p", "one"), memory.annotator("p", FILE)) == (
        (),
        100,
        0,
        None,
    )


def test_last_export_of_each_project_is_remembered(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.json")
    memory.remember_export("one", {"format": "csv", "layers": ["claim"]})
    memory.remember("one", FILE, annotator="ana", document=None)
    memory.save()

    again = Memory(tmp_path / "memory.json")

    assert again.export("one") == {"format": "csv", "layers": ["claim"]}
    assert again.export("two") is None
