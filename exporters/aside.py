"""Files that appear whole or not at all: written aside, on disk, then renamed over the target.

The other name is in the target's own folder, since a rename is only atomic within one file system.
"""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from annotator.errors import ExportError

_PROJECT_SUFFIX = ".annotator"


@contextmanager
def written_aside(target: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the target's place when the block ends, and is gone if it fails.

    A project is never replaced: an export does not hold what is in one.
    """
    if target.exists() and not target.is_file():
        raise ExportError(f"“{target}” is not a file. Give the name of the file to write.")
    if target.suffix.lower() == _PROJECT_SUFFIX:
        raise ExportError(f"“{target}” has the name of a project. Give the file that is written another.")
    partial = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with partial.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise ExportError(
            f"“{target}” cannot be written: {error.strerror or error}. Nothing was changed there."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
