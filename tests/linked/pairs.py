"""The hand-linked pairs, from the sample project and from the corpus, and how well a ranking finds them."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from annotator.model import Annotation
from annotator.passages import BEST, Passages
from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.services import cases, sample
from annotator.services.importing import import_paths
from storage.store import ProjectStore
from tests import projects

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "resources" / "sample"


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim's words, the text that it was linked into, and the passages that support it there."""

    claim: str
    text: str
    passages: tuple[tuple[int, int], ...]


class Found(NamedTuple):
    """How many pairs there are, of how many a passage is among the best, and the same of passages."""

    pairs: int
    hit: int
    passages: int
    reached: int

    @property
    def recall(self) -> float:
        return self.hit / self.pairs


def of_sample(folder: Path) -> list[Pair]:
    """The pairs of the sample project: its claims that report what stands in its order."""
    with projects.new_project(folder) as store, ReaderProcess() as process:
        run(sample.fill(store, lead=projects.lead(store).id, folder=SAMPLE, process=process))
        return [
            pair for view in cases.views(store) for one in view.articles for pair in _reports(store, one.id)
        ]


def _reports(store: ProjectStore, article: str) -> Iterator[Pair]:
    for link in store.relations(article):
        source, target = store.record(Annotation, link.source), store.record(Annotation, link.target)
        if link.type == "reports" and source and target:
            yield Pair(source.quote.exact, store.text(target.text_version), ((target.start, target.end),))


def of_corpus(corpus: Path, folder: Path) -> list[Pair]:
    """The pairs of the article and filings of the corpus, whose texts must be those that were linked."""
    linked = json.loads((HERE / "nso-whatsapp.json").read_text("utf-8"))
    files = [corpus / "articles" / linked["article"]["name"]]
    files += [corpus / "court" / f"{name}.pdf" for name in linked["documents"]]
    with projects.new_project(folder) as store, ReaderProcess() as process:
        run(import_paths(store, files, annotator=projects.lead(store).id, process=process))
        texts = {Path(each.source_name).stem: store.text(each.text_version) for each in store.documents()}
    article = texts[Path(linked["article"]["name"]).stem]
    _check(article, linked["article"]["text_sha256"])
    for name, facts in linked["documents"].items():
        _check(texts[name], facts["text_sha256"])
    return [
        Pair(
            article[slice(*pair["claim"])],
            texts[pair["document"]],
            tuple((start, end) for start, end in pair["passages"]),
        )
        for pair in linked["pairs"]
    ]


def _check(text: str, sha256: str) -> None:
    if hashlib.sha256(text.encode()).hexdigest() != sha256:
        raise ValueError("The text is read otherwise than when its claims were linked: link them anew.")


def found(pairs: Sequence[Pair], *, limit: int = BEST) -> Found:
    """How many of the pairs the ranking finds among its best."""
    ranked = {text: Passages(text) for text in {pair.text for pair in pairs}}
    hit = reached = 0
    for pair in pairs:
        best = ranked[pair.text].rank(pair.claim, limit=limit)
        met = sum(any(one.start < end and start < one.end for one in best) for start, end in pair.passages)
        hit += met > 0
        reached += met
    return Found(len(pairs), hit, sum(len(pair.passages) for pair in pairs), reached)
