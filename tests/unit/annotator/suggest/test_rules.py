"""What rules tell in legal text: places, labels and values; on the project's own order and on a real case."""

import re
from pathlib import Path

import pytest

from annotator.readers import reader_for
from annotator.readers.document import ReadDocument
from annotator.schema import DocumentKind
from annotator.suggest.rules import RULES
from annotator.suggest.suggester import Subject, checked
from annotator.suggest.suggestion import Suggestion, best_of
from tests.annotated import annotated, metadata_of
from tests.unit.annotator.suggest.test_dictionary import SCHEMA


def subject(text: str, kind: DocumentKind = "article", **metadata: str) -> Subject:
    return Subject(text, kind, SCHEMA, metadata)


def suggested(given: Subject) -> list[Suggestion]:
    found = checked("rules", given, RULES.suggest(given))
    return list(best_of(SCHEMA, [each for each in found if SCHEMA.label(each.label) is not None]))


def words(given: Subject, label: str) -> list[str]:
    return [given.text[each.start : each.end] for each in suggested(given) if each.label == label]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("citation", "[Winter v. Nat. Res. Def. Council, Inc., 555 U.S. 7, 20 (2008)]"),
        ("citation", "it is [Acme Inc. v. Norvel Technologies Ltd.], No. 4:31-cv-07123"),
        ("citation", "See [In re Vantor Litig., 191 F.3d 1090, 1107 (9th Cir. 1999)]."),
        ("citation", "That is settled. [Tenn. Coal Auth. v. Oakes, 437 U.S. 153, 194 (1978)]."),
        (
            "citation",
            "as drawn. [Hoff Constr. Co. of Alaska v. Fred S. James & Co. of Or., 313 Or. 464 (1992)]",
        ),
        ("law", "under the [Foreign Sovereign Immunities Act, 28 U.S.C. § 1602 et seq.], which"),
        ("law", "The [Computer Fraud and Abuse Act] says"),
        ("law", "costs under [28 U.S.C. § 1447(c)(2)] are"),
        ("law", "[Federal Rule of Civil Procedure 12(b)(6)] asks"),
        ("law", "by [Fed. R. Evid. 702], which"),
        ("law", "under [Rule 37(a)(5)]; and"),
        ("law", "[Section 9] forbids it"),
        ("law", "as [Section 12(b) of the Data Carriage Act] says"),
        ("law", "[ORS 30.265(6)(c)] says so, and no Act does"),
        ("court", "in the [U.S. District Court for the Northern District of California]."),
        ("court", "the [Supreme Court] heard"),
        ("court", "[UNITED STATES DISTRICT COURT\nFOR THE DISTRICT OF OREGON]"),
        ("docket", "[Case No. 3:24-cv-00000-JS] and the rest"),
        ("docket", "see [Dkt. No. 1-1]"),
        ("docket", "[No. 31–889]. Argued"),
        ("court", "ON WRIT TO THE [UNITED STATES COURT OF APPEALS FOR THE TENTH CIRCUIT]\nNo. 4"),
        ("person", "said Ms. [St. Clair], who"),
        ("person", "read Dr. [Almond]’s report"),
        ("money", "asked for [$550,000], and"),
        ("organization", "against Defendants [C. R. Stone, Inc.], which"),
        ("organization", "It is in Texas. [Kale Health LLC] left."),
        ("organization", "On [Kale LLC] rests"),
        ("judge", "[Presiding Judge Marta L. Davison, III], wrote"),
        ("judge", "the [Hon. Ada Romero]"),
        ("judge", "[QUILL, Magistrate Judge]:"),
        ("judge", "it is so.\n\n[Ilse Marrow]\nUnited States District Judge\n"),
        ("organization", "[Sentinel Mutual Insurance Company] paid the [Norvel Health Authority]"),
        ("organization", "the [Tarn Valley Water Board] and [Brandt & Oyelaran Engineers, Inc.] built"),
        ("organization", "Greta Lind of [Ashby Lowe LLP] for [Create and Construct, LLC]"),
        ("date", "on [March 6, 2031], by"),
        ("date", "a [2019] lawsuit"),
        ("date", "the [13th day of September, 2031]"),
        ("money", "about [$167 million] in"),
        ("money", "paid [$444,719]."),
        ("money", "paid [$790,000], late"),
    ],
)
def test_entities_are_suggested_whole(label: str, text: str) -> None:
    expected = re.findall(r"\[(.*?)\]", text, re.DOTALL)

    assert words(subject(text.replace("[", "").replace("]", "")), label) == expected


def test_short_forms_are_resolved_to_their_case() -> None:
    given = subject(
        "See Winter v. Council, 555 U.S. 7, 20 (2008). Id. at 22. The Court in Winter, 555 U.S. at 24, "
        "agreed. "
        "But see Winter, supra, at 25.",
        "brief",
    )

    cites = [each for each in suggested(given) if each.label == "citation"]

    assert len(cites) == 4
    assert {each.attributes["case"] for each in cites} == {"Winter v. Council, 555 U.S. 7"}
    assert "of Winter v. Council" in cites[1].reason


@pytest.mark.parametrize(
    ("text", "case"),
    [
        (
            "is sealed. [Ctr. for Open Roads v. Bolt Grp., LLC, 809 F.3d 1092, 1101–02 (9th Cir. 2016)].",
            "Ctr. for Open Roads v. Bolt Grp., LLC, 809 F.3d 1092",
        ),
        (
            "[Hay & Co. v. Oak Ins., No. C 12-38 PJH, 2013 WL 897914, at *1 (N.D. Cal. Mar. 8, 2013)] (so)",
            "Hay & Co. v. Oak Ins., 2013 WL 897914",
        ),
        (
            "See also [In re Letters to Acme Alliance, 521 F.3d 169 (2d Cir. 2008)] (so held)",
            "In re Letters to Acme Alliance, 521 F.3d 169",
        ),
        (
            "In Oregon, [Acme, Inc. v. Town of Hay, 12 U. S. 141, 152, n. 3 (1982)].",
            "Acme, Inc. v. Town of Hay, 12 U.S. 141",
        ),
        (
            "Cases\n[Hay v. Bolt,\n64 F.3d 1352 (9th Cir. 1995)] ........ 8",
            "Hay v. Bolt, 64 F.3d 1352",
        ),
        (
            "Cf. [Hay v. De la Costa, 12 F.3d 4, 100 S. Ct. 5, 9 (2d Cir. 1990)].",
            "Hay v. De la Costa, 12 F.3d 4",
        ),
    ],
)
def test_citations_begin_with_the_whole_name_and_end_with_the_year(text: str, case: str) -> None:
    expected = text[text.index("[") + 1 : text.index("]")]
    given = subject(text.replace("[", "").replace("]", ""), "brief")

    [cite] = [each for each in suggested(given) if each.label == "citation"]

    assert given.text[cite.start : cite.end] == expected
    assert cite.attributes["case"] == case


def test_citations_of_a_string_are_each_their_own() -> None:
    given = subject(
        "See Hay v. Bolt, 500 U.S. 226, 231 (1991) (immunity); J.P. v. County of Oak, No. 17-CV-05679, "
        "2018 WL 3845890, at *1 (N.D. Cal. Aug. 13, 2018) (the same). Later, Hay, 500 U.S. 226, again.",
        "brief",
    )

    assert words(given, "citation") == [
        "Hay v. Bolt, 500 U.S. 226, 231 (1991)",
        "J.P. v. County of Oak, No. 17-CV-05679, 2018 WL 3845890, at *1 (N.D. Cal. Aug. 13, 2018)",
        "Hay, 500 U.S. 226",
    ]
    assert {each.attributes["case"] for each in suggested(given) if each.label == "citation"} == {
        "Hay v. Bolt, 500 U.S. 226",
        "J.P. v. County of Oak, 2018 WL 3845890",
    }


def test_short_forms_have_their_antecedent_and_page() -> None:
    given = subject(
        "Hay v. Bolt, 555 U.S. 7, 20 (2008). Id. at 22. The Court in Hay, 555 U.S. at 24, agreed (so).",
        "brief",
    )

    assert words(given, "citation")[1:] == ["Id. at 22", "Hay, 555 U.S. at 24"]


def test_pages_of_an_appendix_and_captions_are_no_citations() -> None:
    given = subject("ACME DISTRICT, PETITIONER v. HAY ET AL.\nArticle II, 1 App. 24, says so.", "opinion")

    assert words(given, "citation") == []


def test_exhibits_are_for_schemas_that_have_a_label_for_them() -> None:
    given = subject("See Exhibit 4 and Ex. B-2 to the motion.", "brief")

    found = [given.text[each.start : each.end] for each in RULES.suggest(given) if each.label == "exhibit"]

    assert found == ["Exhibit 4", "Ex. B-2"]
    assert words(given, "exhibit") == []


def test_short_cites_begin_at_the_name_and_no_cite_at_the_one_before() -> None:
    given = subject(
        "See Winter v. Council, 555 U.S. 7, 20 (2008). In this circuit questions may do. All. for the Wild "
        "v. Cottrell, 632 F.3d 1127 (9th Cir. 2011). A choice, Winter, 555 U.S. at 24, remains.",
        "opinion",
    )

    assert words(given, "citation") == [
        "Winter v. Council, 555 U.S. 7, 20 (2008)",
        "All. for the Wild v. Cottrell, 632 F.3d 1127 (9th Cir. 2011)",
        "Winter, 555 U.S. at 24",
    ]


def test_parties_named_with_their_side_at_the_head_are_found_without_a_caption_of_the_reader() -> None:
    given = subject(
        "MARISOL VANT and HARBOR TUGS, INC., Plaintiffs,\nv.\nCOUNTY OF TARN, individually, Defendant.\n\n"
        "Vant was right, and Marisol Vant knew it. Harbor paid.",
        "opinion",
    )

    assert words(given, "person") == ["MARISOL VANT", "Vant", "Marisol Vant"]
    assert words(given, "organization") == ["HARBOR TUGS, INC.", "COUNTY OF TARN", "Harbor"]


def test_parties_of_the_caption_are_found_in_full_and_short_with_their_side() -> None:
    given = subject(
        "Harbor Messaging, Inc. sues Create and Dream, LLC. Harbor alleges much; create is a verb.",
        "order",
        caption="HARBOR MESSAGING, INC., a Delaware corporation v. CREATE AND DREAM, LLC",
    )

    found = {
        given.text[each.start : each.end]: each for each in suggested(given) if "role" in each.attributes
    }

    assert {name: each.attributes["role"] for name, each in found.items()} == {
        "Harbor Messaging, Inc.": "plaintiff",
        "Create and Dream, LLC": "defendant",
        "Harbor": "plaintiff",
    }


def test_verbs_of_saying_announce_claims_in_news_unless_a_court_speaks() -> None:
    given = subject(
        "Acme alleged that Norvel had copied it. Norvel denied wrongdoing and said that its tools help. "
        "The judge ruled that the law does not reach the sale."
    )

    assert words(given, "cue") == ["alleged", "denied", "said"]
    assert words(given, "claim") == ["that Norvel had copied it", "wrongdoing", "that its tools help"]
    assert words(given, "holding") == ["that the law does not reach the sale"]
    acts = [each.attributes["act"] for each in suggested(given) if each.label == "claim"]
    assert acts == ["alleges", "denies", "asserts"]


def test_formulas_of_courts_make_orders_and_findings() -> None:
    given = subject(
        "The motion to compel is GRANTED. The Court finds that Acme paid. IT IS SO ORDERED.", "order"
    )

    [order, finding] = suggested(given)

    assert (order.label, order.attributes["disposition"], order.attributes["status"]) == (
        "order",
        "granted",
        "entered",
    )
    assert (finding.label, finding.attributes["voice"]) == ("finding", "own")


def test_what_a_court_disposes_of_or_commands_is_an_order_to_its_last_figure() -> None:
    given = subject(
        "The motion for fees is GRANTED in the amount of $2,187,500. The objection is OVERRULED.1 "
        "Acme shall produce the logs by May 15, 2023. The statute says that a party shall answer.",
        "order",
    )

    assert words(given, "order") == [
        "The motion for fees is GRANTED in the amount of $2,187,500",
        "The objection is OVERRULED",
        "Acme shall produce the logs by May 15, 2023",
    ]


def test_judge_who_writes_as_i_finds() -> None:
    assert words(subject("I find that nobody looked.", "opinion"), "finding") == ["that nobody looked"]


@pytest.mark.parametrize(
    ("kind", "signed", "status", "voice"),
    [
        ("order", "", "entered", "own"),
        ("proposed_order", "", "proposed", "own"),
        ("proposed_order", "/s/ Ada Romero", "entered", "own"),
        ("proposed_order", "/s/ Ben Counsel", "proposed", "own"),
        ("brief", "/s/ Ben Counsel", "unknown", "reported"),
    ],
)
def test_kind_and_signature_decide_status_and_voice(
    kind: DocumentKind, signed: str, status: str, voice: str
) -> None:
    given = subject("The motion is DENIED.", kind, signed=signed, judge="Ada Romero")

    [order] = suggested(given)

    assert (order.attributes["status"], order.attributes["voice"]) == (status, voice)


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("The district court granted the motion to dismiss.", "reported"),
        ("The Tenth Circuit held that the claim fails.", "reported"),
        ("For these reasons, the district court’s judgment is AFFIRMED.", "own"),
        ("The Court holds that the claim fails.", "own"),
        ("We affirm the judgment of the Court of Appeals.", "own"),
    ],
)
def test_what_another_court_decided_is_reported_in_an_opinion(text: str, voice: str) -> None:
    [decided] = [each for each in suggested(subject(text, "opinion")) if "voice" in each.attributes]

    assert decided.attributes["voice"] == voice


def test_public_bodies_of_a_caption_are_organizations_and_judges_of_a_panel_are_each_one() -> None:
    given = subject(
        "REGIONAL WATER DISTRICT v. HERMANN ET AL. Before Marsh, Stern, and Day, Circuit Judges.",
        "opinion",
        caption="REGIONAL WATER DISTRICT v. HERMANN ET AL.",
        judge="Marsh, Stern, and Day",
    )

    assert words(given, "organization") == ["REGIONAL WATER DISTRICT"]
    assert words(given, "person") == ["HERMANN"]
    assert words(given, "judge") == ["Marsh", "Stern", "Day"]


def test_a_body_is_not_called_by_a_word_that_many_bodies_have() -> None:
    given = subject(
        "City of Oak v. United States. The City won; a United front lost, and Hay v. Bolt did not matter.",
        "order",
        caption="CITY OF OAK v. UNITED STATES",
    )

    assert words(given, "organization") == ["City of Oak", "United States"]
    assert words(given, "citation") == ["Hay v. Bolt"]


def test_words_that_only_look_like_names_and_rulings_are_left_alone() -> None:
    given = subject(
        "The Justice Department’s brief is late. JUDGE Date\nThe Court held a conference on April 30, 2031.",
        "order",
        caption="IN RE: Stone Filters Litigation",
    )

    assert [each.label for each in suggested(given)] == ["date"]


def test_role_behind_a_party_is_no_part_of_its_name() -> None:
    given = subject(
        "ADA HAY AND BO HAY, Petitioners v. COMMISSIONER OF REVENUE, Respondent",
        "opinion",
        caption="ADA HAY AND BO HAY, Petitioners v. COMMISSIONER OF REVENUE, Respondent",
    )

    assert words(given, "person") == ["ADA HAY", "BO HAY", "COMMISSIONER OF REVENUE"]


def test_sample_order_is_read_by_rules_without_a_wrong_citation_or_party() -> None:
    document = annotated("sample-order")
    given = Subject(document.text, document.kind, SCHEMA, metadata_of("sample-order"))

    sure = {"citation", "law", "court", "docket", "date", "money", "organization"}
    found = {(each.start, each.end, each.label) for each in suggested(given) if each.label in sure}

    assert found == {span for span in document.spans if span[2] in sure}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("whatsapp-v-nso-doc140-proposed-order-2p", {("own", "proposed")}),
        ("whatsapp-v-nso-doc133-4p", {("reported", "unknown")}),
    ],
)
def test_real_proposed_order_is_proposed_and_the_brief_never_has_the_courts_voice(
    corpus: Path, name: str, values: set[tuple[str, str]]
) -> None:
    path = corpus / "court" / f"{name}.pdf"
    read = next(part for part in reader_for(path).read(path) if isinstance(part, ReadDocument))
    given = Subject(read.text, read.kind, SCHEMA, read.metadata)

    found = suggested(given)

    decided = [each for each in found if each.label in ("order", "holding")]
    assert decided
    assert {(each.attributes["voice"], each.attributes["status"]) for each in decided} == values
    assert any(each.label == "judge" for each in found)
    parties = {each.attributes["role"] for each in found if each.label == "organization" and each.attributes}
    assert parties == {"plaintiff", "defendant"}
