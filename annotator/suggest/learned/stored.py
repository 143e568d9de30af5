"""A learned model as the project keeps it; `model` makes it and reads it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A header in JSON and the bytes of the numbers, None where they are missing."""

    header: str
    content: bytes | None = field(repr=False)
