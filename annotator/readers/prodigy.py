"""Reads Prodigy's JSONL: spans over code points, relations between tokens, one annotator a session.

Only examples that were accepted count as annotated; what was rejected or ignored comes in as text, and is
said so. Ends of relations are token numbers: they are the spans that they name, or their tokens.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.model import JsonValue
from annotator.readers.claims import Claim, Claims
from annotator.readers.document import ReadDocument, ReadRelation, ReadSet, RefusedSource
from annotator.readers.json_fields import Fault, Fields
from annotator.readers.json_rows import documents, rows
from annotator.readers.offset_units import Unit, UnitVotes
from annotator.readers.source import checked_text, first_line_title

VERSION = "1"
TOKEN = "token"  # the label of an end of a relation that is no span

_ACCEPTED = "accept"


def read(source: Path) -> Iterator[ReadDocument | RefusedSource]:
    """The documents of the file; the same text by several annotators is one document with a set for each.

    Raises UnreadableSource if no line is an example.
    """
    votes = UnitVotes()
    for row in rows(source):
        try:
            line = row.fields()
            text = line.text("text")
            spans = [_pair(span) for span in line.rows("spans", "span")]
            votes.add(text, [((pair,), words) for pair, words in _quoted(line)])
        except Fault:
            continue
        votes.add_unquoted(text, spans)
    unit = votes.unit()
    return documents(source, lambda line, place: _document(line, unit=unit, source=source, place=place))


def _quoted(line: Fields) -> Iterator[tuple[tuple[int, int], str]]:
    """The places whose words the example repeats: its tokens, and spans that have a text."""
    for row in (*line.rows("tokens", "token"), *line.rows("spans", "span")):
        words = row.text("text")
        if words:
            yield _pair(row), words


def _pair(row: Fields) -> tuple[int, int]:
    return row.number("start", -1), row.number("end", -1)


@dataclass(slots=True)
class _Spans:
    """The spans of an example by their places, with those that only relations name."""

    claims: list[Claim]
    tokens: dict[int, tuple[int, int]]

    def end(self, relation: Fields, name: str) -> str:
        """The key of the span at one end of a relation, "head" or "child"."""
        span = relation.fields(f"{name}_span")
        pair = _pair(span) if span.values else self.tokens.get(relation.number(name, -1))
        if pair is None:
            raise relation.fault(f"has a {name} that is no token")
        label = span.text("label")
        same = [claim for claim in self.claims if claim.pairs == (pair,)]
        found = next((claim for claim in same if claim.label == label), same[0] if same else None)
        if found is None:
            found = Claim(f"token {pair[0]}-{pair[1]}", label or TOKEN, (pair,))
            self.claims.append(found)
        return found.key


def _document(line: Fields, *, unit: Unit, source: Path, place: str) -> ReadDocument:
    raw = line.needed_text("text")
    text = checked_text(raw, place)
    claims = Claims(raw, unit, place=place)
    answer = line.text("answer", _ACCEPTED)
    spans = _Spans(
        [
            Claim(
                f"span {number}",
                span.text("label"),
                (_pair(span),),
                span.text("text"),
                origin="suggestion" if span.values.get("origin") == "suggestion" else "import",
            )
            for number, span in enumerate(line.rows("spans", "span"), start=1)
        ],
        {row.number("id", number): _pair(row) for number, row in enumerate(line.rows("tokens", "token"))},
    )
    relations = [
        ReadRelation(
            row.text("label") or "related",
            spans.end(row, "head"),
            spans.end(row, "child"),
            key=f"relation {number}",
        )
        for number, row in enumerate(line.rows("relations", "relation"), start=1)
    ]
    sets: tuple[ReadSet, ...] = ()
    if answer == _ACCEPTED:
        sets = (claims.part(line.text("_session_id") or line.text("_annotator_id"), spans.claims, relations),)
    elif spans.claims:
        claims.warn(
            f"The answer is “{answer}”: its {len(spans.claims)} spans are left out, the text is read."
        )
    meta = line.values.get("meta")
    metadata: dict[str, JsonValue] = dict(meta) if isinstance(meta, dict) else {}
    title = metadata.get("title")
    return ReadDocument(
        title=title
        if isinstance(title, str) and title
        else first_line_title(text, f"{source.stem}, {place}"),
        text=text,
        source=text.encode(),
        source_name=source.name,
        reader="prodigy",
        reader_version=VERSION,
        key=_key(line) or place,
        metadata=metadata,
        sets=sets,
        warnings=claims.warnings,
    )


def _key(line: Fields) -> str:
    """What several annotators' examples on one text have in common; "" if the example does not say."""
    value = line.values.get("_input_hash")
    return "" if value is None else f"input {value}"
