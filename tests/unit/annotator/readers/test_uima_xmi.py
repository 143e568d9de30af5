"""Reading UIMA CAS XMI: types and features as labels and attributes, references, hostile XML."""

from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.model import Fragment
from annotator.readers.document import ReadDocument
from annotator.readers.uima_xmi import read

SPACES = (
    'xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
    'xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" '
    'xmlns:seg="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" '
    'xmlns:meta="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" '
    'xmlns:custom="http:///webanno/custom.ecore"'
)
SOFA = '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="A 😀 judge&#10;ruled."/>'
TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
<typeDescription><name>webanno.custom.Claim</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>about</name><rangeTypeName>uima.tcas.Annotation</rangeTypeName></featureDescription>
<featureDescription><name>weight</name><rangeTypeName>uima.cas.Integer</rangeTypeName></featureDescription>
<featureDescription><name>sure</name><rangeTypeName>uima.cas.Boolean</rangeTypeName></featureDescription>
</features></typeDescription>
<typeDescription><name>webanno.custom.Phrase</name>
<supertypeName>de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence</supertypeName></typeDescription>
</types></typeSystemDescription>
"""


def written(tmp_path: Path, *elements: str, sofa: str = SOFA, version: str = "1.0") -> Path:
    path = tmp_path / "document.xmi"
    body = "\n".join([sofa, *elements])
    path.write_text(
        f'<?xml version="{version}" encoding="UTF-8"?>\n<xmi:XMI {SPACES}>{body}</xmi:XMI>', "utf-8"
    )
    return path


def only(path: Path) -> ReadDocument:
    (document,) = read(path)
    return document


def test_named_entity_is_a_span_with_its_value_as_label(tmp_path: Path) -> None:
    document = only(
        written(
            tmp_path, '<ner:NamedEntity xmi:id="2" sofa="1" begin="5" end="10" value="PER" identifier="Q1"/>'
        )
    )

    (span,) = document.sets[0].annotations
    assert document.text == "A 😀 judge\nruled."
    assert (span.label, span.fragments, span.attributes) == ("PER", (Fragment(4, 9),), {"identifier": "Q1"})


def test_span_without_a_value_is_called_by_its_type(tmp_path: Path) -> None:
    document = only(written(tmp_path, '<custom:Claim xmi:id="2" sofa="1" begin="0" end="1" kind="x"/>'))

    (span,) = document.sets[0].annotations
    assert (span.label, span.attributes) == ("Claim", {"kind": "x"})


def test_tokens_and_sentences_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "TypeSystem.xml").write_text(TYPES, "utf-8")

    document = only(
        written(
            tmp_path,
            '<seg:Token xmi:id="2" sofa="1" begin="0" end="1"/>',
            '<seg:Sentence xmi:id="3" sofa="1" begin="0" end="10"/>',
            '<custom:Phrase xmi:id="4" sofa="1" begin="0" end="10"/>',
        )
    )

    assert document.sets[0].annotations == ()


def test_governor_and_dependent_are_the_ends_of_a_relation(tmp_path: Path) -> None:
    document = only(
        written(
            tmp_path,
            '<ner:NamedEntity xmi:id="2" sofa="1" begin="5" end="10" value="PER"/>',
            '<ner:NamedEntity xmi:id="3" sofa="1" begin="11" end="16" value="ACT"/>',
            '<custom:Did xmi:id="4" sofa="1" begin="11" end="16" Governor="2" Dependent="3" label="did"/>',
        )
    )

    (relation,) = document.sets[0].relations
    assert (relation.type, relation.source, relation.target) == ("did", "2", "3")


def test_slots_are_relations_by_their_role(tmp_path: Path) -> None:
    document = only(
        written(
            tmp_path,
            '<custom:Claim xmi:id="2" sofa="1" begin="0" end="1" links="4"/>',
            '<custom:Source xmi:id="3" sofa="1" begin="5" end="10"/>',
            '<custom:ClaimLink xmi:id="4" role="speaker" target="3"/>',
        )
    )

    (relation,) = document.sets[0].relations
    assert (relation.type, relation.source, relation.target) == ("speaker", "2", "3")


def test_links_of_a_chain_follow_each_other(tmp_path: Path) -> None:
    document = only(
        written(
            tmp_path,
            '<custom:CorefLink xmi:id="2" sofa="1" begin="0" end="1" next="3" referenceRelation="same"/>',
            '<custom:CorefLink xmi:id="3" sofa="1" begin="5" end="10"/>',
            '<custom:CorefChain xmi:id="4" first="2"/>',
        )
    )

    assert [(r.type, r.source, r.target) for r in document.sets[0].relations] == [("same", "2", "3")]


@pytest.mark.parametrize("place", ["beside", "above"])
def test_type_system_tells_numbers_from_references(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder if place == "beside" else tmp_path).joinpath("types.xml").write_text(TYPES, "utf-8")

    document = only(
        written(
            folder,
            '<custom:Claim xmi:id="2" sofa="1" begin="0" end="1" about="3" weight="3" sure="true"/>',
            '<custom:Claim xmi:id="3" sofa="1" begin="5" end="10"/>',
        )
    )

    assert document.sets[0].annotations[0].attributes == {"weight": 3, "sure": True}
    assert [(r.type, r.target) for r in document.sets[0].relations] == [("about", "3")]


def test_every_view_with_a_text_is_a_document(tmp_path: Path) -> None:
    second = '<cas:Sofa xmi:id="9" sofaNum="2" sofaID="German" sofaString="Ein Urteil."/>'

    documents = list(read(written(tmp_path, second)))

    assert [(document.title, document.key) for document in documents] == [
        ("A 😀 judge", "document"),
        ("Ein Urteil. (German)", "German"),
    ]


def test_annotator_is_the_user_whose_copy_inception_exported(tmp_path: Path) -> None:
    head = (
        '<meta:DocumentMetaData xmi:id="2" sofa="1" begin="0" end="16" language="en" '
        'documentTitle="ruling.txt" documentId="ana" documentUri="file:/srv/source/ana"/>'
    )

    document = only(written(tmp_path, head))

    assert (document.title, document.sets[0].annotator) == ("ruling.txt", "ana")
    assert document.metadata == {"language": "en"}


def test_xml_1_1_with_control_characters_is_read(tmp_path: Path) -> None:
    sofa = '<cas:Sofa xmi:id="1" sofaNum="1" sofaString="A&#1;b&#x2; judge"/>'

    document = only(
        written(
            tmp_path,
            '<ner:NamedEntity xmi:id="2" sofa="1" begin="5" end="10" value="P"/>',
            sofa=sofa,
            version="1.1",
        )
    )

    assert document.text == "A b  judge"
    assert document.sets[0].annotations[0].fragments == (Fragment(5, 10),)


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
    ],
    ids=["bomb", "external entity", "external document type"],
)
def test_entities_and_document_types_are_refused(tmp_path: Path, declared: str) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text("utf-8").replace("\n", f"\n{declared}\n", 1), "utf-8")

    with pytest.raises(UnreadableSource, match="document type or entities"):
        only(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<a>\n<b></a>", "line 2, column"),
        ("<a/>", "no UIMA CAS"),
        (TYPES, "is a type system"),
        (f"<xmi:XMI {SPACES}/>", "holds no text"),
        (
            f'<xmi:XMI {SPACES}><cas:Sofa xmi:id="1" sofaURI="file:///etc/hostname"/></xmi:XMI>',
            "holds no text",
        ),
    ],
)
def test_what_is_no_cas_with_a_text_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "document.xmi"
    path.write_text(content, "utf-8")

    with pytest.raises(UnreadableSource, match=reason):
        only(path)


def test_unknown_encoding_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"UTF-8", b"UTF-88"))

    with pytest.raises(UnreadableSource, match="unknown encoding"):
        list(read(path))


def test_offsets_behind_the_end_are_listed(tmp_path: Path) -> None:
    document = only(written(tmp_path, '<ner:NamedEntity xmi:id="2" sofa="1" begin="5" end="99" value="P"/>'))

    assert document.warnings == ("Span P left out: 5-99 is no place in the text.",)


def test_offsets_in_code_points_are_known_by_the_words_that_they_begin_at(tmp_path: Path) -> None:
    tokens = [
        f'<seg:Token xmi:id="{number}" sofa="1" begin="{begin}" end="{end}"/>'
        for number, (begin, end) in enumerate([(0, 1), (2, 3), (4, 9), (10, 15)], start=10)
    ]
    entity = '<ner:NamedEntity xmi:id="2" sofa="1" begin="4" end="9" value="PER"/>'

    document = only(written(tmp_path, entity, *tokens))

    assert [span.fragments for span in document.sets[0].annotations] == [(Fragment(4, 9),)]
    assert document.warnings[0].startswith("Offsets were counted as code points")
