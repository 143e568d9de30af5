"""Values out of JSON that someone else wrote: each asked for by name and type, refused with a sentence.

A key that is missing or null has its default; one that is there with another type is a Fault.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from annotator.model import Attributes, AttributeValue, JsonValue

C = TypeVar("C", bound=str)
_SHOWN = 40


class Fault(Exception):
    """What is wrong with a value, as a sentence; the reader turns it into a refusal."""


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object; `place` says where it stands, such as "span 3"."""

    values: Mapping[str, JsonValue]
    place: str = ""

    def fault(self, what: str) -> Fault:
        """The Fault that names this place."""
        sentence = f"{self.place} {what}" if self.place else what
        return Fault(f"{sentence[:1].upper()}{sentence[1:]}.")

    def text(self, key: str, default: str = "") -> str:
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self._unlike(key, "a text", value)
        return value

    def needed_text(self, key: str) -> str:
        """A text that must be there and not be blank."""
        value = self.text(key)
        if not value.strip():
            raise self.fault(f"has no “{key}”")
        return value

    def number(self, key: str, default: int = 0) -> int:
        value = self.values.get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._unlike(key, "a whole number", value)
        return value

    def flag(self, key: str) -> bool:
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            raise self._unlike(key, "true or false", value)
        return bool(value)

    def choice(self, key: str, options: Collection[C], default: C) -> C:
        value = self.text(key, default)
        if value not in options:
            raise self.fault(f"has the “{key}” “{_short(value)}”, which is not one of {', '.join(options)}")
        return cast(C, value)

    def table(self, key: str) -> dict[str, JsonValue]:
        value = self.values.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self._unlike(key, "an object", value)
        return value

    def fields(self, key: str) -> "Fields":
        """The object under a key, an empty one where there is none."""
        return Fields(self.table(key), f"“{key}”")

    def rows(self, key: str, what: str) -> "list[Fields]":
        """The objects of a list, each placed by `what` and its number."""
        rows = []
        for number, row in enumerate(self._list(key), start=1):
            if not isinstance(row, dict):
                raise self.fault(f"has a list of objects wanted under “{key}”, but number {number} is none")
            rows.append(Fields(row, f"{what} {number}"))
        return rows

    def texts(self, key: str) -> tuple[str, ...]:
        items = self._list(key)
        if not all(isinstance(item, str) for item in items):
            raise self.fault(f"has a list of texts wanted under “{key}”")
        return tuple(cast("list[str]", items))

    def pairs(self, key: str) -> tuple[tuple[int, int], ...]:
        """Pairs of whole numbers, [[start, end], ...]."""
        return tuple(self._pair(key, item) for item in self._list(key))

    def attributes(self, key: str) -> Attributes:
        """Attribute values by name: a text, a number, true, false, or a list of texts."""
        return {name: self._attribute(name, value) for name, value in self.table(key).items()}

    def attribute(self, key: str) -> AttributeValue:
        """The attribute value under a key, which must be there."""
        return self._attribute(key, self.values.get(key))

    def unknown(self, known: Collection[str]) -> list[str]:
        """The keys that are none of the known ones, sorted."""
        return sorted(key for key in self.values if key not in known)

    def _list(self, key: str) -> list[JsonValue]:
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._unlike(key, "a list", value)
        return value

    def _pair(self, key: str, item: JsonValue) -> tuple[int, int]:
        if isinstance(item, list) and len(item) == 2:
            start, end = item
            if type(start) is int and type(end) is int:
                return start, end
        raise self.fault(f"has “{key}” that are not pairs of whole numbers")

    def _attribute(self, name: str, value: JsonValue) -> AttributeValue:
        if isinstance(value, str | bool | int | float):
            return value
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(cast("list[str]", value))
        raise self.fault(f"has a value for “{name}” that is no text, number, true, false or list of texts")

    def _unlike(self, key: str, wanted: str, value: JsonValue) -> Fault:
        return self.fault(f"has {wanted} wanted under “{key}”, but finds {_short(repr(value))}")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
