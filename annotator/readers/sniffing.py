"""What the beginning of a file tells about its format, where its name does not.

Only looks, never refuses: a file that is broken further on is still the reader's to refuse with a reason.
These run in the window's process too, so they read a few kilobytes and parse nothing that could hurt.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import orjson

from annotator.readers.encoding import decode

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
WEB_SUFFIX = ".jsonld"
LINE_SUFFIXES = (".jsonl", ".ndjson")
CONLL_SUFFIXES = (".conll", ".conll2002", ".conll2003", ".bio", ".iob", ".iob2", ".bilou", ".bioes")
DOCSTART = "-DOCSTART-"
TAG = re.compile(r"(?P<place>[BILUESM])-(?P<label>\S+)")
OUTSIDE = ("O", "_")
DOCCANO_LABELS = ("label", "labels", "entities")
LABEL_STUDIO_ANNOTATIONS = ("annotations", "completions")  # the name that versions before 1.0 used
# What a column of a table of spans means, and the names that programs and people give it, the best first.
CSV_COLUMNS = {
    "start": ("start", "begin", "start_offset", "start_char", "char_start", "offset_start"),
    "end": ("end", "stop", "end_offset", "end_char", "char_end", "offset_end"),
    "label": ("label", "tag", "type", "entity_type", "entity", "category", "class"),
    "whole": ("document_text", "full_text", "body", "content"),
    "words": ("text", "quote", "exact", "span_text", "words", "mention", "surface"),
    "document": ("document", "document_id", "doc_id", "doc", "file", "filename", "file_name"),
    "title": ("title",),
    "source": ("source", "source_name"),
    "text_sha256": ("text_sha256",),
    "annotator": ("annotator", "user", "creator", "annotated_by"),
    "gold": ("gold",),
    "note": ("note", "comment"),
    "certainty": ("certainty",),
    "origin": ("origin",),
    "fragments": ("fragments",),
    "id": ("span", "span_id", "annotation_id"),
}
SPAN_COLUMNS = {"start", "end", "label"}
PRODIGY_KEYS = frozenset({"_input_hash", "_task_hash", "_view_id", "_session_id", "_annotator_id", "answer"})

_HEAD_BYTES = 65_536
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:]')
_WEBANNO = ("#FORMAT=WebAnno TSV", "# webanno.", "# de.tudarmstadt.", "#id=")


def has_standoff(folder: Path) -> bool:
    """Whether a folder, or one directly below it, holds brat's `.ann` files."""
    if not folder.is_dir():
        return False
    return any(True for pattern in ("*.ann", "*/*.ann") for _ in folder.glob(pattern))


def has_web(folder: Path) -> bool:
    """Whether a folder holds W3C Web Annotations in files of their own suffix."""
    return folder.is_dir() and any(is_web_annotation(path) for path in folder.glob(f"*{WEB_SUFFIX}"))


def is_prodigy(source: Path) -> bool:
    """Whether the file begins with an example as Prodigy writes it."""
    head = json_head(source)
    return head is not None and (not head.keys.isdisjoint(PRODIGY_KEYS) or {"tokens", "spans"} <= head.keys)


def is_label_studio(source: Path) -> bool:
    """Whether the file begins with a task of Label Studio."""
    head = json_head(source)
    if head is None:
        return False
    return not head.keys.isdisjoint(LABEL_STUDIO_ANNOTATIONS) or (
        "data" in head.keys and "text" not in head.keys
    )


def is_doccano(source: Path) -> bool:
    """Whether the file begins with an object that has doccano's labels, or its columns under other names."""
    head = json_head(source)
    # Our own JSONL has `labels` too, those of the document, beside its spans.
    if head is None or "spans" in head.keys:
        return False
    return not head.keys.isdisjoint(DOCCANO_LABELS) or (bool(head.keys) and "text" not in head.keys)


def is_web_annotation(source: Path) -> bool:
    """Whether the file begins with a W3C Web Annotation, or a collection of them."""
    head = json_head(source)
    return head is not None and (
        {"target", "body"} <= head.keys
        or {"@context", "type"} <= head.keys
        or {"@context", "target"} <= head.keys
    )


def is_uima_json(source: Path) -> bool:
    """Whether the file begins with a UIMA CAS in JSON."""
    head = json_head(source)
    return head is not None and any(key.startswith("%") for key in head.keys)


def is_xmi(source: Path) -> bool:
    """Whether the file is a UIMA CAS in XMI, or the type system of one, by its name or how it begins."""
    if source.suffix.lower() == ".xmi":
        return True
    head = _head(source)
    return "http://www.omg.org/XMI" in head or "<typeSystemDescription" in head


def is_webanno(source: Path) -> bool:
    """Whether the file begins as WebAnno TSV of any version does."""
    return _head(source).lstrip().startswith(_WEBANNO)


def is_conll(source: Path) -> bool:
    """Whether it is a CoNLL file by its name, or every line at its beginning is a token with a tag."""
    if source.suffix.lower() in CONLL_SUFFIXES:
        return True
    rows = [line.split() for line in _head(source).split("\n") if line.strip()]
    # Prose may end a line with a capital O; it has no columns that all end with a tag, one with a label.
    tokens = [row for row in rows if row[0] != DOCSTART]
    if len(tokens) < 2 or len({len(row) for row in tokens}) != 1 or len(tokens[0]) < 2:
        return False
    tags = [row[-1] for row in tokens]
    return any(map(TAG.fullmatch, tags)) and all(tag in OUTSIDE or TAG.fullmatch(tag) for tag in tags)


def is_span_csv(source: Path) -> bool:
    """Whether the first line of a table names the columns that a span needs."""
    return csv_heads(_head(source).partition("\n")[0]).keys() >= SPAN_COLUMNS


def csv_heads(line: str) -> dict[str, str]:
    """What the columns of a table mean, by the first line: meaning -> name, for those that mean something."""
    names = next(csv.reader([line], delimiter=csv_delimiter(line)), [])
    by_name = {name.strip().casefold(): name for name in reversed(names)}
    meanings = {}
    for meaning, known in CSV_COLUMNS.items():
        name = next((by_name[one] for one in known if one in by_name), None)
        if name is not None:
            meanings[meaning] = name
    return meanings


def csv_delimiter(line: str) -> str:
    """What parts the columns of a table, by its first line."""
    return max(",;\t|", key=line.count)


def _head(source: Path) -> str:
    """The first lines of a text file, "" if it is none."""
    try:
        with source.open("rb") as file:
            data = file.read(_HEAD_BYTES)
            decoded = decode(data if len(data) < _HEAD_BYTES else data[: data.rfind(b"\n") + 1])
    except OSError:
        return ""
    return "" if decoded is None else decoded.text


@dataclass(frozen=True, slots=True)
class JsonHead:
    """How a JSON file begins: a list or a single object over several lines (`is_whole`), its first keys."""

    is_whole: bool
    keys: frozenset[str]


def json_head(source: Path) -> JsonHead | None:
    """What the beginning of a file shows of its first object; None if it begins like no JSON."""
    try:
        with source.open("rb") as file:
            data = file.read(_HEAD_BYTES).removeprefix(BYTE_ORDER_MARK)
    except OSError:
        return None
    text = data.decode("utf-8", errors="replace").lstrip()
    if not text.startswith(("{", "[")):
        return None
    is_list = text.startswith("[")
    suffix = source.suffix.lower()
    is_object = suffix == WEB_SUFFIX or (suffix not in LINE_SUFFIXES and _is_over_lines(data.lstrip()))
    is_whole = is_object or (is_list and suffix not in LINE_SUFFIXES)
    return JsonHead(is_whole, _first_keys(text))


def _is_over_lines(data: bytes) -> bool:
    """Whether the first object goes on behind its line; behind a line that is cut off another begins."""
    first, has_more, rest = data.partition(b"\n")
    if not has_more or rest.lstrip()[:1] in (b"{", b""):
        return False
    try:
        orjson.loads(first)
    except orjson.JSONDecodeError:
        return True
    return False


def _first_keys(text: str) -> frozenset[str]:
    """The keys of the outermost object, or of the first one of a list, as far as the text goes."""
    keys: set[str] = set()
    depth = 0
    last = ""
    outer = 2 if text.startswith("[") else 1
    for token in _TOKENS.findall(text):
        if token in "{[":
            depth += 1
        elif token in "}]":
            depth -= 1
            if depth < outer:
                break
        elif token == ":":
            if depth == outer:
                keys.add(last)
        else:
            last = token[1:-1]
    return frozenset(keys)
