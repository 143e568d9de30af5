"""XLSX: one row a span, as in CSV, for Excel and LibreOffice; typed cells, so nothing is run as a formula.

Written by hand, a row at a time, as ECMA-376 part 1 has SpreadsheetML: memory stays flat and the bytes are
the same every time. Texts are inline strings, which no spreadsheet evaluates; those that look like a formula
carry quotePrefix as well, so that editing the cell does not make one of them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZipFile

from annotator.errors import ExportError
from annotator.formulas import defused
from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, Loss, Snapshot
from annotator.text import normalise
from exporters.archive import member, open_member
from exporters.aside import written_aside
from exporters.csv_table import TABLE_HOLDS
from exporters.exporter import ExportReport, Holds, Option
from exporters.fitting import fitted
from exporters.losses import Fitted, Losses
from exporters.span_table import Cell, SpanTable, shortened

# Limits of Excel, which refuses a file that passes them.
CELL_CHARACTERS = 32_767
SHEET_ROWS = 1_048_576

_HEADER_STYLE, _TEXT_STYLE, _QUOTED_STYLE = 1, 2, 3
# _x0041_ in a text would be read as the letter A; its underscore is written in that form itself.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WIDE = {"text": 60, "before": 30, "after": 30, "title": 30, "note": 30}
_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'<workbook {_NS} xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="spans" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet {_NS}><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
        ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"'
        ' applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ),
}


@dataclass(frozen=True, slots=True)
class XlsxExporter:
    """A workbook with one sheet, its header frozen and filterable."""

    name: str = "xlsx"
    suffix: str = ".xlsx"
    holds: Holds = TABLE_HOLDS
    options: tuple[Option, ...] = ()
    summary: str = "Excel workbook, one row a span with cite, context and annotator"

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """All spans, listing those of which a cell has no room for the words or the note."""
        kept = fitted(document, self.holds)
        return Fitted(kept.document, (*kept.losses, *_shortened(kept.document)))

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the spans of the snapshot to `target`. Raises ExportError above Excel's number of rows."""
        total = snapshot.document_count
        yield Progress(0, total)
        documents = spans = 0
        losses = Losses()
        table = SpanTable(snapshot)
        with written_aside(target) as file, ZipFile(file, "w") as archive:
            for path, part in _PARTS.items():
                archive.writestr(member(path), _XML + part)
            with open_member(archive, "xl/worksheets/sheet1.xml") as sheet:
                writer = _Sheet(sheet, table.columns)
                for document in snapshot.documents():
                    fit = self.fit(document, snapshot)
                    losses.add(fit.losses)
                    writer.add(table.rows(fit.document))
                    documents += 1
                    spans += len(fit.document.annotations)
                    yield Progress(documents, total, document.document.title)
                writer.end()
        return ExportReport(target, documents, spans, 0, losses)


def _shortened(of: DocumentSnapshot) -> Iterator[Loss]:
    for span in of.annotations:
        for what, text in (("words", span.quote.exact), ("note", span.note)):
            if len(text) > CELL_CHARACTERS:
                detail = f"a cell holds {CELL_CHARACTERS:,} characters of its {what}"
                yield Loss("shortened", of.document.id, span.id, detail)


class _Sheet:
    """The XML of the sheet, written row by row."""

    def __init__(self, file: IO[bytes], columns: tuple[str, ...]) -> None:
        self._file = file
        self._columns = columns
        self._rows = 0
        widths = "".join(
            f'<col min="{place}" max="{place}" width="{_WIDE.get(name, 14)}" customWidth="1"/>'
            for place, name in enumerate(columns, start=1)
        )
        self._write(
            f'{_XML}<worksheet {_NS}><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
            f"</sheetViews><cols>{widths}</cols><sheetData>"
        )
        self._row(_text(name, _HEADER_STYLE) for name in columns)

    def add(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        for row in rows:
            self._row(_cell(cell) for cell in row)

    def end(self) -> None:
        last = f"{_column_name(len(self._columns))}{self._rows}"
        self._write(f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>')

    def _row(self, cells: Iterable[str]) -> None:
        self._rows += 1
        if self._rows > SHEET_ROWS:
            raise ExportError(
                f"A sheet of Excel holds {SHEET_ROWS - 1:,} spans and there are more. "
                "Choose fewer documents, or export as CSV."
            )
        self._write(f'<row r="{self._rows}">{"".join(cells)}</row>')

    def _write(self, xml: str) -> None:
        self._file.write(xml.encode())


def _cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, bool):
        return f'<c t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float):
        return f"<c><v>{cell}</v></c>"
    return _text(cell, _QUOTED_STYLE if defused(cell) != cell else _TEXT_STYLE)


def _text(text: str, style: int) -> str:
    """A text as a cell: what XML forbids as blanks, what Excel has no room for cut off."""
    written = escape(_ESCAPED.sub("_x005F_", shortened(normalise(text), CELL_CHARACTERS)))
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{written}</t></is></c>'


def _column_name(number: int) -> str:
    """The letters of a column counted from 1: A to Z, then AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
