"""What roles may do: a lead does for all, annotators see nothing of others."""

import pytest

from annotator.model import Role
from annotator.roles import has_role, sees_others


@pytest.mark.parametrize(
    ("role", "needed", "does"),
    [("lead", "reviewer", True), ("reviewer", "lead", False), ("annotator", "annotator", True)],
)
def test_a_role_does_for_those_below_it(role: Role, needed: Role, does: bool) -> None:
    assert has_role(role, needed) is does


def test_annotators_work_blind() -> None:
    assert [sees_others(role) for role in ("annotator", "reviewer", "lead")] == [False, True, True]
