"""What the panels say about a span, a date or a document, as plain text.

Words of a span come from the stored text, never from a widget, and are put on one line.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from annotator.model import Fragment, JsonValue, Metadata, Origin, WorkState
from annotator.schema import AttributeKind
from annotator.training import KEY as TRAINING

# What documents most often bring along, in the order in which people look for it.
_FIRST = (
    *("court", "docket_number", "docket", "caption", "judge", "author", "publisher"),
    *("date", "date_filed", "url"),
)
MINUTE = 60
# Where a reader keeps from which words it has a fact.
_SOURCES = "facts"


class Known(NamedTuple):
    """A fact about a document; `words` are those of the document that it was read from, if they are kept."""

    name: str
    value: str
    words: str


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


def as_tooltip(text: str) -> str:
    """The text as a tooltip that wraps its lines and shows what looks like markup as it is."""
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>' if text else ""


def moment(time: str) -> str:
    """A stored time in the user's zone and way of writing; as it is stored where it cannot be read."""
    try:
        read = datetime.fromisoformat(time)
    except ValueError:
        return time
    shown = QDateTime.fromMSecsSinceEpoch(round(read.timestamp() * 1000))
    return QLocale().toString(shown, QLocale.FormatType.ShortFormat)


def minutes_words(seconds: int) -> str:
    """A time spent, in whole minutes: "1 h 5 min"."""
    hours, minutes = divmod(seconds // MINUTE, 60)
    if hours:
        return _tr("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _tr("{minutes} min").format(minutes=minutes)


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


def attribute_kind_words(kind: AttributeKind) -> str:
    """What an attribute of this kind holds."""
    match kind:
        case "choice":
            return _tr("one choice")
        case "choices":
            return _tr("several choices")
        case "text":
            return _tr("text")
        case "bool":
            return _tr("yes or no")
        case "number":
            return _tr("number")
        case "date":
            return _tr("date")
        case "link":
            return _tr("link to a span")


def facts(metadata: Metadata, *, title: str = "") -> list[Known]:
    """What is known about a document, most wanted first, without what is empty or only says its title."""
    first = [name for name in _FIRST if name in metadata]
    others = sorted(name for name in metadata if name not in (*_FIRST, _SOURCES, TRAINING))
    known = [
        Known(_fact_name(name), json_words(metadata[name]), _source_words(metadata, name))
        for name in (*first, *others)
    ]
    return [fact for fact in known if fact.value and fact.value != one_line(title)]


def _source_words(metadata: Metadata, name: str) -> str:
    sources = metadata.get(_SOURCES)
    source = sources.get(name) if isinstance(sources, dict) else None
    words = source.get("words") if isinstance(source, dict) else None
    return one_line(words) if isinstance(words, str) else ""


def _fact_name(name: str) -> str:
    return name.upper() if name in ("url", "doi", "isbn", "ocr") else kind_words(name)


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
