"""Lines of a column become paragraphs.

The rule that carries most: a line that ends although the next word would still have fitted was ended
on purpose. Indents, gaps, type size and centring tell the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from annotator.readers.pdf.lines import Line

ParagraphKind = Literal["body", "cell", "row", "note"]
BULLETS = frozenset("•▪□➢✓☒○●■◦‣")
SIZE_STEP = 0.08
WIDER_GAP = 1.28
NARROWER_GAP = 0.72


@dataclass(slots=True, eq=False)
class Paragraph:
    """Lines that are one paragraph. `mark` is the mark of a note, "" for a note continued."""

    lines: list[Line]
    kind: ParagraphKind = "body"
    mark: str = ""
    starts_indented: bool = False
    ends_full: bool = False
    notes: list["Paragraph"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def make_paragraphs(lines: Sequence[Line], kind: ParagraphKind = "body") -> list[Paragraph]:
    """The lines of one column, from the top down, as paragraphs."""
    if not lines:
        return []
    margins = _Margins(lines)
    groups: list[list[int]] = [[0]]
    for index in range(1, len(lines)):
        if _is_break(lines, index, groups[-1], margins):
            groups.append([index])
        else:
            groups[-1].append(index)
    return [_paragraph(lines, group, kind, margins) for group in groups]


def _paragraph(
    lines: Sequence[Line], group: list[int], kind: ParagraphKind, margins: "_Margins"
) -> Paragraph:
    first, last = lines[group[0]], lines[group[-1]]
    return Paragraph(
        [lines[index] for index in group],
        kind,
        starts_indented=first.x0 - margins.left > 0.8 * first.size,
        ends_full=last.x1 >= margins.right - 3.0 * last.size,
    )


class _Margins:
    """The left and right edge of a column, and for each line the right edge of lines set like it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.right = max(line.x1 for line in lines)
        self.left = _common_left(lines)
        self.width = max(self.right - self.left, 1.0)
        self._rights = [self._right_near(lines, index) for index in range(len(lines))]

    def right_of(self, index: int) -> float:
        return self._rights[index]

    def is_centred(self, line: Line) -> bool:
        """Whether the line stands in the middle of the column, clear of both edges."""
        clear = 0.08 * self.width
        left, right = line.x0 - self.left, self.right - line.x1
        return left > clear and right > clear and abs(left - right) < max(0.12 * self.width, 6.0)

    def _right_near(self, lines: Sequence[Line], index: int) -> float:
        """The right edge that the lines around this one, indented as far as it, keep to."""
        line = lines[index]
        if line.x0 - self.left < 2.5 * line.size:
            return self.right
        right = line.x1
        for step in (-1, 1):
            at = index + step
            while 0 <= at < len(lines) and abs(lines[at].x0 - line.x0) < 0.5 * line.size:
                right = max(right, lines[at].x1)
                at += step
        return right


def _common_left(lines: Sequence[Line]) -> float:
    """The left edge that lines keep to: the leftmost that a fair share of them has."""
    need = max(1, len(lines) // 8)
    for line in sorted(lines, key=lambda line: line.x0):
        if sum(abs(other.x0 - line.x0) < 2.0 for other in lines) >= need:
            return line.x0
    return min(line.x0 for line in lines)


def _is_break(lines: Sequence[Line], index: int, group: list[int], margins: _Margins) -> bool:
    """Whether a new paragraph starts with the line at the index; `group` is the paragraph so far."""
    before, line = lines[index - 1], lines[index]
    if abs(line.size - before.size) > SIZE_STEP * max(line.size, before.size):
        return True
    if line.tokens[0].text[0] in BULLETS:
        return True
    step = line.baseline - before.baseline
    if _has_gap(lines, index, group, step):
        return True
    both_centred = margins.is_centred(before) and margins.is_centred(line)
    if both_centred and abs(before.centre - line.centre) < 2.0 * line.size:
        return before.is_bold != line.is_bold
    if _is_first_line(lines, index, group, margins):
        return True
    return _ended_early(before, line, index, margins)


def _has_gap(lines: Sequence[Line], index: int, group: list[int], step: float) -> bool:
    """Whether the line stands further down than lines of one paragraph do here."""
    size = lines[index].size
    if step < 0 or step > 4.0 * size:
        return True
    steps = [lines[at].baseline - lines[at - 1].baseline for at in group[1:]]
    if steps:
        return step > WIDER_GAP * median(steps)
    after = lines[index + 1].baseline - lines[index].baseline if index + 1 < len(lines) else step
    return 0 < after * WIDER_GAP < step and step > 1.5 * size


def _is_first_line(lines: Sequence[Line], index: int, group: list[int], margins: _Margins) -> bool:
    """Whether the line is indented as the first line of a paragraph."""
    before, line = lines[index - 1], lines[index]
    indent = line.x0 - before.x0
    if indent < 0.7 * line.size:
        return False
    if len(group) == 1 and before.x1 > margins.right_of(index) - 4.0 * line.size:
        following = lines[index + 1] if index + 1 < len(lines) else None
        is_hanging = following is not None and abs(following.x0 - line.x0) < 0.5 * line.size
        return not is_hanging
    return True


def _ended_early(before: Line, line: Line, index: int, margins: _Margins) -> bool:
    """Whether the first word of the line would still have fitted on the line before."""
    right = margins.right if line.x0 < before.x0 - 0.7 * line.size else margins.right_of(index - 1)
    first = _first_word_width(line)
    return before.x1 + 0.3 * line.size + first < right - 0.6 * line.size


def _first_word_width(line: Line) -> float:
    end = line.tokens[0].x1
    for token in line.tokens[1:]:
        if not token.glued:
            break
        end = token.x1
    return end - line.x0
