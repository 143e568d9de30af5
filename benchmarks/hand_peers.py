"""What the documentation of other tools says the same spans take there: counted from it, not run.

Each count is the least that the pages cited in docs/hands.md allow; scrolling is free, as it is for us.
"""

from collections import Counter
from collections.abc import Sequence

from annotator.geometry import Range

Wanted = tuple[Range, str]
LEAST_REPEATS = 3  # from so many on it pays to search for a name


def doccano(spans: Sequence[Wanted]) -> int:
    """Select, then the label's key or entry, for every span."""
    return 2 * len(spans)


def label_studio(spans: Sequence[Wanted]) -> int:
    """Label and highlight for every span, then submit."""
    return 2 * len(spans) + 1


def label_studio_kept(spans: Sequence[Wanted]) -> int:
    """As above with the setting that keeps a label selected, label after label."""
    return len(spans) + len({label for _, label in spans}) + 1


def inception(spans: Sequence[Wanted]) -> int:
    """Drag and choose the tag for every span, on one layer."""
    return 2 * len(spans)


def inception_search(spans: Sequence[Wanted], text: str) -> int:
    """As above, but repeated names are searched for (letters, Search, create); the sidebar opens once."""
    names = Counter((text[place.start : place.end], label) for place, label in spans)
    searched = {name: count for name, count in names.items() if count >= LEAST_REPEATS}
    by_search = sum(len(words) + 2 for words, _ in searched)
    return 2 * (len(spans) - sum(count - 1 for count in searched.values())) + by_search + 1


def table(spans: Sequence[Wanted], text: str) -> str:
    """The counts as a table."""
    rows = (
        ("doccano", doccano(spans)),
        ("Label Studio, in text order", label_studio(spans)),
        ("Label Studio, label after label", label_studio_kept(spans)),
        ("INCEpTION", inception(spans)),
        ("INCEpTION, names by search", inception_search(spans, text)),
    )
    lines = [f"| {name} | {count} |" for name, count in rows]
    return "\n".join(["| tool | actions |", "|---|---:|", *lines])
