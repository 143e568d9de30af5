"""What a word or a sentence looks like, as short strings that a model has weights for.

The strings are part of every stored model: a change here makes another language, so FORMAT in `model` must
go up with it. Nothing here is told what the labels mean.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.geometry import Range
from annotator.schema import DocumentKind
from annotator.suggest.learned.tags import tokens
from annotator.text import sentences

# Words that tell in legal text what stands beside them.
_KINDS_OF_WORDS = {
    "honorific": "mr mrs ms dr judge justice hon honorable honourable chief magistrate attorney senator "
    "president professor sir",
    "court": "court courts circuit district tribunal bench supreme appeals appellate bankruptcy chamber",
    "company": "inc llc corp co ltd llp lp plc company corporation group technologies bank association",
    "law": "act code rule rules section sections statute amendment constitution regulation article "
    "paragraph title chapter treaty directive § ¶",
    "party": "plaintiff plaintiffs defendant defendants petitioner petitioners respondent respondents "
    "appellant appellants appellee appellees claimant applicant movant",
    "month": "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec",
    "docket": "no nos case docket civil cv cr dkt ecf",
    "saying": "said say says saying told wrote argue argues argued arguing contend contends contended "
    "according claim claims claimed allege alleges alleged allegedly assert asserts asserted accuse "
    "accuses accused deny denies denied maintain maintains maintained",
    "deciding": "hold holds held holding order orders ordered rule rules ruled grant grants granted "
    "deny denies denied affirm affirms affirmed reverse reverses reversed remand remanded vacate vacated "
    "enjoin enjoins enjoined dismiss dismissed conclude concludes concluded find finds found",
    "versus": "v vs versus",
    "modal": "must shall may can cannot should would could",
    "we": "we our us",
}
_WORD_KINDS: dict[str, tuple[str, ...]] = {}
for _kind, _words in _KINDS_OF_WORDS.items():
    for _word in _words.split():
        _WORD_KINDS[_word] = (*_WORD_KINDS.get(_word, ()), _kind)

_DIGIT = re.compile(r"\d")
_REPEATED = re.compile(r"(.)\1+")
_CITED = re.compile(r"\d+\s+(?:U\.\s?S|F|S\.\s?Ct|L\.\s?Ed|Cal|N\.\s?[EYW]|P|A|So)\b")
_QUOTES = '"“”'
_CAPTION_LETTERS = 240  # a paragraph this long is no part of a caption any more
_EDGE = 0.05  # how much of a text is its head, and its tail
_NO_WORD = "", "", ()


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph or a sentence: its tokens, and for each what it looks like."""

    tokens: list[Range]
    features: list[list[str]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and what it looks like as a whole; `row` has those of its words."""

    place: Range
    features: list[str]
    row: Row


def rows(text: str, kind: DocumentKind) -> list[Row]:
    """The paragraphs of a text, with what their words look like."""
    made = []
    in_caption = kind != "article"
    for inside in tokens(text):
        if inside and inside[-1].end - inside[0].start >= _CAPTION_LETTERS:
            in_caption = False
        place = _place(text, inside, kind, in_caption=in_caption)
        made.append(Row(inside, _features(text, inside, place)))
    return made


def sentence_rows(text: str, kind: DocumentKind, paragraphs: Sequence[Row]) -> list[Sentence]:
    """The sentences of a text; `paragraphs` as `rows` gives them, of which each sentence has its part."""
    flat = [
        pair for row in paragraphs for pair in zip(row.tokens, row.features, strict=True)
    ]  # fmt: skip
    made: list[Sentence] = []
    at = 0
    before: set[str] = set()
    for place in sentences(text):
        while at < len(flat) and flat[at][0].start < place.start:
            at += 1
        first = at
        while at < len(flat) and flat[at][0].end <= place.end:
            at += 1
        part = flat[first:at]
        if part:
            row = Row([token for token, _ in part], [features for _, features in part])
            features, cues = _of_sentence(text, row.tokens, kind, before)
            made.append(Sentence(place, features, row))
            before = cues
    return made


def _looks(text: str, token: Range) -> tuple[str, str, tuple[str, ...]]:
    """A word without case and numbers, its shape, and which of the kinds of words it is."""
    word = text[token.start : token.end]
    folded = word.casefold()
    shape = _REPEATED.sub(
        r"\1",
        "".join(
            "X" if letter.isupper() else "x" if letter.isalpha() else "0" if letter.isdigit() else letter
            for letter in word[:12]
        ),
    )
    return _DIGIT.sub("0", folded), shape, _WORD_KINDS.get(folded, ())


def _place(text: str, inside: Sequence[Range], kind: DocumentKind, *, in_caption: bool) -> list[str]:
    """What is the same for all words of a paragraph."""
    if not inside:
        return []
    at = inside[0].start / max(1, len(text))
    words = text[inside[0].start : inside[-1].end]
    made = [f"kind={kind}", "head" if at < _EDGE else "tail" if at > 1 - _EDGE else "body"]
    if in_caption:
        made.append("caption")
    if words.isupper():
        made.append("capitals")
    if len(inside) < 8:
        made.append("short")
    return made


def _features(text: str, inside: Sequence[Range], place: Sequence[str]) -> list[list[str]]:
    looks = [_looks(text, token) for token in inside]
    cited = (
        {match.start() for match in _CITED.finditer(text, inside[0].start, inside[-1].end)} if inside else ()
    )
    made = []
    quoted = False
    for number, (word, shape, kinds) in enumerate(looks):
        before, after = looks[number - 1] if number else _NO_WORD, _at(looks, number + 1)
        farther, beyond = looks[number - 2] if number > 1 else _NO_WORD, _at(looks, number + 2)
        own = [
            "-", f"w={word}", f"s={shape}", f"p={word[:3]}", f"e={word[-3:]}", f"e2={word[-2:]}",
            f"w-1={before[0]}", f"w+1={after[0]}", f"w-2={farther[0]}", f"w+2={beyond[0]}",
            f"s-1={before[1]}", f"s+1={after[1]}", f"ss={before[1]}|{shape}|{after[1]}",
            f"b-={before[0]}|{word}", f"b+={word}|{after[0]}", f"sw={before[0]}|{shape}",
        ]  # fmt: skip
        for at, around in ((0, kinds), (-1, before[2]), (1, after[2]), (-2, farther[2]), (2, beyond[2])):
            own += [f"k{at}={each}" for each in around]
        own += [f"{each}|{shape[:1]}" for each in place]
        if not number:
            own.append("first")
        if number + 1 == len(looks):
            own.append("last")
        if inside[number].start in cited:
            own.append("cite")
        if word in _QUOTES:
            quoted = word != "”" and not quoted
        elif quoted:
            own.append("quoted")
        made.append(own)
    return made


def _at(looks: Sequence[tuple[str, str, tuple[str, ...]]], place: int) -> tuple[str, str, tuple[str, ...]]:
    return looks[place] if place < len(looks) else _NO_WORD


def _of_sentence(
    text: str, inside: Sequence[Range], kind: DocumentKind, before: set[str]
) -> tuple[list[str], set[str]]:
    """What a sentence looks like, and the kinds of words in it, which the next one is told."""
    looks = [_looks(text, token) for token in inside]
    words = [word for word, _, _ in looks]
    cues = {each for _, _, kinds in looks for each in kinds}
    place = inside[0].start / max(1, len(text))
    made = {
        "-",
        f"kind={kind}",
        f"tenth={int(place * 10)}",
        f"long={min(6, len(words) // 8)}",
        f"first={words[0]}",
        f"first2={' '.join(words[:2])}",
        f"last={' '.join(words[-2:])}",
        *(f"w={word}" for word in words),
        *(f"b={one}|{other}" for one, other in pairwise(words)),
        *(f"k={each}" for each in cues),
        *(f"k={each}|{kind}" for each in cues),
        *(f"before={each}" for each in before),
    }
    quotes = sum(words.count(mark) for mark in _QUOTES)
    if quotes:
        made.add(f"quotes={min(quotes, 4)}")
    return sorted(made), cues
