"""Reads folders of brat standoff: `.txt` with `.ann` beside it, by one annotator or one folder for each.

The same document in several annotators' folders is one document with a set for each. The texts may also
stand in a folder of their own, with the annotator behind the document's name (`article_4b22.ann`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.errors import UnreadableSource
from annotator.readers import brat_conf
from annotator.readers.brat_standoff import Standoff
from annotator.readers.document import ReadDocument, ReadSet, RefusedSource
from annotator.readers.encoding import decode
from annotator.readers.source import MAX_CHARACTERS, checked_text, read_bytes, refuse_binary

VERSION = "1"

_MAX_BYTES = 4 * MAX_CHARACTERS
_MARK = b"\xef\xbb\xbf"
_OWN_FILES = ("annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf", "README", "README.md")


@dataclass(frozen=True, slots=True)
class _Part:
    """One annotator's file on one text; `annotator` is "" where the layout names nobody."""

    key: str
    text: Path
    standoff: Path
    annotator: str


def read(source: Path) -> Iterator[ReadDocument | RefusedSource]:
    """The documents of the folder by name; UnreadableSource if it has no `.ann` file with its text."""
    parts, orphans = _layout(source)
    for path in orphans:
        yield RefusedSource(_shown(path, source), "There is no .txt file that it annotates.")
    if not parts:
        raise UnreadableSource(f"The folder “{source.name}” has no .txt files for its .ann files.")
    toml = brat_conf.schema_toml(source)
    grouped: dict[str, list[_Part]] = defaultdict(list)
    for part in parts:
        grouped[part.key].append(part)
    for key, group in sorted(grouped.items()):
        yield from _documents(key, group, source, toml)


def claimed(folder: Path) -> frozenset[Path]:
    """The files that reading the folder takes in, the tool's own included."""
    parts, orphans = _layout(folder)
    own = {place / name for place in (folder, *_subfolders(folder)) for name in _OWN_FILES}
    return frozenset({part.text for part in parts} | {part.standoff for part in parts} | {*orphans} | own)


def _layout(folder: Path) -> tuple[list[_Part], list[Path]]:
    """Every `.ann` file with its text and its annotator, and those without a text."""
    subfolders = [sub for sub in _subfolders(folder) if any(_files(sub, ".ann"))]
    names = [path.stem for sub in subfolders for path in _files(sub, ".ann")]
    # Subfolders that share documents are annotators'; otherwise they only part the corpus.
    are_annotators = len(subfolders) == 1 or len(set(names)) < len(names)
    texts = {path.stem: path for place in (folder, *_subfolders(folder)) for path in _files(place, ".txt")}
    parts, orphans = [], []
    for place in (folder, *subfolders):
        is_below = place != folder
        annotator = place.name if is_below and are_annotators else ""
        prefix = f"{place.name}/" if is_below and not are_annotators else ""
        for standoff in _files(place, ".ann"):
            beside = standoff.with_suffix(".txt")
            stem, _, suffix = standoff.stem.rpartition("_")
            if beside.is_file():
                parts.append(_Part(prefix + standoff.stem, beside, standoff, annotator))
            elif standoff.stem in texts:
                parts.append(_Part(standoff.stem, texts[standoff.stem], standoff, ""))
            elif stem in texts:
                parts.append(_Part(stem, texts[stem], standoff, suffix))
            else:
                orphans.append(standoff)
    return parts, orphans


def _subfolders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def _files(folder: Path, suffix: str) -> list[Path]:
    return sorted(path for path in folder.glob(f"*{suffix}") if not path.name.startswith("."))


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _documents(
    key: str, group: Iterable[_Part], folder: Path, toml: str
) -> Iterator[ReadDocument | RefusedSource]:
    """The document of that name, or several where annotators had different texts under the name."""
    by_text: dict[str, ReadDocument] = {}
    for part in group:
        try:
            read_part = _read_part(part, folder, toml)
        except UnreadableSource as error:
            yield RefusedSource(_shown(part.standoff, folder), str(error))
            continue
        same = by_text.get(read_part.text)
        by_text[read_part.text] = read_part if same is None else _joined(same, read_part)
    for number, document in enumerate(by_text.values()):
        if number:
            warning = f"Its text differs from that of the other {key} in the folder."
            document = replace(document, key=f"{key} {number + 1}", warnings=(*document.warnings, warning))
        yield document


def _joined(first: ReadDocument, second: ReadDocument) -> ReadDocument:
    """The document with the sets of both."""
    more = tuple(warning for warning in second.warnings if warning not in first.warnings)
    return replace(first, sets=first.sets + second.sets, warnings=first.warnings + more)


def _read_part(part: _Part, folder: Path, toml: str) -> ReadDocument:
    data = read_bytes(part.text, _MAX_BYTES)
    decoded = decode(data)
    if decoded is None:
        raise refuse_binary(data, part.text.name)
    # brat counts a line break as one character, however it is written; so does the text as it is stored.
    text = checked_text(decoded.text, part.text.name)
    standoff = _standoff(part, text, folder, has_mark=data.startswith(_MARK))
    # Every annotator has a T1, but a key is the document's.
    prefix = "" if part.standoff.parent == folder else f"{part.annotator or part.standoff.parent.name} "
    own = ReadSet(
        part.annotator,
        annotations=tuple(standoff.annotations(prefix)),
        relations=tuple(standoff.relations(prefix)),
    )
    return ReadDocument(
        title=part.text.stem,
        text=text,
        source=data,
        source_name=_shown(part.text, folder),
        reader="brat",
        reader_version=VERSION,
        key=part.key,
        options={"encoding": decoded.encoding},
        sets=(own,),
        warnings=(*decoded.warnings, *standoff.warnings),
        schema_toml=toml,
    )


def _standoff(part: _Part, text: str, folder: Path, *, has_mark: bool) -> Standoff:
    name = _shown(part.standoff, folder)
    # An empty file is brat's way to say that there is nothing to annotate yet.
    data = read_bytes(part.standoff, _MAX_BYTES) if part.standoff.stat().st_size else b""
    decoded = decode(data)
    if decoded is None:
        raise refuse_binary(data, part.standoff.name)
    content = decoded.text.replace("\r\n", "\n")
    plain = Standoff(content, text, name=name)
    if not has_mark or not plain.warnings:
        return plain
    # brat itself counts a byte order mark as the first character of the text.
    shifted = Standoff(content, text, name=name, shift=1)
    return min(plain, shifted, key=lambda standoff: len(standoff.warnings))
