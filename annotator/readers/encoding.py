"""From bytes to text: byte order mark, what the file states, UTF-8, and only then a guess.

A guess is told to the user, who alone can see that a name came out wrong. The guesser of
charset-normalizer takes English prose with curly quotes for Central European or Korean, so text
that is plausible as Windows-1252 is taken as that before it is asked.
"""

import codecs
import re
from dataclasses import dataclass
from unicodedata import category

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Browsers read these labels as Windows-1252, and pages are written for browsers.
_WESTERN = {"ascii", "latin-1", "iso8859-1"}
_SEVEN_BIT = ("iso2022", "hz", "utf-7")

_DAMAGED = "\ufffd"
_SAMPLE = 65536
_MAX_CONTROL_SHARE = 0.02
_MAX_DAMAGE = 0.01
_MAX_LETTERS_SHARE = 0.1
_MAX_SIGNS_SHARE = 0.25
_MAX_MISPLACED_SHARE = 0.05
_STRANGE = frozenset({"Cc", "Cn", "Co"})  # controls, and what stands for no character
_SPACES = frozenset("\t\n\v\f\r")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# A capital after a small letter, or a sign between two letters, shows that bytes mean something else.
_MISPLACED = re.compile(
    r"(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŠŒŽŸ]|(?<=[^\W\d_])(?:[¹²³]|(?![’‘–—…·\xad])[^\w\s\x00-\x7f])(?=[^\W\d_])"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes. `warnings` has a sentence where it may be wrong, for the user to look."""

    text: str
    encoding: str
    guessed: bool = False
    warnings: tuple[str, ...] = ()


def decode(data: bytes, stated: str = "") -> Decoded | None:
    """The text of the bytes, or None when they are no text; `stated` is an encoding that they claim."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as_marked(data[len(mark) :], encoding)
    wide = _wide_pattern(data[:_SAMPLE])
    if wide:
        text = _strictly(data, wide)
        return _guessed(text, wide) if text is not None and _is_written(text) else None
    if _is_binary(data):
        return None
    # Programs that save pages as UTF-8 leave the old statement in, and nothing is UTF-8 by chance but
    # the encodings that use no byte above 127.
    claimed = _known(stated)
    order = (claimed, "utf-8") if claimed.startswith(_SEVEN_BIT) else ("utf-8", claimed)
    for encoding in filter(None, order):
        text = _strictly(data, encoding)
        if text is not None:
            return Decoded(text, encoding)
    return _damaged_utf8(data) or _guess(data)


def _as_marked(data: bytes, encoding: str) -> Decoded | None:
    text = _strictly(data, encoding)
    if text is not None:
        return Decoded(text, encoding)
    text = data.decode(encoding, errors="replace")
    damaged = text.count(_DAMAGED)
    return _damaged(text, encoding) if damaged <= max(1, len(text) * _MAX_DAMAGE) else None


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes: most of what is beyond ASCII in it still makes characters."""
    text = data.decode("utf-8", errors="replace")
    beyond = len(_BEYOND_ASCII.findall(text))
    return _damaged(text, "utf-8") if text.count(_DAMAGED) * 10 <= beyond else None


def _damaged(text: str, encoding: str) -> Decoded:
    count = text.count(_DAMAGED)
    return Decoded(
        text, encoding, warnings=(f"Bytes at {count} places are damaged and shown as {_DAMAGED}.",)
    )


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _known(label: str) -> str:
    """The codec that a stated label means, or an empty string for a label that means none."""
    try:
        # Python has codecs that are no encodings of text, like hex; only decoding tells.
        name = codecs.lookup(label).name if label and b"a".decode(label) else ""
    except (LookupError, ValueError):
        return ""
    # A file that was found to be no UTF-16 or UTF-32 cannot state it in single bytes.
    if name.startswith(("utf-16", "utf-32")):
        return ""
    return "cp1252" if name in _WESTERN else name


def _wide_pattern(sample: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, told by where its zero bytes stand; empty if it is neither."""
    if b"\x00" not in sample or len(sample) < 4:
        return ""
    zeros = [sample[place::4].count(0) / len(sample[place::4]) for place in range(4)]
    full = [share > 0.9 for share in zeros]
    if full == [False, True, True, True]:
        return "utf-32-le"
    if full == [True, True, True, False]:
        return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    return ""


def _is_written(text: str) -> bool:
    """Whether a text decoded by its zero bytes alone is one: numbers in two bytes look the same to them."""
    sample = text[:_SAMPLE]
    strange = sum(category(character) in _STRANGE for character in sample if character not in _SPACES)
    return strange <= len(sample) * _MAX_CONTROL_SHARE


def _is_binary(data: bytes) -> bool:
    if b"\x00" in data:
        return True
    sample = data[:_SAMPLE]
    return len(_CONTROL.findall(sample)) > len(sample) * _MAX_CONTROL_SHARE


def _guess(data: bytes) -> Decoded | None:
    western = _strictly(data, "cp1252")
    if western is not None and _is_plausibly_western(western):
        return _guessed(western, "cp1252")
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        return None
    return _guessed(str(best), best.encoding)


def _guessed(text: str, encoding: str) -> Decoded:
    warning = (
        f"The file does not say how its letters are encoded; it was read as {encoding}. "
        "Look whether accents and quotation marks are right."
    )
    return Decoded(text, encoding, guessed=True, warnings=(warning,))


def _is_plausibly_western(text: str) -> bool:
    beyond = _BEYOND_ASCII.findall(text)
    letters = sum(map(str.isalpha, beyond))
    return (
        letters <= len(text) * _MAX_LETTERS_SHARE
        and len(beyond) - letters <= len(text) * _MAX_SIGNS_SHARE
        and len(_MISPLACED.findall(text)) <= len(beyond) * _MAX_MISPLACED_SHARE
    )
