"""Writes counted tables into docs/hands.md, each between its two marks."""

import re
from collections.abc import Mapping

from benchmarks.hands import ROOT

PAGE = ROOT / "docs" / "hands.md"


def write(tables: Mapping[str, str]) -> None:
    """Print the tables by their names, and let them take the place of those on the page."""
    page = PAGE.read_text("utf-8")
    for name, found in tables.items():
        print(found)
        block = f"<!-- {name} -->\n{found}\n<!-- end -->"
        page = re.sub(rf"<!-- {name} -->\n.*?<!-- end -->", lambda _, new=block: new, page, flags=re.DOTALL)
    PAGE.write_text(page, "utf-8")
