"""A span that a suggester proposes: a value that is no annotation, and is never stored as one unasked."""

from dataclasses import dataclass

from annotator.model import Fragment


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed span: `confidence` from 0 to 1, `origin` the suggester's name, `reason` why in few words."""

    fragments: tuple[Fragment, ...]
    label: str
    confidence: float
    origin: str
    reason: str

    @property
    def start(self) -> int:
        return self.fragments[0].start

    @property
    def end(self) -> int:
        return self.fragments[-1].end
