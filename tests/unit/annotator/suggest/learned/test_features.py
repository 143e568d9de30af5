"""What words and sentences look like to the learned suggester."""

from annotator.suggest.learned.features import rows, sentence_rows


def features_of(text: str, word: str, kind: str = "order") -> set[str]:
    """What the first token with these letters looks like."""
    return next(
        set(its)
        for row in rows(text, kind)
        for token, its in zip(row.tokens, row.features, strict=True)
        if text[token.start : token.end] == word
    )


def test_a_word_tells_its_shape_its_ends_and_its_neighbours() -> None:
    assert {"w=norvel", "s=Xx", "p=nor", "e=vel", "w-1=v", "w+1=tarn"} <= features_of(
        "Acme v Norvel Tarn", "Norvel"
    )


def test_legal_words_are_known_by_kind_beside_a_word_too() -> None:
    assert {"k-1=honorific", "k2=court"} <= features_of("Judge Romero of court", "Romero")
    assert "k-2=versus" in features_of("Acme v. Norvel", "Norvel")


def test_numbers_are_alike_and_a_citation_is_told() -> None:
    assert {"w=000", "cite"} <= features_of("See 410 F.3d 12.", "410")


def test_a_caption_ends_at_the_first_long_paragraph_and_articles_have_none() -> None:
    long = "The motion is about a seal. " * 12

    assert "caption|X" in features_of(f"ACME, Plaintiff\n{long}\nORDER", "ACME")
    assert "caption|X" not in features_of(f"ACME, Plaintiff\n{long}\nORDER", "ORDER")
    assert "caption|X" not in features_of("ACME, Plaintiff", "ACME", "article")


def test_what_stands_in_quotation_marks_is_told() -> None:
    text = "He said “the court erred” again"

    assert "quoted" in features_of(text, "erred")
    assert "quoted" not in features_of(text, "again")


def test_a_sentence_knows_its_cues_and_those_of_the_sentence_before() -> None:
    text = "We hold that it is moot. The rest follows."

    first, second = sentence_rows(text, "opinion", rows(text, "opinion"))

    assert {"k=we", "k=deciding", "k=deciding|opinion", "first=we"} <= set(first.features)
    assert {"before=deciding", "last=follows ."} <= set(second.features)
    assert text[second.row.tokens[0].start :].startswith("The rest")


def test_a_text_without_words_has_no_features() -> None:
    assert [row.features for row in rows(" \n\n ", "article")] == []
    assert sentence_rows("", "article", []) == []
