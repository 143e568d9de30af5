"""Zip archives that are the same, byte for byte, for the same members: fixed dates, one order, one system."""

from pathlib import PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The earliest that a zip can tell; it means "no date".
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_FILE_FOR_ALL_TO_READ = 0o100644 << 16


def member(path: str | PurePosixPath) -> ZipInfo:
    """The entry of a file in an archive."""
    info = ZipInfo(str(path), _NO_DATE)
    info.compress_type = ZIP_DEFLATED
    info.create_system = _UNIX
    info.external_attr = _FILE_FOR_ALL_TO_READ
    return info


def open_member(archive: ZipFile, path: str) -> IO[bytes]:
    """A member to write to bit by bit; close it before the next is opened. It may pass 4 GB."""
    return archive.open(member(path), "w", force_zip64=True)
