"""What is learned from and what is held out."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.learned.examples import Example, Group, Span, digest, groups, split
from annotator.text import text_sha256
from tests.learned_texts import examples


def of(text: str, *spans: Span) -> Example:
    return Example(text_sha256(text), text, "article", {"entity": spans})


@given(st.lists(st.text("abc", max_size=3), min_size=2, max_size=30), st.lists(st.text("abc", max_size=3)))
def test_a_text_stays_on_its_side_whatever_comes(texts: list[str], more: list[str]) -> None:
    some, all_of_them = [of(text) for text in texts], [of(text) for text in (*texts, *more)]
    held_out, later = split(some).held_out, split(all_of_them).held_out
    by_rule = {each.text for each in all_of_them if int(each.text_sha256[:8], 16) % 5 == 0}

    if {each.text for each in held_out} <= by_rule and len(by_rule) < len({*texts, *more}):
        assert {each.text for each in held_out} <= {each.text for each in later}
    if len(set(texts)) > 1:
        assert held_out
        assert split(some).learned
    assert not {each.text for each in held_out} & {each.text for each in split(some).learned}


def test_the_hash_does_not_hang_on_the_order_and_tells_every_span() -> None:
    one, other = examples(2)
    changed = replace(one, spans=one.spans | {"claim": one.spans["claim"][:-1]})

    assert digest([one, other]) == digest([other, one])
    assert digest([one, other]) != digest([changed, other])


def test_labels_of_long_spans_are_learned_apart_from_the_names_of_their_layer() -> None:
    assert groups(examples(2)) == (
        Group("claim", False, frozenset({"source"})),
        Group("claim", True, frozenset({"claim"})),
        Group("entity", False, frozenset({"court", "judge"})),
    )
