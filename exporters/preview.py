"""The first record of an export as a person reads it, before anything is written.

The exporter itself writes it, to a folder that is gone at once, so what is shown is what will be in the file.
Of a file that is no text the spans are shown that the format holds.
"""

import tempfile
from dataclasses import replace
from pathlib import Path

import orjson

from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, Snapshot
from exporters.aside import MANIFEST, files_in
from exporters.card import CARD
from exporters.exporter import Exporter
from exporters.preflight import REPORT, check_text

_MOST = 6_000  # characters that are shown, of all files together
_READ = 1_000_000  # bytes of a file that are read for it
_WORDS = 120  # characters of a text in JSON
_ITEMS = 5  # of a list in JSON
_REPORTS = (MANIFEST, REPORT, CARD)


def preview(snapshot: Snapshot, exporter: Exporter) -> Job[str]:
    """What the first record looks like; "" if there is none. Raises ExportError or MissingExtra."""
    check_text(exporter, with_text=snapshot.with_text)
    yield Progress(0, 0)
    first = next(snapshot.documents(), None)
    if first is None:
        return ""
    alone = replace(snapshot, documents=lambda: (one for one in (first,)), document_count=1)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"record{exporter.suffix}"
        yield from exporter.export(alone, target)
        files = files_in(target) if target.is_dir() else {target.name: target}
        shown = [
            _shown(name, path, held=exporter.fit(first, snapshot).document, is_alone=len(files) == 1)
            for name, path in sorted(files.items(), key=lambda item: (item[0].endswith(".txt"), item[0]))
            if name not in _REPORTS
        ]
    whole = "\n".join(shown)
    return whole if len(whole) <= _MOST else f"{whole[:_MOST].rstrip()}\n…"


def _shown(name: str, path: Path, *, held: DocumentSnapshot, is_alone: bool) -> str:
    head = "" if is_alone else f"— {name} —\n"
    with path.open("rb") as file:
        data = file.read(_READ)
    try:
        words = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character that was cut where reading stopped is no sign of a file without text.
        words = data[: error.start].decode("utf-8") if error.start > _READ - 4 else "\0"
    if "\0" in words:
        return f"{head}{path.stat().st_size} bytes, not text; it holds:\n{_spans(held)}"
    return head + _indented(words)


def _indented(words: str) -> str:
    """A first line of JSON with its values below each other; other text as it is."""
    line = words.partition("\n")[0]
    if line[:1] not in ("{", "["):
        return words
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return words
    return orjson.dumps(_short(value), option=orjson.OPT_INDENT_2).decode("utf-8") + "\n"


def _short(value: object) -> object:
    """The value with long words cut, and of long lists the beginning."""
    if isinstance(value, str):
        return value if len(value) <= _WORDS else f"{value[:_WORDS]}…"
    if isinstance(value, dict):
        return {key: _short(item) for key, item in value.items()}
    if isinstance(value, list):
        more = [f"… {len(value) - _ITEMS} more"] if len(value) > _ITEMS else []
        return [*(_short(item) for item in value[:_ITEMS]), *more]
    return value


def _spans(held: DocumentSnapshot) -> str:
    lines = [held.document.title]
    lines += [f"{span.start}–{span.end}  {span.label}  “{span.quote.exact}”" for span in held.annotations]
    return "\n".join(lines) + "\n"
