"""`python3 tasks.py hands`: counts what hands do, and writes the tables of docs/hands.md."""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks import hands_series
from benchmarks.hand_peers import Count, row
from benchmarks.hand_tables import write
from benchmarks.hands import ARTICLE, WAYS, peers, play
from benchmarks.hands_review import OURS, THEIRS
from benchmarks.hands_suggested import by_suggestions
from benchmarks.series import DAM, MILL, PORT, own
from ui import stage

SUGGESTED = {"keyboard alone, suggestions on": by_suggestions}


def table(first: str, rows: Iterable[tuple[str, Count]]) -> str:
    head = [
        f"| {first} | key presses | clicks | drags | together | seconds |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    return "\n".join([*head, *(row(name, count) for name, count in rows)])


def reviewed() -> Iterator[tuple[str, Count]]:
    """The counts of settling the prepared disagreements: ours as played, others from their documentation."""
    with tempfile.TemporaryDirectory() as folder:
        stage.leave_the_user_alone(Path(folder))
        for name, count in (OURS | THEIRS).items():
            yield name, count()


def main() -> None:
    tables = {"reviewed": table("tool", reviewed())}
    series = {"dam": DAM, "port": PORT, "mill": MILL}
    tables |= {name: hands_series.table(own(folder)) for name, folder in series.items()}
    if ARTICLE.exists():
        tables |= {"counted": table("Annotator", play(WAYS | SUGGESTED)), "peers": table("tool", peers())}
    write(tables)
    if not ARTICLE.exists():
        sys.exit(
            "The article of the set is not here: it belongs to its publisher and is not in this project."
        )


if __name__ == "__main__":
    main()
