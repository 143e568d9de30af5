"""Footnotes at the foot of a page or column, told from the text by rule, type size and mark."""

import re
from collections.abc import Sequence

from annotator.geometry import Box
from annotator.readers.pdf.leaf import Leaf
from annotator.readers.pdf.lines import Line, is_mark
from annotator.readers.pdf.paragraphs import Paragraph, make_paragraphs

SMALL = 0.94
LOWER_PART = 0.25
NO_LARGER = 1.02
SHORTEST_RULE = 20.0
LONGEST_RULE = 0.72
MOST_INDENT = 40.0
_PLAIN_MARK = re.compile(r"^(?:\d{1,4}|[*†‡§]{1,3})$")


def split_notes(lines: list[Line], leaf: Leaf, text_size: float) -> tuple[list[Line], list[Line]]:
    """The lines of a column as body and notes; `text_size` is the type size of the document's text."""
    rules = _short_rules(leaf)
    start: int | None = None
    are_small = True
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.size > NO_LARGER * text_size or line.top <= LOWER_PART * leaf.sheet.height:
            break
        are_small = are_small and line.size <= SMALL * text_size
        if _start_notes(lines, index, rules, are_small=are_small):
            start = index
    return (lines, []) if start is None else (lines[:start], lines[start:])


def _start_notes(lines: Sequence[Line], index: int, rules: Sequence[Box], *, are_small: bool) -> bool:
    """Whether notes can start with the line; nothing after it is larger than text, or than notes are."""
    line = lines[index]
    is_marked = note_mark(line) is not None
    if not is_marked and not are_small:
        return False
    is_all = index == 0 and len(lines) > 1
    if _has_rule_above(lines, index, rules):
        return is_marked or not is_all
    return not is_all and is_marked and are_small and line.tokens[0].raised and not _goes_on(lines, index)


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether the line before is set in the same size, so that the mark stands inside small text."""
    return abs(lines[index - 1].size - lines[index].size) < 0.03 * lines[index].size if index else False


def note_mark(line: Line) -> str | None:
    """The mark that a note's first line starts with, None if there is none."""
    first = line.tokens[0]
    if first.raised and is_mark(first.text):
        return first.text
    if _PLAIN_MARK.match(first.text) and len(line.tokens) > 1 and not line.tokens[1].glued:
        return first.text
    return None


def _short_rules(leaf: Leaf) -> list[Box]:
    """Rules, drawn or typed, that are shorter than a column is wide."""
    rules = [rule.box for rule in leaf.sheet.rules]
    rules += [item.box for item in leaf.furniture if item.kind == "rule" and len(item.text) >= 4]
    return [box for box in rules if SHORTEST_RULE < box.x1 - box.x0 < LONGEST_RULE * leaf.sheet.width]


def _has_rule_above(lines: Sequence[Line], index: int, rules: Sequence[Box]) -> bool:
    """Whether a short rule at the left stands between the line and the one before."""
    line = lines[index]
    # All lines below a table may be notes; their rule is close then.
    above = (
        lines[index - 1].baseline if index else (line.baseline - 3.0 * line.size if len(lines) > 1 else 0.0)
    )
    left = min(other.x0 for other in lines)
    return any(
        above - 1 <= (box.top + box.bottom) / 2 <= line.baseline - 0.4 * line.size
        and abs(box.x0 - left) < MOST_INDENT
        for box in rules
    )


def make_notes(lines: Sequence[Line]) -> list[Paragraph]:
    """The lines of a page's notes as paragraphs; the first has no mark where a note is continued."""
    groups: list[list[Line]] = []
    last: int | None = None
    for line in lines:
        mark = note_mark(line)
        if not groups or (mark is not None and _is_next(mark, last, line)):
            groups.append([])
            if mark is not None and mark.isdecimal():
                last = int(mark)
        groups[-1].append(line)
    return [note for group in groups for note in _note(group)]


def _is_next(mark: str, last: int | None, line: Line) -> bool:
    """Whether the mark starts a note: raised, or the number after the last one."""
    if line.tokens[0].raised:
        return True
    return not mark.isdecimal() or last is None or int(mark) == last + 1


def _note(lines: list[Line]) -> list[Paragraph]:
    """One note: its first paragraph carries the mark, more paragraphs of it follow."""
    mark = note_mark(lines[0]) or ""
    if mark and len(lines[0].tokens) > 1:
        lines[0].tokens[1].glued = False
    paragraphs = make_paragraphs(lines, "note")
    paragraphs[0].mark = mark
    if len(paragraphs) > 1 and mark and len(paragraphs[0].lines) == 1:
        return _with_first_line_joined(paragraphs)
    return paragraphs


def _with_first_line_joined(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """A mark set on its own, or an indented first line, belongs to the lines that follow."""
    first, second, *rest = paragraphs
    if len(first.lines[0].tokens) > 1 and first.has_room_for(second.lines[0]):
        return paragraphs
    second.lines = [*first.lines, *second.lines]
    second.mark = first.mark
    return [second, *rest]
