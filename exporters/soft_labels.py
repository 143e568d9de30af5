"""Units with soft labels as JSON Lines: a row a unit, as `annotator.services.soft_labels` makes them."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import orjson

from annotator.model import JsonValue
from exporters.aside import written_aside


def write_units(rows: Iterable[Mapping[str, JsonValue]], target: Path) -> int:
    """Write the rows in UTF-8, one a line, and say how many there were. Raises ExportError."""
    count = 0
    with written_aside(target) as file:
        for row in rows:
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    return count
