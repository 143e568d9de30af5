"""Soft labels as JSON Lines, as `annotator.services.soft_labels` makes the rows; described in docs/formats.

A folder has a file a kind, and what is said of annotators apart from them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import orjson

from annotator.model import JsonValue
from annotator.services.soft_labels import SoftRows
from exporters.aside import folder_written_aside, written_aside

_KINDS = ("annotations", "units", "tokens")


def write_units(rows: Iterable[Mapping[str, JsonValue]], target: Path) -> int:
    """Write the rows in UTF-8, one a line, and say how many there were. Raises ExportError."""
    count = 0
    with written_aside(target) as file:
        for row in rows:
            file.write(_line(row))
            count += 1
    return count


def write_soft_labels(rows: Iterable[SoftRows], target: Path, *, with_tokens: bool) -> Mapping[str, int]:
    """Write a folder, and say how many rows each file of it has. Raises ExportError."""
    kinds = [kind for kind in _KINDS if with_tokens or kind != "tokens"]
    counts = dict.fromkeys(kinds, 0)
    documents, spans = Counter[str](), Counter[str]()
    with folder_written_aside(target) as folder:
        for kind in kinds:
            (folder / f"{kind}.jsonl").touch()
        for document in rows:
            documents.update(document.finished)
            spans.update(str(row["annotator"]) for row in document.annotations)
            for kind in kinds:
                lines = [_line(row) for row in getattr(document, kind)]
                counts[kind] += len(lines)
                with (folder / f"{kind}.jsonl").open("ab") as file:
                    file.writelines(lines)
        meta = {who: {"documents": documents[who], "spans": spans[who]} for who in sorted(documents)}
        indented = orjson.dumps(meta, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        (folder / "annotators_meta.json").write_bytes(indented)
    return counts


def _line(row: Mapping[str, JsonValue]) -> bytes:
    return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
