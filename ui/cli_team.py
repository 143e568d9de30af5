"""What `annotator people`, `assign` and `finish` do: who works on what, and what of it is finished."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from annotator.errors import InvalidEdit
from annotator.model import Role
from annotator.progress import run
from annotator.wording import counted
from ui.cli_commands import acting, document_named, open_store, person_called, person_named
from ui.cli_output import echo_table, print_json, problem, progress, result
from ui.cli_roles import acting_as
from ui.memory import Memory
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.model import Annotator
    from annotator.services.assigning import Plan
    from annotator.store import DocumentRow, Store


@dataclass(frozen=True, slots=True)
class AssignChoice:
    """What `assign` was asked for, in the words of the command line; nothing of it is looked up yet."""

    to: Sequence[str] = ()
    documents: Sequence[str] = ()
    kinds: Sequence[str] = ()
    layers: Sequence[str] = ()
    overlap: float = 0
    copies: int | None = None
    seed: int = 0
    only_preview: bool = False
    takes_back: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of an annotator; None leaves it as it is."""

    role: str | None = None
    colour: str | None = None
    rename: str | None = None


def people(project: Path, name: str | None, facts: Facts, *, switches: bool, as_json: bool) -> int:
    """List the annotators; add or change the one of a name, or annotate as them from now on."""
    settings = Settings.load()
    if name is None:
        if switches or facts != Facts():
            raise InvalidEdit("Say whose role, colour or name it is: annotator people PROJECT NAME ...")
        with open_store(project, settings, read_only=True) as store:
            _list(store.annotators(), acting(store, settings), as_json=as_json)
        return 0
    if switches:
        if facts != Facts():
            raise InvalidEdit("Give --me alone; change a role, colour or name before or after it.")
        return _switch(project, name, settings)
    from annotator.services import annotating
    from annotator.services.syncing import whose_role_stays

    colour, role = _colour(facts.colour), _role(facts.role)
    with open_store(project, settings) as store:
        me, known = acting(store, settings).id, person_called(store, name)
        if known is None:
            if facts.rename is not None:
                raise InvalidEdit(f"There is no annotator {name} to rename.")
            change = annotating.add_annotator(
                store, annotator=me, name=name, role=role or "annotator", colour=colour
            )
        else:
            change = annotating.change_annotator(
                store, annotator=me, person=known.id, name=facts.rename, role=role, colour=colour
            )
        result(f"{change.title}: done.")
        for stays in whose_role_stays(store, change):
            problem(
                f"note: On the hub the role of {stays} is as it was. To change it there, too: "
                f'annotator hub member {project} "{stays}" --login USER'
            )
    return 0


def _switch(project: Path, name: str, settings: Settings) -> int:
    """Keep on this computer, as *Switch annotator* in the window does, who annotates in the project."""
    with open_store(project, settings, read_only=True) as store:
        person, project_id = person_named(store, name), store.project_id
    memory = Memory()
    memory.remember(project_id, project, annotator=person.id, document=None)
    memory.save()
    result(f"You are {person.name} in {project} on this computer now, {person.role}.")
    return 0


def _list(annotators: Sequence[Annotator], me: Annotator, *, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {"name": who.name, "role": who.role, "colour": who.colour, "me": who == me}
                for who in annotators
            ]
        )
    else:
        rows = [(who.name, who.role, who.colour, "you" if who == me else "") for who in annotators]
        echo_table(("name", "role", "colour", ""), rows)


def _role(name: str | None) -> Role | None:
    roles: dict[str, Role] = {role: role for role in get_args(Role)}
    if name is not None and name not in roles:
        raise InvalidEdit(f"There is no role {name}; the roles are {', '.join(roles)}.")
    return None if name is None else roles[name]


def _colour(code: str | None) -> str | None:
    if code is not None and not re.fullmatch("#[0-9A-Fa-f]{6}", code):
        raise InvalidEdit(f"{code} is no colour; write one like #0072B2.")
    return code


def assign(project: Path, choice: AssignChoice) -> int:
    """Deal documents out or give them by hand, after telling who would get how much; or take them back."""
    from annotator.services import assigning

    settings = Settings.load()
    with open_store(project, settings, read_only=choice.only_preview) as store:
        me = acting_as(store, settings, "lead", "assigns documents").id
        people = [person_named(store, name).id for name in dict.fromkeys(choice.to)]
        documents = _documents(store, choice)
        if choice.takes_back:
            if choice.only_preview:
                raise InvalidEdit("Give one of --take-back and --preview.")
            ids = [row.id for row in documents]
            result(f"{assigning.withdraw(store, annotator=me, documents=ids, people=people).title}: done.")
            return 0
        plan = _plan(store, choice, documents, people)
        _show(store, plan, people)
        if not choice.only_preview:
            result(f"{assigning.assign(store, annotator=me, plan=plan).title}: done.")
    return 0


def _plan(
    store: Store, choice: AssignChoice, documents: Sequence[DocumentRow], people: Sequence[str]
) -> Plan:
    from annotator.dealing import Rule
    from annotator.services.assigning import plan_by_hand, plan_dealing

    if not people:
        raise InvalidEdit("Say who gets the documents, once for each annotator: --to NAME.")
    by_rule = choice.overlap or choice.copies is not None
    if choice.documents and not by_rule:
        return plan_by_hand(store, documents=documents, annotators=people, layers=choice.layers)
    share = choice.overlap / 100 if choice.overlap else float(choice.copies is not None)
    rule = Rule(share, 2 if choice.copies is None else choice.copies, choice.seed)
    return plan_dealing(store, documents=documents, annotators=people, rule=rule, layers=choice.layers)


def _documents(store: Store, choice: AssignChoice) -> tuple[DocumentRow, ...]:
    """The documents named, or those that nobody has; for taking back, all. Of these the kinds asked for."""
    from annotator.services.assigning import unassigned

    rows = store.document_rows("")
    if choice.documents:
        rows = tuple(document_named(rows, name) for name in dict.fromkeys(choice.documents))
    elif not choice.takes_back:
        rows = unassigned(store)
    rows = tuple(row for row in rows if not choice.kinds or row.kind in choice.kinds)
    if not rows:
        raise InvalidEdit(
            "There is no document to assign: all of them are assigned, or none is of that kind. "
            "Name documents by --document to give them to more annotators."
        )
    return rows


def _show(store: Store, plan: Plan, people: Sequence[str]) -> None:
    names = {who.id: who.name for who in store.annotators()}
    rows = [(names[who], plan.documents_of(who), plan.length_of(who)) for who in people]
    echo_table(("annotator", "documents", "characters"), rows)
    shared = f", {plan.shared} of them to several annotators" if plan.shared else ""
    result(f"{counted(len(plan.rows), 'document')}{shared}.")
    if plan.left_out:
        result(f"{counted(len(plan.left_out), 'document')} left out, which have none of these layers.")


def finish(project: Path, names: Sequence[str], *, only_previews: bool) -> int:
    """Call the imported work of annotators finished, of all if none is named, after telling how much."""
    from annotator.services.imported_work import finish_imported, imported_work

    settings = Settings.load()
    with open_store(project, settings, read_only=only_previews) as store:
        me = acting_as(store, settings, "lead", "says what is finished").id
        wanted = {person_named(store, name).id for name in names}
        with progress("Looking through documents") as tell:
            found = run(imported_work(store), tell)
        work = [each for each in found if not wanted or each.annotator in wanted]
        if not work:
            result("There is no imported work to finish.")
            return 0
        rows = [(each.name, len(each.documents), each.spans) for each in work]
        echo_table(("annotator", "documents", "spans"), rows)
        if not only_previews:
            result(f"{finish_imported(store, lead=me, work=work).title}: done.")
    return 0
