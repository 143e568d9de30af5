"""Small texts with spans to learn from, made by a seed: courts, people and claims in plain sentences."""

import random

from annotator.suggest.learned.examples import Example, Span
from annotator.text import text_sha256

_PEOPLE = ("Ada Romero", "Ben Okafor", "Carla Weiss", "Dov Lindqvist", "Esra Demir", "Finn Abara")
_COURTS = ("District Court of Norvel", "Court of Appeals", "Supreme Court of Tarn", "Superior Court")
_DEEDS = ("broke the seal on the archive", "sold the maps twice", "hid the ledger for years")
_WEATHER = ("Rain fell on the square.", "The hall was full.", "Nobody spoke for a while.")


def example(
    seed: int, *, layers: tuple[str, ...] = ("entity", "claim"), is_assisted: bool = False
) -> Example:
    """The text of a seed with all spans of the layers asked for."""
    choose = random.Random(seed).choice
    text = ""
    spans: dict[str, list[Span]] = {layer: [] for layer in layers}

    def add(words: str, layer: str = "", label: str = "") -> None:
        nonlocal text
        if layer in spans:
            spans[layer].append(Span(len(text), len(text) + len(words), label, is_assisted))
        text += words

    for _ in range(5):
        add("Judge ")
        add(choose(_PEOPLE), "entity", "judge")
        add(" of the ")
        add(choose(_COURTS), "entity", "court")
        add(" heard the case. ")
        add(f"{choose(_WEATHER)} ")
        add("The ")
        add(choose(("plaintiff", "prosecutor")), "claim", "source")
        add(" alleged that ")
        add(f"the clerk {choose(_DEEDS)} and then left the town for good", "claim", "claim")
        add(".\n")
    return Example(
        text_sha256(text), text, "article", {layer: tuple(found) for layer, found in spans.items()}
    )


def examples(count: int, *, first: int = 0) -> list[Example]:
    """As many texts, no two alike."""
    return [example(seed) for seed in range(first, first + count)]
