"""Guidelines as rules and label pages, what differs between two versions, and what is refused."""

from dataclasses import replace

import pytest

import resources
from annotator import guidelines
from annotator.errors import InvalidEdit
from annotator.guidelines import PartChange
from annotator.schema_editing import change_label, merge_labels
from annotator.schema_toml import read_schema
from tests import factories

TEXT = """# How we mark

## The rules

### R1 No cue, no claim

Mark what is attributed.

```
# no heading
### R9 no rule
```

### R2. Boundary ###

Begin after the cue.

## Labels of the layer Entity

Names only.

### Court

A named court (R1).

#### More

Still the court.

### Judge

A named judge.

## Links

### Court

Not a page.
"""


def test_rules_have_numbers_and_titles_and_fenced_lines_are_no_headings() -> None:
    found = [(rule.key, rule.title) for rule in guidelines.rules(TEXT)]

    assert found == [("R1", "No cue, no claim"), ("R2", "Boundary")]
    assert guidelines.rules(TEXT)[0].text.endswith("### R9 no rule\n```\n")


def test_page_of_a_label_goes_to_the_next_heading_of_its_level() -> None:
    page = guidelines.page_of(TEXT, factories.schema(), "court")

    assert page is not None
    assert page.text.startswith("### Court\n")
    assert page.text.endswith("Still the court.\n")
    assert guidelines.page_of(TEXT, factories.schema(), "claim") is None


def test_merged_label_has_the_page_of_what_it_became() -> None:
    schema = merge_labels(factories.schema(), "judge", "court")

    page = guidelines.page_of(TEXT, schema, "judge")

    assert page is not None
    assert page.key == "Court"


@pytest.mark.parametrize("name", resources.schema_names())
def test_every_label_that_ships_has_a_page(name: str) -> None:
    schema = read_schema(resources.schema_text(name))
    text = resources.guideline_text(name)

    missing = [each.id for each in schema.labels() if guidelines.page_of(text, schema, each.id) is None]

    assert missing == []
    assert [rule.key for rule in guidelines.rules(text)] == ["R1", "R2", "R3", "R4", "R5"]


def test_changes_name_rules_and_pages_that_are_new_changed_or_gone() -> None:
    after = (
        TEXT.replace("Begin after the cue.", "Begin right after the cue.")
        .replace("### R1 No cue", "### R3 No cue")
        .replace("A named judge.", "A judge.")
        .replace("Names only.", "Names.")
    )

    assert guidelines.changes(TEXT, after) == (
        PartChange("new", "rule", "R3", "No cue, no claim"),
        PartChange("changed", "rule", "R2", "Boundary"),
        PartChange("changed", "page", "Judge", "Judge"),
        PartChange("gone", "rule", "R1", "No cue, no claim"),
    )
    assert guidelines.changes(TEXT, TEXT) == ()


def test_rule_with_the_number_of_another_is_refused() -> None:
    with pytest.raises(InvalidEdit, match="R2 is the number of both “Boundary” and “Again”"):
        guidelines.checked(TEXT + "\n### R2 Again\n")


def test_empty_guidelines_are_refused() -> None:
    with pytest.raises(InvalidEdit, match="without a word"):
        guidelines.checked(" \r\n")


def test_cited_rules_are_whole_words() -> None:
    assert guidelines.rules_cited("By R2 and (R10), not R0, XR3 or R4a.") == {"R2", "R10"}


def test_line_differences_show_what_went_and_what_came() -> None:
    shown = guidelines.line_differences("a\n--- b\nc\n", "a\nd\nc\n")

    assert shown == (("@", ""), (" ", "a"), ("-", "--- b"), ("+", "d"), (" ", "c"))


def test_reading_of_a_label_is_its_page_and_the_rules_that_it_cites() -> None:
    shown = guidelines.reading_for(TEXT, factories.schema(), "court")

    assert shown.startswith("### Court\n\nA named court (R1).")
    assert "### R1 No cue, no claim" in shown
    assert "Boundary" not in shown


def test_label_without_a_page_is_read_from_the_schema() -> None:
    schema = factories.schema()
    claim = schema.label("claim")
    assert claim is not None
    schema = change_label(schema, replace(claim, summary="what is said (R2)", examples=("it was so",)))

    shown = guidelines.reading_for(TEXT, schema, "claim")

    assert shown.startswith("### Claim\n\nWhat is said (R2).\n> it was so\n")
    assert "Begin after the cue." in shown
    assert guidelines.reading_for(TEXT, schema, "nothing") == ""


def test_page_stays_with_a_label_that_is_renamed() -> None:
    schema = factories.schema()
    court = schema.label("court")
    assert court is not None

    page = guidelines.page_of(TEXT, change_label(schema, replace(court, name="Tribunal")), "court")

    assert page is not None
    assert page.key == "Court"


def test_new_rule_has_the_next_number_behind_the_last_rule() -> None:
    text, line = guidelines.with_new_rule(TEXT, "Nesting")

    assert text.splitlines()[line] == "### R3 Nesting"
    assert [rule.key for rule in guidelines.rules(text)] == ["R1", "R2", "R3"]
    assert guidelines.page_of(text, factories.schema(), "judge") is not None
    assert guidelines.with_new_rule("", "First") == ("### R1 First\n", 0)


def test_new_page_stands_among_those_of_its_layer() -> None:
    without = TEXT.replace("### Judge\n\nA named judge.\n\n", "")

    text, line = guidelines.with_new_page(without, factories.schema(), "judge")

    assert text.splitlines()[line] == "### Judge"
    assert text.index("Still the court.") < text.index("### Judge") < text.index("## Links")
    page = guidelines.page_of(text, factories.schema(), "judge")
    assert page is not None
    with pytest.raises(InvalidEdit, match="Judge has a page already"):
        guidelines.with_new_page(text, factories.schema(), "judge")


def test_first_page_of_a_layer_brings_its_heading_along() -> None:
    text, line = guidelines.with_new_page(TEXT, factories.schema(), "claim")

    assert text.splitlines()[line - 2 : line + 1] == ["## Labels of the layer Claim", "", "### Claim"]
    assert guidelines.page_of(text, factories.schema(), "claim") is not None
