"""Reading tables of spans: columns by their names, texts in rows or elsewhere, rows that are none."""

import csv
from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.model import Fragment
from annotator.readers import reader_for
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.loose import LooseDocument, ReadPart
from annotator.readers.span_csv import read

TEXT = "A 😀 judge ruled.\nThe judge left.\n"


def parts(folder: Path, content: str, *, name: str = "spans.csv", text: str = TEXT) -> list[ReadPart]:
    (folder / "a.txt").write_text(text, "utf-8")
    (folder / name).write_text(content, "utf-8")
    return list(read(folder / name))


def one(folder: Path, content: str, **more: str) -> ReadDocument:
    (document,) = parts(folder, content, **more)
    assert isinstance(document, ReadDocument)
    return document


def places(document: ReadDocument) -> list[tuple[str, tuple[Fragment, ...]]]:
    return [(span.label, span.fragments) for part in document.sets for span in part.annotations]


@pytest.mark.parametrize(
    "table",
    [
        "file,start,end,label,text\na.txt,4,9,JUDGE,judge\n",
        "Document;Begin;End;Type;Quote\na;4;9;JUDGE;judge\n",
        "doc_id\tstart_offset\tend_offset\ttag\na\t4\t9\tJUDGE\n",
        "file,start,end,label,text\r\na.txt,5,10,JUDGE,judge\r\n",  # UTF-16 units
        "file,start,end,label,text\na.txt,7,12,JUDGE,judge\n",  # UTF-8 bytes
        "\ufefffile,start,end,label,text\nnews/a.txt,4,9,JUDGE,judge\n",
    ],
)
def test_a_row_is_a_span_on_the_text_beside_the_table(tmp_path: Path, table: str) -> None:
    document = one(tmp_path, table)

    assert (document.text, document.title, document.warnings) == (TEXT, "a", ())
    assert places(document) == [("JUDGE", (Fragment(4, 9),))]


def test_a_text_can_stand_in_the_rows(tmp_path: Path) -> None:
    table = (
        "text,start,end,label\nAda Romero ruled.,0,10,PER\nAda Romero ruled.,11,16,VERB\nShe left.,0,3,PER\n"
    )

    first, second = parts(tmp_path, table)

    assert isinstance(first, ReadDocument)
    assert isinstance(second, ReadDocument)
    assert places(first) == [("PER", (Fragment(0, 10),)), ("VERB", (Fragment(11, 16),))]
    assert (second.text, places(second)) == ("She left.", [("PER", (Fragment(0, 3),))])


def test_offsets_count_in_the_text_of_the_cell_and_land_in_the_normalised_one(tmp_path: Path) -> None:
    document = one(tmp_path, 'document_text,start,end,label,words\r\n"One\r\ntwo",5,8,X,two\r\n')

    assert (document.text, places(document)) == ("One\ntwo", [("X", (Fragment(4, 7),))])


def test_a_table_without_its_texts_leaves_them_to_the_project(tmp_path: Path) -> None:
    (loose,) = parts(tmp_path, "document,start,end,label,annotator\nb,0,1,X,Ana\nb,2,3,X,Bo\n")

    assert isinstance(loose, LooseDocument)
    assert (loose.names, [part.annotator for part in loose.parts]) == (("b",), ["Ana", "Bo"])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,0,5,X,judge", "reads “A 😀 j”"),
        ("a,4,900,X,judge", "4-900 is no place in the text"),
        ("a,-4,9,X,judge", "-4-9 is no place in the text"),
        ("a,9,4,X,judge", "9-4 is no place in the text"),
        ("a,4,9,,judge", "it has no label"),
        ("a,4,9,JUDGE,judge", "the same span stands there already"),
    ],
)
def test_spans_that_do_not_fit_are_listed(tmp_path: Path, row: str, reason: str) -> None:
    document = one(tmp_path, f"file,start,end,label,text\na,4,9,JUDGE,judge\na,10,15,X,ruled\n{row}\n")

    assert len(places(document)) == 2
    assert reason in document.warnings[0]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,four,9,X,judge", "Its start “four” is no whole number."),
        ("a,4", "It has no cell for label."),
        (f"{'a' * 2000},4,9,X,judge", "The name of its document has 2,000 characters."),
    ],
)
def test_rows_that_are_none_are_refused_by_their_lines(tmp_path: Path, row: str, reason: str) -> None:
    refused, document = parts(tmp_path, f'file,start,end,label,text\na,4,9,JUDGE,"judge"\n{row}\n')

    assert refused == RefusedSource("line 3", reason)
    assert isinstance(document, ReadDocument)


def test_labels_with_tabs_and_line_breaks_are_written_on_one_line(tmp_path: Path) -> None:
    document = one(tmp_path, 'file,start,end,label\na,4,9,"A\tB\nC"\n')

    assert places(document) == [("A B C", (Fragment(4, 9),))]
    assert "Written on one line" in document.warnings[0]


def test_a_cell_of_10_mb_costs_its_row_only(tmp_path: Path) -> None:
    huge = "x" * 9_999_990

    document = one(tmp_path, f"file,start,end,label,text\na,4,9,JUDGE,judge\na,10,15,X,{huge}\n")

    assert places(document) == [("JUDGE", (Fragment(4, 9),))]
    assert len(document.warnings[0]) < 300


def test_a_cell_that_is_larger_than_any_text_is_refused_with_its_line(tmp_path: Path) -> None:
    huge = "x" * 10_000_001

    with pytest.raises(UnreadableSource, match="in the row that begins in line 3, field larger than"):
        parts(tmp_path, f"file,start,end,label,text\na,4,9,JUDGE,judge\na,10,15,X,{huge}\n")
    assert csv.field_size_limit() == 131_072


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("start,end\n1,2\n", "names no column for label"),
        ("start,end,label\n", "holds no span"),
        ("start,end,label\na,b,c\n", "line 2: Its start “a” is no whole number"),
    ],
)
def test_what_is_no_table_of_spans_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=reason):
        parts(tmp_path, content)


@pytest.mark.parametrize("name", ["spans.csv", "spans.tsv"])
def test_tables_of_spans_are_known_by_their_columns(tmp_path: Path, name: str) -> None:
    delimiter = "," if name.endswith("csv") else "\t"
    (tmp_path / name).write_text(delimiter.join(["start", "end", "label"]) + "\n", "utf-8")

    assert reader_for(tmp_path / name).name == "csv"


@pytest.mark.parametrize("name", ["../a", "/etc/hostname", "..", "x\\..\\a"])
def test_a_text_is_never_looked_for_elsewhere(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "a.txt").write_text("Secret text.", "utf-8")
    (folder / "spans.csv").write_text(f"file,start,end,label\n{name},0,6,X\n", "utf-8")

    (found,) = read(folder / "spans.csv")

    assert isinstance(found, LooseDocument)
