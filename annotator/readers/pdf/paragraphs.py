"""Lines of a column become paragraphs.

The rule that carries most: a line that ends although the next word would still have fitted was ended
on purpose. Indents, gaps, type size and centring tell the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from annotator.geometry import Box
from annotator.readers.pdf.breaks import Margins, first_word_width, is_break
from annotator.readers.pdf.lines import Line

ParagraphKind = Literal["body", "cell", "row", "note"]


@dataclass(slots=True, eq=False)
class Paragraph:
    """Lines that are one paragraph. `mark` is the mark of a note, "" for a note continued."""

    lines: list[Line]
    kind: ParagraphKind = "body"
    mark: str = ""
    starts_indented: bool = False
    room: float = 0.0
    slack: float = 0.0
    is_centred: bool = False
    is_indented_style: bool = False
    notes: list["Paragraph"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def is_bold(self) -> bool:
        """Whether all of its lines are bold."""
        return all(line.is_bold for line in self.lines)

    @property
    def last_word(self) -> str:
        """The last word without the footnote marks that it may carry."""
        tokens = [token for token in self.lines[-1].tokens if not token.raised]
        return tokens[-1].text if tokens else ""

    def has_room_for(self, line: Line) -> bool:
        """Whether the first word of the line would still have fitted at the paragraph's end."""
        return self.room - 0.3 * line.size - first_word_width(line) > self.slack

    def join(self, other: "Paragraph") -> None:
        """Go on with the lines of another paragraph, from the next column or page."""
        self.lines = [*self.lines, *other.lines]
        self.room, self.slack = other.room, other.slack
        self.notes += other.notes


def make_paragraphs(
    lines: Sequence[Line],
    kind: ParagraphKind = "body",
    *,
    edges: tuple[float, float] | None = None,
    rules: Sequence[Box] = (),
) -> list[Paragraph]:
    """The lines of one column, from the top down, as paragraphs.

    `edges` is what the column reaches to, `rules` are the level lines drawn on the page.
    """
    if not lines:
        return []
    margins = Margins(lines, edges, is_cell=kind == "cell", rules=rules)
    groups: list[list[int]] = [[0]]
    for index in range(1, len(lines)):
        if is_break(lines, index, groups[-1], margins):
            groups.append([index])
        else:
            groups[-1].append(index)
    paragraphs = [_paragraph(lines, group, kind, margins) for group in groups]
    long = [paragraph for paragraph in paragraphs if len(paragraph.lines) > 1]
    is_indented_style = sum(paragraph.starts_indented for paragraph in long) * 2 >= max(1, len(long) - 1)
    for paragraph in paragraphs:
        paragraph.is_indented_style = is_indented_style
    return paragraphs


def _starts_indented(lines: Sequence[Line], margins: Margins) -> bool:
    """Whether the first line stands further in than the rest, or than the column where there is no rest."""
    left = min(line.x0 for line in lines[1:]) if len(lines) > 1 else margins.left
    return lines[0].x0 - left > 0.8 * lines[0].size


def _paragraph(lines: Sequence[Line], group: list[int], kind: ParagraphKind, margins: "Margins") -> Paragraph:
    last = lines[group[-1]]
    return Paragraph(
        [lines[index] for index in group],
        kind,
        starts_indented=_starts_indented([lines[index] for index in group], margins),
        room=margins.right - last.x1,
        slack=margins.slack,
        is_centred=all(margins.is_centred(lines[index]) for index in group),
    )
