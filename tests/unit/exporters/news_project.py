"""A project with some stories of a few cases, for what is said of a dataset as a whole."""

import random
from pathlib import Path

from annotator.model import Fragment
from annotator.readers.document import ReadAnnotation, ReadSet
from storage.store import ProjectStore
from tests import projects
from tests.unit.exporters.exporting import bring_in
from tests.unit.exporters.rich_project import read_document

CASES = ("4:19-cv-07123", "No. 4:19-CV-7123-PJH", "22-15810", "", "", "")
WORDS = ("court", "judge", "vendor", "spyware", "motion", "claim", "order", "filed", "denied", "granted")
JUDGE = "Judge Ada Romero"


def news_project(folder: Path, *, count: int = 12, name: str = "News") -> ProjectStore:
    """Stories that Ana has marked, each of its own words and with its own address."""
    store = projects.new_project(folder, name=name)
    add_stories(store, range(count))
    return store


def add_stories(store: ProjectStore, numbers: range) -> None:
    for number in numbers:
        text = story(number)
        start = text.index(JUDGE)
        span = ReadAnnotation("T1", "judge", (Fragment(start, start + len(JUDGE)),))
        bring_in(
            store,
            read_document(
                f"Story {number}",
                text,
                key=text,
                case=CASES[number % len(CASES)],
                metadata={
                    "url": f"https://news.example/{number}",
                    "publisher": ("Post", "Times")[number % 2],
                },
                sets=(ReadSet("Ana", annotations=(span,)),),
            ),
        )


def story(number: int) -> str:
    words = random.Random(number).choices(WORDS, k=60)
    return f"Story {number}. {JUDGE} ruled. {' '.join(words)}.\n"
