"""Files that are no sound Word document are refused in a sentence, unharmed by what they carry."""

import zipfile
from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.readers.docx_package import MAX_PART_BYTES, Package, W
from tests.unit.annotator.readers.word_files import paragraph, part, write_docx, write_zip

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _refusal(data: bytes) -> str:
    with pytest.raises(UnreadableSource) as refused:
        Package(data, "brief.docx")
    assert "“brief.docx”" in str(refused.value)
    return str(refused.value)


def _package(path: Path) -> Package:
    return Package(path.read_bytes(), path.name)


def _text(package: Package) -> str:
    return "".join(element.text or "" for element in package.document.iter(f"{W}t"))


def _with_document(folder: Path, content: str) -> bytes:
    return write_zip(folder / "a.docx", {"word/document.xml": content}).read_bytes()


def test_a_document_with_a_password_is_refused_as_such() -> None:
    data = COMPOUND + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)

    assert "protected by a password" in _refusal(data)


def test_word_s_old_format_is_refused_with_what_to_do() -> None:
    assert "save it as .docx" in _refusal(COMPOUND + bytes(500) + "WordDocument".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7", "not text but a PDF"),
        (b"<html></html>", "is not a Word document"),
        (b"PK\x03\x04 and then nothing of a zip", "is damaged"),
    ],
)
def test_what_is_no_archive_is_refused(data: bytes, reason: str) -> None:
    assert reason in _refusal(data)


def test_an_archive_of_another_kind_is_refused(tmp_path: Path) -> None:
    data = write_zip(tmp_path / "a.docx", {"xl/workbook.xml": "<workbook/>"}).read_bytes()

    assert "is not a Word document" in _refusal(data)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_broken_download_is_refused(tmp_path: Path, cut: float) -> None:
    data = write_docx(tmp_path / "a.docx", paragraph("Text " * 500)).read_bytes()

    assert "damaged" in _refusal(data[: int(len(data) * cut)])


def test_a_part_that_does_not_unpack_is_refused(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", "".join(paragraph(f"Text {n}") for n in range(500)))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 100
    data[start : start + 60] = bytes(60)

    assert "damaged" in _refusal(bytes(data))


def test_broken_xml_is_refused(tmp_path: Path) -> None:
    assert "damaged" in _refusal(_with_document(tmp_path, part("document", "<w:body><w:p>")))


def test_a_file_with_a_hole_before_its_directory_is_refused(tmp_path: Path) -> None:
    data = write_docx(tmp_path / "a.docx", "".join(paragraph(f"Text {n}") for n in range(500))).read_bytes()

    # The directory then says that parts begin before the beginning.
    assert "damaged" in _refusal(data[:30] + data[630:])


def test_a_part_in_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    content = '<?xml version="1.0" encoding="UTF-88"?><w:document/>'

    assert "damaged" in _refusal(_with_document(tmp_path, content))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w:document SYSTEM "http://docket.example/evil.dtd">',
    ],
)
def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path, doctype: str) -> None:
    content = part("document", "<w:body><w:p><w:r><w:t>&amp;</w:t></w:r></w:p></w:body>")
    content = content.replace("?>", f"?>{doctype}", 1)

    assert "defines entities" in _refusal(_with_document(tmp_path, content))


def test_a_part_that_unpacks_too_large_is_refused_packed(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as file,
    ):
        for _ in range(MAX_PART_BYTES // 1_000_000 + 1):
            file.write(b" " * 1_000_000)

    assert path.stat().st_size < 1_000_000
    assert "unpacks to 101 MB" in _refusal(path.read_bytes())


def test_pictures_are_never_unpacked(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph("Text"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.png", bytes(MAX_PART_BYTES + 1))

    assert _text(_package(path)) == "Text"


def test_a_locked_part_is_refused_as_locked(tmp_path: Path) -> None:
    data = bytearray(write_docx(tmp_path / "a.docx", paragraph("Text")).read_bytes())
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4

    assert "protected by a password" in _refusal(bytes(data))


def test_a_relationship_to_nowhere_does_no_harm(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph("Text"), footnotes="")
    with zipfile.ZipFile(path) as archive:
        contents = {
            name: archive.read(name).decode() for name in archive.namelist() if "footnotes" not in name
        }

    package = _package(write_zip(path, contents))

    assert package.related("footnotes") is None
    assert _text(package) == "Text"


def test_a_file_without_relationships_is_found_by_its_usual_name(tmp_path: Path) -> None:
    content = part("document", f"<w:body>{paragraph('Text')}</w:body>")
    path = write_zip(tmp_path / "a.docx", {"word\\Document.xml": content})

    assert _text(_package(path)) == "Text"
