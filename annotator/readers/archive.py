"""Reads zip archives: what is in them is unpacked into a folder of its own and read as a folder would be.

Members are hostile until proved otherwise: those that would land outside that folder, links, locked ones and
archives in archives are refused one by one, and so is what would unpack to more than the limits.
"""

import re
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from annotator.errors import AnnotatorError, UnreadableSource
from annotator.progress import Progress
from annotator.readers import reader_for
from annotator.readers.document import ReadDocument, ReadRelation, RefusedSource
from annotator.readers.loose import LooseDocument, ReadPart
from annotator.readers.options import PLAIN, ReadOptions
from annotator.readers.source import megabytes
from annotator.readers.walking import Source, refusal, walked
from annotator.zip_faults import ZIP_FAULTS

VERSION = "1"

_MAX_MEMBERS = 20_000
_MAX_BYTES = 2_000_000_000  # of all members together, unpacked
_LOCKED = 0x1
_DRIVE = re.compile(r"^[A-Za-z]:")


def read(source: Path, options: ReadOptions = PLAIN) -> Iterator[Progress | ReadPart]:
    """The documents of every file and folder in the archive; what cannot be read is refused by its name.

    Raises UnreadableSource for what is no archive, is too large, or holds nothing that can be read.
    """
    with tempfile.TemporaryDirectory(prefix="annotator-") as name:
        folder = Path(name)
        is_any = False
        for refused in _unpacked(source, folder):
            is_any = True
            yield refused
        keys: dict[str, str] = {}  # of documents -> the member that has it
        for place, found in enumerate(walked(folder, "")):
            yield Progress(place, 0, found.shown)
            # The folder itself, where it is one of annotations, has no name of its own.
            shown = found.shown or source.stem
            for part in _parts(found, options, shown):
                is_any = True
                yield _named(part, found, shown, keys)
        if not is_any:
            raise UnreadableSource(f"“{source.name}” is an archive that holds no files.")


def _unpacked(source: Path, folder: Path) -> Iterator[RefusedSource]:
    """Unpack what may be unpacked, and refuse the rest."""
    try:
        with zipfile.ZipFile(source) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            size = sum(member.file_size for member in members)
            if len(members) > _MAX_MEMBERS or size > _MAX_BYTES:
                raise UnreadableSource(
                    f"“{source.name}” is too large: it would unpack to {len(members):,} files with "
                    f"{megabytes(size)}. Unpack it yourself and import a part at a time."
                )
            for member in members:
                reason = _reason_against(member) or _unpack(archive, member, folder)
                if reason:
                    yield RefusedSource(_printable(member.filename), reason)
    except (*ZIP_FAULTS, OSError) as error:
        raise UnreadableSource(
            f"“{source.name}” cannot be unpacked: it is damaged or no zip archive ({error})."
        ) from error


def _reason_against(member: zipfile.ZipInfo) -> str:
    """Why a member is left alone, "" if it may be unpacked."""
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or _DRIVE.match(member.filename):
        return "It would be written outside of the archive's own folder."
    if stat.S_ISLNK(member.external_attr >> 16):
        return "It is a link to another file."
    if member.flag_bits & _LOCKED:
        return "It is locked by a password. Unpack the archive yourself."
    if path.suffix.lower() == ".zip":
        return "It is an archive in an archive. Unpack it yourself."
    return ""


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> str:
    """Write a member below the folder; why that failed, "" if it did not."""
    target = folder / PurePosixPath(member.filename.replace("\\", "/"))
    if not target.resolve().is_relative_to(folder.resolve()):
        return "It would be written outside of the archive's own folder."
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as inside, target.open("xb") as out:
            while block := inside.read(1 << 20):
                out.write(block)
    except (*ZIP_FAULTS, RuntimeError) as error:
        target.unlink(missing_ok=True)
        return f"It is damaged ({error})."
    except OSError as error:
        return f"It cannot be unpacked: {error.strerror or error}."
    return ""


def _parts(found: Source, options: ReadOptions, shown: str) -> Iterator[ReadPart]:
    """What a file or folder of the archive gives; that it cannot be read costs the others nothing."""
    reason = found.refusal or refusal(found.path)
    if reason:
        yield RefusedSource(shown, reason)
        return
    try:
        for part in reader_for(found.path).read(found.path, options):
            if not isinstance(part, Progress):
                yield part
    except AnnotatorError as error:
        yield RefusedSource(shown, str(error))


def _named(part: ReadPart, found: Source, shown: str, keys: dict[str, str]) -> ReadPart:
    """The part under the name that it has in the archive."""
    if isinstance(part, RefusedSource):
        return part if part.name == shown else replace(part, name=f"{shown}: {part.name}")
    if isinstance(part, LooseDocument):
        return replace(part, place=f"{shown}, {part.place}")
    if found.path.is_dir():
        inside = f"{found.shown}/{part.source_name}" if found.shown else part.source_name
    else:
        inside = shown
    part = replace(part, source_name=inside)
    if not part.key or keys.setdefault(part.key, shown) == shown:
        return part
    # Another member has a document of that key, which is another document.
    return _with_own_keys(part, shown)


def _with_own_keys(read: ReadDocument, member: str) -> ReadDocument:
    """The document with a key of its own, and links that name it by that."""

    def own(link: ReadRelation) -> ReadRelation:
        target = link.target_document
        return replace(link, target_document=f"{member}: {target}") if target else link

    sets = (replace(part, relations=tuple(map(own, part.relations))) for part in read.sets)
    return replace(read, key=f"{member}: {read.key}", sets=tuple(sets))


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)
