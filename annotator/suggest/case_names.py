"""Names of cases in running text, as “Acme Co. v. Bolt” and “In re Acme Litig.”, before a reporter or alone.

eyecite stops at words as “of” and “&” that belong to a name, and goes on over headings above it, so it is
asked for reporters and names are found here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from annotator.geometry import Range
from annotator.text import sentences

_WORD = r"(?:(?!Nos?\.)[^\W_a-zß-öø-ÿ][\w’'.&/-]*|&)"
_SMALL = r"(?:of|the|for|and|d/b/a|ex|rel\.|et|al\.|de|la|las|los|del|der|di|du|da|van|von)(?!\w)"
# Behind a comma only what is no name by itself: before it may be “In Oregon,”.
_FORM = r"(?:,[ ](?:Inc|INC|L\.?L\.?[CP]|L\.?P|LP|Ltd|Co|Corp|[SN]\.A|P\.?[CA]|Jr|Sr|I{2,3}|IV|et al)\b\.?)"
_PARTY = rf"{_WORD}(?:{_FORM}|[ ](?:{_WORD}|{_SMALL}))*"
_MATTER = rf"{_WORD}(?:{_FORM}|[ ](?:{_WORD}|{_SMALL}|to|in|on|a))*"
_VERSUS = re.compile(r"[ ]vs?\.[ ]")
_ALONE = re.compile(rf"{_PARTY}{_VERSUS.pattern}{_PARTY}")
_DOCKET = r"Nos?\.[ ][^,;\n]{2,40},\s+"
# A docket number may stand between name and reporter; in a table of authorities they are on two lines.
_BEFORE = re.compile(
    rf"(?P<name>(?:In re|Ex parte|Matter of)[ ]{_MATTER}|{_ALONE.pattern}),\s+(?:{_DOCKET})?$"
)
_DOCKET_ALONE = re.compile(rf"\b{_DOCKET}$")
_ANTECEDENT = re.compile(r"\b[A-Z][\w’'-]+(?:[ ][A-Z][\w’'-]+){0,2},\s+$")
_FARTHEST = 300  # characters from the beginning of a name to its reporter
_SIGNAL = re.compile(
    r"(?:(?:The|See|In(?! re\b)|Under|A|An|This|That|But|And|Contra|Accord|Compare|Also|As|Like|Since|\d+)\b|"
    r"Cf\.|E\.g\.)[\s,]*(?:(?:also|the|in|and|e\.g\.)[\s,]+)*"
)
_ROLE = re.compile(r"(?:Petitioner|Plaintiff|Appellant|Appellee|Respondent|Defendant)s?\b", re.IGNORECASE)
_LOOSE_END = re.compile(r"(?:,?[ ](?:of|the|for|and))+$|[ ,]+$")
_GOES_ON = re.compile(r"[,;)]|\s+[a-z]")
_ABBREVIATED = re.compile(r"\b(?:Inc|Co|Corp|Ltd|Cos|Bros|Assn|Litig|Dist|Cty|al|AL|Jr|Sr|[A-Z])\.$")


class CaseNames:
    """The names of cases in a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentences = sentences(text)
        self._starts = [sentence.start for sentence in self._sentences]

    def before(self, reporter: int, *, behind: int = 0) -> Range | None:
        """The name that ends right before a reporter, and does not reach before an offset."""
        found = _BEFORE.search(self._text, max(behind, reporter - _FARTHEST), reporter)
        if found is None:
            return None
        versus = _VERSUS.search(found["name"])
        pivot = found.start() + (versus.start() if versus is not None else 0)
        start = self._sentence(pivot).start
        if start > found.start():
            found = _BEFORE.search(self._text, start, reporter)
        return None if found is None else self._without_signal(*found.span("name"))

    def docket_before(self, reporter: int, *, behind: int = 0) -> int | None:
        """Where a docket number begins that stands right before a reporter, without a name."""
        found = _DOCKET_ALONE.search(self._text, max(behind, reporter - _FARTHEST), reporter)
        return None if found is None else found.start()

    def antecedent_before(self, reporter: int, case: str, *, behind: int = 0) -> int | None:
        """Where a word of a case begins that stands right before a reporter, as in “Acme, 12 F.3d 4”."""
        found = _ANTECEDENT.search(self._text, max(behind, reporter - _FARTHEST), reporter)
        return None if found is None or found[0].split()[0].strip(",") not in case else found.start()

    def alone(self) -> Iterator[Range]:
        """The names of two parties, wherever they stand."""
        for match in _ALONE.finditer(self._text):
            versus = _VERSUS.search(match[0])
            pivot = match.start() + (versus.start() if versus is not None else 0)
            sentence = self._sentence(pivot)
            place = self._without_signal(max(match.start(), sentence.start), min(match.end(), sentence.end))
            end = place.start + len(_LOOSE_END.sub("", self._text[place.start : place.end]))
            words = self._text[place.start : end]
            if words.endswith(".") and not (_ABBREVIATED.search(words) or _GOES_ON.match(self._text, end)):
                end -= 1
            if _VERSUS.search(self._text, place.start, end) and not _ROLE.match(words):
                yield Range(place.start, end)

    def _sentence(self, offset: int) -> Range:
        return self._sentences[max(0, bisect_right(self._starts, offset) - 1)]

    def _without_signal(self, start: int, end: int) -> Range:
        """The place without the words that introduce a citation, as “See also”."""
        while signal := _SIGNAL.match(self._text, start, end):
            start = signal.end()
        return Range(start, end)
