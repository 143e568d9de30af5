"""Exporters: a snapshot of the project in, files for a trainer or another tool out.

One module a format, listed in the explicit table EXPORTERS. An exporter writes aside and renames at
the end, gives the same bytes for the same project and options, and never drops anything unsaid.
"""

from exporters.exporter import Exporter, ExportReport
from exporters.jsonl import JsonlExporter

EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in (JsonlExporter(),)}

__all__ = ["EXPORTERS", "ExportReport", "Exporter"]
