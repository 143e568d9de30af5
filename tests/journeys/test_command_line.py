"""The `annotator` command as scripts use it: a process of its own, its output and its exit codes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.readers.pasted import read_pasted
from annotator.services import annotating
from annotator.services.importing import import_document
from storage.store import open_project
from tests import projects
from tests.factories import TEXT, find

HEAVY = (
    "PySide6",
    "sqlalchemy",
    "trafilatura",
    "docx",
    "pypdfium2",
    "pdfplumber",
    "lxml",
    "numpy",
    "rich.progress",
)


def annotator(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "annotator", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def done(*arguments: str | Path, folder: Path) -> str:
    """What the command prints, which ends well and says nothing of problems."""
    ended = annotator(*arguments, folder=folder)
    assert (ended.returncode, [line for line in ended.stderr.splitlines() if " of " not in line]) == (0, [])
    return ended.stdout


def refused(*arguments: str | Path, folder: Path, code: int = 1) -> str:
    """The one sentence on the error output of a command that is refused."""
    ended = annotator(*arguments, folder=folder)
    assert (ended.returncode, ended.stdout) == (code, "")
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 1, ended.stderr
    return lines[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
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


def test_main_job_from_a_new_project_to_a_dataset(folder: Path) -> None:
    made = done("new", "p.annotator", folder=folder)
    brought = done("import", "p.annotator", "ruling.txt", folder=folder)
    again = done("import", "p.annotator", "ruling.txt", folder=folder)
    written = done("export", "p.annotator", "--format", "jsonl", "--out", "out.jsonl", folder=folder)
    checked = done("check", "p.annotator", folder=folder)

    assert "legal-news" in made
    assert brought.splitlines()[-1] == "1 read, 0 already here, 0 refused; 0 spans."
    assert again.splitlines()[-1] == "0 read, 1 already here, 0 refused; 0 spans."
    assert written == "1 record, 0 spans and 0 links were written to out.jsonl.\n"
    assert checked == "p.annotator: no problems in 1 document.\n"
    assert json.loads((folder / "out.jsonl").read_text("utf-8"))["text"] == TEXT


def test_worker_process_of_the_command_loads_no_commands(folder: Path) -> None:
    """It loads the module that started the program, and nothing of what that does."""
    script = (
        "import sys, annotator.__main__; print([name for name in ('ui.cli', 'typer') if name in sys.modules])"
    )

    ended = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, check=True)

    assert ended.stdout.split() == [b"[]"]


def test_help_answers_without_loading_anything_heavy(folder: Path) -> None:
    script = (
        "import sys; sys.argv = ['annotator', '--help']\n"
        "from ui.cli import main\n"
        "try: main()\n"
        f"finally: print('loaded:', [name for name in {HEAVY} if name in sys.modules])\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, encoding="utf-8", check=True
    )

    assert "Exit codes: 0 done" in ended.stdout
    assert ended.stdout.splitlines()[-1] == "loaded: []"


def test_project_open_elsewhere_is_read_and_not_written(folder: Path, marked: Path) -> None:
    with open_project(marked, workstation="window"):
        assert "Ruling" in done("documents", marked, folder=folder)
        assert "no problems" in done("check", marked, folder=folder)
        done("export", marked, "--format", "jsonl", "--out", "o.jsonl", folder=folder)

        refused("import", marked, "ruling.txt", folder=folder)


def test_output_that_is_closed_early_is_no_noise(folder: Path) -> None:
    (folder / "many.jsonl").write_text("".join(f'{{"text": "{"word " * 400}{n}"}}\n' for n in range(200)))
    process = subprocess.Popen(
        [sys.executable, "-m", "annotator", "read", "many.jsonl", "--json"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()

    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1


@pytest.mark.skipif(os.name == "nt", reason="signals to another process differ there")
def test_interrupted_import_is_quiet_and_keeps_whole_documents(folder: Path) -> None:
    many = folder / "many"
    many.mkdir()
    for number in range(60):
        (many / f"{number:02}.txt").write_text(f"{number} {TEXT}", "utf-8")
    done("new", "p.annotator", folder=folder)
    process = subprocess.Popen(
        [sys.executable, "-m", "annotator", "import", "p.annotator", "many"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "Reading 6 of 60\n"

    os.killpg(process.pid, signal.SIGINT)
    out, rest = process.communicate()

    assert (process.returncode, out, [line for line in rest.splitlines() if "Reading" not in line]) == (
        130,
        "",
        [],
    )
    assert 6 <= len(json.loads(done("documents", "p.annotator", "--json", folder=folder))) < 60
    assert "no problems" in done("check", "p.annotator", folder=folder)
