"""Passages that say what a claim says: what is exact counts for more, and hand-linked pairs are found."""

from pathlib import Path

import pytest

from annotator.passages import Passages
from tests.linked.pairs import found, of_corpus, of_sample

TEXT = """\
The Court heard the parties on the motion, and the parties argued about the motion at length.
The Complaint was filed on October 29, 2019, by Harrow.
Harrow brings claims under the Computer Fraud and Abuse Act (“CFAA”) and for breach of contract.
Norvel violated CFAA prohibitions by using the servers of Harrow.
The jury awarded $444,719 in damages, and 1,400 devices were infected by the software.
See 28 U.S.C. § 1602, which protects foreign states and their agencies.
DENIED.
"""


def best(claim: str, *, favoured: tuple[tuple[int, int], ...] = ()) -> str:
    place = Passages(TEXT).rank(claim, favoured=favoured)[0]
    return TEXT[place.start : place.end]


@pytest.mark.parametrize(
    ("claim", "begins"),
    [
        ("the lawsuit of 10/29/2019", "The Complaint"),
        ("a 2019 lawsuit", "The Complaint"),
        ("damages of about $444,719.00", "The jury"),
        ("nearly 1400 phones", "The jury"),
        ("protected by 28 U.S.C. 1602", "See 28"),
        ("it violates the Computer Fraud and Abuse Act to use servers", "Norvel violated"),
        ("using a server", "Norvel violated"),
    ],
)
def test_dates_amounts_citations_and_short_forms_find_their_sentence(claim: str, begins: str) -> None:
    assert best(claim).startswith(begins)


def test_passages_are_sentences_best_first_and_at_most_as_many_as_asked() -> None:
    ranked = Passages(TEXT).rank("Harrow and Norvel claims about servers, filed and argued", limit=3)

    assert len(ranked) == 3
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert all(TEXT[one.start : one.end].endswith(".") for one in ranked)


def test_sentence_with_a_marked_holding_goes_before_one_that_matches_as_well() -> None:
    text = "Norvel is not immune from suit at all.\nNorvel is not immune from suit at law.\n"
    second = text.index("\n") + 1

    plain, marked = (
        Passages(text).rank("not immune"),
        Passages(text).rank("not immune", favoured=[(second, second + 10)]),
    )

    assert plain[0].start == 0
    assert marked[0].start == second


def test_nothing_in_common_finds_nothing() -> None:
    assert Passages(TEXT).rank("zebra xylophone") == ()
    assert Passages("").rank("anything") == ()
    assert Passages(TEXT).rank("the of and") == ()


@pytest.mark.timeout(300)
def test_claims_of_the_sample_find_their_passage_among_five(tmp_path: Path) -> None:
    result = found(of_sample(tmp_path / "sample.annotator"))

    assert result.pairs == 17
    assert result.recall >= 0.9


@pytest.mark.slow
def test_claims_of_the_nso_article_find_their_passage_among_five(corpus: Path, tmp_path: Path) -> None:
    result = found(of_corpus(corpus, tmp_path / "corpus.annotator"))

    assert result.pairs == 14
    assert result.recall >= 0.85


def test_entry_of_a_table_of_contents_is_no_passage() -> None:
    text = "The appeal of Norvel on immunity fails ........ 4\nNorvel may not appeal on immunity again.\n"

    [found] = Passages(text).rank("the appeal on immunity")

    assert text[found.start : found.end].startswith("Norvel may not")
