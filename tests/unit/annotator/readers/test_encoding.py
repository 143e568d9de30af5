"""Bytes become text: marks, statements, UTF-8, and the guesses that are told."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.readers.encoding import decode

ENGLISH = "The court’s order — “final,” it said — bars the company. Costs: £500, see § 512(h)."
GERMAN = "Der Gerichtshof hat entschieden, dass die Kläger für die Schäden haften: „Größe“ zählt."
RUSSIAN = "Суд постановил, что компания должна выплатить компенсацию истцам. Заседание во вторник."
JAPANESE = "裁判所は、会社が原告に賠償金を支払わなければならないとの判決を下した。次回は火曜日。"
CZECH = "Soud rozhodl, že společnost musí zaplatit náhradu škody žalobcům. Příští jednání je v úterý."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_not_text(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + ENGLISH.encode(encoding), stated="latin-1")

    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.guessed) == (ENGLISH, encoding, False)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    text = "The order: " + text.lstrip("\ufeff")

    decoded = decode(text.encode())

    assert decoded is not None
    assert (decoded.text, decoded.warnings) == (text, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_told_without_a_mark(encoding: str) -> None:
    decoded = decode(ENGLISH.encode(encoding))

    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.guessed) == (ENGLISH, encoding, True)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (ENGLISH * 30, "cp1252"),
        ("Café owner wins.", "cp1252"),
        (GERMAN, "cp1252"),
        (CZECH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        ("法院裁定该公司必须向原告支付赔偿金。下一次听证会将于星期二举行。", "gb18030"),
        ("법원은 회사가 원고에게 배상금을 지불해야 한다고 판결했다. 다음 심리는 화요일에 열린다.", "euc_kr"),
    ],
)
def test_legacy_encodings_are_guessed_and_the_guess_is_told(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))

    assert decoded is not None
    assert decoded.text == text
    assert decoded.guessed
    assert decoded.encoding in decoded.warnings[0]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_western_text_of_other_systems_is_not_taken_for_windows(encoding: str) -> None:
    decoded = decode((GERMAN.replace("„", '"').replace("“", '"') * 4).encode(encoding))

    assert decoded is not None
    assert decoded.encoding != "cp1252"


def test_a_stated_encoding_is_used_without_a_warning() -> None:
    decoded = decode(RUSSIAN.encode("koi8-r"), stated="KOI8-R")

    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.warnings) == (RUSSIAN, "koi8-r", ())


def test_a_stated_encoding_of_seven_bits_is_used() -> None:
    decoded = decode(JAPANESE.encode("iso2022_jp"), stated="ISO-2022-JP")

    assert decoded is not None
    assert decoded.text == JAPANESE


@pytest.mark.parametrize("stated", ["iso-8859-1", "latin1", "us-ascii"])
def test_stated_latin_1_means_windows_1252_as_in_browsers(stated: str) -> None:
    decoded = decode(ENGLISH.encode("cp1252"), stated=stated)

    assert decoded is not None
    assert decoded.text == ENGLISH


@pytest.mark.parametrize("stated", ["no-such-code", "utf-16", "hex", "windows-1252"])
def test_a_wrong_statement_gives_way_to_utf_8(stated: str) -> None:
    decoded = decode(ENGLISH.encode(), stated=stated)

    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (ENGLISH, "utf-8")


def test_utf_8_with_a_broken_byte_stays_utf_8_and_says_so() -> None:
    decoded = decode((ENGLISH * 20).encode() + b"\xff end")

    assert decoded is not None
    assert decoded.text.startswith(ENGLISH)
    assert decoded.text.endswith("\ufffd end")
    assert "1 places are damaged" in decoded.warnings[0]


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"\x7fELF" + bytes(400),
        b"text with one \x00 zero byte in it",
        bytes(range(1, 32)) * 50,
        codecs.BOM_UTF16_LE + bytes(range(0xD8, 0xE0)) * 100,
        bytes([0, 1, 2, 3]) * 1000,
        bytes([1, 0, 2, 0]) * 1000,
        b"".join(number.to_bytes(2, "little") for number in range(600)),
        b"".join(number.to_bytes(4, "little") for number in range(600)),
    ],
    ids=[
        "png",
        "elf",
        "zero byte",
        "controls",
        "marked but no text",
        "counting bytes",
        "counting pairs",
        "numbers of two bytes",
        "numbers of four bytes",
    ],
)
def test_binary_data_is_no_text(data: bytes) -> None:
    assert decode(data) is None
