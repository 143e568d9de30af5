"""What `annotator case` does: listing, finding and changing cases. The words of usage are in `usage`.

Heavy modules are imported inside the command, so that `annotator --help` answers at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import InvalidEdit
from annotator.progress import run
from annotator.wording import counted
from ui.cli_commands import acting, document_named, open_store
from ui.cli_output import echo_table, print_json, progress, result
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.cases import Proposal
    from annotator.services.cases import CaseView
    from annotator.store import Store


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """What `case` was asked for, in the words of the command line; nothing of it is looked up yet."""

    find: bool = False
    confirm: bool = False
    add: bool = False
    put: Sequence[str] = ()
    take_out: Sequence[str] = ()
    docket_number: str | None = None
    court: str | None = None
    caption: str | None = None
    remove: bool = False

    @property
    def facts(self) -> dict[str, str | None]:
        return {"docket_number": self.docket_number, "court": self.court, "caption": self.caption}

    @property
    def writes(self) -> bool:
        """Whether it changes the project."""
        said = any(value is not None for value in self.facts.values())
        return bool(said or self.confirm or self.add or self.put or self.take_out or self.remove)


def case(project: Path, name: str | None, choice: CaseChoice, *, as_json: bool) -> int:
    """List, find, show or change; a change is told in one line."""
    settings = Settings.load()
    with open_store(project, settings, read_only=not choice.writes) as store:
        if choice.find or choice.confirm:
            _find(store, name, choice, me=acting(store, settings).id, as_json=as_json)
        elif not choice.writes:
            _show(store, name, as_json=as_json)
        elif name is None:
            raise InvalidEdit("Say which case it is: annotator case PROJECT NUMBER ...")
        else:
            _change(store, name, choice, me=acting(store, settings).id)
    return 0


def _find(store: Store, name: str | None, choice: CaseChoice, *, me: str, as_json: bool) -> None:
    from annotator.cases import docket_keys
    from annotator.services import cases

    with progress("Looking into") as tell:
        found = run(cases.find(store), tell)
    if name is not None:
        wanted = set(docket_keys(name))
        found = tuple(
            one
            for one in found
            if wanted & set(docket_keys(one.docket_number)) or one.caption.casefold() == name.casefold()
        )
        if not found:
            raise InvalidEdit(f"No document seems to belong to a case “{name}” that is not in it already.")
    if choice.confirm:
        for one in found:
            result(f"{cases.confirm(store, annotator=me, proposal=one).title}: done.")
    elif as_json:
        print_json([_proposal_values(one) for one in found])
    else:
        rows = [
            (one.docket_number, one.caption, each.kind, each.title, each.reason, each.words)
            for one in found
            for each in one.documents
        ]
        echo_table(("docket number", "caption", "kind", "document", "by its", "words"), rows)


def _proposal_values(proposal: Proposal) -> dict[str, object]:
    return {
        "case": proposal.case or None,
        "docket_number": proposal.docket_number,
        "court": proposal.court,
        "caption": proposal.caption,
        "documents": [
            {
                "id": each.document,
                "title": each.title,
                "kind": each.kind,
                "by": each.reason,
                "words": each.words,
            }
            for each in proposal.documents
        ],
    }


def _show(store: Store, name: str | None, *, as_json: bool) -> None:
    from annotator.services import cases

    views = cases.views(store)
    if name is not None:
        chosen = cases.case_called(store, name)
        views = tuple(view for view in views if view.case.id == chosen.id)
    if as_json:
        print_json([_case_values(view) for view in views])
        return
    if name is None:
        heads = ("docket number", "caption", "court", "articles", "filings")
        rows = [
            (
                view.case.docket_number,
                view.case.caption,
                view.case.court,
                counted(len(view.articles), "article"),
                counted(len(view.filings), "filing"),
            )
            for view in views
        ]
        echo_table(heads, rows)
        return
    for view in views:
        result(" · ".join(filter(None, (view.case.name, view.case.docket_number, view.case.court))))
        documents = [(cases.date_of(each), each.kind, each.title) for each in view.documents]
        echo_table(("date", "kind", "document"), documents)


def _case_values(view: CaseView) -> dict[str, object]:
    from annotator.services.cases import date_of

    return {
        "id": view.case.id,
        "docket_number": view.case.docket_number,
        "court": view.case.court,
        "caption": view.case.caption,
        "documents": [
            {"id": each.id, "title": each.title, "kind": each.kind, "date": date_of(each)}
            for each in view.documents
        ],
    }


def _change(store: Store, name: str, choice: CaseChoice, *, me: str) -> None:
    from annotator.services import cases

    listed = store.document_rows("")
    put = [document_named(listed, each).id for each in choice.put]
    out = [document_named(listed, each).id for each in choice.take_out]
    if choice.add:
        facts = {key: value or "" for key, value in choice.facts.items()}
        facts["docket_number"] = facts["docket_number"] or name
        result(f"{cases.add(store, annotator=me, documents=put, **facts).title}: done.")
        return
    found = cases.case_called(store, name)
    if choice.remove:
        result(f"{cases.remove(store, annotator=me, case=found.id).title}: done.")
        return
    changes = []
    with store.together():
        if facts := {key: value for key, value in choice.facts.items() if value is not None}:
            changes.append(cases.change(store, annotator=me, case=found.id, facts=facts))
        if put:
            changes.append(cases.put(store, annotator=me, case=found.id, documents=put))
        if out:
            changes.append(cases.take_out(store, annotator=me, case=found.id, documents=out))
    for change in changes:
        result(f"{change.title}: done.")
