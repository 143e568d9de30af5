"""The commands of the command line, run in this process: what they print, and their exit codes."""

import json
import sqlite3
from pathlib import Path

import pytest

import resources
from annotator.readers.pasted import read_pasted
from annotator.services import annotating
from annotator.services.importing import import_document
from storage.store import open_project
from tests import projects
from tests.factories import TEXT, find
from tests.pdf_pages import Paper, encrypted
from tests.shell import Shell

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ruling.txt").write_text(TEXT, "utf-8")
    return tmp_path


@pytest.fixture
def marked(folder: Path) -> Path:
    """A project with an article that Ana marked."""
    with projects.new_project(folder, name="marked") as store:
        ana = projects.lead(store).id
        row = import_document(store, read_pasted(TEXT, "Ruling"), annotator=ana)
        annotating.highlight(
            store,
            annotator=ana,
            document=row.document or "",
            label="judge",
            fragments=[find("Judge Ada Romero")],
        )
        return store.path


def files_of(folder: Path) -> list[str]:
    """The names of the files, without those that SQLite keeps beside a project."""
    names = sorted(path.name for path in folder.iterdir())
    return [name for name in names if not name.endswith(("-wal", "-shm", ".lock"))]


@pytest.mark.parametrize("command", ["new", "import", "documents", "export", "read", "check", "open"])
def test_every_command_has_its_help(shell: Shell, folder: Path, command: str) -> None:
    assert f"annotator {command}" in shell.done(command, "--help")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("frobnicate",), "No such command"),
        (("import",), "Missing argument 'PROJECT'"),
        (("export", "p.annotator", "--format", "jsonl"), "give --out"),
        (("export", "p.annotator", "--format", "jsonl", "--out", "o", "--gold", "--all"), "give one of"),
        (("documents", "p.annotator", "--csv"), "No such option"),
        (("open", "p.annotator", "--sample"), "give a PROJECT or --sample"),
    ],
)
def test_misuse_is_one_sentence_and_code_2(
    shell: Shell, folder: Path, arguments: tuple[str, ...], says: str
) -> None:
    assert says in shell.refused(*arguments, code=2)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("documents", "missing.annotator"), "missing.annotator"),
        (("import", "ruling.txt", "ruling.txt"), "ruling.txt"),
        (("new", "ruling.txt"), "already"),
        (("new", "p.annotator", "--schema", "no-such"), "There is no label schema no-such"),
        (("new", "p.annotator", "--schema", "ruling.txt"), "not valid TOML"),
        (("export", "marked.annotator", "--format", "xml", "--out", "o"), "There is no format xml"),
        (("export", "marked.annotator", "--format", "jsonl", "--out", "no/o.jsonl"), "cannot be written"),
        (
            ("export", "marked.annotator", "--format", "jsonl", "--out", "o", "--annotator", "Zoe"),
            "there are Ana",
        ),
        (("read", "missing.pdf", "--json"), "no such file"),
        (("read", "marked.annotator"), "format"),
    ],
)
@pytest.mark.usefixtures("marked")
def test_refusal_is_one_sentence_and_code_1(
    shell: Shell, folder: Path, arguments: tuple[str, ...], says: str
) -> None:
    before = files_of(folder)

    assert says in shell.refused(*arguments)

    assert files_of(folder) == before


def test_import_tells_each_refused_file_and_fails_only_if_all_were(shell: Shell, folder: Path) -> None:
    (folder / "empty.txt").touch()
    shell.done("new", "p.annotator")

    some = shell.run("import", "p.annotator", "ruling.txt", "empty.txt")
    none = shell.run("import", "p.annotator", "empty.txt")

    assert (some.code, none.code) == (0, 1)
    assert "refused: empty.txt: “empty.txt” is empty" in some.err
    assert some.out.splitlines()[-1] == "1 read, 0 already here, 1 refused; 0 spans."


def test_annotations_without_a_name_go_to_the_annotator_that_is_named(shell: Shell, folder: Path) -> None:
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(TEXT, "utf-8")
    (corpus / "a.ann").write_text("T1\tjudge 0 16\tJudge Ada Romero\n", "utf-8")
    shell.done("new", "p.annotator")

    out = shell.done("import", "p.annotator", "corpus", "--annotator", "Mia")

    listed = json.loads(shell.done("documents", "p.annotator", "--json"))
    assert out.splitlines()[0] == "read: corpus/a.txt: a, 1 span"
    assert listed[0]["annotators"]["Mia"] == {"state": "in_progress", "spans": 1}


STANDOFF = (
    "T1\tCue 0 5\tJudge\nT2\tContent 6 9\tAda\nT3\tSource 10 16\tRomero\nT4\tAttribution 0 5\tJudge\n"
    "E1\tAttribution:T4 Content:T2 Source:T3 Cue:T1\n"
)


@pytest.mark.parametrize("name", ["polnear", "own.toml"])
def test_labels_are_mapped_by_a_mapping_that_ships_or_by_a_file(
    shell: Shell, folder: Path, name: str
) -> None:
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(TEXT, "utf-8")
    (corpus / "a.ann").write_text(STANDOFF, "utf-8")
    (folder / "own.toml").write_text(resources.mapping_text("polnear"), "utf-8")
    shell.done("new", "p.annotator")

    shell.done("import", "p.annotator", "corpus", "--map", name)

    with open_project(folder / "p.annotator", workstation="w", read_only=True) as store:
        (document,) = store.documents()
        spans = {span.id: span.label for span in store.annotations(document.id)}
        links = {(link.type, spans[link.source], spans[link.target]) for link in store.relations(document.id)}
        assert sorted(spans.values()) == ["claim", "cue", "source"]
        assert links == {("source", "claim", "source"), ("cue", "claim", "cue")}
        assert store.schema_number() == 1


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gone.toml", "There is no mapping gone.toml: give one that ships (polnear)"),
        ("bad.toml", "The mapping bad.toml cannot be used: it is no TOML"),
        ("wide.toml", "is not text in UTF-8"),
    ],
)
def test_a_mapping_that_is_none_is_refused(shell: Shell, folder: Path, name: str, says: str) -> None:
    (folder / "bad.toml").write_text("labels = ", "utf-8")
    (folder / "wide.toml").write_bytes("[labels]".encode("utf-16"))

    assert says in shell.refused("import", "marked.annotator", "ruling.txt", "--map", name)


@pytest.mark.usefixtures("marked")
def test_documents_are_listed_for_people_and_for_programs(shell: Shell, folder: Path) -> None:
    plain = shell.done("documents", "marked.annotator")
    (listed,) = json.loads(shell.done("documents", "marked.annotator", "--json"))

    assert plain == "Ruling\tarticle\t\t\t1\n"
    assert (listed["title"], listed["length"], listed["pages"]) == ("Ruling", len(TEXT), 0)
    assert listed["annotators"] == {"Ana": {"state": listed["annotators"]["Ana"]["state"], "spans": 1}}


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize(
    ("choice", "spans"), [([], 1), (["--all"], 1), (["--annotator", "ana"], 1), (["--gold"], 0)]
)
def test_export_writes_what_was_chosen(shell: Shell, folder: Path, choice: list[str], spans: int) -> None:
    shell.done("export", "marked.annotator", "--format", "jsonl", "--out", "o.jsonl", *choice)

    assert len(json.loads((folder / "o.jsonl").read_text("utf-8"))["spans"]) == spans


def test_new_takes_a_schema_of_ones_own(shell: Shell, folder: Path) -> None:
    toml = 'name = "tiny"\n[[layer]]\nid = "part"\nlabel = [{ id = "title", key = "t" }]\n'
    (folder / "tiny.toml").write_text(toml, "utf-8")

    assert "tiny" in shell.done("new", "p.annotator", "--schema", "tiny.toml")


def test_read_shows_what_a_reader_makes_of_a_file(shell: Shell, folder: Path) -> None:
    plain = shell.done("read", "ruling.txt")
    values = json.loads(shell.done("read", "ruling.txt", "--json"))

    assert plain.endswith(f"\n{TEXT}\n")
    assert (values["text"], values["kind"], values["reader"]["name"]) == (TEXT, "article", "text")


def test_read_gives_pages_with_the_places_of_words(shell: Shell, folder: Path) -> None:
    sample = ROOT / "resources" / "sample" / "sample-order.pdf"

    values = json.loads(shell.done("read", sample, "--json"))

    page = values["pages"][0]
    start, end, x0, top, x1, bottom = page["words"][0]
    assert (page["number"], page["width"], page["height"]) == (1, 612.0, 792.0)
    assert values["text"][start:end].strip() == values["text"][start:end] != ""
    assert 0 <= x0 < x1 <= 612
    assert 0 <= top < bottom <= 792
    assert all(0 <= start < end <= len(values["text"]) for start, end in page["ranges"])


def test_read_shows_facts_as_plain_values_and_their_words_in_json(shell: Shell, folder: Path) -> None:
    sample = ROOT / "resources" / "sample" / "sample-order.pdf"

    plain = shell.done("read", sample).partition("\n\n")[0]
    facts = json.loads(shell.done("read", sample, "--json"))["metadata"]["facts"]

    assert f"docket_number: {facts['docket_number']['value']}" in plain.splitlines()
    assert "{" not in plain
    assert facts["docket_number"]["value"] in facts["docket_number"]["words"]


def test_read_of_several_documents_is_one_object_a_line(shell: Shell, folder: Path) -> None:
    (folder / "two.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n', "utf-8")

    lines = shell.done("read", "two.jsonl", "--json").splitlines()

    assert [json.loads(line)["text"] for line in lines] == ["One.", "Two."]


def test_check_lists_what_is_wrong_and_fails(shell: Shell, folder: Path, marked: Path) -> None:
    connection = sqlite3.connect(marked)
    connection.execute("UPDATE annotation SET exact = 'other words'")
    connection.commit()
    connection.close()

    ended = shell.run("check", marked)

    assert ended.code == 1
    assert "does not quote the words that stand there" in ended.err
    assert "not as the history says" in ended.err
    assert "`annotator restore` lists backups" in ended.err
    assert ended.out.endswith(": 2 problems in 1 document.\n")


def test_password_of_a_protected_pdf_is_asked_for(
    shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = Paper()
    paper.put(72, 100, "The motion is granted.")
    (folder / "locked.pdf").write_bytes(encrypted(paper.bytes(), "secret"))
    monkeypatch.setattr("getpass.getpass", lambda *_args, **_kwargs: "secret")

    assert "The motion is granted." in shell.run("read", "locked.pdf", "--password").out
    assert shell.run("read", "locked.pdf").err == (
        "locked.pdf is protected with a password. With --password it is asked for; it is not stored.\n"
    )
