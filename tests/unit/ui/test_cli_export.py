"""`annotator export` with its options, and a dataset without texts that is rejoined."""

import json
from pathlib import Path

import pytest

from tests.unit.exporters.rich_project import rich_project
from ui import cli


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with rich_project(tmp_path) as store:
        return tmp_path / f"{store.name}.annotator"


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def export(project: Path, out: Path, *more: str) -> int:
    return cli.run(["export", str(project), "--format", "jsonl", "--out", str(out), *more])


def test_choice_of_documents_and_spans_is_what_is_written(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"

    code = export(project, out, "--status", "done", "--layer", "entity", "--arrange", "per-annotator")

    assert code == 0
    assert [row["metadata"]["annotator"] for row in lines(out)] == ["Ana", "Bo Č.", "gold"]
    assert {span["layer"] for row in lines(out) for span in row["spans"]} == {"entity"}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--option", "scheme=bilou"), "The format jsonl has no option scheme"),
        (("--option", "scheme"), "--option takes a name and a value"),
        (("--layer", "mood"), "--layer has no mood"),
        (("--unit", "page"), "--unit has no page; it takes document, paragraph, sentence."),
        (("--include", "secret"), "--include has no secret"),
        (("--annotator", "Zoë"), "There is no annotator Zoë"),
        (("--gold", "--arrange", "soft"), "Soft labels are about what annotators marked"),
    ],
)
def test_wrong_option_is_one_sentence(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], sentence: str
) -> None:
    assert export(project, tmp_path / "out.jsonl", *more) == 1

    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()


def test_strict_and_preflight_write_nothing(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"

    assert export(project, out, "--arrange", "soft", "--strict") == 1
    assert "cannot hold everything" in capsys.readouterr().err
    assert export(project, out, "--arrange", "soft", "--preflight") == 0
    assert "jsonl drops or changes: " in capsys.readouterr().err
    assert not out.exists()
    assert cli.run(["export", str(project), "--format", "csv", "--preflight"]) == 0
    assert "  relation: issued by – it is left out (Article)" in capsys.readouterr().err


def test_format_that_needs_the_text_is_refused_before_anything_is_counted(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["export", str(project), "--format", "csv", "--no-text", "--preflight"]) == 1

    assert capsys.readouterr().err == (
        "The format csv is nothing without the text. Take jsonl, which can be rejoined.\n"
    )


def test_choice_that_takes_no_document_is_told(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(project, tmp_path / "out.jsonl", "--metadata", "desk=none")

    assert "No document is chosen" in capsys.readouterr().err


@pytest.mark.parametrize(
    "more", [(), ("--unit", "sentence"), ("--unit", "paragraph", "--arrange", "per-annotator")]
)
def test_dataset_without_texts_is_rejoined_to_the_same_bytes(
    project: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    whole, bare, back = (tmp_path / f"{name}.jsonl" for name in ("whole", "bare", "back"))
    export(project, whole, *more)
    export(project, bare, "--no-text", *more)

    assert b"Norvel has no" not in bare.read_bytes()
    assert all(row["text"] is None for row in lines(bare))
    code = cli.run(["rejoin", str(bare), "--from", str(project), "--out", str(back)])

    assert (code, back.read_bytes()) == (0, whole.read_bytes())


@pytest.mark.parametrize("more", [("--card",), ("--split", "50/50", "--unit", "sentence"), ()])
def test_no_file_of_a_dataset_without_texts_has_words_of_one(
    project: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    out = tmp_path / "out"
    export(project, out, "--no-text", "--arrange", "soft", *more)

    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".annotator"]
    assert len(files) >= 2
    assert [path.name for path in files if b"cannot claim immunity" in path.read_bytes()] == []


def test_text_that_is_not_found_or_differs_is_told(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare, folder = tmp_path / "bare.jsonl", tmp_path / "texts"
    export(project, bare, "--no-text")
    folder.mkdir()
    (folder / "other.txt").write_text("Other words.")
    (folder / "settings.toml").write_text("a = 1")

    code = cli.run(["rejoin", str(bare), "--from", str(folder), "--out", str(tmp_path / "back.jsonl")])

    told = capsys.readouterr().err
    assert code == 1
    assert "missing: Article" in told
    assert "passed over: “settings.toml” cannot be read" in told


def test_formats_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["formats"]) == 0

    assert "jsonl\t.jsonl\t" in capsys.readouterr().out
