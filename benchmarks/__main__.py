"""Runs the benchmarks that are named, or all, each in a process of its own, and prints one table."""

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from importlib import import_module

from benchmarks.figure import Figure

BENCHMARKS = (
    "startup",
    "text_view",
    "export_jsonl",
    "export_formats",
    "occurrences",
    "search",
    "page_view",
    "pdf_reading",
    "pdf_ocr",
    "import_doccano",
    "merging",
    "suggesting",
    "suggesting_window",
    "agreement",
    "progress_screen",
    "adjudication",
    "hub",
)


def measure_apart(name: str) -> list[Figure]:
    """The figures of one benchmark, measured in a fresh process so that none warms another."""
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--only", name], stdout=subprocess.PIPE, text=True, check=True
    )
    return [Figure(**row) for row in json.loads(ended.stdout)]


def measure_here(name: str) -> None:
    figures: list[Figure] = import_module(f"benchmarks.{name}").measure()
    print(json.dumps([asdict(figure) for figure in figures]))


def print_table(figures: list[Figure]) -> None:
    # Worker processes of what is measured load this module too.
    from rich.console import Console
    from rich.table import Table

    title = f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    table = Table("what", "measured", "against", "baseline", "ratio", "aim", "met", title=title)
    for figure in figures:
        table.add_row(
            figure.what,
            f"{figure.measured:,.2f} {figure.unit}",
            figure.against,
            f"{figure.baseline:,.2f} {figure.unit}",
            f"{figure.ratio:.2f}",
            f"<= {figure.aim:g}",
            "yes" if figure.is_met else "NO",
        )
    Console(width=None if sys.stdout.isatty() else 150).print(table)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 tasks.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], metavar=f"{{{','.join(BENCHMARKS)}}}")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.only:
        measure_here(arguments.only)
        return
    figures = [figure for name in arguments.names or BENCHMARKS for figure in measure_apart(name)]
    print_table(figures)


if __name__ == "__main__":
    main()
