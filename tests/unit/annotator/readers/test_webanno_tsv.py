"""Reading WebAnno TSV 3: stacked and long spans, parts of tokens, relations, slots, chains, escapes."""

from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.model import Fragment
from annotator.readers import uima_xmi
from annotator.readers.document import ReadDocument
from annotator.readers.webanno_tsv import read

SPAN = "#T_SP=webanno.custom.Span|value"


def only(tmp_path: Path, heads: str, *sentences: tuple[str, str]) -> ReadDocument:
    """The document of sentences, each a text and its rows with spaces for tabs."""
    path = tmp_path / "document.tsv"
    blocks = [f"#FORMAT=WebAnno TSV 3.3\n{heads}\n"]
    for text, rows in sentences:
        lines = ["\t".join(row.split()) + "\t" for row in rows.strip().split("\n")]
        blocks.append("\n".join([f"#Text={text}", *lines]))
    path.write_text("\n\n".join(blocks) + "\n", "utf-8")
    (document,) = read(path)
    return document


def spans(document: ReadDocument) -> list[tuple[str, str]]:
    (part,) = document.sets
    return [(span.label, document.text[slice(*span.fragments[0])]) for span in part.annotations]


def test_spans_of_one_token_several_tokens_and_part_of_a_token(tmp_path: Path) -> None:
    rows = "1-1 0-3 Ada PER[1]\n1-2 4-10 Romero PER[1]\n1-3 11-16 ruled ACT\n1-3.1 11-15 rule STEM"

    document = only(tmp_path, SPAN, ("Ada Romero ruled", rows))

    assert spans(document) == [("PER", "Ada Romero"), ("ACT", "ruled"), ("STEM", "rule")]


def test_stacked_spans_are_told_apart_by_their_numbers(tmp_path: Path) -> None:
    document = only(tmp_path, SPAN, ("Ada ruled", "1-1 0-3 Ada A[1]|B[2]\n1-2 4-9 ruled A[1]"))

    assert spans(document) == [("A", "Ada ruled"), ("B", "Ada")]


def test_offsets_are_utf_16_units_and_the_text_is_put_together(tmp_path: Path) -> None:
    document = only(
        tmp_path,
        SPAN,
        ("A 😀 judge", "1-1 0-1 A _\n1-2 2-4 😀 _\n1-3 5-10 judge J"),
        ("So .", "2-1 11-13 So S"),
    )

    assert document.text == "A 😀 judge\nSo ."
    assert spans(document) == [("J", "judge"), ("S", "So")]
    assert "between sentences" in document.warnings[0]


@pytest.mark.parametrize(("place", "ends"), [("1-1", ("A", "B")), ("1-1[3_0]", ("C", "B"))])
def test_relations_lead_from_the_place_that_their_cell_names(
    tmp_path: Path, place: str, ends: tuple[str, str]
) -> None:
    heads = f"{SPAN}\n#T_RL=webanno.custom.Did|label|BT_webanno.custom.Span"
    first = "A" if place == "1-1" else "X[2]|C[3]"

    document = only(tmp_path, heads, ("Ada ruled", f"1-1 0-3 Ada {first} _ _\n1-2 4-9 ruled B did {place}"))

    labels = {span.key: span.label for span in document.sets[0].annotations}
    assert [(r.type, labels[r.source], labels[r.target]) for r in document.sets[0].relations] == [
        ("did", *ends)
    ]


def test_slots_are_relations_by_role_and_chains_follow_their_numbers(tmp_path: Path) -> None:
    heads = (
        "#T_SP=webanno.custom.Claim|ROLE_webanno.custom.Claim:links_webanno.custom.ClaimLink|uima.tcas.Annotation\n"
        f"{SPAN}\n#T_CH=webanno.custom.CorefLink|referenceRelation|referenceType"
    )
    rows = (
        "1-1 0-3 Ada _ _ PER same->1-1 *[1]\n1-2 4-9 ruled speaker 1-1 _ _ _\n1-3 10-13 she _ _ _ *->1-2 *[1]"
    )

    document = only(tmp_path, heads, ("Ada ruled she", rows))

    words = {span.key: document.text[slice(*span.fragments[0])] for span in document.sets[0].annotations}
    assert [(r.type, words[r.source], words[r.target]) for r in document.sets[0].relations] == [
        ("speaker", "ruled", "Ada"),
        ("same", "Ada", "she"),
    ]


def test_escaped_values_are_themselves(tmp_path: Path) -> None:
    document = only(tmp_path, SPAN, ("Ada ruled", r"1-1 0-3 Ada \*" + "\n" + r"1-2 4-9 ruled a\|b\[1\]"))

    assert [label for label, _ in spans(document)] == ["*", "a|b[1]"]


def test_token_that_stands_elsewhere_is_listed_by_its_line(tmp_path: Path) -> None:
    document = only(tmp_path, SPAN, ("Ada ruled", "1-1 0-3 Ada _\n1-2 3-8 ruled B"))

    assert document.warnings == ("Tokens that do not stand at their offsets: line 7 has “ruled”.",)


@pytest.mark.parametrize("folder", ["annotation", "curation"])
def test_a_file_of_inceptions_project_export_is_its_users(tmp_path: Path, folder: str) -> None:
    place = tmp_path / folder / "ruling.txt"
    place.mkdir(parents=True)

    document = only(place, SPAN, ("Ada", "1-1 0-3 Ada P"))

    assert (document.title, document.sets[0].annotator) == ("ruling.txt", "document")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("#id=1\n#text=Ada\n1\tAda\tB-PER", "version 3"),
        ("#FORMAT=WebAnno TSV 3.3\n#Text=Ada\n1-1\tzero\tAda\n", "line 3 is no row"),
        ("#FORMAT=WebAnno TSV 3.3\n", "holds no text"),
    ],
)
def test_other_versions_and_broken_rows_are_refused(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "document.tsv"
    path.write_text(content, "utf-8")

    with pytest.raises(UnreadableSource, match=reason):
        list(read(path))


# Whose two files do not say the same: other types, spaces moved into a span, relations between tokens.
UNLIKE = ("Whitespace", "Dependency", "ElevatedType")


def test_inceptions_own_files_read_alike_in_both_of_its_formats(corpus: Path) -> None:
    pairs = 0
    for xmi in sorted((corpus / "peers" / "inception").glob("**/tsv3-suite/*/reference.xmi")):
        if any(word in xmi.parent.name for word in UNLIKE):
            continue
        pairs += 1
        (one,), (other,) = uima_xmi.read(xmi), read(xmi.with_suffix(".tsv"))
        assert places(one) == places(other), xmi.parent.name
    assert pairs > 35


def places(document: ReadDocument) -> tuple[list[Fragment], list[tuple[Fragment, Fragment]]]:
    (part,) = document.sets
    at = {span.key: span.fragments[0] for span in part.annotations}
    return sorted(at.values()), sorted((at[r.source], at[r.target]) for r in part.relations)


@pytest.mark.parametrize(
    ("unit", "rows"),
    [
        ("code points", "1-1 0-1 A _\n1-2 2-3 😀 _\n1-3 4-9 judge J"),
        ("UTF-8 bytes", "1-1 0-1 A _\n1-2 2-6 😀 _\n1-3 7-12 judge J"),
    ],
)
def test_another_unit_is_known_by_the_tokens_and_told(tmp_path: Path, unit: str, rows: str) -> None:
    document = only(tmp_path, SPAN, ("A 😀 judge", rows))

    assert (document.text, spans(document)) == ("A 😀 judge", [("J", "judge")])
    assert document.warnings == (
        f"Offsets were counted as {unit}, where more tokens stand at them, not as UTF-16 units.",
    )
