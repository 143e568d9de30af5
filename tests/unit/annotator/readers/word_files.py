"""Word files written from bare XML, for what no library writes: notes, changes, boxes, strict files."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a run that is no markup is text."""
    inside = "".join(piece if piece.startswith("<") else run(piece) for piece in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def run(text: str, *, properties: str = "") -> str:
    """A run of text with the same properties."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, *, list_id: int, level: int = 0) -> str:
    """A paragraph of a list."""
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(text, properties=numbering)


def part(root: str, inside: str) -> str:
    """A part of the file: `root` is the name of its root element."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{inside}</w:{root}>'


def write_docx(path: Path, body: str, *, strict: bool = False, **parts: str) -> Path:
    """A Word file with that body; `parts` are its other parts by kind: footnotes, numbering, styles ..."""
    contents = {"word/document.xml": part("document", f"<w:body>{body}</w:body>")}
    contents |= {f"word/{kind}.xml": part(kind, inside) for kind, inside in parts.items()}
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(parts)
    )
    contents["word/_rels/document.xml.rels"] = _relations(relations)
    contents["_rels/.rels"] = _relations(
        f'<Relationship Id="d" Type="{RELATIONS}/officeDocument" Target="/word/document.xml"/>'
    )
    if strict:
        contents = {name: _strictly(content) for name, content in contents.items()}
    return write_zip(path, {"[Content_Types].xml": CONTENT_TYPES, **contents})


def write_zip(path: Path, contents: Mapping[str, str]) -> Path:
    """A zip archive of these texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def _relations(inside: str) -> str:
    return (
        '<?xml version="1.0"?><Relationships '
        f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def _strictly(content: str) -> str:
    for kind in ("wordprocessingml", "officeDocument"):
        content = content.replace(
            f"http://schemas.openxmlformats.org/{kind}/2006/", f"http://purl.oclc.org/ooxml/{kind}/"
        )
    return content
