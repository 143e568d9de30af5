"""Learned suggestions: training on 200 documents with 20,000 spans, and suggesting in an opinion of 30 pages.

There is nothing to compare the training with; it is measured against the half hour that it may take in the
background. A page counts 330 words, as one of a typed opinion has. Memory is that of the process that trains.
"""

import random
import resource
import time

from annotator.services.learning import proposals
from annotator.suggest.learned.examples import Example, Span
from annotator.suggest.learned.training import train
from annotator.text import text_sha256
from benchmarks.figure import Figure
from resources import schema_text

DOCUMENTS, SPANS = 200, 100  # each document has so many spans
_PAGES, _PAGE_WORDS = 30, 330
_SPAN_WORDS = 20  # words a span, those between the spans included
_MOST_SECONDS, _SUGGEST_SECONDS, _MOST_MEGABYTES = 1800.0, 2.0, 4096.0
_LABELS = (
    "organization",
    "person",
    "court",
    "judge",
    "law",
    "date",
    "location",
    "citation",
    "money",
    "docket",
)


def measure() -> list[Figure]:
    """Seconds and megabytes of the training, with its learning curve, and seconds of suggesting."""
    from annotator.schema_toml import read_schema

    names = _names(random.Random(1))
    documents = [_document(random.Random(seed), names) for seed in range(DOCUMENTS)]
    if sum(each.count for each in documents) != DOCUMENTS * SPANS:
        raise RuntimeError("the documents do not have the spans that are told")
    begun = time.perf_counter()
    outcome = train(documents, None, lambda _: None)
    trained = time.perf_counter() - begun
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    opinion = _document(random.Random(-1), names, spans=_PAGES * _PAGE_WORDS // _SPAN_WORDS)
    begun = time.perf_counter()
    found = proposals(
        outcome.model,
        text=opinion.text,
        text_sha256=opinion.text_sha256,
        kind=opinion.kind,
        schema=read_schema(schema_text("legal-news")),
        least_precision=0.0,
    )
    suggested = time.perf_counter() - begun
    if not found:
        raise RuntimeError("nothing was suggested, so nothing was measured")
    what = f"learn from {DOCUMENTS} documents with {DOCUMENTS * SPANS:,} spans"
    return [
        Figure(what, trained, "half an hour in the background", _MOST_SECONDS, "s", 1.0),
        Figure(f"{what}, memory", megabytes, "what a worker may use", _MOST_MEGABYTES, "MB", 1.0),
        Figure(f"suggest in {_PAGES} pages", suggested, "two seconds", _SUGGEST_SECONDS, "s", 1.0),
    ]


def _names(chance: random.Random) -> dict[str, list[str]]:
    """Two hundred names for each label, of one to three capitalised words."""
    return {
        label: [" ".join(_word(chance).title() for _ in range(chance.randint(1, 3))) for _ in range(200)]
        for label in _LABELS
    }


def _word(chance: random.Random) -> str:
    return "".join(
        chance.choice("bdfglmnprstv") + chance.choice("aeiou") for _ in range(chance.randint(1, 4))
    )


def _document(chance: random.Random, names: dict[str, list[str]], *, spans: int = SPANS) -> Example:
    """A text with so many spans, one in twenty words: names behind a word that tells the label, claims."""
    vocabulary = [_word(random.Random(number)) for number in range(5000)]
    text = ""
    entities: list[Span] = []
    claims: list[Span] = []
    while len(entities) + len(claims) < spans:
        label = chance.choice(_LABELS)
        text += f"{' '.join(chance.choices(vocabulary, k=17))} {label} "
        name = chance.choice(names[label])
        entities.append(Span(len(text), len(text) + len(name), label))
        text += f"{name}. "
        if len(entities) % 9 == 0:
            text += "They alleged that "
            claim = " ".join(chance.choices(vocabulary, k=14))
            claims.append(Span(len(text), len(text) + len(claim), "claim"))
            text += f"{claim}.\n"
    found = {"entity": tuple(entities), "claim": tuple(claims)}
    return Example(text_sha256(text), text, "article", found)
