"""Renaming what files call labels, links and attributes, and dissolving frames."""

import pytest

from annotator.label_mapping import Frame, InvalidMapping, LabelMapping, mapped, read_mapping
from annotator.model import AttributeValue, Fragment
from annotator.readers.document import ReadAnnotation, ReadDocument, ReadRelation, ReadSet


def span(key: str, label: str, note: str = "", **attributes: AttributeValue) -> ReadAnnotation:
    place = int(key[1:])
    return ReadAnnotation(key, label, (Fragment(place, place + 1),), attributes=attributes, note=note)


def document(*spans: ReadAnnotation, links: tuple[ReadRelation, ...] = ()) -> ReadDocument:
    part = ReadSet("Ana", annotations=spans, relations=links)
    return ReadDocument("T", "t" * 50, b"t", "t.txt", "brat", "1", sets=(part,))


def labels(read: ReadDocument) -> dict[str, str]:
    return {span.key: span.label for span in read.sets[0].annotations}


def links(read: ReadDocument) -> set[tuple[str, str, str]]:
    return {(link.type, link.source, link.target) for link in read.sets[0].relations}


def test_names_that_are_not_listed_stay() -> None:
    mapping = LabelMapping(labels={"PER": "person"}, relations={"by": "source"}, attributes={"n": "number"})
    read = document(
        span("s1", "PER", n="1", m="2"), span("s2", "ORG"), links=(ReadRelation("by", "s1", "s2"),)
    )

    found = mapped(read, mapping)

    assert labels(found) == {"s1": "person", "s2": "ORG"}
    assert found.sets[0].annotations[0].attributes == {"number": "1", "m": "2"}
    assert links(found) == {("source", "s1", "s2")}
    assert found.warnings == ()


def test_what_is_left_out_is_counted_with_the_links_that_it_takes_along() -> None:
    mapping = LabelMapping(labels={"X": ""}, attributes={"n": ""})
    read = document(
        span("s1", "X"), span("s2", "X"), span("s3", "Y", n="1"), links=(ReadRelation("r", "s1", "s3"),)
    )

    found = mapped(read, mapping)

    assert labels(found) == {"s3": "Y"}
    assert found.warnings == ("Left out, as the mapping says: 1 links r, 2 spans X, 1 values of n.",)


def test_a_label_can_be_taken_out_of_an_attribute() -> None:
    mapping = LabelMapping(labels={"PER": "person"}, label_from={"Named": "kind"})

    found = mapped(document(span("s1", "Named", kind="PER", more="x"), span("s2", "Named")), mapping)

    assert labels(found) == {"s1": "person", "s2": "Named"}
    assert found.sets[0].annotations[0].attributes == {"more": "x"}


def test_the_head_of_a_frame_takes_its_place() -> None:
    mapping = LabelMapping(frames=(Frame("Attribution", "Content"),))
    read = document(
        span("s1", "Attribution", note="of the frame", mood="sure"),
        span("s2", "Content", note="own", mood="unsure"),
        span("s3", "Source"),
        span("s4", "Cue"),
        span("s5", "Attribution"),
        links=(
            ReadRelation("Content", "s1", "s2", key="E1.1"),
            ReadRelation("Source", "s1", "s3", key="E1.2"),
            ReadRelation("Cue", "s1", "s4", key="E1.3"),
            ReadRelation("Cue", "s5", "s4", key="E2.1"),
        ),
    )

    found = mapped(read, mapping)

    assert labels(found) == {"s2": "Content", "s3": "Source", "s4": "Cue", "s5": "Attribution"}
    assert links(found) == {("Source", "s2", "s3"), ("Cue", "s2", "s4"), ("Cue", "s5", "s4")}
    content = found.sets[0].annotations[0]
    assert (content.note, content.attributes) == ("own\nof the frame", {"mood": "unsure"})


def test_each_of_several_heads_takes_the_place_of_its_frame() -> None:
    mapping = LabelMapping(frames=(Frame("Attribution", "Content"),))
    read = document(
        span("s1", "Attribution"),
        span("s2", "Content"),
        span("s3", "Content"),
        span("s4", "Source"),
        links=(
            ReadRelation("Content", "s1", "s2"),
            ReadRelation("Content", "s1", "s3"),
            ReadRelation("Source", "s1", "s4"),
        ),
    )

    assert links(mapped(read, mapping)) == {("Source", "s2", "s4"), ("Source", "s3", "s4")}


def test_a_mapping_is_read_from_toml() -> None:
    toml = (
        '[labels]\nPER = "person"\n[relations]\nby = ""\n[attributes]\nn = "m"\n[label_from]\nNE = "value"\n'
        '[[frame]]\nlabel = "A"\nhead = "C"\n'
    )

    assert read_mapping(toml, "m.toml") == LabelMapping(
        {"PER": "person"}, {"by": ""}, {"n": "m"}, {"NE": "value"}, (Frame("A", "C"),)
    )


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("labels = ", "no TOML"),
        ("[label]\nA = 'b'", "there is no part called label"),
        ("[labels]\nA = 1", r"\[labels\] is not a table of texts"),
        ("labels = 'A'", r"\[labels\] is not a table of texts"),
        ("[[frame]]\nlabel = 'A'", "needs a label and a head"),
        ("frame = 'A'", "needs a label and a head"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(toml: str, reason: str) -> None:
    with pytest.raises(InvalidMapping, match=f"The mapping m.toml cannot be used.*{reason}"):
        read_mapping(toml, "m.toml")
