"""Hypothesis strategies for records of every type, with the values that a project may keep in them."""

from hypothesis import strategies as st

from annotator.model import (
    Annotation,
    AnnotationSet,
    Annotator,
    Assignment,
    CaseDocument,
    CourtCase,
    Decision,
    Document,
    DocumentLabel,
    ExportRecipe,
    Fragment,
    GuidelineVersion,
    Quote,
    Record,
    Rejection,
    Relation,
    Result,
    SchemaVersion,
    TextVersion,
    Vote,
    WorkInterval,
)

_text = st.text(st.characters(codec="utf-8"), max_size=8)
_id = st.text("abcdef0123456789", min_size=1, max_size=8)
_number = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
_value = _text | st.booleans() | _number | st.lists(_text, max_size=3).map(tuple)
_attributes = st.dictionaries(_text, _value, max_size=3)
_json = st.recursive(
    st.none() | st.booleans() | _number | _text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_text, inner, max_size=3),
    max_leaves=5,
)
_metadata = st.dictionaries(_text, _json, max_size=3)
_words = st.lists(_text, max_size=3).map(tuple)


@st.composite
def _fragments(draw: st.DrawFn) -> tuple[Fragment, ...]:
    edges = sorted(draw(st.sets(st.integers(0, 10**6), min_size=2, max_size=6)))
    return tuple(Fragment(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False))


def records() -> st.SearchStrategy[Record]:
    """Any record; what it refers to need not exist."""
    quote = st.builds(Quote, _text, _text, _text)
    return st.one_of(
        st.builds(Annotator, _id, _text, st.sampled_from(("annotator", "reviewer", "lead")), _text, _id),
        st.builds(AnnotationSet, _id, st.sampled_from(("annotator", "gold")), st.none() | _id, _id),
        st.builds(SchemaVersion, _id, st.integers(1, 99), _text, _text, _id),
        st.builds(GuidelineVersion, _id, st.integers(1, 99), _text, _text, _id),
        st.builds(Document, _id, _text, _text, _id, _text, _id, _text, _metadata, _text, _id),
        st.builds(
            TextVersion, _id, _id, _text, _text, _id, st.integers(0, 10**7), _text, _metadata, _words, _id
        ),
        st.builds(
            Annotation,
            *(_id, _id, _id, _id, _text, _fragments(), quote, _text, _text, _attributes, _text),
            certainty=st.sampled_from(("sure", "likely", "unsure")),
            origin=st.sampled_from(("manual", "import")),
            revision=_id,
        ),
        st.builds(
            Relation,
            *(_id, _id, _id, _text, _id, _id, _text, _text, _attributes, _text),
            certainty=st.sampled_from(("sure", "likely", "unsure")),
            origin=st.sampled_from(("manual", "import")),
            revision=_id,
        ),
        st.builds(CourtCase, _id, _text, _text, _text, _text, _text, _id),
        st.builds(CaseDocument, _id, _id, _id, _id),
        st.builds(DocumentLabel, _id, _id, _id, _text, _value, _text, _id),
        st.builds(Rejection, _id, _id, _id, _text, _text, _text, _id),
        st.builds(Assignment, _id, _id, _id, st.sampled_from(("todo", "done")), _words, _text, _id),
        st.builds(
            WorkInterval, *(_id, _id, _id, _text), st.integers(0, 9999), st.integers(-9, 99), revision=_id
        ),
        st.builds(ExportRecipe, _id, _text, _metadata, _text, _id),
        st.builds(
            Decision,
            *(_id, _id, st.none() | _id, _text, _words, _text, _text, _text, _text, _text, _id, _text, _id),
            candidates=st.lists(st.builds(Vote, _id, _id, _id, _id), max_size=2).map(tuple),
            absent=_words,
            results=st.lists(
                st.builds(Result, _id, _text, st.just((Fragment(0, 3), Fragment(5, 9))), _attributes, _id),
                max_size=2,
            ).map(tuple),
            verdicts=st.dictionaries(_id, _text, max_size=2),
            flags=_words,
            seed=st.integers(0, 9999),
            suggestion=_metadata,
            supersedes=_words,
            revision=_id,
        ),
    )
