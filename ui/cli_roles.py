"""Who may do what on the command line: the roles that decide what the window offers decide it here, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.errors import InvalidEdit
from annotator.model import Role
from annotator.roles import has_role, sees_others
from annotator.shown_names import is_blind
from ui.cli_commands import acting, open_store, person_named
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


def shows_names(store: ProjectStore, settings: Settings, who: Annotator, asked: bool | None) -> bool:
    """Whether a report names annotators to who asks for names, for none, or for what is usual (None).

    Who reviews blind gets names on request only, which is written down in every document first.
    Raises ProjectError if the project cannot be written.
    """
    if not is_blind(who.role):
        return asked is not False
    if asked:
        from annotator.services.review_log import reveal_all

        with open_store(store.path, settings) as own:
            reveal_all(own, reviewer=who.id, documents=[each.id for each in own.documents()])
    return bool(asked)


def _not_theirs(store: Store, me: Annotator, needed: Role, what: str) -> InvalidEdit:
    does = "leads" if needed == "lead" else "reviews or leads"
    names = [person.name for person in store.annotators() if has_role(person.role, needed)]
    return InvalidEdit(
        f"Only who {does} {what}; ask {' or '.join(names)}. You are {me.name} here, {me.role}: "
        "`annotator people PROJECT NAME --me` switches."
    )
