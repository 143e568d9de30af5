"""The table of readers: which one takes a source, and what packages add to it."""

import sys
from pathlib import Path

import pytest

from annotator import readers
from annotator.errors import UnreadableSource
from annotator.readers import READERS, Reader, added_readers, reader_for


@pytest.mark.parametrize(
    ("file_name", "reader"),
    [
        ("article.txt", "text"),
        ("NOTES.MD", "text"),
        ("page.html", "html"),
        ("page.HTM", "html"),
        ("page.xhtml", "html"),
        ("brief.docx", "docx"),
        ("order.pdf", "pdf"),
        ("spans.jsonl", "jsonl"),
    ],
)
def test_a_file_is_read_by_the_reader_of_its_suffix(tmp_path: Path, file_name: str, reader: str) -> None:
    source = tmp_path / file_name
    source.touch()

    assert reader_for(source).name == reader


@pytest.mark.parametrize("place", ["one.ann", "Ana/one.ann"])
def test_a_folder_with_standoff_files_is_read_as_brat(tmp_path: Path, place: str) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).touch()

    assert reader_for(tmp_path).name == "brat"


def test_a_folder_without_annotations_is_refused_by_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "clippings"
    folder.mkdir()
    (folder / "article.txt").touch()

    with pytest.raises(UnreadableSource, match="“clippings” holds no annotations"):
        reader_for(folder)


def test_a_folder_named_like_a_file_is_not_read_as_one(tmp_path: Path) -> None:
    folder = tmp_path / "articles.txt"
    folder.mkdir()

    with pytest.raises(UnreadableSource, match=r"“articles\.txt” holds no annotations"):
        reader_for(folder)


def test_an_unknown_format_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    source = tmp_path / "photo.png"
    source.touch()

    with pytest.raises(UnreadableSource, match=r"“photo\.png”.*\.docx, .*\.txt"):
        reader_for(source)


def test_a_missing_source_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"“gone\.txt” .* no such file"):
        reader_for(tmp_path / "gone.txt")


def test_reader_names_are_unique_and_readers_of_one_suffix_look_into_the_file() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)
    for suffix in {suffix for reader in READERS for suffix in reader.suffixes}:
        *others, _ = [reader for reader in READERS if suffix in reader.suffixes]
        assert all(reader.sniff is not None for reader in others), suffix


@pytest.mark.parametrize(
    ("file_name", "content", "reader"),
    [
        ("d.jsonl", '{"id":1,"text":"A judge","label":[[2,7,"J"]]}', "doccano"),
        ("d.json", '[{"text": "A judge", "labels": ["J"]}]', "doccano"),
        ("d.jsonl", '{"text":"A","entities":[],"relations":[]}', "doccano"),
        ("own.jsonl", '{"text":"A","labels":[],"spans":[]}', "jsonl"),
        ("own.jsonl", '{"text":"He said \\"label\\": {","spans":[]}', "jsonl"),
        ("p.jsonl", '{"text":"A","spans":[],"_input_hash":1,"answer":"accept"}', "prodigy"),
        ("p.jsonl", '{"text":"A","tokens":[],"spans":[]}', "prodigy"),
        ("l.json", '[\n{"id": 1, "data": {"text": "A"}, "annotations": []}]', "label-studio"),
        ("l.json", '{"id": 1, "data": {"label": "A"}}', "label-studio"),
        ("u.json", '{\n "%TYPES" : { },\n "%FEATURE_STRUCTURES" : []\n}', "uima-json"),
        ("u.xml", '<?xml version="1.1"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>', "uima-xmi"),
        ("w.tsv", "#FORMAT=WebAnno TSV 3.3\n", "webanno-tsv"),
        ("c.tsv", "Ada\tB-PER\nruled\tO\n", "conll"),
        ("c.conll", "", "conll"),
        ("c.txt", "Ada\tB-PER\nruled\tO\n", "conll"),
        ("t.txt", "Type O\nis not B-positive", "text"),
        ("t.txt", "He had blood of type O\nand she O\n", "text"),
    ],
)
def test_files_of_one_suffix_are_told_apart_by_what_they_hold(
    tmp_path: Path, file_name: str, content: str, reader: str
) -> None:
    source = tmp_path / file_name
    source.write_text(content, "utf-8")

    assert reader_for(source).name == reader


def test_a_file_that_holds_nothing_known_is_refused_with_what_it_may_hold(tmp_path: Path) -> None:
    source = tmp_path / "settings.json"
    source.write_text("[1, 2]", "utf-8")

    with pytest.raises(UnreadableSource, match=r"contents are none .* doccano datasets"):
        reader_for(source)


def _install(folder: Path, monkeypatch: pytest.MonkeyPatch, *, entry_points: str, code: str) -> None:
    information = folder / "stranger-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n", "utf-8")
    (information / "entry_points.txt").write_text(f"[annotator.readers]\n{entry_points}\n", "utf-8")
    (folder / "stranger_readers.py").write_text(code, "utf-8")
    monkeypatch.delitem(sys.modules, "stranger_readers", raising=False)
    monkeypatch.syspath_prepend(folder)


def test_an_installed_package_adds_a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "from annotator.readers import Reader\n"
        "from annotator.readers.document import ReadDocument\n"
        "READER = Reader('wire', ('.wire',), 'Wire copy', 'stranger_readers')\n"
        "def read(source):\n"
        "    yield ReadDocument('Wire', source.read_text(), b'', source.name, 'wire', '1')\n"
    )
    _install(tmp_path, monkeypatch, entry_points="wire = stranger_readers:READER", code=code)
    source = tmp_path / "today.wire"
    source.write_text("A judge ruled.", "utf-8")

    reader = reader_for(source, (*READERS, *added_readers()))

    assert reader.name == "wire"
    assert [document.text for document in reader.read(source)] == ["A judge ruled."]


def test_added_readers_come_after_the_built_in_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "from annotator.readers import Reader\nREADER = Reader('mine', ('.txt',), 'Text', 'mine')\n"
    _install(tmp_path, monkeypatch, entry_points="mine = stranger_readers:READER", code=code)
    source = tmp_path / "article.txt"
    source.touch()
    readers.all_readers.cache_clear()

    try:
        assert [reader.name for reader in readers.all_readers()][-1] == "mine"
        assert reader_for(source).name == "text"
    finally:
        readers.all_readers.cache_clear()


@pytest.mark.parametrize(
    "code",
    [
        "raise RuntimeError('broken')",
        "READER = 'no reader'",
        "from annotator.readers import READERS\nREADER = READERS[0]",
    ],
    ids=["import fails", "no Reader", "name is taken"],
)
def test_a_broken_added_reader_is_left_out_and_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, code: str
) -> None:
    _install(tmp_path, monkeypatch, entry_points="odd = stranger_readers:READER", code=code)

    assert added_readers() == ()
    assert "odd" in caplog.text


def test_sniffing_chooses_between_readers_of_one_suffix(tmp_path: Path) -> None:
    source = tmp_path / "data.json"
    source.touch()
    first = Reader("first", (".json",), "", "first", sniff=lambda path: path.stat().st_size > 0)
    second = Reader("second", (".json",), "", "second")

    assert reader_for(source, (first, second)).name == "second"
