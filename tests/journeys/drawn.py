"""Documents drawn at random for round trips: a few sentences that one or two people have marked."""

import re

from hypothesis import strategies as st

from annotator.model import Attributes, AttributeValue, Fragment
from annotator.readers.document import ReadAnnotation, ReadDocument, ReadRelation, ReadSet
from tests.unit.exporters.rich_project import read_document

WORDS = ("Judge", "Ada", "😀", "Čapek", "ruled", "the", "port’s", "e\u0301", "is", "void.", "¶", "$5", '"so"')
# Attributes that the schema does not have, of every kind of value.
UNLISTED: dict[str, tuple[AttributeValue, ...]] = {
    "remark": ("two “words”", "=1"),
    "sat": (True, False),
    "years": (2.5, 7),
    "on": (("a", "b c"),),
}
# Labels with attributes and their values.
LABELS: dict[str, dict[str, tuple[AttributeValue, ...]]] = {
    "judge": UNLISTED,
    "person": {"role": ("none", "plaintiff", "witness")},
    "claim": {"act": ("asserts", "denies"), "quote": ("direct", "mixed")},
    "holding": {"issue": ("immunity", "other"), "voice": ("own", "reported"), "opinion": ("dissent",)},
    "date": {},
}
NOTES = ("", "See “so”.\nTwice.")


@st.composite
def marked_texts(draw: st.DrawFn) -> ReadDocument:
    """A text with spans of one or two pieces that begin and end at words, attributes, notes and links."""
    sentences = draw(
        st.lists(st.lists(st.sampled_from(WORDS), min_size=2, max_size=7), min_size=1, max_size=4)
    )
    text = "\n".join(" ".join(sentence) for sentence in sentences)
    places = [(found.start(), found.end()) for found in re.finditer(r"\S+", text)]
    people = draw(st.sampled_from([("Ana",), ("Ana", "Bo")]))
    return read_document("Drawn", text, sets=tuple(_part(draw, name, places) for name in people))


def _part(draw: st.DrawFn, name: str, places: list[tuple[int, int]]) -> ReadSet:
    spans: dict[tuple[str, tuple[Fragment, ...]], ReadAnnotation] = {}
    for number in range(draw(st.integers(1, 4))):
        first, last = sorted(draw(st.tuples(*[st.integers(0, len(places) - 1)] * 2)))
        pieces = [Fragment(places[first][0], places[last][1])]
        if last + 2 < len(places) and draw(st.booleans()):
            pieces.append(Fragment(*places[last + 2]))
        label = draw(st.sampled_from(sorted(LABELS)))
        span = ReadAnnotation(
            f"{name} {number}",
            label,
            tuple(pieces),
            attributes=_attributes(draw, label),
            note=draw(st.sampled_from(NOTES)),
        )
        spans[label, span.fragments] = span
    keys = [span.key for span in spans.values()]
    links = tuple(ReadRelation("cue", keys[0], key) for key in keys[1:] if draw(st.booleans()))
    return ReadSet(name, annotations=tuple(spans.values()), relations=links)


def _attributes(draw: st.DrawFn, label: str) -> Attributes:
    """Values for some of the attributes of a label."""
    return {id: draw(st.sampled_from(values)) for id, values in LABELS[label].items() if draw(st.booleans())}
