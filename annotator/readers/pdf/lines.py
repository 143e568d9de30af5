"""Tokens of a page become lines: what stands on one baseline, from left to right.

A line may still hold several columns or cells; `columns` cuts those. Raised marks are put on the line
whose words they follow, whatever their own baseline is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from statistics import median

from annotator.geometry import Box
from annotator.readers.pdf.sheet import Token

SAME_BASELINE = 0.22
SMALLER = 0.92
LEAST_RISE = 0.12
MOST_RISE = 0.75
FURTHEST = 1.6
SMALLEST_PLAIN = 0.8
LONGEST_MARK = 4
BLANK = " "


@dataclass(slots=True, eq=False)
class Line:
    """Tokens on one baseline, left to right. `number` is the line number printed beside it.

    `size` is the type size that most of its `letters` have.
    """

    tokens: list[Token]
    page: int = 0
    number: int | None = None
    x0: float = field(init=False)
    x1: float = field(init=False)
    top: float = field(init=False)
    bottom: float = field(init=False)
    baseline: float = field(init=False)
    size: float = field(init=False)
    letters: int = field(init=False)

    def __post_init__(self) -> None:
        full = [token for token in self.tokens if not token.raised] or self.tokens
        self.x0 = self.tokens[0].x0
        self.x1 = max([token.x1 for token in self.tokens])
        self.top = min([token.top for token in full])
        self.bottom = max([token.bottom for token in full])
        widest = max(full, key=lambda token: token.x1 - token.x0)
        self.baseline = widest.baseline
        self.size = _main_size(full)
        self.letters = sum([len(token.text) for token in self.tokens])

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)

    @property
    def text(self) -> str:
        return text_of(self.tokens)

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def is_bold(self) -> bool:
        """Whether all words of the line are bold."""
        return all(token.style.is_bold for token in self.tokens if not token.raised)

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


def _main_size(tokens: Sequence[Token]) -> float:
    """The size that most letters of the line have."""
    letters: dict[float, int] = {}
    for token in tokens:
        letters[token.size] = letters.get(token.size, 0) + len(token.text)
    return max(letters, key=lambda size: (letters[size], size))


def text_of(tokens: Iterable[Token]) -> str:
    """The words of tokens, one blank between those that do not touch."""
    text = "".join([token.text if token.glued else BLANK + token.text for token in tokens])
    return text.removeprefix(BLANK)


def find_raised(tokens: Sequence[Token]) -> None:
    """Mark raised tokens, such as footnote marks, and give them the baseline of the words beside them.

    The words are looked for before and after the token in the page's content first, then by place.
    """
    places = _Places(tokens)
    for index, token in enumerate(tokens):
        for at in (index - 1, index + 1):
            if not 0 <= at < len(tokens) or tokens[at].baseline <= token.baseline:
                continue
            if _is_raised_beside(token, tokens[at]):
                token.raised = True
                token.baseline = tokens[at].baseline
                break
        else:
            if len(token.text) <= LONGEST_MARK and is_mark(token.text):
                _raise_by_place(token, places)


class _Places:
    """Tokens by where they begin and end, made when first asked for."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._starts: dict[int, list[Token]] = {}
        self._ends: dict[int, list[Token]] = {}

    def ending_near(self, x: float) -> Iterator[Token]:
        """The tokens that end within a few points of x."""
        self._fill()
        for place in range(int(x) - 3, int(x) + 3):
            yield from self._ends.get(place, ())

    def starting_after(self, x: float, reach: float) -> Iterator[Token]:
        """The tokens that start right of x within the reach."""
        self._fill()
        for place in range(int(x), int(x + reach) + 1):
            yield from self._starts.get(place, ())

    def _fill(self) -> None:
        if not self._ends:
            for token in self._tokens:
                self._starts.setdefault(int(token.x0), []).append(token)
                self._ends.setdefault(int(token.x1), []).append(token)


def _raise_by_place(token: Token, places: _Places) -> None:
    """Find the larger word that a mark printed on its own stands right behind, or at the head of."""
    for other in places.ending_near(token.x0):
        if -1.5 <= token.x0 - other.x1 <= 2.5 and _is_small_above(token, other):
            token.raised, token.glued, token.baseline = True, True, other.baseline
            return
    for other in places.starting_after(token.x1, FURTHEST * token.size):
        if _is_small_above(token, other):
            token.raised, token.baseline = True, other.baseline
            return


def _is_small_above(token: Token, other: Token) -> bool:
    rise = other.baseline - token.baseline
    return token.size <= SMALLEST_PLAIN * other.size and (
        other.size * LEAST_RISE < rise < other.size * MOST_RISE
    )


def is_mark(text: str) -> bool:
    """Whether raised letters are a footnote mark: digits, or one or more of the usual signs."""
    return (text.isdigit() and len(text) <= LONGEST_MARK) or (
        bool(text) and all(sign in "*†‡§¶#" for sign in text)
    )


def _is_raised_beside(token: Token, other: Token) -> bool:
    rise = other.baseline - token.baseline
    if other.raised or not other.size * LEAST_RISE < rise < other.size * MOST_RISE:
        return False
    if token.size > other.size * SMALLER and not (token.text.isdigit() and rise > 0.2 * other.size):
        return False
    apart = max(token.x0 - other.x1, other.x0 - token.x1)
    return apart < other.size * FURTHEST


def make_lines(tokens: Sequence[Token], page: int) -> list[Line]:
    """All tokens as lines, from the top of the page down; the stream order decides which are glued."""
    find_raised(tokens)
    rows: list[list[Token]] = []
    for token in sorted(tokens, key=attrgetter("baseline")):
        row = rows[-1] if rows else None
        if row is not None and token.baseline - row[0].baseline <= _tolerance(token, row[0]):
            row.append(token)
        else:
            rows.append([token])
    return [Line(_in_order(row), page) for row in rows]


def _tolerance(token: Token, first: Token) -> float:
    """How far apart two tokens of one line may stand; marks and small capitals are as near as the rest."""
    return SAME_BASELINE * max(token.size, first.size, 4.0)


def _in_order(row: list[Token]) -> list[Token]:
    """Left to right; a token stays glued only where it still follows what it was glued to."""
    row.sort(key=attrgetter("x0"))
    for before, token in zip([None, *row], row, strict=False):
        if before is None or (token.glued and token.x0 - before.x1 > 0.35 * max(token.size, before.size)):
            token.glued = False
    return row


def body_size(lines: Iterable[Line]) -> float:
    """The type size that most letters are set in, 0 for no lines."""
    letters: dict[float, int] = {}
    for line in lines:
        key = round(line.size * 2) / 2
        letters[key] = letters.get(key, 0) + line.letters
    return max(letters, key=lambda size: letters[size]) if letters else 0.0


def usual_pitch(lines: Sequence[Line]) -> float:
    """The usual distance between baselines of lines that follow each other, 0 if there is none."""
    steps = [after.baseline - line.baseline for line, after in pairwise(lines)]
    steps = [step for step in steps if step > 1.0]
    return median(steps) if steps else 0.0
