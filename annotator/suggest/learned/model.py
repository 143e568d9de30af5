"""A learned model as a value, and as what the project keeps of it: a header in JSON, and arrays of numbers.

Nothing that is read here can run: JSON, and numpy's format of arrays with pickled objects refused. Lengths,
kinds and hashes are checked, so that a model that is damaged or was made up is refused with a sentence.
"""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import orjson

from annotator.errors import AnnotatorError
from annotator.suggest.learned.crf import Crf
from annotator.suggest.learned.measuring import Figure
from annotator.suggest.learned.parts import Part, SentencePart, WordPart
from annotator.suggest.learned.sentences import Sentences
from annotator.suggest.learned.stored import StoredModel

if TYPE_CHECKING:
    import numpy

    Arrays: TypeAlias = dict[str, "numpy.ndarray[Any, Any]"]

FORMAT = 1  # counts up when features or arrays change their meaning; other models are learned again
MOST_CROSSED = 20  # texts up to which labels are measured on all, a part held out in turn
_MOST_BYTES = 2**30
_HASH_LETTERS = 16


class UnusableModel(AnnotatorError):
    """A stored model that is damaged, or of another version of the program; learning again mends it."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the learning curve: texts and spans learned from, and F1 on those held out."""

    texts: int
    spans: int
    f1: float


@dataclass(frozen=True, slots=True)
class About:
    """What a model tells of itself.

    `learned_from` is the hash of all that it learned from, `texts` the beginnings of the hashes of the texts.
    `tried` is the hash of all that was there when it was made, or last compared with a new one, and
    `readings` how many finished readings that was. `is_assisted` says that it was measured on texts with
    accepted suggestions, for want of others.
    """

    learned_from: str
    texts: tuple[str, ...]
    held_out: int
    f1: float
    figures: Mapping[str, Figure]
    curve: tuple[Point, ...] = ()
    tried: str = ""
    readings: int = 0
    left_out: int = 0
    is_assisted: bool = False
    made: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.figures)

    @property
    def is_crossed(self) -> bool:
        """Whether its figures are of all texts, each held out in turn, as there were few."""
        return len(self.texts) + self.held_out <= MOST_CROSSED


@dataclass(frozen=True, slots=True)
class Model:
    """A part for each layer, and what they are worth."""

    about: About
    parts: tuple[Part, ...] = ()


def short_hash(text_sha256: str) -> str:
    """How a model names a text that it learned from."""
    return text_sha256[:_HASH_LETTERS]


def packed(model: Model) -> StoredModel:
    """The model as header and bytes; the same model gives the same bytes.

    Raises ValueError for arrays of Python objects, which only pickle could write.
    """
    import numpy

    arrays: dict[str, Any] = {}
    told = [_pack(part, f"{number}", arrays) for number, part in enumerate(model.parts)]
    if any(array.dtype.hasobject for array in arrays.values()):
        raise ValueError("Object arrays are no part of a model.")
    buffer = io.BytesIO()
    numpy.savez_compressed(buffer, **arrays)  # NumPy before 2.1 cannot be told here to refuse them itself
    content = buffer.getvalue()
    header = {
        "format": FORMAT,
        "content_sha256": hashlib.sha256(content).hexdigest(),
        "parts": told,
        **asdict(model.about),
    }
    return StoredModel(orjson.dumps(header, option=orjson.OPT_SORT_KEYS).decode(), content)


def about(header: str) -> About:
    """What a stored model tells of itself in its header. Raises UnusableModel."""
    return _about(_header(header))


def unpacked(stored: StoredModel) -> Model:
    """The model that is stored. Raises UnusableModel if it is damaged, missing or of another version."""
    header = _header(stored.header)
    told = _about(header)
    if stored.content is None:
        raise UnusableModel(
            "What was learned is not in the project, as in one from a backup. Learn it again."
        )
    if hashlib.sha256(stored.content).hexdigest() != header.get("content_sha256"):
        raise _damaged("its bytes are not what was written")
    try:
        arrays = _arrays(stored.content)
        parts = tuple(_unpack(each, f"{number}", arrays) for number, each in enumerate(header["parts"]))
    except (ValueError, KeyError, TypeError, IndexError, EOFError, OSError, MemoryError) as error:
        raise _damaged(str(error) or type(error).__name__) from error
    return Model(told, parts)


def _damaged(reason: str) -> UnusableModel:
    return UnusableModel(f"What was learned is damaged in the project ({reason}). Learn it again.")


def _header(words: str) -> dict[str, Any]:
    try:
        header = orjson.loads(words)
    except orjson.JSONDecodeError as error:
        raise _damaged("its header is no JSON") from error
    if not isinstance(header, dict):
        raise _damaged("its header is no table")
    if header.get("format") != FORMAT:
        raise UnusableModel("What was learned is of another version of Annotator. Learn it again.")
    return header


def _about(header: Mapping[str, Any]) -> About:
    try:
        return About(
            learned_from=str(header["learned_from"]),
            texts=tuple(map(str, header["texts"])),
            held_out=int(header["held_out"]),
            f1=float(header["f1"]),
            figures={str(label): Figure(**told) for label, told in header["figures"].items()},
            curve=tuple(Point(**point) for point in header["curve"]),
            tried=str(header["tried"]),
            readings=int(header["readings"]),
            left_out=int(header["left_out"]),
            is_assisted=bool(header["is_assisted"]),
            made=str(header["made"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(f"its header lacks {error}") from error


# -- parts and arrays


def _pack(part: Part, name: str, arrays: "Arrays") -> dict[str, Any]:
    if isinstance(part, WordPart):
        _pack_field(part.field, f"{name}.field", arrays)
        return {"kind": "words", "layer": part.layer, "tags": part.field.tags}
    _pack_field(part.extents, f"{name}.extents", arrays)
    _pack_table(part.sentences.features, part.sentences.weights, f"{name}.sentences", arrays)
    return {
        "kind": "sentences",
        "layer": part.layer,
        "labels": part.sentences.labels,
        "tags": part.extents.tags,
    }


def _unpack(told: Mapping[str, Any], name: str, arrays: "Arrays") -> Part:
    layer, tags = str(told["layer"]), _names(told["tags"])
    if told["kind"] == "words":
        return WordPart(layer, _field(tags, f"{name}.field", arrays))
    labels = _names(told["labels"])
    features, weights = _table(f"{name}.sentences", arrays, len(labels))
    return SentencePart(layer, Sentences(labels, features, weights), _field(tags, f"{name}.extents", arrays))


def _names(told: Sequence[object]) -> tuple[str, ...]:
    if not told or not all(isinstance(name, str) for name in told) or isinstance(told, str):
        raise ValueError("a list of names is none")
    return tuple(map(str, told))


def _pack_field(crf: Crf, name: str, arrays: "Arrays") -> None:
    _pack_table(crf.features, crf.weights, name, arrays)
    arrays[f"{name}.transitions"] = crf.transitions


def _field(tags: tuple[str, ...], name: str, arrays: "Arrays") -> Crf:
    features, weights = _table(name, arrays, len(tags))
    transitions = _checked(arrays[f"{name}.transitions"], (len(tags), len(tags)))
    return Crf(tags, features, weights, transitions)


def _pack_table(
    features: Mapping[str, int], weights: "numpy.ndarray[Any, Any]", name: str, arrays: "Arrays"
) -> None:
    """The weights that are not nothing, as their places and values; few are."""
    import numpy

    words = "\n".join(sorted(features, key=features.__getitem__)).encode()
    places = numpy.flatnonzero(weights)
    arrays[f"{name}.features"] = numpy.frombuffer(words, dtype=numpy.uint8)
    arrays[f"{name}.places"] = places.astype(numpy.int64)
    arrays[f"{name}.values"] = weights.reshape(-1)[places]


def _table(name: str, arrays: "Arrays", width: int) -> "tuple[dict[str, int], numpy.ndarray[Any, Any]]":
    import numpy

    words = arrays[f"{name}.features"].astype(numpy.uint8).tobytes().decode()
    features = {word: number for number, word in enumerate(words.split("\n"))} if words else {}
    places, values = arrays[f"{name}.places"], arrays[f"{name}.values"]
    size = len(features) * width
    if size * 4 > _MOST_BYTES or places.shape != values.shape or places.dtype != numpy.int64:
        raise ValueError("its weights do not fit their features")
    weights = numpy.zeros(size, numpy.float32)
    if len(places) and (places.min() < 0 or places.max() >= size):
        raise ValueError("a weight is of no feature")
    weights[places] = values
    return features, _checked(weights.reshape(len(features), width), (len(features), width))


def _checked(array: "numpy.ndarray[Any, Any]", shape: tuple[int, int]) -> "numpy.ndarray[Any, Any]":
    import numpy

    if array.shape != shape or array.dtype != numpy.float32 or not numpy.isfinite(array).all():
        raise ValueError("an array has another shape or no numbers")
    if len(array) and numpy.abs(array).max() > 1000:  # else its power of e would be no number
        raise ValueError("a weight is out of all measure")
    return array


def _arrays(content: bytes) -> "Arrays":
    import zipfile

    import numpy

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise ValueError("its arrays cannot be read") from error
    if size > _MOST_BYTES:
        raise ValueError("it is too large")
    with numpy.load(io.BytesIO(content), allow_pickle=False) as loaded:
        return {name: loaded[name] for name in loaded.files}
