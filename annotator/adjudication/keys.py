"""What a span, a link and a unit are called by what they say, so that decisions outlive recomputation.

A key depends on the text, the layer and the candidates' content alone: not on ids, not on who marked it, and
not on the order in which anything was read.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

import orjson

from annotator.flags import FLAG
from annotator.model import Attributes, Fragment

_LENGTH = 32  # hexadecimal digits, as many as ids have


def content_key(label: str, fragments: Sequence[Fragment], attributes: Attributes) -> str:
    """What a span says: extent, label and attributes; not its note, certainty or flag."""
    values = _plain(attributes)
    return _key([label, [[start, end] for start, end in fragments], values])


def link_key(type_id: str, source: str, target: str, attributes: Attributes) -> str:
    """What a link says; its ends are named by the units that they belong to."""
    return _key([type_id, source, target, _plain(attributes)])


def unit_key(text_sha256: str, layer: str, contents: Iterable[str], ordinal: int = 0) -> str:
    """What a unit is called: of which text and layer, and which candidates it has.

    `ordinal` tells apart units of the same content, which only spans marked twice make.
    """
    return _key([text_sha256, layer, sorted(contents), ordinal])


def _plain(attributes: Attributes) -> list[list[object]]:
    """Attributes in an order that says nothing; nor does that of several choices."""
    if not attributes:
        return []
    return [
        [name, sorted(value) if isinstance(value, tuple) else value]
        for name, value in sorted(attributes.items())
        if name != FLAG
    ]


def _key(of: list[object]) -> str:
    return sha256(orjson.dumps(of)).hexdigest()[:_LENGTH]
