"""Text: normalising, words, sentences, paragraphs, snapping and anchors, by cases and by laws."""

import gc
import time
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.geometry import Range
from annotator.model import Quote, quote
from annotator.text import (
    normalise,
    paragraph_at,
    paragraphs,
    reanchor,
    sentence_at,
    sentences,
    snap,
    text_sha256,
    trim,
    word_at,
    words,
)
from tests import factories

# Pieces that legal text is made of, so that generated texts meet the rules and not only noise.
PIECES = st.sampled_from(
    [
        "The",
        "court",
        "U.S.",
        "v.",
        "Inc.",
        "No. 3",
        "ruled",
        "“",
        "”",
        "’s",
        ".",
        "?",
        "…",
        ". . .",
        "😀",
        "é",
        "e\u0301",
        "\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "\u00a0",
        "(",
        ")",
        "1.",
        "A",
        "444,719",
        "-",
        "\u00ad",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60).map(normalise)


def shown(text: str, ranges: list[Range]) -> list[str]:
    return [text[start:end] for start, end in ranges]


# Normalising


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("a\u2028b\u2029c\fd\ve", "a\nb\nc\nd\ne"),
        ("\r\n\r\n", "\n\n"),
        ("\n\r", "\n\n"),
        ("a\x00b\x07c\x1bd\x1fe", "a b c d e"),
        ("a\ud800b\uffffc\ufffe", "a b c "),
        ("tab\tand \u00a0 stay, so does \u0085 and \x7f", "tab\tand \u00a0 stay, so does \u0085 and \x7f"),
        ("ﬁ ligature and soft\u00adhyphen stay", "ﬁ ligature and soft\u00adhyphen stay"),
    ],
)
def test_text_is_normalised(raw: str, stored: str) -> None:
    assert normalise(raw) == stored


@given(st.text(st.characters(), max_size=60))
def test_normalised_text_stays_as_it_is_and_can_be_stored(text: str) -> None:
    stored = normalise(text)

    assert normalise(stored) == stored
    assert stored.encode("utf-8").decode("utf-8") == stored
    assert len(stored) == len(text) - text.count("\r\n")


def test_hash_is_of_utf8() -> None:
    assert text_sha256("Zoë 😀") == sha256("Zoë 😀".encode()).hexdigest()


# Words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norvel’s lawyer", ["Norvel", "s", "lawyer"]),
        ("NORVEL’S LAWYER", ["NORVEL", "S", "LAWYER"]),
        ("O’Brien didn't wait", ["O’Brien", "didn't", "wait"]),
        ("the parents’ home", ["the", "parents", "home"]),
        ("the U.S. courts, at 9 a.m. sharp", ["the", "U.S.", "courts", "at", "9", "a.m.", "sharp"]),
        ("$444,719.50 or 3.5 %", ["444,719.50", "or", "3.5"]),
        ("WhatsApp-owned, 4:19-cv-07123", ["WhatsApp", "owned", "4", "19", "cv", "07123"]),
        ("cafe\u0301 Jose\u0301", ["cafe\u0301", "Jose\u0301"]),
        ("in\u00adformation", ["in\u00adformation"]),
        ("word_with_line", ["word_with_line"]),
        ("It ended. Then.", ["It", "ended", "Then"]),
        ("¿Qué? “Да”, 判决", ["Qué", "Да", "判决"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert shown(text, words(text)) == expected


@pytest.mark.parametrize(
    ("offset", "word"),
    [(0, "Judge"), (3, "Judge"), (5, "Judge"), (6, "Ada"), (13, "ruled"), (18, "ruled")],
)
def test_word_at_a_caret(offset: int, word: str) -> None:
    text = "Judge Ada    ruled"

    found = word_at(text, offset)

    assert found is not None
    assert text[found.start : found.end] == word


@pytest.mark.parametrize("offset", [10, 11, 12])
def test_no_word_at_a_caret_in_white_space(offset: int) -> None:
    assert word_at("Judge Ada     ruled", offset) is None


@given(TEXTS)
def test_words_do_not_overlap_and_hold_no_white_space(text: str) -> None:
    place = 0
    for start, end in words(text):
        assert place <= start < end
        assert not any(character.isspace() for character in text[start:end])
        place = end


@given(TEXTS)
def test_word_at_finds_every_word_by_any_place_in_it(text: str) -> None:
    for word in words(text):
        for offset in range(word.start, word.end):
            assert word_at(text, offset) == word


# Snapping and trimming


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (4, 18, "District Court"),
        (3, 19, "District Court"),
        (6, 16, "District Court"),
        (8, 9, "District"),
        (2, 6, "the District"),
        (23, 24, "U.S."),
        (22, 25, "U.S."),
        (27, 31, "law."),
        (27, 30, "law"),
    ],
)
def test_selection_snaps_to_words(start: int, end: int, expected: str) -> None:
    text = "the District Court  - U.S. law."

    found = snap(text, start, end)

    assert text[found.start : found.end] == expected


def test_possessive_is_left_out_of_a_name() -> None:
    text = "against Norvel’s lawyer"

    assert snap(text, 9, 13) == Range(8, 14)


def test_selection_over_the_ends_of_the_text_is_cut() -> None:
    assert snap("court", -5, 99) == Range(0, 5)


def test_selection_of_white_space_is_empty() -> None:
    found = snap("a    b", 2, 4)

    assert found.start == found.end


@given(TEXTS, st.data())
def test_snapping_again_changes_nothing_and_cuts_no_word(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    found = snap(text, start, end)

    assert 0 <= found.start <= found.end <= len(text)
    if found.start < found.end:
        assert snap(text, *found) == found
        assert not text[found.start].isspace()
        assert not text[found.end - 1].isspace()
        assert all(not word.start < edge < word.end for word in words(text) for edge in found)
        assert text[start:end].strip() in text[found.start : found.end]


@given(TEXTS, st.data(), st.sampled_from(["", " .,;:", ".”"]))
def test_trimming_only_takes_from_the_ends(text: str, data: st.DataObject, characters: str) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    found = trim(text, Range(start, end), characters)

    assert trim(text, found, characters) == found
    assert start <= found.start <= found.end <= end
    assert text[start : found.start].strip() == ""
    assert all(character.isspace() or character in characters for character in text[found.end : end])


@pytest.mark.parametrize(
    ("words_selected", "kept"),
    [
        (" that it acted. ", "that it acted"),
        ("“for profit.”", "“for profit.”"),
        ("it acted ; ,.", "it acted"),
        (" . ", ""),
    ],
)
def test_end_of_a_claim_is_trimmed(words_selected: str, kept: str) -> None:
    start, end = trim(words_selected, Range(0, len(words_selected)), " .,;:")

    assert words_selected[start:end] == kept


# Paragraphs


def test_each_line_is_a_paragraph_and_blank_lines_are_none() -> None:
    text = "A heading\nThe first line.\n\n  \n  An indented one.  \n"

    assert shown(text, paragraphs(text)) == ["A heading", "The first line.", "An indented one."]


def test_lines_wrapped_to_a_page_are_one_paragraph() -> None:
    text = (
        "The defendants moved to dismiss the complaint on the ground that\n"
        "they were immune, and the court denied the motion on the same\n"
        "day.\n"
        "Background\n"
        "what follows is short\n"
    )

    assert shown(text, paragraphs(text)) == [
        text[: text.index("\nBackground")],
        "Background",
        "what follows is short",
    ]


def test_a_blank_line_ends_a_paragraph_even_where_the_next_begins_small() -> None:
    first = "The defendants moved to dismiss the complaint on the ground that"

    assert len(paragraphs(f"{first}\n\nthey were immune")) == 2


@given(TEXTS)
def test_paragraphs_hold_all_that_is_not_white(text: str) -> None:
    assert_covers(text, paragraphs(text))


@given(TEXTS)
def test_paragraph_at_agrees_with_paragraphs(text: str) -> None:
    found = paragraphs(text)
    for paragraph in found:
        for offset in range(paragraph.start, paragraph.end + 1):
            assert paragraph_at(text, offset) == paragraph


def test_blank_line_has_an_empty_paragraph_and_sentence() -> None:
    text = "one\n\ntwo"

    assert paragraph_at(text, 4) == Range(4, 4)
    assert sentence_at(text, 4) == Range(4, 4)


# Sentences


@pytest.mark.parametrize(
    "expected",
    [
        ["The motion is denied.", "It is so ordered."],
        ["In Hale v. Oakmere Gas Co., 88 F.4th 102, 110 (3d Cir. 2023), it lost.", "See also Id. at 3."],
        ["It violates 42 U.S.C. § 1983.", "The claim stands."],
        ["The case is No. 21-cv-00815.", "Nos. 12 and 13 were joined."],
        ["Under Fed. R. Civ. P. 12(b)(6) it fails.", "So does Fed. R. Evid. 403."],
        ["Judge Ada J. Romero signed it on Jan. 5, 2025.", "He left on Sept. 3."],
        ["Norvel Systems Inc. sued.", "Oakmere Gas Co. Ltd. answered."],
        ["She sued Norvel Inc.", "The company denied it."],
        ["They live in the U.S.", "The law is old."],
        ["The U.S. Supreme Court agreed.", "So did the D.C. Circuit."],
        ["We waited . . . and it came.", "Then it went."],
        ["He paused... then spoke…", "Nobody heard."],
        ["The quotation ends here . . . .", "Another begins."],
        ["“We respect the court.”", "She left."],
        ["“Will you appeal?” he asked.", "“No,” she said."],
        ["Is it true?", "Yes!", "No.", "We think not."],
        ["(See Order at 5.)", "The rest follows."],
        ["The contract lapsed.3", "Nobody renewed it."],
        ["It cost $2.4 million.", "Prices rose 3.5 percent."],
        ["Dr. Mia Chen and Mr. Lee came.", "Gov. Hale did not."],
        ["It began at 9 a.m. on Monday.", "It ended at 5 p.m.", "The room was empty."],
        ["See, e.g., Hale, 88 F.4th at 110.", "But cf. Ruiz, 12 F.3d at 4."],
        ["1. The motion is granted.", "The case is closed."],
        ["II. The Parties"],
        ["Q1. What is Norvel?"],
        ["¶ 3. The device failed.", "§ 4 applies."],
        ["It rests on Art. I, § 10, cl. 3.", "Pp. 9–22 say so.", "Cf. Ruiz, 12 F.3d at 4."],
        ["Bell Atl. Corp. v. Hosp. Sav. Assn. is FED. R. CIV. P. 12 law."],
        ["The city grew.", "I saw it.", "A mayor came."],
        ["She sued Norvel Inc.", "I saw it.", "He sued Hale Co.", "A jury sat."],
        [
            "The jury awarded damages",
        ],
    ],
)
def test_sentences(expected: list[str]) -> None:
    text = " ".join(expected)

    assert shown(text, sentences(text)) == expected


def test_headings_are_sentences_of_their_own() -> None:
    text = "How the case began\nNorvel sued. It lost.\nWhat happens next\n"

    assert shown(text, sentences(text)) == [
        "How the case began",
        "Norvel sued.",
        "It lost.",
        "What happens next",
    ]


@given(TEXTS)
def test_sentences_hold_all_that_is_not_white(text: str) -> None:
    assert_covers(text, sentences(text))


@given(TEXTS)
def test_sentence_at_finds_every_sentence_by_any_place_in_it(text: str) -> None:
    for sentence in sentences(text):
        for offset in range(sentence.start, sentence.end):
            assert sentence_at(text, offset) == sentence


def test_sentence_between_two_is_the_one_before() -> None:
    text = "It ended.   It began."

    assert sentence_at(text, 11) == Range(0, 9)


def test_indented_paragraph_is_found_from_its_white_space() -> None:
    assert sentence_at("   It ended. It began.", 1) == Range(3, 12)


@pytest.mark.parametrize(
    "piece", ["Norvel lost in the U.S. court. ", ". ", ".", "\n", "a", "a\n", "“", " ", "A. "]
)
def test_long_text_is_split_in_time_that_grows_with_its_length(piece: str) -> None:
    """Ten times the text may take thirty times as long, on a busy machine; not a hundred times."""
    seconds = {}
    for length in (20_000, 200_000):
        text = piece * (length // len(piece))
        gc.disable()  # it would look through what all the tests before have left
        started = time.thread_time()
        found = sentences(text)
        seconds[length] = time.thread_time() - started
        gc.enable()

    assert seconds[200_000] < 30 * max(seconds[20_000], 0.01)
    assert len(found) <= len(text)


def test_sentences_of_the_article_that_is_the_measure(corpus: Path) -> None:
    text = normalise((corpus / "articles" / "nso-group-whatsapp-injunction.txt").read_text("utf-8"))

    found = shown(text, sentences(text))

    assert "FAQs" in found
    assert "Q1. What is the NSO Group?" in found
    assert not [sentence for sentence in found if sentence[0].islower()]
    assert not [
        sentence for sentence in found if sentence.endswith(("U.S.", " v.", "No.")) and len(found) > 1
    ]


def assert_covers(text: str, ranges: list[Range]) -> None:
    """The ranges are in order, have no white space at their ends, and leave only white space out."""
    place = 0
    for start, end in ranges:
        assert place <= start < end
        assert text[place:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        place = end
    assert text[place:].strip() == ""


# Anchors


def test_quote_is_found_again_where_it_stood() -> None:
    span = factories.find("Norvel cannot claim")

    assert reanchor(factories.TEXT, quote(factories.TEXT, (span,))) == tuple(span)


def test_context_tells_repeated_words_apart() -> None:
    text = "First the court ruled. Then the court adjourned."
    second = quote(text, factories.fragments((32, 37)))

    assert second.exact == "court"
    assert reanchor(text, second) == (32, 37)
    assert reanchor("A new heading.\n" + text, second) == (47, 52)


def test_words_that_moved_over_a_line_break_are_found() -> None:
    assert reanchor("that the\n  company lapsed", Quote("", "the company", " lapsed")) == (5, 18)


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("no such words", Quote("", "court", "")),
        ("court court", Quote("", "court", "")),
        ("anything", Quote("", "", "")),
    ],
)
def test_words_that_are_not_there_or_not_told_apart_have_no_place(text: str, sought: Quote) -> None:
    assert reanchor(text, sought) is None


@given(TEXTS.filter(lambda text: text.strip() != ""), st.data())
def test_unique_words_are_always_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = factories.fragments((start, end))
    sought = text[start:end]
    assume(sought.strip() != "" and sum(text.startswith(sought, place) for place in range(len(text))) == 1)

    assert reanchor(text, quote(text, span)) == (start, end)
