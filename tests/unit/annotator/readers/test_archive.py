"""Reading zip archives: what is in them is read as in a folder, what could do harm is refused by its name."""

import zipfile
from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.progress import Progress
from annotator.readers import archive
from annotator.readers.archive import read
from annotator.readers.document import ReadDocument, RefusedSource

XMI = (
    '<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
    'xmlns:x="http:///x.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/>'
    '<x:Judge xmi:id="1" sofa="2" begin="0" end="3"/>'
    '<cas:Sofa xmi:id="2" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Ada ruled."/>'
    '<cas:View sofa="2" members="1"/></xmi:XMI>'
)


def zipped(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path


def parts(source: Path) -> tuple[dict[str, ReadDocument], dict[str, str]]:
    """Documents by the name of their source, and reasons by the name of what was refused."""
    found = [part for part in read(source) if not isinstance(part, Progress)]
    documents = {part.source_name: part for part in found if isinstance(part, ReadDocument)}
    refused = {part.name: part.reason for part in found if isinstance(part, RefusedSource)}
    return documents, refused


def test_files_and_folders_are_read_as_outside_of_an_archive(tmp_path: Path) -> None:
    source = zipped(
        tmp_path / "all.zip",
        {
            "article.txt": "The judge ruled.",
            "brat/a.txt": "Ada ruled.",
            "brat/a.ann": "T1\tPER 0 3\tAda\n",
            "cas/doc.xmi": XMI,
            "data.jsonl": '{"text": "Bo left.", "label": [[0, 2, "PER"]]}\n',
            "__MACOSX/._article.txt": b"\x00\x05",
            "photo.png": b"png",
        },
    )

    documents, refused = parts(source)

    assert {name: sum(len(part.annotations) for part in one.sets) for name, one in documents.items()} == {
        "article.txt": 0,
        "brat/a.txt": 1,
        "cas/doc.xmi": 1,
        "data.jsonl": 1,
    }
    assert list(refused) == ["photo.png"]


def test_the_annotator_is_known_by_the_folders_of_an_inception_project(tmp_path: Path) -> None:
    source = zipped(tmp_path / "project.zip", {"annotation/ruling.txt/ana.xmi": XMI})

    documents, _ = parts(source)

    assert [part.annotator for one in documents.values() for part in one.sets] == ["ana"]


def test_documents_of_one_key_in_two_members_stay_two(tmp_path: Path) -> None:
    line = '{"text": "%s left.", "label": []}\n'
    source = zipped(tmp_path / "two.zip", {"a.jsonl": line % "Ada", "b.jsonl": line % "Bo"})

    documents, _ = parts(source)

    assert [one.key for one in documents.values()] == ["line 1", "b.jsonl: line 1"]


@pytest.mark.parametrize(
    "name", ["../out.txt", "a/../../out.txt", "/out.txt", "C:\\out.txt", "..\\out.txt", "C:out.txt"]
)
def test_members_that_would_land_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    source = zipped(folder / "evil.zip", {name: "Evil.", "good.txt": "Good."})

    documents, refused = parts(source)

    assert list(documents) == ["good.txt"]
    assert list(refused.values()) == ["It would be written outside of the archive's own folder."]
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["evil.zip"]


def test_links_and_archives_in_archives_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(link, "/etc/hostname")
        made.writestr("inner.zip", b"PK")
        made.writestr("good.txt", "Good.")

    documents, refused = parts(path)

    assert list(documents) == ["good.txt"]
    assert refused == {
        "link.txt": "It is a link to another file.",
        "inner.zip": "It is an archive in an archive. Unpack it yourself.",
    }


def test_an_archive_that_would_unpack_to_too_much_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_MAX_BYTES", 1_000_000)
    source = zipped(tmp_path / "bomb.zip", {"bomb.txt": b"\0" * 2_000_000})

    with pytest.raises(UnreadableSource, match="it would unpack to 1 files with 2 MB"):
        parts(source)


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    source = zipped(tmp_path / "a.zip", {"bad.txt": " ".join(map(str, range(999))), "good.txt": "Good."})
    data = bytearray(source.read_bytes())
    data[200:215] = b"\xff" * 15
    source.write_bytes(data)

    documents, refused = parts(source)

    assert list(documents) == ["good.txt"]
    assert list(refused) == ["bad.txt"]


def test_an_archive_of_a_version_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    source = zipped(tmp_path / "a.zip", {"good.txt": "Good."})
    data = bytearray(source.read_bytes())
    data[data.index(b"PK\x01\x02") + 6] = 71
    source.write_bytes(data)

    with pytest.raises(UnreadableSource, match="is damaged or no zip archive"):
        parts(source)


def test_members_that_begin_before_the_beginning_are_refused(tmp_path: Path) -> None:
    source = zipped(tmp_path / "a.zip", {f"{n}.txt": " ".join(map(str, range(999))) for n in range(3)})
    data = source.read_bytes()
    source.write_bytes(data[:30] + data[630:])

    documents, refused = parts(source)

    assert len(documents) + len(refused) == 3
    assert refused


@pytest.mark.parametrize("data", [b"PK\x03\x04 no archive", b"no archive at all"])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(data)

    with pytest.raises(UnreadableSource, match="is damaged or no zip archive"):
        parts(tmp_path / "a.zip")


def test_an_empty_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="holds no files"):
        parts(zipped(tmp_path / "a.zip", {}))
