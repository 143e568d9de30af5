"""Who may do what on the command line: the roles that decide what the window offers decide it here, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.errors import InvalidEdit
from annotator.model import Role
from annotator.roles import has_role, sees_others
from ui.cli_commands import acting, person_named
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.model import Annotator
    from annotator.store import Store
    from storage.store import ProjectStore


def acting_as(store: ProjectStore, settings: Settings, needed: Role, what: str) -> Annotator:
    """Who acts here, whose role does for `what`, as in “measures agreement”.

    Raises InvalidEdit, with whom to ask and how to switch, if it does not.
    """
    me = acting(store, settings)
    if not has_role(me.role, needed):
        raise _not_theirs(store, me, needed, what)
    return me


def whose(store: ProjectStore, settings: Settings, names: Sequence[str], what: str) -> list[str]:
    """The ids of the annotators of these names, empty for all; an annotator's own where none is named.

    Raises InvalidEdit for a name that the project does not have, or for others if who acts works blind.
    """
    me = acting(store, settings)
    asked = [person_named(store, name).id for name in names]
    if sees_others(me.role):
        return asked
    if any(each != me.id for each in asked):
        raise _not_theirs(store, me, "reviewer", what)
    return [me.id]


def _not_theirs(store: Store, me: Annotator, needed: Role, what: str) -> InvalidEdit:
    does = "leads" if needed == "lead" else "reviews or leads"
    names = [person.name for person in store.annotators() if has_role(person.role, needed)]
    return InvalidEdit(
        f"Only who {does} {what}; ask {' or '.join(names)}. You are {me.name} here, {me.role}: "
        "`annotator people PROJECT NAME --me` switches."
    )
