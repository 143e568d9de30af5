"""Short names: where a person or body is named in full, the last name or the head of the name elsewhere.

It is as sure as the full name, or a little less, and stands for the same label.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.model import Fragment
from annotator.suggest.suggestion import Suggestion
from annotator.text import begins_sentences

LEAST = 0.7  # of the full name, or it says nothing
_LESS = 0.9
_FEWEST_LETTERS = 4
_FORM = re.compile(
    r"[,\s]+(?:Inc|LLC|L\.L\.C|LLP|L\.P|LP|Ltd|Limited|Corp|Corporation|Co|Company|PLLC|P\.C)\.?$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r",?\s+(?:Jr\.?|Sr\.?|I{2,3}|IV)$")
_CAPITAL_BEFORE = re.compile(r"(?<!Mr\.)(?<!Ms\.)(?<!Dr\.)\b[A-Z][\w’-]*\s$")
_LONG_WORD = 40  # characters looked at before a name
_IN_WORD = re.compile(r"[\w’'-]$")
_GOES_ON = re.compile(r"[\w-]| [A-Z&]")
_COMMON = re.compile(
    r"(?:United|National|American|General|State|County|City|Port|Bank|First|North|South|East|West|New|Federal|"
    r"University|Department|Board|Court|Judge)\b",
    re.IGNORECASE,
)
# What public bodies are called after is mostly a place, and its name alone is that of the place.
_PUBLIC = re.compile(
    r"\b(?:Board|Commission|Department|Authority|Agency|District|Bureau|Council|Court|Administration|University|"
    r"College|Hospital|Office)$",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|"
    r"Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|"
    r"Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|Ohio|Oklahoma|Oregon|"
    r"Pennsylvania|Tennessee|Texas|Utah|Vermont|Virginia|Washington|Wisconsin|Wyoming"
)


class Named(NamedTuple):
    """A full name as it stands in a text, with its label, how sure that is, and who says so."""

    words: str
    label: str
    sure: float
    origin: str


def short_names(text: str, named: Iterable[Named]) -> Iterator[Suggestion]:
    """The short forms of names wherever they stand alone, without those that may stand for two labels."""
    meant: dict[str, dict[str, Named]] = {}
    for each in named:
        if each.sure >= LEAST:
            for short in _shorts(each):
                known = meant.setdefault(short, {}).get(each.label)
                if known is None or known.sure < each.sure:
                    meant[short][each.label] = each
    for short, by_label in meant.items():
        if len(by_label) == 1:
            yield from _places(text, short, *by_label.values())


def _places(text: str, short: str, full: Named) -> Iterator[Suggestion]:
    words = " ".join(full.words.split())
    start = text.find(short)
    while start >= 0:
        end = start + len(short)
        before = text[max(0, start - _LONG_WORD) : start]
        if not (_CAPITAL_BEFORE.search(before) or _IN_WORD.search(before) or _GOES_ON.match(text, end)):
            piece = (Fragment(start, end),)
            yield Suggestion(piece, full.label, _LESS * full.sure, full.origin, f"short for “{words}”")
        start = text.find(short, end)


def _shorts(full: Named) -> Iterator[str]:
    """The words by which a person or a body is called once it was named."""
    if full.label == "person":
        first, *others = _SUFFIX.sub("", full.words).split()
        found = [others[-1]] if others and not first.isupper() else []
    elif full.label == "organization":
        head = _FORM.sub("", full.words).split()
        least = 2 if _PUBLIC.search(full.words) else 1
        found = [" ".join(head[:count]).rstrip(",") for count in range(least, len(head) + 1)]
    else:
        return
    for short in found:
        is_name = short[:1].isupper() and not short.isupper() and short[-1].isalnum()
        is_long = len(short) >= _FEWEST_LETTERS and short != full.words
        is_other = begins_sentences(short) or any(each.fullmatch(short) for each in (_STATE, _COMMON))
        if is_name and is_long and not is_other:
            yield short
