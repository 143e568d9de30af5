"""A stand-in for the program Tesseract: it answers every page with the same words."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def table_row(line: int, word: int, left: int, text: str, confidence: float = 96.4) -> str:
    """A row of Tesseract's table of words, at 200 dots an inch."""
    return f"5\t1\t1\t1\t{line}\t{word}\t{left}\t{250 + 44 * line}\t90\t30\t{confidence}\t{text}"


def put_program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program named tesseract, first on the path, that does what the lines of shell say."""
    folder.mkdir(exist_ok=True)
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def put_tesseract(folder: Path, monkeypatch: pytest.MonkeyPatch, words: Sequence[str]) -> None:
    """A Tesseract 5.3 that finds these words on one line of every page."""
    programs = folder / "programs"
    table = programs / "table"
    put_program(
        programs,
        monkeypatch,
        f'if [ "$1" = --version ]; then echo "tesseract 5.3"; else cat > /dev/null; cat "{table}"; fi',
    )
    rows = [table_row(1, number, 100 + 100 * number, word) for number, word in enumerate(words, 1)]
    table.write_text("\n".join([HEAD, *rows, ""]))
