"""What the panels say about a span, a date or a document, as plain text.

Words of a span come from the stored text, never from a widget, and are put on one line.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from annotator.model import Fragment, JsonValue, Metadata, Origin, WorkState

# What documents most often bring along, in the order in which people look for it.
_FACTS_FIRST = ("court", "docket", "judge", "author", "authors", "publisher", "date", "filed", "url")


def span_words(text: str, fragments: Sequence[Fragment]) -> str:
    """The words of a span on one line, its fragments joined by an ellipsis."""
    return " … ".join(one_line(text[fragment.start : fragment.end]) for fragment in fragments)


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def shortened(text: str, most: int) -> str:
    """The text if it has at most so many characters, else its beginning and its end."""
    if len(text) <= most:
        return text
    tail = most // 3
    head = text[: most - tail].rsplit(" ", 1)[0] or text[: most - tail]
    rest = text[-tail:].split(" ", 1)[-1]
    return f"{head} […] {rest}"


def moment(time: str) -> str:
    """A stored time in the user's zone and way of writing; as it is stored where it cannot be read."""
    try:
        read = datetime.fromisoformat(time)
    except ValueError:
        return time
    shown = QDateTime.fromMSecsSinceEpoch(round(read.timestamp() * 1000))
    return QLocale().toString(shown, QLocale.FormatType.ShortFormat)


def origin_words(origin: Origin) -> str:
    """How a span came about."""
    match origin:
        case "manual":
            return _tr("marked by hand")
        case "import":
            return _tr("imported")
        case "suggestion":
            return _tr("from a suggestion")
        case "occurrence":
            return _tr("from “mark all occurrences”")
        case "adjudication":
            return _tr("decided in review")


def state_words(state: WorkState) -> str:
    """How far the work on a document is."""
    match state:
        case "todo":
            return _tr("To do")
        case "in_progress":
            return _tr("In progress")
        case "done":
            return _tr("Done")
        case "skipped":
            return _tr("Skipped")
        case "returned":
            return _tr("Returned")


def kind_words(kind: str) -> str:
    """A kind of document: "proposed_order" is "Proposed order"."""
    words = kind.replace("_", " ")
    return words[:1].upper() + words[1:]


def facts(metadata: Metadata) -> list[tuple[str, str]]:
    """What is known about a document, name and value, the most wanted first; empty ones left out."""
    known = [name for name in _FACTS_FIRST if name in metadata]
    others = sorted(name for name in metadata if name not in _FACTS_FIRST)
    rows = [(_fact_name(name), json_words(metadata[name])) for name in (*known, *others)]
    return [(name, words) for name, words in rows if words]


def _fact_name(name: str) -> str:
    return name.upper() if name in ("url", "doi", "isbn") else kind_words(name)


def json_words(value: JsonValue) -> str:
    """A value of metadata for people: lists by comma, tables by semicolon."""
    match value:
        case None:
            return ""
        case bool():
            return _tr("yes") if value else _tr("no")
        case list():
            return ", ".join(filter(None, map(json_words, value)))
        case dict():
            pairs = ((kind_words(name), json_words(part)) for name, part in value.items())
            return "; ".join(f"{name}: {words}" for name, words in pairs if words)
        case _:
            return one_line(str(value))


def is_web_address(text: str) -> bool:
    """Whether the text is an address that a browser may be asked to open."""
    return re.fullmatch(r"https?://[^\s<>\"']+", text) is not None


def _tr(text: str) -> str:
    return QCoreApplication.translate("words", text)
