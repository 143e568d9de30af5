import re

from annotator.model import Fragment
from annotator.suggest.suggestion import Suggestion


class Bates:
    name, summary = "bates", "Bates numbers, as docket numbers"

    def suggest(self, subject):
        for match in re.finditer(r"\b[A-Z]{2,}-?\d{5,}\b", subject.text):
            place = (Fragment(*match.span()),)
            yield Suggestion(place, "docket", 0.8, self.name, "a Bates number")


BATES = Bates()
