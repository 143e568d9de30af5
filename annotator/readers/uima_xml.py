"""XML that came from elsewhere, parsed without entities or document types; places of faults in lines.

Used for UIMA's XMI and type systems. XML 1.1, which UIMA writes and expat does not know, is read as 1.0 with
a space for the control characters that 1.0 cannot hold.
"""

import re
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from annotator.errors import UnreadableSource
from annotator.readers.source import read_bytes

MAX_BYTES = 200_000_000

_VERSION = re.compile(rb"""^(\s*<\?xml[^>]*?version\s*=\s*)(["'])1\.1\2""")
_REFERENCE = re.compile(rb"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")
_ALLOWED = (0x9, 0xA, 0xD)
_SPACE = 0x20


def parse(source: Path) -> Element:
    """The outermost element; UnreadableSource for what is no XML, or has a document type or entities."""
    data = read_bytes(source, MAX_BYTES)
    if _VERSION.match(data):
        data = _REFERENCE.sub(_printable, _VERSION.sub(rb"\g<1>\g<2>1.0\g<2>", data))
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnreadableSource(
            f"“{source.name}” is refused: it declares a document type or entities, which can hide other "
            "files or grow without end. Export it again without them."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        line, column = getattr(error, "position", (0, 0))
        place = f"line {line}, column {column}: " if line else ""
        raise UnreadableSource(f"“{source.name}” is no XML that can be read: {place}{error}.") from error
    return root


def _printable(found: re.Match[bytes]) -> bytes:
    """The reference, or a space in place of one to a control character."""
    code = int(found[1], 16) if found[1] else int(found[2])
    return found[0] if code >= _SPACE or code in _ALLOWED else b" "
