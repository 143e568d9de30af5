"""The import contracts hold in the gate; here each is seen to fail when a line breaks it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("annotator", "storage", "exporters", "ui", "resources")


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("annotator/change.py", "import storage.store", "The floors"),
        ("annotator/change.py", "import exporters.jsonl", "The floors"),
        ("exporters/jsonl.py", "import storage.store", "do not know each other"),
        ("storage/store.py", "import ui.cli", "do not know the window"),
        ("storage/store.py", "import PySide6", "Only ui knows Qt"),
        ("ui/session.py", "import sqlalchemy", "Only storage knows SQLAlchemy"),
        ("ui/session.py", "import psycopg", "Only storage knows psycopg"),
    ],
)
def test_line_that_breaks_a_contract_is_found(tmp_path: Path, module: str, line: str, contract: str) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    broken = tmp_path / module
    broken.write_text(f"{broken.read_text('utf-8')}\n{line}\n", "utf-8")

    lint = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; "
    ended = subprocess.run(
        [sys.executable, "-c", f"{lint}lint_imports_command()", "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1, ended.stdout + ended.stderr
    failed = [row for row in ended.stdout.splitlines() if " BROKEN" in row]
    assert any(contract in row for row in failed), ended.stdout
