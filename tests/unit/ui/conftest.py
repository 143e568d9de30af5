"""The shell that tests of the command line run commands in."""

import pytest

from tests.shell import Shell


@pytest.fixture
def shell(capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capfd)
