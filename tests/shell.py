"""A shell for tests: command lines run in this process, and what they print."""

from pathlib import Path
from typing import NamedTuple

import pytest

from ui import cli


class Ended(NamedTuple):
    code: int
    out: str
    err: str


class Shell:
    """Runs command lines in a folder."""

    def __init__(self, output: pytest.CaptureFixture[str]) -> None:
        self._output = output

    def run(self, *arguments: str | Path) -> Ended:
        code = cli.run([str(argument) for argument in arguments])
        return Ended(code, *self._output.readouterr())

    def done(self, *arguments: str | Path) -> str:
        """What the command prints, which ends well and says nothing of problems."""
        ended = self.run(*arguments)
        assert (ended.code, [line for line in ended.err.splitlines() if " of " not in line]) == (0, [])
        return ended.out

    def refused(self, *arguments: str | Path, code: int = 1) -> str:
        """The one sentence on the error output of a command that is refused."""
        ended = self.run(*arguments)
        assert (ended.code, ended.out) == (code, "")
        lines = ended.err.strip().splitlines()
        assert len(lines) == 1, ended.err
        return lines[0]
