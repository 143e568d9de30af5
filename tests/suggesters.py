"""Suggesters for tests, each with a fault of its own, as an entry point would name them."""

import logging
import os
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.model import Fragment
from annotator.suggest.suggester import Subject
from annotator.suggest.suggestion import Suggestion


@dataclass(frozen=True)
class First:
    """Suggests the first word; what it does before that is its fault."""

    fault: str = ""
    name: str = "first"
    summary: str = "The first word"

    def suggest(self, subject: Subject) -> Iterator[Suggestion]:
        end = subject.text.index(" ")
        if self.fault == "raises":
            raise KeyError(subject.text)
        if self.fault == "hangs":
            time.sleep(60)
        if self.fault == "crashes":
            os._exit(3)
        if self.fault == "warns":
            logging.getLogger("library").warning("No court in: %s", subject.text)
            warnings.warn(subject.text, stacklevel=1)
            print(subject.text)
        if self.fault == "closed":
            yield lambda: None  # type: ignore[misc]
        if self.fault == "outside":
            end = len(subject.text) + 1
        yield Suggestion((Fragment(0, end),), "organization", 0.9, self.name, "it is the first")


GOOD = First()
RAISES, HANGS, CRASHES, OUTSIDE = First("raises"), First("hangs"), First("crashes"), First("outside")
WARNS, CLOSED = First("warns"), First("closed")
NONE = "no suggester"
