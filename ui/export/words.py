"""What is said of an export in more than one place, in the right number."""

from PySide6.QtCore import QCoreApplication


def amount(records: int, spans: int) -> str:
    """How much an export is, as in "3 records and 1 span"."""
    of_records = _tr("1 record") if records == 1 else _tr("{n} records").format(n=records)
    of_spans = _tr("1 span") if spans == 1 else _tr("{n} spans").format(n=spans)
    return _tr("{records} and {spans}").format(records=of_records, spans=of_spans)


def dropped_words(count: int) -> str:
    """How many things were dropped or changed, "" if none were."""
    if not count:
        return ""
    if count == 1:
        return _tr("1 thing was dropped or changed; the report beside it says which.")
    return _tr("{n} things were dropped or changed; the report beside it lists them.").format(n=count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("export", text)
