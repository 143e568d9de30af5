"""What tests of the window share as fixtures."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui import errors


@pytest.fixture
def log() -> Iterator[Path]:
    """The log file, written until the test is over."""
    root = logging.getLogger()
    before = list(root.handlers)
    errors.log_to_file()
    yield errors.log_file()
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
