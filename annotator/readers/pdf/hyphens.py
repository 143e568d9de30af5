"""How the last word of a line and the first of the next are joined.

No dictionary: the document itself tells. A typesetter that breaks words leaves fragments that are no
words of the document; a word processor that does not break words leaves only hyphens that were typed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

HYPHEN = "-‐"
DASHES = "–—"
SHARE_OF_BROKEN = 0.2
# Written with a hyphen whatever follows, so a break after it tells nothing.
KEEP_AFTER = frozenset(("self", "quasi", "so", "e", "x", "well"))
# Words that begin longer words written without a hyphen, so that a break after them tells nothing.
STEMS = frozenset(
    {"over", "under", "with", "there", "where", "here", "some", "every", "fore", "after", "inter", "super"}
    | {"counter", "down", "back", "semi", "anti", "through", "trans", "work"}
)
SUSPENDED = frozenset(("and", "or", "to", "but", "nor"))
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_URL = re.compile(r"(https?:|www\.|://|^[\w.-]+\.(com|org|gov|net|edu)/)", re.IGNORECASE)
_URL_ENDS = tuple("/-_=?&%#~:@+")


@dataclass(frozen=True, slots=True)
class Join:
    """Whether a blank stands between two lines, and whether the hyphen at the end of the first goes."""

    blank: bool
    drops_hyphen: bool = False


SPACE = Join(True)
TOUCH = Join(False)
DROP = Join(False, True)


class Vocabulary:
    """The words of a document that stand inside its lines, and whether it breaks words at line ends."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        pairs: list[tuple[str, str]] = []
        before = ""
        for line in lines:
            words = line.split()
            # A word at the edge is whole where no hyphen breaks it, here or on the line before.
            first = 1 if before.endswith(tuple(HYPHEN)) else 0
            last = len(words) - 1 if line.endswith(tuple(HYPHEN)) else len(words)
            inner = words[first:last]
            self._words.update(word.casefold() for text in inner for word in _WORD.findall(text))
            if before.endswith(tuple(HYPHEN)) and words:
                pairs.append((before, words[0]))
            before = words[-1] if words else ""
        self.breaks_words = self._breaks_words(pairs)

    def has(self, word: str) -> bool:
        return word.casefold() in self._words

    def _breaks_words(self, pairs: list[tuple[str, str]]) -> bool:
        """Whether enough line-end hyphens leave fragments that are no words of the document."""
        judged = broken = 0
        for before, after in pairs:
            left, right = _tail(before), _head(after)
            if left and right and right[0].islower():
                judged += 1
                broken += self.has(left + right) or not (self.has(left) and self.has(right))
        return judged >= 2 and broken >= judged * SHARE_OF_BROKEN

    def join(self, before: str, after: str) -> Join:
        """How the word that ends a line joins the word that starts the next one."""
        if not before or not after:
            return SPACE
        if before[-1] in HYPHEN:
            return self._join_hyphen(before, after)
        if len(before) > 1 and (before[-1] in DASHES or _is_url_break(before, after)):
            return TOUCH
        if after[0] == "—" and len(after) > 1 and after[1].isalpha():
            return TOUCH
        return SPACE

    def _join_hyphen(self, before: str, after: str) -> Join:
        left, right = _tail(before), _head(after)
        if len(before) == 1:
            return SPACE
        if right.casefold() in SUSPENDED and after.casefold().strip(",;") == right.casefold():
            return SPACE
        if not left or not right or _URL.search(before) or "@" in before or "@" in after or "/" in after:
            return TOUCH
        if not _case_fits(left, right):
            return TOUCH
        return DROP if self._is_broken(left, right) else TOUCH

    def _are_two_words(self, left: str, right: str) -> bool:
        """Whether both pieces are words of the document, and the first is none that others grow from."""
        long = len(left) >= 4 and len(right) >= 3
        return long and left.casefold() not in STEMS and self.has(left) and self.has(right)

    def _is_broken(self, left: str, right: str) -> bool:
        if self.has(f"{left}-{right}"):
            return False
        if self.has(left + right):
            return True
        if left.casefold() in KEEP_AFTER:
            return False
        last = re.split("[-‐]", left)[-1]
        if self.breaks_words:
            return not (self._are_two_words(last, right) or ("-" in left and self.has(last)))
        return not self.has(last) and not self.has(right)


def _tail(word: str) -> str:
    """The letters before the hyphen that ends a word, with the hyphens among them; "" after a digit."""
    match = re.search(r"([^\W\d_]+(?:[-‐][^\W\d_]+)*)[-‐]$", word)
    return match[1] if match else ""


def _head(word: str) -> str:
    """The letters that a word starts with."""
    match = re.match(r"[^\W\d_]+", word)
    return match[0] if match else ""


def _case_fits(left: str, right: str) -> bool:
    """Whether both could be pieces of one word: the second in small letters, or both in capitals."""
    if left.isupper() and len(left) > 1:
        return right.isupper()
    return right[0].islower()


def _is_url_break(before: str, after: str) -> bool:
    """Whether an address goes on over the line end."""
    if "@" in before and before.endswith("@"):
        return True
    if not _URL.search(before):
        return False
    if before.endswith(_URL_ENDS):
        return True
    bare = after.rstrip(".,;:)]")
    goes_on = "/" in bare or re.search(r"\w\.\w", bare) is not None
    return goes_on and not _URL.match(bare) and (before.endswith(".") or "/" in bare)
