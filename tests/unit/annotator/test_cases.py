"""Docket numbers in their spellings, parties of captions, and what seems to belong to one case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.cases import (
    Described,
    cited_dockets,
    docket_keys,
    names_parties,
    propose,
    short_caption,
    sides,
)
from tests import factories

CAPTION = "HARROW MAIL INC., a Delaware corporation, and TULLY, INC. v. NORVEL GROUP LIMITED and Q SOFT LTD."


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("4:19-cv-07123-PJH", ("19-cv-7123",)),
        ("19-CV-7123", ("19-cv-7123",)),
        ("Case No. 2019-cv-07123", ("19-cv-7123",)),
        ("19 Civ. 7123 (PJH)", ("19-cv-7123",)),
        ("C 19-07123 PJH", ("19-cv-7123",)),
        ("No. 20-16408", ("20-16408",)),
        ("19–1392", ("19-1392",)),
        ("4:19-cv-07123-PJH; 20-16408", ("19-cv-7123", "20-16408")),
        ("1:17-cr-232", ("17-cr-232",)),
        ("In re Harrow", ()),
    ],
)
def test_one_docket_in_several_spellings_has_one_key(words: str, keys: tuple[str, ...]) -> None:
    assert docket_keys(words) == keys


@given(st.integers(10, 99), st.integers(10, 99999), st.sampled_from(("cv", "cr", "mc")), st.integers(1, 9))
def test_office_zeros_and_judge_do_not_count(year: int, serial: int, kind: str, office: int) -> None:
    written = f"{office}:{year}-{kind.upper()}-{serial:05}-ABC"

    assert docket_keys(written) == docket_keys(f"{year}-{kind}-{serial}")


def test_running_text_cites_dockets_but_not_dates_and_numbers_of_telephones() -> None:
    text = "On 12-31-2020 (call 20-16408) the court in No. 20-16408, from 4:19-cv-07123-PJH, ruled."

    found = cited_dockets(text)

    assert list(found) == ["20-16408", "19-cv-7123"]
    assert [words for _, words in found.values()] == ["No. 20-16408", "4:19-cv-07123-PJH"]
    assert all(text[start:].startswith(words) for start, words in found.values())


def test_sides_of_a_caption_keep_what_tells_parties_apart() -> None:
    assert sides(CAPTION) == (("harrow mail", "tully"), ("norvel", "q soft"))
    assert sides("United States v. Norvel LLC") == ((), ("norvel",))


@pytest.mark.parametrize(
    ("caption", "short"),
    [
        (CAPTION, "HARROW MAIL INC. v. NORVEL GROUP LIMITED"),
        ("Harrow, Inc. v. Norvel, et al.", "Harrow, Inc. v. Norvel"),
        ("DOE, HEALTH OFFICER OF EXAMPLE, ET AL. v. CLINIC", "DOE v. CLINIC"),
        ("In re Harrow", "In re Harrow"),
    ],
)
def test_short_caption_has_the_first_party_of_each_side(caption: str, short: str) -> None:
    assert short_caption(caption) == short


def test_article_must_name_a_party_of_each_side_more_than_once() -> None:
    once = "Harrow Mail sued Norvel. Harrow Mail won."

    assert names_parties(once, CAPTION) == ()
    assert names_parties(f"{once} Norvel will appeal.", CAPTION) == ("Harrow Mail", "Norvel")
    assert names_parties("United States and Norvel, Norvel", "United States v. Norvel") == ()


def described(document: str, kind: str = "brief", **facts: str) -> Described:
    return Described(document, document, kind, **facts)


def test_filings_and_articles_come_together_as_one_case() -> None:
    found = propose(
        [
            described("names", "article", text="Harrow Mail sued Norvel; Harrow Mail won, Norvel appealed."),
            described("cites", "article", text="It is Harrow v. Norvel, No. 19-cv-7123, in court."),
            described("other", "article", text="Nothing of this."),
            described("brief", docket_number="4:19-cv-07123-PJH", caption=CAPTION),
            described("appeal", docket_number="20-16408", text="D.C. No. 4:19-cv-07123-PJH\nOpinion"),
        ],
        [],
        {},
    )

    assert [(one.docket_number, one.caption) for one in found] == [("4:19-cv-07123-PJH", CAPTION)]
    assert [(each.document, each.reason, each.words) for each in found[0].documents] == [
        ("brief", "number", "4:19-cv-07123-PJH"),
        ("appeal", "number", "20-16408"),
        ("names", "parties", "Harrow Mail, Norvel"),
        ("cites", "number", "19-cv-7123"),
    ]


def test_article_alone_proposes_the_case_that_it_cites_with_caption_and_court() -> None:
    text = (
        "The case is Harrow Inc. v. Norvel Ltd., No. 4:19-cv-00042, in the U.S. District Court for the "
        "Northern District of California."
    )

    found = propose([described("cites", "article", text=text)], [], {})

    assert [(one.docket_number, one.caption, one.court) for one in found] == [
        (
            "4:19-cv-00042",
            "Harrow Inc. v. Norvel Ltd.",
            "U.S. District Court for the Northern District of California",
        )
    ]


def test_same_number_in_two_districts_is_two_cases() -> None:
    found = propose(
        [
            described("one", docket_number="1:19-cv-42", court="Northern District of California"),
            described("two", docket_number="1:19-cv-42", court="Southern District of New York"),
        ],
        [],
        {},
    )

    assert len(found) == 2


def test_what_belongs_to_a_case_already_is_not_proposed_again() -> None:
    case = factories.court_case(docket_number="4:19-cv-00042")
    documents = [
        described("old", docket_number="4:19-cv-00042"),
        described("new", docket_number="19-cv-42"),
    ]

    found = propose(documents, [case], {case.id: {"old"}})

    assert [(one.case, [each.document for each in one.documents]) for one in found] == [(case.id, ["new"])]
    assert propose(documents, [case], {case.id: {"old", "new"}}) == ()
