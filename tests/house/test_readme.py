"""The README is the truth: its commands run, its tasks and tables are those of the code."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import tables

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
MANUAL = (ROOT / "docs" / "manual.md").read_text("utf-8")
DOCUMENTS = sorted(path for path in ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md"))


def commands(prefix: str) -> list[str]:
    """The lines of the README's console blocks that begin with the prefix, without the prompt."""
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    lines = [line.removeprefix("$ ").strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith(prefix)]


def test_tasks_named_in_the_readme_exist() -> None:
    ended = subprocess.run(
        [sys.executable, ROOT / "tasks.py", "--help"], capture_output=True, text=True, check=True
    )
    named = {command.split()[2] for command in commands("python3 tasks.py")}

    assert {"run", "test"} <= named
    assert [task for task in named if f"  {task} " not in ended.stdout] == []


@pytest.mark.timeout(300)
def test_annotator_commands_of_the_readme_run_in_order(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "ruling.txt").write_text("The judge ruled that the contract is void.\n", "utf-8")
    for sample in ("sample-order.pdf", "google-search-remedies.html"):
        (tmp_path / "articles" / sample).write_bytes((ROOT / "resources" / "sample" / sample).read_bytes())

    run = [command for command in commands("annotator ") if not command.startswith("annotator open")]
    for command in run:
        words = shlex.split(command, comments=True)[1:]
        ended = subprocess.run(
            [sys.executable, "-m", "annotator", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, f"{command}\n{ended.stderr}"

    assert len(run) >= 5


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_pictures_and_links_exist(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text("utf-8"))

    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_readme_shows_the_window() -> None:
    assert "docs/screens/window-light.png" in README


@pytest.mark.parametrize("name", tables.TABLES)
def test_table_of_the_manual_is_that_of_the_code(name: str) -> None:
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- end -->", MANUAL, re.DOTALL)

    assert found is not None
    assert found.group(1) == tables.TABLES[name]()


def test_readers_of_the_readme_are_those_of_the_code() -> None:
    rows = dict(re.findall(r"^\| ([\w-]+) \| (.*?) \|", README, re.MULTILINE))

    for name, suffixes in tables.reader_files().items():
        assert name in rows
        assert set(suffixes) <= set(re.findall(r"\.\w+", rows[name]))


@pytest.mark.parametrize(
    "command", ["new", "import", "documents", "export", "rejoin", "read", "check", "open"]
)
def test_options_of_the_manual_are_those_of_the_command(command: str) -> None:
    row = re.search(rf"^\| `annotator {command} (.*?)`", MANUAL, re.MULTILINE)
    shown = subprocess.run(
        [sys.executable, "-m", "annotator", command, "--help"], capture_output=True, text=True, check=True
    ).stdout

    assert row is not None
    options = set(re.findall(r"--[a-z-]+", row.group(1)))
    assert options == set(re.findall(r"(?<![a-z])--[a-z-]+", shown)) - {"--help"}
