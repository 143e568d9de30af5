"""Exporters: a snapshot of the project in, files for a trainer or another tool out.

One module a format, listed in the explicit table EXPORTERS. An exporter writes aside and renames at
the end, gives the same bytes for the same project and options, and never drops anything unsaid.
"""

from exporters.brat.exporter import BratExporter
from exporters.chat import ChatExporter
from exporters.conll import ConllExporter
from exporters.csv_table import CsvExporter
from exporters.docbin import SpacyExporter
from exporters.doccano import DoccanoExporter
from exporters.exporter import Exporter, ExportReport
from exporters.huggingface.exporter import HuggingFaceExporter
from exporters.jsonl import JsonlExporter
from exporters.label_studio import LabelStudioExporter
from exporters.pdf import PdfExporter
from exporters.prodigy import ProdigyExporter
from exporters.refi_qda import RefiQdaExporter
from exporters.shards.exporter import ShardsExporter
from exporters.uima.exporter import UimaJsonExporter, UimaXmiExporter
from exporters.w3c import W3cExporter
from exporters.xlsx import XlsxExporter

_ALL: tuple[Exporter, ...] = (
    JsonlExporter(),
    DoccanoExporter(),
    ProdigyExporter(),
    LabelStudioExporter(),
    SpacyExporter(),
    ConllExporter(),
    HuggingFaceExporter(),
    BratExporter(),
    UimaXmiExporter(),
    UimaJsonExporter(),
    W3cExporter(),
    CsvExporter(),
    XlsxExporter(),
    ChatExporter(),
    PdfExporter(),
    RefiQdaExporter(),
    ShardsExporter(),
)

EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in _ALL}

__all__ = ["EXPORTERS", "ExportReport", "Exporter"]
