"""The parts of a Word file: a zip archive of XML parts that name each other by relationships.

Only the parts that hold text are unpacked, never pictures. XML with a document type is refused, and
strict files are turned to the transitional names, so that readers know one namespace.
"""

import re
import zipfile
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from annotator.errors import UnreadableSource
from annotator.readers.source import megabytes, refuse_binary
from annotator.zip_faults import ZIP_FAULTS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

MAX_PART_BYTES = 100_000_000

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = re.compile(r"\{http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = r"{http://schemas.openxmlformats.org/\1/2006/"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# What zipfile and the XML parser raise for what is broken; LookupError for an encoding that nobody knows.
_DAMAGED = (*ZIP_FAULTS, LookupError, ParseError)
_ENCRYPTED = 0x1


class Package:
    """A Word file opened for reading; UnreadableSource, which calls it `name`, for all that is none."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._archive = _opened(data, name)
        self._entries = {
            info.filename.replace("\\", "/").lstrip("/").lower(): info for info in self._archive.infolist()
        }
        self._root_targets = self._targets("")
        self._main = self._root_targets.get("officeDocument", "word/document.xml")
        self._main_targets = self._targets(self._main)
        document = self._part(self._main)
        if document is None or document.tag != f"{W}document":
            raise UnreadableSource(
                f"“{name}” is not a Word document. Save it as .docx with Word or LibreOffice."
            )
        self.document: Element = document

    def related(self, kind: str) -> Element | None:
        """The part that the document names as its `kind`: styles, numbering, footnotes, comments ..."""
        return self._part(self._main_targets.get(kind, ""))

    def properties(self) -> Element | None:
        """The part with title, author and dates."""
        return self._part(self._root_targets.get("core-properties", ""))

    def _targets(self, part: str) -> dict[str, str]:
        """The parts that a part names, by the last word of the relationship's type."""
        folder = dirname(part)
        relations = self._part(join(folder, "_rels", part[len(folder) :].lstrip("/") + ".rels"))
        targets: dict[str, str] = {}
        for relation in relations.iter(_RELATIONSHIP) if relations is not None else ():
            if relation.get("TargetMode") != "External":
                kind = relation.get("Type", "").rsplit("/", 1)[-1]
                targets.setdefault(kind, normpath(join("/", folder, relation.get("Target", ""))).lstrip("/"))
        return targets

    def _part(self, path: str) -> Element | None:
        entry = self._entries.get(path.lower())
        if entry is None:
            return None
        if entry.flag_bits & _ENCRYPTED:
            raise _locked(self._name)
        if entry.file_size > MAX_PART_BYTES:
            raise UnreadableSource(
                f"“{self._name}” is too large: it unpacks to {megabytes(entry.file_size)}, and at most "
                f"{megabytes(MAX_PART_BYTES)} can be read. Split it into smaller documents."
            )
        try:
            root: Element = fromstring(self._archive.read(entry), forbid_dtd=True)
        except DefusedXmlException as error:
            raise UnreadableSource(
                f"“{self._name}” is refused: its XML defines entities, which no Word document does."
            ) from error
        except _DAMAGED as error:
            raise _damaged(self._name) from error
        return _transitional(root)


def _opened(data: bytes, name: str) -> zipfile.ZipFile:
    if data.startswith(_COMPOUND_FILE):
        # Word wraps an encrypted document in the container of its old format.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _locked(name)
        raise UnreadableSource(f"“{name}” is in Word's old format. Open it in Word and save it as .docx.")
    if not data.startswith(b"PK"):
        if data.startswith(b"%PDF-"):
            raise refuse_binary(data, name)
        raise UnreadableSource(f"“{name}” is not a Word document. Save it as .docx with Word or LibreOffice.")
    try:
        return zipfile.ZipFile(BytesIO(data))
    except _DAMAGED as error:
        raise _damaged(name) from error


def _locked(name: str) -> UnreadableSource:
    return UnreadableSource(
        f"“{name}” is protected by a password. Open it in Word, remove the password and save it again."
    )


def _damaged(name: str) -> UnreadableSource:
    return UnreadableSource(
        f"“{name}” is damaged and cannot be read. Get it again, or open it in Word and save it anew."
    )


def _transitional(root: Element) -> Element:
    if not _STRICT.match(root.tag):
        return root
    for element in root.iter():
        element.tag = _STRICT.sub(_TRANSITIONAL, element.tag)
        for key in [key for key in element.attrib if _STRICT.match(key)]:
            element.attrib[_STRICT.sub(_TRANSITIONAL, key)] = element.attrib.pop(key)
    return root
