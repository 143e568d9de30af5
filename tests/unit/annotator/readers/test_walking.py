"""Which files of a folder are sources, and which are left alone."""

from pathlib import Path

import pytest

from annotator.readers.walking import found


def shown(folder: Path, *names: str) -> set[str]:
    """What would be read of a folder with such files."""
    folder.mkdir()
    for name in names:
        (folder / name).write_text("Some words.", "utf-8")
    return {source.shown for source in found([folder]) if not source.refusal}


@pytest.mark.parametrize(
    "name",
    [
        "MANIFEST.json",
        "preflight.json",
        "spans.csv.preflight.json",
        "TypeSystem.xml",
        "label_config.xml",
        ".hidden.txt",
        "~$letter.docx",
        "Thumbs.db",
    ],
)
def test_files_about_others_are_no_sources(tmp_path: Path, name: str) -> None:
    assert shown(tmp_path / "in", name, "letter.txt") == {"in/letter.txt"}


def test_card_of_a_dataset_is_no_source_but_other_readmes_are(tmp_path: Path) -> None:
    assert shown(tmp_path / "set", "MANIFEST.json", "README.md", "labels.svg", "a.txt") == {"set/a.txt"}
    assert shown(tmp_path / "in", "README.md", "a.txt") == {"in/README.md", "in/a.txt"}


def test_a_file_that_is_named_itself_is_always_a_source(tmp_path: Path) -> None:
    (tmp_path / "TypeSystem.xml").write_text("<x/>", "utf-8")

    assert [source.shown for source in found([tmp_path / "TypeSystem.xml"])] == ["TypeSystem.xml"]
