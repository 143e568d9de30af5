"""What a picker finds for what was typed."""

import pytest

from ui.models.picks import Pick, PickModel, matching

PICKS = (
    Pick("import", "Import files…", "Add documents: text, PDF", "Ctrl+I"),
    Pick("export", "Export…", "Write the annotations as a dataset", "Ctrl+E"),
    Pick("open", "Open project…", "Open a project file", "Ctrl+O"),
    Pick("recent", "Open recent…", "", "Ctrl+Shift+O", is_enabled=False),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["import", "export", "open", "recent"]),
        ("open", ["open", "recent"]),
        ("rec", ["recent"]),
        ("pr op", ["open"]),
        ("PDF", ["import"]),
        ("port", ["import", "export"]),
        ("ctrl+e", ["export"]),
        ("zebra", []),
    ],
)
def test_best_match_comes_first(typed: str, found: list[str]) -> None:
    assert [pick.id for pick in matching(PICKS, typed)] == found


def test_first_that_can_be_picked_skips_what_cannot() -> None:
    model = PickModel(PICKS)
    model.type_in("recent")

    assert not model.first_enabled().isValid()
    model.type_in("open")
    pick = model.pick_at(model.first_enabled())
    assert pick is not None
    assert pick.id == "open"
