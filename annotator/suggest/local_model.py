"""Suggestions of a language model that a server on this machine serves, such as Ollama or llama.cpp.

The server speaks OpenAI's protocol of chat completions. The model answers with quotes, since it cannot
count characters: a quote is anchored by its exact text and which occurrence it is, and one that is not in the
text is dropped and counted. Redirections are not followed: text goes to the address entered, nowhere else.
"""

import ipaddress
import json
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import cast
from urllib.parse import urlsplit

from annotator.model import Fragment, JsonValue
from annotator.schema import LabelSchema
from annotator.suggest.suggester import InvalidSuggestions, Subject, Unanswered
from annotator.suggest.suggestion import Suggestion
from annotator.text import paragraphs

NAME = "model"
PLACE = "annotator.suggest.local_model:LocalModel"
SURE = 0.5  # what a model says of its own confidence says little
SECONDS = 600.0

_CHUNK = 6_000  # characters that are asked about at once
_ANSWER_SECONDS = 300
_LARGEST_ANSWER = 4_000_000  # bytes
_ASK = (
    "You mark spans in legal text. The labels are: {labels}. Answer with JSON alone: "
    '{{"spans": [{{"quote": "the exact words", "occurrence": 1, "label": "id"}}]}}. Copy each quote '
    "letter by letter from the text; occurrence says which of several equal places is meant, from 1."
)


def is_loopback(address: str) -> bool:
    """Whether an address is one of this machine alone. Raises InvalidSuggestions if it is no address."""
    host = _host(address)
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_address(address: str, consent: str) -> None:
    """Raises InvalidSuggestions, with the reason, if no text may be sent to an address.

    To any address beyond this machine it may be sent only with a `consent`, which is that very address.
    """
    if not is_loopback(address) and consent != address:
        raise InvalidSuggestions(
            f"The text of documents would leave this machine for {_host(address)}, which you have not agreed "
            "to; choose Annotate, Model server… to decide on that."
        )


def _host(address: str) -> str:
    parts = urlsplit(address.strip())
    try:
        is_right = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_right = False
    if not is_right:
        raise InvalidSuggestions(
            f"“{address}” is no address of a model server; one looks like http://127.0.0.1:11434."
        )
    return parts.hostname or ""


@dataclass(slots=True)
class LocalModel:
    """The suggester; `dropped` counts the quotes that were not in the text, or had no label of the schema."""

    address: str
    model: str
    name: str = NAME
    summary: str = "A language model on this machine"
    dropped: int = 0

    def suggest(self, subject: Subject) -> Iterator[Suggestion]:
        """Ask about a stretch of the text after the other. Raises Unanswered if the server does not."""
        for start, end in _chunks(subject.text):
            stretch = subject.text[start:end]
            for quote, occurrence, label in _spans(self._answer(subject.schema, stretch)):
                place = _anchor(stretch, quote, occurrence)
                if place < 0 or subject.schema.label(label) is None:
                    self.dropped += 1
                    continue
                pieces = (Fragment(start + place, start + place + len(quote)),)
                yield Suggestion(pieces, label, SURE, NAME, f"says {self.model}")

    def _answer(self, schema: LabelSchema, stretch: str) -> str:
        labels = "; ".join(f"{each.id} ({each.summary})" for each in schema.labels() if not each.retired)
        asked = {
            "model": self.model,
            "temperature": 0,
            "response_format": {"type": "json_object"},
            "messages": [
                {"role": "system", "content": _ASK.format(labels=labels)},
                {"role": "user", "content": stretch},
            ],
        }
        return _post(self.address, json.dumps(asked).encode())


def _post(address: str, body: bytes) -> str:
    """The words of the model's answer. Raises Unanswered if there is none that can be used."""
    parts = urlsplit(address.strip())
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_ANSWER_SECONDS)
    path = parts.path.rstrip("/")
    path = path if path.endswith("/v1") else f"{path}/v1"
    try:
        connection.request("POST", f"{path}/chat/completions", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        data = response.read(_LARGEST_ANSWER)
        if response.status != 200:
            raise Unanswered(f"the model server at {address} answered {response.status}")
        said = json.loads(data)
        return str(said["choices"][0]["message"]["content"])
    except OSError as error:
        raise Unanswered(f"the model server at {address} does not answer") from error
    except (HTTPException, ValueError, KeyError, IndexError, TypeError) as error:
        raise Unanswered(f"what the model server at {address} answers is no chat completion") from error
    finally:
        connection.close()


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of whole paragraphs, none much longer than a model takes at once."""
    start = end = 0
    for paragraph in paragraphs(text):
        if end > start and paragraph.end - start > _CHUNK:
            yield start, end
            start = paragraph.start
        end = paragraph.end
    if end > start:
        yield start, end


def _spans(answer: str) -> Iterator[tuple[str, int, str]]:
    """The quote, occurrence and label of each span of an answer; nothing where it is no such JSON."""
    begin, end = answer.find("{"), answer.rfind("}")
    try:
        said = json.loads(answer[begin : end + 1]) if begin >= 0 else {}
    except ValueError:
        return
    rows = said.get("spans") if isinstance(said, dict) else None
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            values = cast(dict[str, JsonValue], row)
            occurrence = values.get("occurrence", 1)
            number = occurrence if isinstance(occurrence, int) else 1
            yield str(values.get("quote", "")), number, str(values.get("label", ""))


def _anchor(text: str, quote: str, occurrence: int) -> int:
    """Where an occurrence (from 1) of a quote begins in a text, -1 if it is not there."""
    place = -1
    for _ in range(max(1, occurrence)):
        place = text.find(quote, place + 1) if quote.strip() else -1
        if place < 0:
            return -1
    return place
