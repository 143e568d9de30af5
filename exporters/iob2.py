"""Tags of tokens in IOB2: B- at the first token of every span, I- inside it, O outside.

Every span begins with B-, also behind another of its label: strict scorers count a span that begins with
I- as none.
"""

from collections.abc import Iterable, Sequence

from annotator.model import Annotation
from exporters.tokens import Token, token_range

OUTSIDE = "O"


def iob2(spans: Iterable[Annotation], tokens: Sequence[Token]) -> list[str]:
    """A tag for each token. The spans lie on token edges and share no token; ValueError if one does not."""
    tags = [OUTSIDE] * len(tokens)
    for span in spans:
        covered = token_range(span, tokens)
        if covered is None:
            raise ValueError(f"the span {span.id} is not on token edges")
        first, last = covered
        tags[first] = f"B-{span.label}"
        tags[first + 1 : last] = [f"I-{span.label}"] * (last - first - 1)
    return tags


def tag_names(labels: Iterable[str]) -> list[str]:
    """All tags there can be, O first, in the order of the labels."""
    return [OUTSIDE, *(f"{letter}-{label}" for label in labels for letter in "BI")]
