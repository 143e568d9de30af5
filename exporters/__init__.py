"""Exporters: a snapshot of the project in, files for a trainer or another tool out.

One module a format, listed in the explicit table EXPORTERS; installed packages may add more. An exporter
writes aside and renames at the end, gives the same bytes for the same project and options, and never drops
anything unsaid.
"""

import logging
from functools import cache
from importlib import metadata
from typing import cast

from exporters.brat.exporter import BratExporter
from exporters.chat import ChatExporter
from exporters.claims import ClaimsExporter
from exporters.conll import ConllExporter
from exporters.csv_table import CsvExporter
from exporters.docbin import SpacyExporter
from exporters.doccano import DoccanoExporter
from exporters.exporter import Exporter, ExportReport, Holds
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
    ClaimsExporter(),
    PdfExporter(),
    RefiQdaExporter(),
    ShardsExporter(),
)

EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in _ALL}

__all__ = ["ENTRY_POINTS", "EXPORTERS", "ExportReport", "Exporter", "added_exporters", "all_exporters"]

ENTRY_POINTS = "annotator.exporters"

_log = logging.getLogger(__name__)


def added_exporters() -> dict[str, Exporter]:
    """The exporters of installed packages by name; one that is broken, or has no new name, is left out."""
    found: dict[str, Exporter] = {}
    for point in sorted(metadata.entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        try:
            exporter = point.load()
        except Exception:  # noqa: BLE001 - a stranger's package must not keep the program from starting
            _log.warning("The exporter %s of %s cannot be loaded", point.name, point.value, exc_info=True)
            continue
        name = getattr(exporter, "name", None)
        if not _is_exporter(exporter) or name in EXPORTERS or name in found:
            _log.warning("The exporter %s of %s is none with a name of its own", point.name, point.value)
            continue
        found[exporter.name] = cast(Exporter, exporter)
    return found


@cache
def all_exporters() -> dict[str, Exporter]:
    """The built-in exporters in their order, then the added ones, by name; looked up once."""
    return {**EXPORTERS, **added_exporters()}


def _is_exporter(found: object) -> bool:
    texts = (getattr(found, name, None) for name in ("name", "suffix", "summary"))
    return (
        not isinstance(found, type)
        and all(isinstance(text, str) for text in texts)
        and isinstance(getattr(found, "holds", None), Holds)
        and isinstance(getattr(found, "options", None), tuple)
        and all(callable(getattr(found, name, None)) for name in ("fit", "export"))
    )
