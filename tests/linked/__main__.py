"""Writes the recall of the ranking of passages into the document that is named, docs/passages.md."""

import sys
import tempfile
from pathlib import Path

from tests.conftest import CORPUS
from tests.linked.pairs import Pair, found, of_corpus, of_sample

BEGIN, END = "<!-- recall -->", "<!-- end -->"


def table() -> str:
    """The table of recall at 1, 5 and 10."""
    with tempfile.TemporaryDirectory() as folder:
        sets: dict[str, list[Pair]] = {"sample project": of_sample(Path(folder) / "sample.annotator")}
        if CORPUS.is_dir():
            sets["NSO article and filings"] = of_corpus(CORPUS, Path(folder) / "corpus.annotator")
    rows = [
        "| pairs | n | recall at 1 | recall at 5 | recall at 10 | passages at 5 |",
        "|---|---|---|---|---|---|",
    ]
    for name, pairs in sets.items():
        at = {limit: found(pairs, limit=limit) for limit in (1, 5, 10)}
        recalls = " | ".join(f"{at[limit].recall:.2f}" for limit in at)
        rows.append(f"| {name} | {len(pairs)} | {recalls} | {at[5].reached} of {at[5].passages} |")
    return "\n".join(rows)


def main(target: Path) -> None:
    """Write the table into a document, between its markers."""
    made = table()
    print(made)
    text = target.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    target.write_text(f"{before}{BEGIN}\n{made}\n{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
