"""The lines of a Word document's body, notes and text boxes, in the order in which they are read.

A line is a paragraph, a table row or a line that was broken by hand. A footnote follows the paragraph
that carries its mark, an endnote comes at the end. Runs are told by tags alone: what is not known here
is looked into, so that text inside unknown wrappers is never lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from xml.etree.ElementTree import Element

from annotator.readers.docx_numbering import numbering_of, value, written
from annotator.readers.docx_package import Package, W
from annotator.readers.docx_styles import numbering_properties, styles_of

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "off")

_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
}
# Deleted and moved-away text, the phonetic guide over a word, and properties, which hold no text.
_LEFT_OUT = {
    f"{W}{name}" for name in ("del", "moveFrom", "rt", "pPr", "rPr", "tblPr", "tcPr", "trPr", "sdtPr")
}
_CHANGES = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")}
# Symbols of fonts whose letters are pictures, as forms and lists use them.
_SYMBOLS = {
    ("symbol", 0xB7): "•",
    ("wingdings", 0x6F): "☐",
    ("wingdings", 0xA7): "▪",
    ("wingdings", 0xA8): "☐",
    ("wingdings", 0xFC): "✓",
    ("wingdings", 0xFD): "☒",
    ("wingdings", 0xFE): "☑",
}
_NO_SYMBOL = "□"
_CHECKED, _UNCHECKED = "☒", "☐"


@dataclass(slots=True)
class _Content:
    """What a paragraph holds: its text, and what is read after it."""

    text: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    """The lines of each cell of a table row, and the footnotes whose marks stand in it."""

    cells: list[list[str]] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)


class Body:
    """The lines of one document; walked once. `title` and `heading` are known when all lines are out."""

    def __init__(self, package: Package) -> None:
        self.title = ""
        self.heading = ""
        self._document = package.document
        self._styles = styles_of(package.related("styles"))
        self._numbering = numbering_of(package.related("numbering"), self._styles.lists())
        self._footnotes = _notes(package.related("footnotes"), "footnote")
        self._endnotes = _notes(package.related("endnotes"), "endnote")
        settings = package.related("settings")
        self._footnote_format = _note_format(settings, "footnotePr", "decimal")
        self._endnote_format = _note_format(settings, "endnotePr", "lowerRoman")
        self._footnote_count = 0
        self._pending_endnotes: list[tuple[str, str]] = []
        self._carried = _Content()
        self._row_footnotes: list[tuple[str, str]] | None = None
        self._fields: list[bool] = []
        self._counts = {"changes": 0, "hidden": 0, "symbols": 0, "embedded": 0}

    def lines(self) -> Iterator[str]:
        """Every line with text, in reading order."""
        yield from self._blocks(self._document)
        yield from self._put_out(self._carried, "", "")
        # An endnote may itself hold the mark of another one.
        for note_id, mark in self._pending_endnotes:
            yield from self._note(self._endnotes, note_id, mark)

    def warnings(self) -> tuple[str, ...]:
        """What was left out or could not be shown, a sentence each."""
        sentences = {
            "changes": "The document has tracked changes: insertions are in the text, deletions are not.",
            "hidden": "Hidden text is not part of the text: {} pieces left out.",
            "symbols": f"Symbols of special fonts are shown as {_NO_SYMBOL}: {{}} of them.",
            "embedded": "Embedded files are not read: {} left out.",
        }
        return tuple(sentences[key].format(count) for key, count in self._counts.items() if count)

    def _blocks(self, container: Element) -> Iterator[str]:
        for element in container:
            self._counts["changes"] += element.tag in _CHANGES
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag == f"{_MC}AlternateContent":
                yield from self._blocks(_alternative(element))
            elif element.tag == f"{W}altChunk":
                self._counts["embedded"] += 1
            elif element.tag not in _LEFT_OUT:
                yield from self._blocks(element)

    def _paragraph(self, element: Element) -> Iterator[str]:
        content, self._carried = self._carried, _Content()
        properties = element.find(f"{W}pPr")
        self._runs(element, content)
        # What tells a field to compute something never goes on in the next paragraph.
        self._fields = [False] * len(self._fields)
        if _is_mark_deleted(properties):
            self._counts["changes"] += 1
            self._carried = content
            return
        style = value(properties, "pStyle")
        yield from self._put_out(content, self._marker(properties, style), self._styles.name(style))

    def _put_out(self, content: _Content, marker: str, style: str) -> Iterator[str]:
        lines = [line.strip() for line in "".join(content.text).split("\n")]
        lines = [line for line in lines if line]
        if lines:
            self._remember(" ".join(lines), style)
            lines[0] = f"{marker} {lines[0]}" if marker else lines[0]
        yield from lines
        for box in content.boxes:
            yield from self._blocks(box)
        if self._row_footnotes is not None:
            self._row_footnotes.extend(content.footnotes)
            return
        for note_id, mark in content.footnotes:
            yield from self._note(self._footnotes, note_id, mark)

    def _remember(self, text: str, style: str) -> None:
        if style == "title" and not self.title:
            self.title = text
        if style == "heading 1" and not self.heading:
            self.heading = text

    def _marker(self, properties: Element | None, style: str) -> str:
        list_id, level = numbering_properties(properties)
        if not list_id:
            list_id, level = self._styles.numbering(style)
        return self._numbering.marker(list_id, level, style)

    def _table(self, table: Element) -> Iterator[str]:
        rows = [self._row(row) for row in _inside(table, f"{W}tr")]
        simple = sum(all(len(cell) <= 1 for cell in row.cells) for row in rows)
        for row in rows:
            if 2 * simple >= len(rows):
                yield from filter(str.strip, ["\t".join(" ".join(cell) for cell in row.cells).rstrip("\t")])
            else:
                # A page laid out in cells, like a caption: one side to its end, then the other.
                yield from chain(*row.cells)
            for note_id, mark in row.footnotes:
                yield from self._note(self._footnotes, note_id, mark)

    def _row(self, element: Element) -> _Row:
        row = _Row()
        if element.find(f"{W}trPr/{W}del") is not None:
            self._counts["changes"] += 1
            return row
        outer, self._row_footnotes = self._row_footnotes, row.footnotes
        row.cells = [list(self._blocks(cell)) for cell in _inside(element, f"{W}tc")]
        self._row_footnotes = outer
        return row

    def _note(self, notes: dict[str, Element], note_id: str, mark: str) -> Iterator[str]:
        # Taken out, so that a note is read once and none can hold itself.
        note = notes.pop(note_id, None)
        lines = list(self._blocks(note)) if note is not None else []
        if lines:
            yield f"{mark} {lines[0]}".lstrip()
            yield from lines[1:]

    def _runs(self, element: Element, content: _Content) -> None:
        for child in element:
            tag = child.tag
            self._counts["changes"] += tag in _CHANGES
            if tag in (f"{W}t", _MATH_TEXT):
                self._write(child.text or "", content)
            elif tag in _CHARACTERS:
                self._write(_CHARACTERS[tag], content)
            elif tag == f"{W}sym":
                self._write(self._symbol(child), content)
            elif tag == f"{W}fldChar":
                self._write(_form_field(child), content)
                self._field(child.get(f"{W}fldCharType", ""))
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._reference(child, content)
            elif tag == f"{W}txbxContent":
                content.boxes.append(child)
            elif tag == f"{_MC}AlternateContent":
                self._runs(_alternative(child), content)
            elif tag == f"{W}r" and _is_hidden(child):
                self._counts["hidden"] += 1
            elif tag not in _LEFT_OUT:
                self._runs(child, content)

    def _write(self, text: str, content: _Content) -> None:
        if not any(self._fields):
            content.text.append(text)

    def _field(self, kind: str) -> None:
        """Follow a field: what stands between its begin and its separator is an instruction, not text."""
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _reference(self, element: Element, content: _Content) -> None:
        note_id = element.get(f"{W}id", "")
        own_mark = element.get(f"{W}customMarkFollows", "0") not in _OFF
        if element.tag == f"{W}footnoteReference" and note_id in self._footnotes:
            self._footnote_count += not own_mark
            mark = "" if own_mark else written(self._footnote_count, self._footnote_format)
            content.footnotes.append((note_id, mark))
        elif element.tag == f"{W}endnoteReference" and note_id in self._endnotes:
            count = 1 + sum(bool(mark) for _, mark in self._pending_endnotes)
            mark = "" if own_mark else written(count, self._endnote_format)
            self._pending_endnotes.append((note_id, mark))
        else:
            return
        self._write(mark, content)

    def _symbol(self, element: Element) -> str:
        code = element.get(f"{W}char", "")
        number = int(code, 16) if code and all(digit in "0123456789abcdefABCDEF" for digit in code) else 0
        font = element.get(f"{W}font", "").lower()
        known = _SYMBOLS.get((font, number & 0xFF))
        if known is not None:
            return known
        # Outside the private area the code is the character itself.
        if 0x20 <= number < 0xE000:
            return chr(number)
        self._counts["symbols"] += 1
        return _NO_SYMBOL


def _form_field(element: Element) -> str:
    """What a check box or a drop-down of an old-style form shows; a text field has its text after it."""
    box = element.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        state = box.find(f"{W}checked")
        state = box.find(f"{W}default") if state is None else state
        return _CHECKED if state is not None and state.get(f"{W}val", "1") not in _OFF else _UNCHECKED
    choice = element.find(f"{W}ffData/{W}ddList")
    if choice is None:
        return ""
    entries = [entry.get(f"{W}val", "") for entry in choice.findall(f"{W}listEntry")]
    chosen = value(choice, "result") or value(choice, "default", "0")
    return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""


def _notes(part: Element | None, name: str) -> dict[str, Element]:
    """The notes by id. Those with a type are the lines that separate notes from the text."""
    found = part.iter(f"{W}{name}") if part is not None else ()
    return {note.get(f"{W}id", ""): note for note in found if note.get(f"{W}type", "normal") == "normal"}


def _note_format(settings: Element | None, name: str, otherwise: str) -> str:
    properties = settings.find(f"{W}{name}") if settings is not None else None
    return value(properties, "numFmt", otherwise)


def _alternative(element: Element) -> Element:
    """The one of several forms of the same thing that holds text; empty if none does."""
    for form in element:
        if form.find(f".//{W}txbxContent") is not None or form.find(f".//{W}t") is not None:
            return form
    return Element("none")


def _inside(container: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also those inside wrappers; not the ones of tables within."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag not in (f"{W}tbl", f"{W}tc", *_LEFT_OUT):
            yield from _inside(child, tag)


def _is_mark_deleted(properties: Element | None) -> bool:
    """Whether the end of the paragraph was deleted as a tracked change: it joins the next one."""
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val", "1") not in _OFF
