"""What a filing says about itself."""

import pytest

from annotator.geometry import Range
from annotator.readers.document import ReadDocument
from annotator.readers.pdf.facts import find_facts, find_legends, kind_of_document
from annotator.readers.pdf.pieces import Piece
from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import read_paper

STAMP = "Case 3:31-cv-00042-ABC Document 57 Filed 03/14/31 Page 1 of 1"


def pieces(*texts: str) -> list[Piece]:
    found, start = [], 0
    for text in texts:
        found.append(Piece(text, Range(start, start + len(text)), 1))
        start += len(text) + 1
    return found


def facts_of(*texts: str) -> dict[str, str]:
    return {name: fact.value for name, fact in find_facts(pieces(*texts), ()).items()}


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("[PROPOSED] ORDER GRANTING MOTION TO STRIKE",), "proposed_order"),
        (("ORDER DENYING MOTION TO DISMISS",), "order"),
        (("SUGGESTION OF REMAND AND TRANSFER ORDER",), "order"),
        (("DEFENDANT'S MOTION FOR AN ORDER COMPELLING ARBITRATION",), "brief"),
        (("REPLY MEMORANDUM OF POINTS AND AUTHORITIES",), "brief"),
        (("MEMORANDUM OPINION",), "opinion"),
        (("Before KEEL, ANCHOR, and BUOY, Circuit Judges.", "We affirm."), "opinion"),
        (("DEPOSITION OF ROSALIND KEEL",), "transcript"),
        (("Q. Where were you?", "Q. And then?", "Q. Why?"), "transcript"),
        (("DOCKETING NOTICE",), "form"),
        (("The above-entitled matter came on for oral argument before the Court.",), "transcript"),
        (("P R O C E E D I N G S",), "transcript"),
        (("O R D E R",), "order"),
        (("Syllabus", "The harbor compact allocates lanterns."), "opinion"),
        (("KEEL, Justice.", "We affirm."), "opinion"),
        (("Ada Keel, P.J., Ben Buoy, J., and Cora A. Pier, J.", "Introduction"), "opinion"),
        (("Nothing tells.",), "brief"),
    ],
)
def test_kind_is_told_by_the_heading_or_the_form(texts: tuple[str, ...], kind: str) -> None:
    found = find_facts(pieces("Case No. 3:31-cv-00042-ABC", *texts), ())

    assert kind_of_document(found) == kind


def test_text_without_anything_of_a_court_is_an_article() -> None:
    assert kind_of_document(
        find_facts(pieces("A judge ruled on Monday.", "The order surprised many."), ())
    ) == ("article")


@pytest.mark.parametrize(
    ("texts", "name", "value"),
    [
        (("Docket Nos. 19031-13, 27735-13",), "docket_number", "19031-13"),
        (
            ("LOWER HARBOR WATER DISTRICT v. LANTERN ET AL.",),
            "caption",
            "LOWER HARBOR WATER DISTRICT v. LANTERN ET AL.",
        ),
        (
            ("UNITED STATES DISTRICT COURT", "NORTHERN DISTRICT OF CALIFORNIA", "OAKLAND DIVISION"),
            "court",
            "UNITED STATES DISTRICT COURT NORTHERN DISTRICT OF CALIFORNIA OAKLAND DIVISION",
        ),
        (
            ("In the", "United States Court of Appeals", "For the Ninth Circuit"),
            "court",
            "United States Court of Appeals For the Ninth Circuit",
        ),
        (
            ("HARBOR, INC.,", "Plaintiff,", "v.", "LANTERN LTD.,", "Defendant."),
            "caption",
            "HARBOR, INC. v. LANTERN LTD.",
        ),
        (("HARBOR ET AL. v. LANTERN LTD.",), "caption", "HARBOR ET AL. v. LANTERN LTD."),
        (
            ("LOWER HARBOR DISTRICT v.", "LANTERN ET AL."),
            "caption",
            "LOWER HARBOR DISTRICT v. LANTERN ET AL.",
        ),
        (("IN RE: Harbor Filters Litigation,",), "caption", "IN RE: Harbor Filters Litigation"),
        (("Case No. 3:31-cv-00042-ABC",), "docket_number", "3:31-cv-00042-ABC"),
        (("No. 20-1507",), "docket_number", "20-1507"),
        (("Docket No. 08-6301-cv",), "docket_number", "08-6301-cv"),
        (("Judge: Hon. Rosalind J. Keel",), "judge", "Rosalind J. Keel"),
        (("THE HONORABLE ROSALIND KEEL",), "judge", "ROSALIND KEEL"),
        (("Before KEEL and BUOY, Circuit Judges.",), "judge", "KEEL and BUOY"),
        (
            ("Before", "Keel, Chief Judge,", "Buoy and Pier, Circuit Judges."),
            "judge",
            "Keel, Chief Judge, Buoy and Pier",
        ),
        (("OPINION", "KEEL, DISTRICT JUDGE"), "judge", "KEEL"),
        (
            (
                "Appeal from the Court of Claims",
                "Ada B. Harbor, Chief Judge",
                "Presiding Judge Rosalind J. Keel, III, delivered the opinion of the Board.",
            ),
            "judge",
            "Rosalind J. Keel, III",
        ),
        (
            (
                "United States District Court",
                "ORDER",
                "Denied.",
                "ROSALIND KEEL",
                "United States District Judge",
            ),
            "judge",
            "ROSALIND KEEL",
        ),
        (("No. 20–1507",), "docket_number", "20-1507"),
        (("No. 363A14-4",), "docket_number", "363A14-4"),
        (("No. ED108783",), "docket_number", "ED108783"),
        (("Case No. 18 B 09232",), "docket_number", "18 B 09232"),
        (("No. 31 Civ. 1042 (ABC)",), "docket_number", "31 Civ. 1042"),
        (
            ("HARBOR, INC.,", "Plaintiff,", "- against -", "LANTERN LTD.,"),
            "caption",
            "HARBOR, INC. v. LANTERN LTD.",
        ),
        (
            ("ADA T. KEEL,", "WARDEN,", "Petitioner", "v.", "BEN LANTERNER."),
            "caption",
            "ADA T. KEEL, WARDEN v. BEN LANTERNER",
        ),
        (("In Re:", "ADA HENRY KEEL, LLC,", "Debtor."), "caption", "In re ADA HENRY KEEL, LLC"),
        (
            ("IN RE:", "HARBOR LITIGATION", "ADA KEEL,", "Plaintiff-Appellant,", "v.", "HARBOR, INC."),
            "caption",
            "In re HARBOR LITIGATION",
        ),
        (("In re:", "Ada Keel and", "Ben Keel,", "Debtor(s)"), "caption", "In re Ada Keel and Ben Keel"),
        (("Title ADA KEEL v. HARBOR, INC., ET AL.",), "caption", "ADA KEEL v. HARBOR, INC., ET AL."),
        (("RE: Ada Keel, et al v. Harbor Inc",), "caption", "Ada Keel, et al v. Harbor Inc"),
        (
            ("Re: Case No. 17-3994, Harbor Coal Company v. Ada Keel, et al",),
            "caption",
            "Harbor Coal Company v. Ada Keel, et al",
        ),
        (
            ("Re: United States v. Ada Keel, No. 22-1801 (argued in June)",),
            "caption",
            "United States v. Ada Keel",
        ),
        (("No. 363A14-4", "Filed 11 February 2032"), "date_filed", "2032-02-11"),
        (("KEEL, Justice.",), "judge", "KEEL"),
        (
            ("Ada T. Keel, P.J., Ben Buoy, J., and Cora A. Pier, J.",),
            "judge",
            "Ada T. Keel, P.J., Ben Buoy, J., and Cora A. Pier, J.",
        ),
        (("Present: The Honorable ADA B. KEEL, UNITED STATES DISTRICT JUDGE",), "judge", "ADA B. KEEL"),
        (
            ("United States Bankruptcy Court for the:", "DISTRICT OF THE HARBOR"),
            "court",
            "United States Bankruptcy Court for the DISTRICT OF THE HARBOR",
        ),
        (("Argued May 1, 2031; Decided June 13, 2031",), "date_filed", "2031-06-13"),
        (("By: /s/ Rosalind Keel",), "signed", "/s/ Rosalind Keel"),
    ],
)
def test_fact_is_read_from_the_words_that_state_it(texts: tuple[str, ...], name: str, value: str) -> None:
    assert facts_of(*texts)[name] == value


def test_nothing_is_guessed() -> None:
    assert facts_of("A letter of no particular kind.") == {}
    assert facts_of("ADA HARBOR 247 JUDGE-SUPERIOR COURT #61") == {}


def test_judge_below_does_not_decide_an_appeal() -> None:
    facts = facts_of(
        "No. 20-16276",
        "On Appeal from the United States District Court",
        "No. 3:31-cv-02731",
        "Hon. Ada Keel",
    )

    assert "judge" not in facts


def test_spaced_letters_of_a_heading_are_a_word() -> None:
    found = find_facts(pieces("No. 31-2400", "O R D E R"), ())

    assert (found["heading"].value, found["heading"].words) == ("ORDER", "O R D E R")


def test_judge_who_is_written_to_does_not_sign() -> None:
    facts = facts_of(
        "United States District Court", "REPLY BRIEF", "ROSALIND KEEL", "United States District Judge"
    )

    assert "judge" not in facts


def test_legend_that_is_printed_twice_is_told_once() -> None:
    assert [fact.value for fact in find_legends(pieces("**CONFIDENTIAL**", "**CONFIDENTIAL"))] == [
        "CONFIDENTIAL"
    ]


def test_facts_keep_the_words_they_came_from() -> None:
    document = order()

    facts = document.metadata["facts"]
    assert isinstance(facts, dict)
    docket, kind = facts["docket_number"], facts["kind"]
    assert isinstance(docket, dict)
    assert isinstance(kind, dict)
    assert docket["words"] == STAMP
    assert document.text[kind["start"] : kind["end"]] == kind["words"] == "ORDER"  # type: ignore[misc]


def order() -> ReadDocument:
    paper = Paper()
    paper.put_centred(110, "UNITED STATES DISTRICT COURT")
    paper.put_centred(124, "DISTRICT OF THE HARBOR")
    paper.put_centred(160, "HARBOR, INC. v. LANTERN LTD.")
    paper.typeset("Times", 12, "B")
    paper.put_centred(200, "ORDER DENYING MOTION TO DISMISS")
    paper.put_centred(240, "FILED UNDER SEAL")
    paper.typeset("Times", 12)
    paper.put_justified(
        72, 280, "The motion is denied for the reasons that were stated at the hearing. " * 3, 468
    )
    paper.typeset("Helvetica", 9)
    paper.put_centred(20, STAMP)
    return read_paper(paper)


def test_stamp_and_heading_make_metadata_title_and_kind() -> None:
    document = order()

    assert document.kind == "order"
    assert document.title == "ORDER DENYING MOTION TO DISMISS"
    assert document.case == "3:31-cv-00042-ABC"
    assert document.metadata["document_number"] == "57"
    assert document.metadata["date_filed"] == "2031-03-14"
    assert document.metadata["caption"] == "HARBOR, INC. v. LANTERN LTD."


def test_legend_of_sealing_is_flagged() -> None:
    document = order()

    assert document.metadata["legends"] == ["FILED UNDER SEAL"]
    assert any("FILED UNDER SEAL" in warning for warning in document.warnings)


def test_motion_about_sealing_is_no_legend() -> None:
    assert (
        find_legends(pieces("ADMINISTRATIVE MOTION TO SEAL", "The letters are confidential, it says here."))
        == []
    )
