"""Pages become one flow of paragraphs: joined across columns and pages, each with its notes after it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.readers.pdf.addresses import is_contact
from annotator.readers.pdf.bars import bars_of, rules_beside, with_bars, without_bars
from annotator.readers.pdf.columns import Block, Gutters, arrange
from annotator.readers.pdf.contents import LEADERS
from annotator.readers.pdf.footnotes import make_notes, split_notes
from annotator.readers.pdf.leaf import Leaf
from annotator.readers.pdf.line_numbers import number_lines
from annotator.readers.pdf.lines import body_size, is_mark
from annotator.readers.pdf.panels import find_panels
from annotator.readers.pdf.paragraphs import Paragraph, ParagraphKind, make_paragraphs

ENDS_SENTENCE = (".", "?", "!", ":", ";", ".”", '."', "?”", ".’", ")")


@dataclass(slots=True)
class PageFlow:
    """The paragraphs of one page, body and notes apart."""

    number: int
    body: list[Paragraph] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)


def flows_of(leaves: Sequence[Leaf]) -> list[PageFlow]:
    """The paragraphs of each page in reading order."""
    text_size = body_size(line for leaf in leaves for line in leaf.lines)
    gutters = Gutters()
    return [_flow_of(leaf, text_size, gutters) for leaf in leaves]


def _flow_of(leaf: Leaf, text_size: float, gutters: Gutters) -> PageFlow:
    flow = PageFlow(leaf.sheet.number)
    panels = find_panels(leaf)
    for panel in panels:
        part = Leaf(leaf.sheet, panel.lines, [panel.rail], leaf.furniture)
        width = max(line.x1 - each.box.x0 for each in panels for line in each.lines or panel.lines)
        _add_blocks(flow, part, arrange(part), text_size, panel.box.x0 + width)
    if leaf.lines:
        _add_blocks(flow, leaf, arrange(leaf, gutters), text_size)
    return flow


def _add_blocks(
    flow: PageFlow, leaf: Leaf, blocks: list[Block], text_size: float, right: float = 0.0
) -> None:
    rows = [line for block in blocks for row in block.rows for line in row]
    number_lines([*rows, *(line for block in blocks for line in block.lines)], leaf.rails)
    bars = bars_of(leaf)
    rules = rules_beside(leaf, bars)
    for block in blocks:
        if block.rows:
            flow.body += [Paragraph(row, "row") for row in block.rows]
            continue
        lines, note_lines = split_notes(block.lines, leaf, text_size)
        kind: ParagraphKind = "cell" if block.kind == "cell" else "body"
        edges = (block.left, max(block.right, right if kind == "body" else 0.0))
        paragraphs = without_bars(
            make_paragraphs(with_bars(lines, bars, *edges), kind, edges=edges, rules=rules)
        )
        if flow.body and paragraphs and _goes_on(flow.body[-1], paragraphs[0]):
            flow.body[-1].join(paragraphs.pop(0))
        flow.body += paragraphs
        if note_lines:
            notes = without_bars(make_notes(with_bars(note_lines, bars, *edges)))
            if flow.notes and notes and not notes[0].mark and notes[0].text[0].islower():
                flow.notes[-1].join(notes.pop(0))  # it goes on from the column before
            flow.notes += notes


def join_pages(flows: Sequence[PageFlow]) -> list[Paragraph]:
    """All paragraphs of the document in reading order, notes right after what carries their mark."""
    order: list[Paragraph] = []
    last_note: Paragraph | None = None
    for flow in flows:
        body, notes = list(flow.body), list(flow.notes)
        if body and order and _goes_on(order[-1], body[0]):
            order[-1].join(body[0])
            body[0] = order[-1]
        else:
            order += body[:1]
        order += body[1:]
        last_note = _place_notes(flow.number, body, notes, order, last_note)
    return [piece for paragraph in order for piece in (paragraph, *paragraph.notes)]


def _place_notes(
    page: int,
    body: list[Paragraph],
    notes: list[Paragraph],
    order: list[Paragraph],
    last_note: Paragraph | None,
) -> Paragraph | None:
    """Hang each note on the paragraph that carries its mark; returns the last note of the page."""
    owner = body[-1] if body else (order[-1] if order else None)
    for place, note in enumerate(notes):
        if place == 0 and not note.mark and last_note is not None:
            last_note.join(note)
            continue
        if note.mark:
            owner = _carrier(page, body, note.mark) or owner
        if owner is None:
            order.append(note)
        else:
            owner.notes.append(note)
        last_note = note
    return last_note


def _carrier(page: int, body: Sequence[Paragraph], mark: str) -> Paragraph | None:
    """The paragraph that has the mark on this page."""
    for paragraph in body:
        for line in paragraph.lines:
            if line.page == page and any(t.raised and t.text == mark and is_mark(mark) for t in line.tokens):
                return paragraph
    return None


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph that ends a column or page goes on with the first one of the next."""
    if before.kind != "body" or after.kind != "body" or after.starts_indented:
        return False
    if abs(before.lines[-1].size - after.lines[0].size) > 0.08 * after.lines[0].size:
        return False
    if before.is_centred or after.is_centred or before.lines[-1].is_bold != after.lines[0].is_bold:
        return False
    if LEADERS.search(before.lines[-1].text) or any(
        is_contact(line.text) for line in (before.lines[-1], after.lines[0])
    ):
        return False
    starts_small = after.lines[0].tokens[0].text[0].islower()
    ends_open = not before.last_word.endswith(ENDS_SENTENCE)
    if before.has_room_for(after.lines[0]):
        return starts_small and ends_open
    return starts_small or ends_open or before.is_indented_style
