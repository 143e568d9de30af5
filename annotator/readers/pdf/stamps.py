"""The stamps of courts: the line that an electronic filing system prints on each page, and FILED marks."""

import re

from annotator.geometry import Box, around
from annotator.readers.pdf.leaf import Leaf, Segment, drop, segments_of
from annotator.readers.pdf.lines import Line, text_of
from annotator.readers.pdf.sheet import Token

STAMP_ZONE = 0.12
FILED_ZONE = 0.35
MOST_FILED_LINES = 6
LONGEST_FILED = 45

# The words that electronic filing systems print on each page: a case number, then what and when.
_CASE_NUMBER = r"(?:\d{1,2}:\d{2}-[a-z]{1,4}-\d{2,6}\S*|\d{2}-\d{2,6}\S*|#?\S*\d{2}[-–]\d{2,6}\S*)"
_FIELD = (
    r"(?:Document|Doc(?:ket)?|DktEntry|Dkt|ECF|Filed|Date Filed|Entered|Page ?ID|Page|Pg|Entry ID|ID|"
    r"RESTRICTED|Desc)\b"
)
STAMP = re.compile(
    rf"^(?:USCA\S*|Appellate|USCA Case)?\s*(?:Case|Appeal|Case No\.?|NO\.)?:?\s*#?\s*{_CASE_NUMBER}"
    rf",?(?=.*\b{_FIELD}).*\b(?:Filed\b|Page ?ID|Page:? ?\d|Pg:? ?\d|Entered\b|Entry\b)",
    re.IGNORECASE,
)
_COUNTY_STAMP = re.compile(
    r"^(?:FILED:? [A-Z ]+ (?:COUNTY )?CLERK\b|INDEX NO\. |NYSCEF DOC\. NO|RECEIVED NYSCEF|E-?FILED\b|"
    r"ELECTRONICALLY (?:FILED|RECORDED)\b|FILED IN\b.*\b20\d\d)"
)
# What is left of a stamp that was too long for one line: the name of the entry, and the page of it.
_REST = re.compile(r"^(?:[\w'’.,-]+\s){0,6}(?:(?:Page|Pg):?\s\d+\s)?of\s\d+$", re.IGNORECASE)
FILED = re.compile(r"^(?:E-?)?(?:FILED|F I L E D|Filed on|RECEIVED|ENTERED|LODGED)$")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
COURT_OF_MARK = re.compile(
    r"^(?:United States Court of Appeals|U\.?S\.? .*Court.*|\w+ Circuit)$", re.IGNORECASE
)
WITH_FILED = re.compile(
    rf"\b{_MONTH}|\d{{1,2}}[:/]\d{{2}}|\b(?:clerk|court|deputy|u\.?s\.?|by|time|board|district|appeals|circuit)\b|"
    r"^[A-Z][\w.'’]+(?: [A-Z][\w.'’]*){1,3}$|^[A-Z'’ ]+$",
    re.IGNORECASE,
)


def take_stamps(leaf: Leaf) -> None:
    """Take the stamps of electronic filing out of the edges of the page, and the clerk's FILED mark."""
    height = leaf.sheet.height
    found: list[Segment] = []
    for line in leaf.lines:
        if STAMP_ZONE * height < line.baseline < (1 - STAMP_ZONE) * height:
            continue
        found += [Segment(tokens, line, leaf) for tokens in _printed_runs(line) if is_stamp(text_of(tokens))]
    for segment in list(found):
        rest = _rest_below(segment, leaf)
        boxes = [segment.box, *(each.box for each in rest)]
        leaf.add("stamp", " ".join(each.text for each in (segment, *rest)), around(*boxes))
        found += rest
    drop(leaf, found)
    if leaf.sheet.number == 1:
        _take_filed(leaf)


def _rest_below(stamp: Segment, leaf: Leaf) -> list[Segment]:
    """The second line of a stamp that did not fit on one, set like the first; none for nearly all."""
    first = stamp.tokens[0]
    for line in leaf.lines:
        if 0 < line.baseline - stamp.line.baseline < 1.6 * first.size:
            alike = [token for token in line.tokens if token.style == first.style]
            if alike and _REST.match(text_of(alike)):
                return [Segment(alike, line, leaf)]
    return []


def _printed_runs(line: Line) -> list[list[Token]]:
    """The line as it was printed: one run of words, or several that stand on or beside each other."""
    runs: list[list[Token]] = []
    for token in sorted(line.tokens, key=lambda token: token.level):
        before = runs[-1][-1] if runs else None
        is_same = before is not None and (before.style.font, round(before.size)) == (
            token.style.font,
            round(token.size),
        )
        if before is not None and is_same and token.x0 >= before.x1 - 1.0:
            runs[-1].append(token)
        else:
            runs.append([token])
    return [line.tokens] if len(runs) == 1 else [*runs, line.tokens] if not _any_stamp(runs) else runs


def _any_stamp(runs: list[list[Token]]) -> bool:
    return any(is_stamp(text_of(run)) for run in runs)


def is_stamp(text: str) -> bool:
    """Whether the text is the mark that a court's filing system printed on the page."""
    return bool(STAMP.search(text) or _COUNTY_STAMP.search(text))


def _take_filed(leaf: Leaf) -> None:
    """The mark FILED of a clerk on a first page, with the date and names below it."""
    top = [line for line in leaf.lines if line.baseline < FILED_ZONE * leaf.sheet.height]
    segments = [segment for line in top for segment in segments_of(line, leaf)]
    heads = [segment for segment in segments if FILED.match(segment.text.strip())]
    if not heads:
        return
    found = [heads[0]]
    for segment in reversed(segments[: segments.index(heads[0])]):
        is_above = 0 < found[0].line.baseline - segment.line.baseline < 2.2 * heads[0].line.size + 4
        if is_above and _is_under(segment.box, heads[0].box) and COURT_OF_MARK.search(segment.text):
            found.insert(0, segment)
    for segment in segments:
        is_below = (
            segment not in found
            and 0 < segment.line.baseline - found[-1].line.baseline < 2.2 * heads[0].line.size + 4
        )
        if is_below and _is_under(segment.box, heads[0].box) and _goes_with_filed(segment.text):
            found.append(segment)
        if len(found) == MOST_FILED_LINES:
            break
    if len(found) > 1:
        box = around(*(segment.box for segment in found))
        leaf.add("stamp", " ".join(segment.text for segment in found), box)
        drop(leaf, found)


def _is_under(box: Box, head: Box) -> bool:
    """Whether a box stands on the same axis as the head, or starts where it starts."""
    apart = abs((box.x0 + box.x1) - (head.x0 + head.x1)) / 2
    return apart < 0.8 * max(head.x1 - head.x0, 24.0) or abs(box.x0 - head.x0) < 4.0


def _goes_with_filed(text: str) -> bool:
    return len(text) <= LONGEST_FILED and WITH_FILED.search(text) is not None
