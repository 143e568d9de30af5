"""What the program requires: licences that it may be passed on with, and lower bounds for all of it."""

import re
import tomllib
from pathlib import Path

from ui.licences import notices

ROOT = Path(__file__).resolve().parents[2]
COPYLEFT = re.compile(r"\bA?GPL|(?<!Lesser )General Public License|Affero")


def may_be_used(licence: str) -> bool:
    """Whether one of the licences offered is neither GPL nor AGPL; an unknown one is not enough."""
    offered = re.split(r"\bOR\b|,|;|/", licence)
    return any(part.strip(" ()?") and not COPYLEFT.search(part) for part in offered)


def test_no_library_is_under_gpl_or_agpl_alone() -> None:
    found = notices()

    assert len(found) > 10
    assert [f"{each.name}: {each.licence}" for each in found if not may_be_used(each.licence)] == []


def test_licences_are_told_apart() -> None:
    assert may_be_used("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only")
    assert may_be_used("GNU Lesser General Public License v3 (LGPLv3)")
    assert not may_be_used("GPL-3.0-or-later")
    assert not may_be_used("GNU Affero General Public License v3")
    assert not may_be_used("?")


def test_every_requirement_has_a_lower_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project["optional-dependencies"].values()
    required = [*project["dependencies"], *(each for extra in optional for each in extra)]

    assert [each for each in required if ">=" not in each] == []
