"""How a source is to be read where there is a choice; what a plain import does is the default.

Only readers that say so in the table take options. The password is for this one reading: it is neither
stored nor written to a log, which is why it is left out of `stored` and of the repr.
"""

from dataclasses import dataclass, field

from annotator.model import Metadata


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`ocr`: recognise pages without usable text. `keep_redacted`: keep the text under opaque boxes."""

    ocr: bool = False
    keep_redacted: bool = False
    password: str = field(default="", repr=False)

    def stored(self) -> Metadata:
        """The options that made the text what it is, as a text version keeps them."""
        chosen = {"ocr": self.ocr, "keep_redacted": self.keep_redacted}
        return {name: True for name, is_on in chosen.items() if is_on}


PLAIN = ReadOptions()
