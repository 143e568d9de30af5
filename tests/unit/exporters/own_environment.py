"""Environments of their own for other programs' code, which reads what we write; only slow tests make one."""

import os
import subprocess
import venv
from pathlib import Path

import pytest


def python_with(folder: Path, *requirements: str) -> Path:
    """The Python of a new environment with the requirements; the test is skipped where pip gets none."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    installed = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", *requirements],
        capture_output=True,
        text=True,
        check=False,
    )
    if installed.returncode:
        pytest.skip(f"pip could not install {' '.join(requirements)}: {installed.stderr[-300:]}")
    return python


def run_script(python: Path, script: Path, *arguments: str, **environment: str) -> str:
    """What a script of ours prints there; it sees nothing of this project."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(python), str(script), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**inherited, "PYTHONIOENCODING": "utf-8", **environment},
        cwd=python.parent,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
