"""The wheel carries all that the program needs, installed where nothing else is."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str | Path, cwd: Path) -> str:
    ended = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{command}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout


@pytest.mark.timeout(600)
def test_wheel_in_a_clean_environment_does_the_main_job(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    wheel = next(tmp_path.glob("*.whl"))
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"resources/schemas/legal-news.toml", "resources/sample/sample-order.pdf"} <= names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]

    home = tmp_path / "clean"
    venv.create(home, with_pip=True)
    bin_folder = home / ("Scripts" if os.name == "nt" else "bin")
    run(bin_folder / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    annotator = bin_folder / "annotator"
    (tmp_path / "ruling.txt").write_text("The judge ruled that the contract is void.\n", "utf-8")
    run(annotator, "new", "p.annotator", cwd=tmp_path)
    run(annotator, "import", "p.annotator", "ruling.txt", cwd=tmp_path)
    run(annotator, "export", "p.annotator", "--format", "jsonl", "--out", "out.jsonl", cwd=tmp_path)

    assert "the contract is void" in (tmp_path / "out.jsonl").read_text("utf-8")
    assert "no problems" in run(annotator, "check", "p.annotator", cwd=tmp_path).lower()
