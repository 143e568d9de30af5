"""spaCy's own tokens, for the formats whose spans must stand on them.

spaCy is loaded when a tokenizer is asked for.
"""

import sys
from functools import cache
from typing import TYPE_CHECKING

from annotator.errors import ExportError, MissingExtra
from exporters.exporter import Option
from exporters.tokens import Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ALIGNMENT = Option(
    "alignment",
    "strict",
    "a span off spaCy's tokens is left out, or takes in what it touches, or keeps whole tokens",
    ("strict", "expand", "contract"),
)


@cache
def tokenizer(language: str) -> "Language":
    """spaCy's tokenizer for a language code. Raises MissingExtra, or ExportError for a code it has not."""
    try:
        import spacy
    except ImportError as error:
        raise MissingExtra("Writing spaCy files", "spacy") from error
    try:
        blank = spacy.blank(language)
    except ImportError as error:
        raise ExportError(f"spaCy has no tokenizer for the language “{language}”.") from error
    # The limit is there for parsers, which hold much a token; nothing here does.
    blank.max_length = sys.maxsize
    return blank


def own_tokens(doc: "Doc") -> list[Token]:
    """The tokens of a document that are not white space."""
    return [Token(token.idx, token.idx + len(token)) for token in doc if not token.is_space]
