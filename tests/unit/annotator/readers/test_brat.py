"""Reading folders of brat standoff, by one annotator and by several."""

from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.model import Fragment
from annotator.readers.brat import claimed, read
from annotator.readers.document import ReadAnnotation, ReadDocument, ReadSet, RefusedSource
from annotator.schema_toml import read_schema

TEXT = "Sony did not merge with Aiwa in North and South America.\n"
STANDOFF = """\
T1\tOrganization 0 4\tSony
T2\tMerge-org 13 18\tmerge
T3\tOrganization 24 28\tAiwa
T4\tLocation 32 37;48 55\tNorth America
E1\tMerge-org:T2 Org1:T1 Org2:T3
R1\tOrigin Arg1:T1 Arg2:T4
*\tEquiv T1 T3
A1\tNegation E1
A2\tConfidence T1 High
A3\tSure R1
N1\tReference T1 Register:123\tSony
#1\tAnnotatorNotes T1\tlook again
#2\tAnnotatorNotes R1\tby its address
"""


def write(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_ann", ".ann").replace("_txt", ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    return folder


def documents(folder: Path) -> list[ReadDocument]:
    return [part for part in read(folder) if isinstance(part, ReadDocument)]


def only_set(folder: Path) -> ReadSet:
    (document,) = documents(folder)
    (part,) = document.sets
    return part


def words(document: ReadDocument, annotation: ReadAnnotation) -> str:
    return " ".join(document.text[start:end] for start, end in annotation.fragments)


def test_spans_have_their_words_and_fragments(tmp_path: Path) -> None:
    write(tmp_path, sony_txt=TEXT, sony_ann=STANDOFF)

    (document,) = documents(tmp_path)
    assert (document.title, document.source_name, document.warnings) == ("sony", "sony.txt", ())
    assert [(span.key, span.label, words(document, span)) for span in document.sets[0].annotations] == [
        ("T1", "Organization", "Sony"),
        ("T2", "Merge-org", "merge"),
        ("T3", "Organization", "Aiwa"),
        ("T4", "Location", "North America"),
    ]


def test_links_roles_of_events_and_equivalences_become_relations(tmp_path: Path) -> None:
    part = only_set(write(tmp_path, sony_txt=TEXT, sony_ann=STANDOFF))

    assert [(link.type, link.source, link.target) for link in part.relations] == [
        ("Org", "T2", "T1"),
        ("Org", "T2", "T3"),
        ("Origin", "T1", "T4"),
        ("Equiv", "T1", "T3"),
    ]


def test_attributes_and_notes_go_to_what_they_name(tmp_path: Path) -> None:
    part = only_set(write(tmp_path, sony_txt=TEXT, sony_ann=STANDOFF))

    sony, merge = part.annotations[:2]
    origin = part.relations[2]
    assert dict(sony.attributes) == {"Confidence": "High"}
    assert sony.note == "Reference: Register:123 Sony\nlook again"
    assert dict(merge.attributes) == {"Negation": True}
    assert (dict(origin.attributes), origin.note) == ({"Sure": True}, "by its address")


def test_attribute_that_is_said_twice_keeps_both_values(tmp_path: Path) -> None:
    standoff = "T1\tX 0 4\tSony\nA1\tType T1 Maker\nA2\tType T1 Brand\n"

    part = only_set(write(tmp_path, sony_txt=TEXT, sony_ann=standoff))

    assert dict(part.annotations[0].attributes) == {"Type": ("Maker", "Brand")}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T1\tX 0 4\tSon", "it quotes “Son”, but 0 4 reads “Sony”"),
        ("T1\tX 0 400\tSony", "0 400 is no place in the text"),
        ("T1\tX 4 4\t", "4 4 is no place in the text"),
        ("T1\tX zero four\tSony", "it has no label and offsets"),
        ("T1 X 0 4 Sony", "it has 1 columns instead of 3"),
        ("E1\tX:T9 Org:T8", "its trigger T9 is not there"),
        ("R1\tX Arg1:T7 Arg2:T8", "T7 is not there"),
        ("R1\tX Arg1:T7", "it does not join two spans"),
        ("A1\tNegation T9", "T9 is not there"),
        ("#1\tAnnotatorNotes T9\twhat", "T9 is not there"),
        ("?1\twhat", "it is no kind of line that brat has"),
    ],
)
def test_line_that_cannot_be_kept_is_listed_with_its_number(tmp_path: Path, line: str, reason: str) -> None:
    write(tmp_path, sony_txt=TEXT, sony_ann=f"T5\tX 24 28\tAiwa\n{line}\n")

    (document,) = documents(tmp_path)
    assert [span.key for span in document.sets[0].annotations] == ["T5"]
    assert document.warnings == (f"sony.ann, line 2 is left out: {reason}.",)


def test_event_without_its_trigger_is_told_once(tmp_path: Path) -> None:
    write(tmp_path, sony_txt=TEXT, sony_ann="E1\tX:T9 Org:T8\n")

    assert len(documents(tmp_path)[0].warnings) == 1


def test_id_used_twice_is_listed(tmp_path: Path) -> None:
    write(tmp_path, sony_txt=TEXT, sony_ann="T1\tX 0 4\tSony\nT1\tX 24 28\tAiwa\n")

    assert documents(tmp_path)[0].warnings == ("sony.ann, line 2 is left out: the id T1 is used twice.",)


def test_line_breaks_count_as_one_however_they_are_written(tmp_path: Path) -> None:
    write(
        tmp_path, sony_txt="One\r\ntwo\rthree 😀 four", sony_ann="T1\tX 8 13\tthree\r\nT2\tX 16 20\tfour\r\n"
    )

    (document,) = documents(tmp_path)
    assert [words(document, span) for span in document.sets[0].annotations] == ["three", "four"]
    assert document.warnings == ()


@pytest.mark.parametrize("shift", [0, 1])
def test_byte_order_mark_may_be_counted_or_not(tmp_path: Path, shift: int) -> None:
    write(tmp_path, sony_txt="\ufeff" + TEXT, sony_ann=f"T1\tX {24 + shift} {28 + shift}\tAiwa\n")

    (document,) = documents(tmp_path)
    assert [words(document, span) for span in document.sets[0].annotations] == ["Aiwa"]


def test_fragments_parted_by_a_line_break_alone_are_one_span(tmp_path: Path) -> None:
    write(tmp_path, sony_txt="North\nAmerica", sony_ann="T1\tX 0 5;6 13\tNorth America\n")

    (document,) = documents(tmp_path)
    assert (document.sets[0].annotations[0].fragments, document.warnings) == (((0, 13),), ())


def test_same_document_of_several_annotators_is_one_with_a_set_for_each(tmp_path: Path) -> None:
    one = "T1\tX 0 4\tSony\n"
    write(
        tmp_path,
        Lisa__a_txt=TEXT,
        Lisa__a_ann=one,
        Max__a_txt=TEXT,
        Max__a_ann="",
        Lisa__b_txt="B",
        Lisa__b_ann="",
    )

    found = documents(tmp_path)

    assert [(document.key, [part.annotator for part in document.sets]) for document in found] == [
        ("a", ["Lisa", "Max"]),
        ("b", ["Lisa"]),
    ]


def test_same_name_with_another_text_is_another_document_with_a_warning(tmp_path: Path) -> None:
    write(tmp_path, Lisa__a_txt=TEXT, Lisa__a_ann="", Max__a_txt="Other", Max__a_ann="")

    first, second = documents(tmp_path)

    assert (first.key, second.key, second.text) == ("a", "a 2", "Other")
    assert second.warnings == ("Its text differs from that of the other a in the folder.",)


def test_subfolders_that_share_no_document_only_part_the_corpus(tmp_path: Path) -> None:
    write(tmp_path, train__a_txt=TEXT, train__a_ann="", test__b_txt="B", test__b_ann="")

    assert [(document.key, document.sets[0].annotator) for document in documents(tmp_path)] == [
        ("test/b", ""),
        ("train/a", ""),
    ]


def test_texts_in_a_folder_of_their_own_name_the_annotator_behind_the_document(tmp_path: Path) -> None:
    write(tmp_path, text__news_txt=TEXT)
    for who in ("4b22", "5fec"):
        (tmp_path / "attributions").mkdir(exist_ok=True)
        (tmp_path / "attributions" / f"news_{who}.ann").write_text("T1\tSource 0 4\tSony\n")

    (document,) = documents(tmp_path)

    assert [part.annotator for part in document.sets] == ["4b22", "5fec"]


def test_standoff_without_its_text_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    write(tmp_path, sony_txt=TEXT, sony_ann="", lone_ann="T1\tX 0 4\tSony\n")

    refused, document = read(tmp_path)

    assert refused == RefusedSource("lone.ann", "There is no .txt file that it annotates.")
    assert isinstance(document, ReadDocument)


def test_blank_or_binary_text_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        blank_txt=" \n",
        blank_ann="",
        noise_txt="\x00\x01\x02" * 50,
        noise_ann="",
        sony_txt=TEXT,
        sony_ann="",
    )

    parts = list(read(tmp_path))

    assert [part.name for part in parts if isinstance(part, RefusedSource)] == ["blank.ann", "noise.ann"]
    assert [part.title for part in parts if isinstance(part, ReadDocument)] == ["sony"]


def test_folder_with_no_text_for_its_standoff_is_refused(tmp_path: Path) -> None:
    write(tmp_path, lone_ann="T1\tX 0 4\tSony\n")

    with pytest.raises(UnreadableSource, match=r"no \.txt files for its \.ann files"):
        list(documents(tmp_path))


def test_configuration_declares_the_labels_links_and_attributes(tmp_path: Path) -> None:
    conf = """\
[entities]
Organization
\tCompany
!Thing
[relations]
Origin\tArg1:Organization, Arg2:Company|Thing
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>
[events]
Merge\tOrg+:<ENTITY>, Place?:Unknown
[attributes]
Negation\tArg:<EVENT>
Confidence\tArg:<ENTITY>, Value:High|Low
"""
    write(tmp_path, sony_txt=TEXT, sony_ann="")
    (tmp_path / "annotation.conf").write_text(conf)

    schema = read_schema(documents(tmp_path)[0].schema_toml)

    assert [label.id for label in schema.labels()] == ["Organization", "Company", "Thing", "Merge"]
    assert [(a.id, a.kind, a.labels, a.values) for a in schema.attributes] == [
        ("Negation", "bool", ("Merge",), ()),
        ("Confidence", "choice", ("Organization", "Company", "Thing"), ("High", "Low")),
    ]
    assert [(r.id, r.sources, r.targets) for r in schema.relations] == [
        ("Origin", ("Organization",), ("Company", "Thing")),
        ("Org", ("Merge",), ("Organization", "Company", "Thing")),
    ]


def test_files_that_the_folder_takes_in_are_known(tmp_path: Path) -> None:
    write(tmp_path, sony_txt=TEXT, sony_ann="", other_txt="not annotated")

    taken = {path.name for path in claimed(tmp_path)}

    assert {"sony.txt", "sony.ann", "annotation.conf"} <= taken
    assert "other.txt" not in taken


def test_four_annotators_of_the_corpus_are_read_without_a_doubt(corpus: Path) -> None:
    found = documents(corpus / "annotated" / "brat-multi-annotator")

    assert [document.warnings for document in found] == [()] * 7
    assert {tuple(part.annotator for part in document.sets) for document in found} == {
        ("Lisa", "Maria", "Max", "Peter")
    }
    assert sum(len(part.annotations) for document in found for part in document.sets) == 1567


def test_links_of_each_annotator_join_their_own_spans(tmp_path: Path) -> None:
    write(tmp_path, Lisa__a_txt=TEXT, Lisa__a_ann=STANDOFF, Max__a_txt=TEXT, Max__a_ann=STANDOFF)

    (document,) = documents(tmp_path)

    keys = [{span.key for span in part.annotations} for part in document.sets]
    assert not keys[0] & keys[1]
    for part, own in zip(document.sets, keys, strict=True):
        assert {end for link in part.relations for end in (link.source, link.target)} <= own


@pytest.mark.parametrize(
    ("offsets", "pieces"),
    [("4 9", "10 15"), ("5 10", "11 16"), ("7 12", "13 18")],
    ids=["code points", "UTF-16 units", "UTF-8 bytes"],
)
def test_offsets_count_in_the_unit_that_the_quoted_words_agree_with(
    tmp_path: Path, offsets: str, pieces: str
) -> None:
    (tmp_path / "a.txt").write_text("A 😀 judge ruled.", "utf-8")
    (tmp_path / "a.ann").write_text(
        f"T1\tJudge {offsets}\tjudge\nT2\tVerb {pieces}\truled\nT3\tOdd 0 1\tjudge\n", "utf-8"
    )

    (document,) = read(tmp_path)

    assert isinstance(document, ReadDocument)
    found = [(span.label, span.fragments) for span in document.sets[0].annotations]
    assert found == [("Judge", (Fragment(4, 9),)), ("Verb", (Fragment(10, 15),))]
    assert document.warnings == ("a.ann, line 3 is left out: it quotes “judge”, but 0 1 reads “A”.",)
