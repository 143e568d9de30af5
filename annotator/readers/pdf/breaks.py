"""Where one paragraph ends and the next begins, between two lines of a column.

The rule that carries most: a line that ends although the next word would still have fitted was ended
on purpose. Indents, gaps, type size and centring tell the rest. How strictly lines are filled is
measured on the column itself, since transcripts and ragged text leave more room than print.
"""

import re
from collections.abc import Sequence
from statistics import median

from annotator.geometry import Box
from annotator.readers.pdf.addresses import is_person, lines_alone
from annotator.readers.pdf.contents import (
    LEADERS,
    goes_on_further_in,
    is_contents,
    is_numbered,
    stands_over_entries,
)
from annotator.readers.pdf.lines import Line, usual_pitch
from annotator.readers.pdf.numerals import roman_value

BULLETS = frozenset("•▪□➢✓☒○●■◦‣")
SIZE_STEP = 0.08
WIDER_GAP = 1.28
WIDER_GAP_EVEN = 1.15
WIDEST_GAP = 1.5
TRIPLE_SPACED = 2.7
LABEL_GAP = 1.0
UNDERLINE, LOWEST_UNDERLINE = 0.3, 0.5
MOST_ROOM_INSIDE_SENTENCE = 0.4
LEAST_ROOM_BEFORE_CLAUSE = 0.25
ENDS_SENTENCE = frozenset('.?!:;”’"')
ENDS_TURN = ENDS_SENTENCE | frozenset(")-–—")
CELL_GAP = 2.2
# Lines of a caption that stand by themselves, however little room they leave.
PARTY_LINE = re.compile(
    r"^(?:[-–—]?(?:v\.?|vs\.?|versus|against)[-–—]?|(?:[\w-]+[/-])*(?:plaintiff|defendant|petitioner|respondent|"
    r"appell(?:ant|ee)|debtor)[\w()-]*(?:[/,-] ?(?:[\w()-]+))*[.,]*)$",
    re.IGNORECASE,
)
_QUOTES = "‘’'“\""
LABEL = re.compile(rf"^(?:[{_QUOTES}]{{0,2}}[(\[]?(?:\d{{1,3}}|[A-Za-z]|[IVXLivxl]{{1,6}})[.)\]]|[•▪○➢–—-])$")
# How a clause of a statute or contract begins, also where it is quoted.
CLAUSE = re.compile(rf"^[{_QUOTES}]{{0,2}}[(\[](?:\d{{1,3}}|[A-Za-z]{{1,2}}|[IVXLivxl]{{1,6}})[)\]]")
VERSUS = re.compile(r"\b(?:v|vs)\.(?=\s|$)")
# How a turn of speech begins in a transcript, where the one before has ended in the second case.
TURN = re.compile(r"^(?:[QA]\.\s|(?:MR|MS|MRS|DR)\. [A-Z'-]+:\s)")
SPEAKER = re.compile(r"^[A-Z][A-Z.'’-]+(?:\s[A-Z][A-Z.'’-]*){0,3}:\s")


class Margins:
    """The edges that the lines of a column keep to."""

    def __init__(
        self,
        lines: Sequence[Line],
        edges: tuple[float, float] | None = None,
        *,
        is_cell: bool = False,
        rules: Sequence[Box] = (),
    ) -> None:
        left, right = edges or (_common_left(lines), 0.0)
        self.right = max(right, *(line.x1 for line in lines))
        self.left = min(_common_left(lines), max(left, min(line.x0 for line in lines)))
        self.middle = ((left if edges else self.left) + self.right) / 2
        self.is_cell = is_cell
        self.width = max(self.right - self.left, 1.0)
        self._rights = _rights_of_runs(lines, self.right, self.left)
        self.slack = self._slack(lines)
        self.is_contents = is_contents(lines, self.right)
        self.pitch = usual_pitch(lines) if len(lines) >= 6 else 0.0
        self._alone = lines_alone([line.text for line in lines])
        self._ruled_off = {index for index in range(1, len(lines)) if _is_ruled_off(lines, index, rules)}

    def right_of(self, index: int) -> float:
        """The right edge that the lines set like this one keep to."""
        return self._rights[index]

    def stands_alone(self, index: int) -> bool:
        """Whether the line is one of an address or a signature."""
        return index in self._alone

    def is_ruled_off(self, index: int) -> bool:
        """Whether a rule is drawn between the line and the one before it."""
        return index in self._ruled_off

    def is_centred(self, line: Line) -> bool:
        """Whether the line stands in the middle of the column, clear of both edges."""
        clear = 0.06 * self.width
        is_clear = line.x0 - self.left > clear and self.right - line.x1 > clear
        return is_clear and abs(line.centre - self.middle) < max(0.06 * self.width, 6.0)

    def _slack(self, lines: Sequence[Line]) -> float:
        """The room that lines leave although the next one goes on in small letters."""
        rooms = [
            room
            for index in range(1, len(lines))
            if _starts_small(lines[index])
            and lines[index].size == lines[index - 1].size
            and (room := self.room(lines[index - 1], lines[index], self.right_of(index - 1))) > 0
        ]
        size = median(line.size for line in lines)
        if len(rooms) < max(3, len(lines) // 8):
            return size
        rooms.sort()
        return min(max(size, rooms[len(rooms) * 9 // 10] + 0.5 * size), 0.3 * self.width)

    @staticmethod
    def room(before: Line, line: Line, right: float) -> float:
        """What is left at the end of a line after the first word of the next one is put there."""
        return right - before.x1 - 0.3 * line.size - first_word_width(line)


def _is_ruled_off(lines: Sequence[Line], index: int, rules: Sequence[Box]) -> bool:
    """Whether a rule parts two lines: it stands clear of both, and underlines no words."""
    before, line = lines[index - 1], lines[index]
    left, right = min(before.x0, line.x0), max(before.x1, line.x1)
    for rule in rules:
        place = (rule.top + rule.bottom) / 2
        is_between = before.baseline + UNDERLINE * before.size < place < line.baseline - 0.7 * line.size
        if not is_between or min(rule.x1, right) - max(rule.x0, left) <= 0.3 * (right - left):
            continue
        if place > before.baseline + LOWEST_UNDERLINE * before.size or not _reaches_from_word_to_word(
            rule, before
        ):
            return True
    return False


def _reaches_from_word_to_word(rule: Box, line: Line) -> bool:
    starts = any(abs(token.x0 - rule.x0) < 2.0 for token in line.tokens)
    return starts and any(abs(token.x1 - rule.x1) < 4.0 for token in line.tokens)


def _starts_small(line: Line) -> bool:
    """Whether the line goes on inside a sentence: its first word is one in small letters."""
    first = line.tokens[0].text
    return first[0].islower() and "@" not in first and "." not in first[:-1]


def _common_left(lines: Sequence[Line]) -> float:
    """The left edge that lines keep to: the leftmost that a fair share of them has."""
    need = max(1, len(lines) // 8)
    for line in sorted(lines, key=lambda line: line.x0):
        if sum(abs(other.x0 - line.x0) < 2.0 for other in lines) >= need:
            return line.x0
    return min(line.x0 for line in lines)


def _rights_of_runs(lines: Sequence[Line], right: float, left: float) -> list[float]:
    """For each line the right edge of the lines of its size and indent around it, if they share one."""
    rights = [right] * len(lines)
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and _is_set_like(lines[start], lines[index]):
            continue
        run = lines[start:index]
        own = max(line.x1 for line in run)
        keeping = sum(own - line.x1 < 2.5 * line.size for line in run)
        is_prose = sum(_starts_small(line) for line in run[1:]) * 5 >= len(run)
        is_filled = len(run) >= 3 and is_prose and keeping * 2 >= len(run)
        is_narrow = is_filled and own < right - 2.0 * run[0].size
        if is_narrow and max(line.x0 for line in run) - left > 0.8 * run[0].size:
            rights[start:index] = [own] * len(run)
        start = index
    return rights


def _is_set_like(first: Line, line: Line) -> bool:
    return (
        abs(first.size - line.size) <= SIZE_STEP * first.size and abs(first.x0 - line.x0) < 3.2 * first.size
    )


def first_word_width(line: Line) -> float:
    """The width of the line's first word with all that is glued to it."""
    end = line.tokens[0].x1
    for token in line.tokens[1:]:
        if not token.glued:
            break
        end = token.x1
    return end - line.x0


def is_break(lines: Sequence[Line], index: int, group: list[int], margins: Margins) -> bool:
    """Whether a new paragraph starts with the line at the index; `group` is the paragraph so far."""
    before, line = lines[index - 1], lines[index]
    if not _share_a_size(before, line):
        return True
    if before.tokens[-1].text[-1] == "-" and line.tokens[0].text[0].islower():
        return line.baseline - before.baseline > 3.5 * line.size
    if margins.is_ruled_off(index):
        return True
    if _is_party_line(before, margins) or _is_party_line(line, margins):
        return True
    if margins.stands_alone(index - 1) or margins.stands_alone(index):
        return True
    if is_person(before.text) and is_person(line.text):
        return True
    if _is_next_item(lines[group[0]], line):
        return True
    if line.tokens[0].text[0] in BULLETS or LEADERS.search(before.text) or _are_rows(before, line):
        return True
    if margins.is_contents and (is_numbered(before, margins.right) or stands_over_entries(before)):
        return True
    if _has_gap(lines, index, group, margins.pitch) or _is_turn(before, line):
        return True
    if _is_centred_pair(before, line, margins):
        return before.is_bold != line.is_bold or not _is_one_heading(before, line, margins)
    if all(lines[at].is_bold for at in group) and not line.tokens[0].style.is_bold:
        return True
    if _hangs(before, line, is_first=len(group) == 1):
        is_plain = not line.is_bold and not margins.is_contents
        return is_plain and _ended_early(before, line, index, margins)
    if margins.is_contents and goes_on_further_in(before, line, margins.width):
        return LABEL.match(line.tokens[0].text) is not None
    if _is_first_line(lines, index, group, margins) or _is_first_again(lines, index, group):
        return True
    if margins.is_contents and line.x0 >= before.x0 - 0.5 * line.size and not line.is_bold:
        return False
    return _ended_early(before, line, index, margins) and not _counts_on(lines, group, line)


def _is_party_line(line: Line, margins: Margins) -> bool:
    text = "".join(token.text + " " for token in line.tokens if not token.raised).strip()
    return PARTY_LINE.match(text) is not None or (margins.is_cell and text.casefold() == "and")


def _is_turn(before: Line, line: Line) -> bool:
    """Whether somebody else begins to speak."""
    has_ended = before.tokens[-1].text[-1] in ENDS_TURN
    return TURN.match(line.text) is not None or (has_ended and SPEAKER.match(line.text) is not None)


def _share_a_size(before: Line, line: Line) -> bool:
    """Whether some words of both lines are set in one size; run-in headings and small capitals are not."""
    if abs(line.size - before.size) <= SIZE_STEP * max(line.size, before.size):
        return True
    sizes = [token.size for token in before.tokens if not token.raised]
    return any(
        abs(token.size - size) <= 0.02 * size for token in line.tokens if not token.raised for size in sizes
    )


def _has_gap(lines: Sequence[Line], index: int, group: list[int], pitch: float) -> bool:
    """Whether the line stands further down than lines of one paragraph do here."""
    size = lines[index].size
    step = lines[index].baseline - lines[index - 1].baseline
    if step < 0 or step > 4.0 * size:
        return True
    steps = [lines[at].baseline - lines[at - 1].baseline for at in group[1:]]
    if steps:
        is_even = len(steps) >= 3 and max(steps) - min(steps) < 0.05 * step
        return step > (WIDER_GAP_EVEN if is_even else WIDER_GAP) * median(steps)
    is_usual = 0 < pitch <= TRIPLE_SPACED * size
    if step > (max(WIDEST_GAP * pitch, size) if is_usual else TRIPLE_SPACED * size):
        return True
    after = lines[index + 1].baseline - lines[index].baseline if index + 1 < len(lines) else step
    return 0 < after * WIDER_GAP < step and step > 1.5 * size


def _is_centred_pair(before: Line, line: Line, margins: Margins) -> bool:
    """Whether both lines are centred on one axis; the longer of a heading's lines may fill the column."""
    if abs(before.centre - line.centre) > 1.2 * line.size:
        return False
    short = sum(margins.is_centred(each) for each in (before, line))
    return short == 2 or (short == 1 and before.x0 - margins.left > 1.0 and line.x0 - margins.left > 1.0)


def _is_one_heading(before: Line, line: Line, margins: Margins) -> bool:
    """Whether centred lines are one heading rather than the lines of an address."""
    if _starts_small(line):
        return True
    if len(line.tokens) == 1 and any(letter.isdecimal() for letter in line.text):
        # A number goes on with those before it; a citation or a docket number is set below the heading.
        return before.text.endswith((",", "&", "AND", "and"))
    capitals = [VERSUS.sub("", each.text).isupper() for each in (before, line)]
    return all(capitals) or (not any(capitals) and before.width > 0.55 * margins.width)


def _hangs(before: Line, line: Line, *, is_first: bool) -> bool:
    """Whether the line is set under the words that follow the label of the line before."""
    if not is_first or len(before.tokens) < 2 or not LABEL.match(before.tokens[0].text):
        return False
    return abs(before.tokens[1].x0 - line.x0) < 0.3 * line.size and not LABEL.match(line.tokens[0].text)


def _is_next_item(first: Line, line: Line) -> bool:
    """Whether the line starts with the label that follows the paragraph's own, at the same place."""
    return abs(first.x0 - line.x0) <= first.size and _follows(first.tokens[0].text, line.tokens[0].text)


def _counts_on(lines: Sequence[Line], group: list[int], line: Line) -> bool:
    """Whether the line starts with the label after one inside the paragraph: "(1) this, and (2) that"."""
    label = line.tokens[0].text
    inside = (token.text for index in group for token in lines[index].tokens[1:])
    return CLAUSE.match(label) is not None and any(_follows(each, label) for each in inside)


def _follows(before: str, after: str) -> bool:
    """Whether both words are labels of a list, and the second is the one after the first."""
    if not LABEL.match(before) or not LABEL.match(after):
        return False
    own, label = (each.strip(f"{_QUOTES}()[].") for each in (before, after))
    if own.isdecimal() and label.isdecimal():
        return int(label) == int(own) + 1
    if len(own) == len(label) == 1 and ord(label) == ord(own) + 1:
        return True
    before_value, value = roman_value(own), roman_value(label)
    return before_value is not None and value == before_value + 1


def _are_rows(before: Line, line: Line) -> bool:
    """Whether both lines have cells that start at the same place after a wide gap."""
    starts = [_cell_starts(each) for each in (before, line)]
    return any(abs(a - b) < 3.0 for a in starts[0] for b in starts[1])


def _cell_starts(line: Line) -> list[float]:
    return [
        token.x0
        for earlier, token in zip(line.tokens, line.tokens[1:], strict=False)
        if token.x0 - earlier.x1 > (LABEL_GAP if earlier.text[-1] == ":" else CELL_GAP) * line.size
    ]


def _is_first_line(lines: Sequence[Line], index: int, group: list[int], margins: Margins) -> bool:
    """Whether the line is indented as the first line of a paragraph."""
    before, line = lines[index - 1], lines[index]
    if line.x0 - before.x0 < 0.7 * line.size:
        return False
    is_full = margins.room(before, line, margins.right_of(index - 1)) <= margins.slack
    if _starts_small(line) and is_full:
        return False
    if len(group) == 1 and before.x1 > margins.right_of(index) - 4.0 * line.size:
        following = lines[index + 1] if index + 1 < len(lines) else None
        is_hanging = following is not None and abs(following.x0 - line.x0) < 0.5 * line.size
        return not is_hanging and before.tokens[-1].text[-1] in ENDS_SENTENCE
    return True


def _is_first_again(lines: Sequence[Line], index: int, group: list[int]) -> bool:
    """Whether the line is indented as the one before it, which was a paragraph, and goes on further out."""
    if len(group) > 1 or index + 1 >= len(lines):
        return False
    before, line, after = lines[index - 1 : index + 2]
    is_indented = abs(before.x0 - line.x0) < 0.2 * line.size < 0.7 * line.size < line.x0 - after.x0
    steps = line.baseline - before.baseline, after.baseline - line.baseline
    is_closed = before.tokens[-1].text[-1] in ENDS_SENTENCE and line.tokens[-1].text[-1] not in ENDS_SENTENCE
    return is_indented and is_closed and steps[1] < WIDER_GAP_EVEN * steps[0]


def _ended_early(before: Line, line: Line, index: int, margins: Margins) -> bool:
    """Whether the first word of the line would still have fitted on the line before."""
    is_dedented = line.x0 < before.x0 - 0.7 * line.size
    right = margins.right if is_dedented else margins.right_of(index - 1)
    slack = margins.slack
    if CLAUSE.match(line.tokens[0].text):
        # Where a clause begins, a line that was not full is enough.
        slack = min(slack, LEAST_ROOM_BEFORE_CLAUSE * line.size)
    elif _starts_small(line) and before.tokens[-1].text[-1] not in ENDS_SENTENCE:
        slack = max(slack, MOST_ROOM_INSIDE_SENTENCE * margins.width)
    return margins.room(before, line, right) > slack
