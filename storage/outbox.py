"""How far a project file and its hub are in step: what was pulled, and the outbox of what was not pushed yet.

The outbox is no list of its own: it is the history above the place `sent`, so that an edit is in it by the
very transaction that makes it. What the hub refused is listed apart, and tried again when it is next opened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace

from sqlalchemy import Connection

from annotator.errors import StaleChange
from annotator.hub import HubLink, Pushed, Refusal
from annotator.merging import TakenIn, Travelled
from annotator.model import derived_id
from storage import entries, merge

_LINK = "address, login, annotator, role, pulled, sent"


def link(connection: Connection) -> HubLink | None:
    """How the project stands to its hub, None if it has none."""
    row = connection.exec_driver_sql(f"SELECT {_LINK} FROM hub").first()
    return None if row is None else HubLink(*row)


def set_link(connection: Connection, wanted: HubLink | None) -> None:
    """Join the project to a hub, or take it from its hub; what another hub has refused is forgotten."""
    known = link(connection)
    connection.exec_driver_sql("DELETE FROM hub")
    if known is None or wanted is None or known.address != wanted.address:
        connection.exec_driver_sql("DELETE FROM hub_refusal")
    if wanted is not None:
        connection.exec_driver_sql(f"INSERT INTO hub ({_LINK}) VALUES (?, ?, ?, ?, ?, ?)", astuple(wanted))


def unsent(connection: Connection, *, limit: int) -> list[tuple[int, Travelled]]:
    """The first Changes of the outbox, with their places in the history; [] without a hub."""
    known = link(connection)
    return [] if known is None else entries.travelled(connection, above=known.sent, limit=limit)


def count_unsent(connection: Connection) -> int:
    """How many Changes are in the outbox."""
    row = connection.exec_driver_sql("SELECT count(*) FROM history, hub WHERE history.place > hub.sent").one()
    return int(row[0])


def refusals(connection: Connection) -> tuple[Refusal, ...]:
    """What the hub did not take, in the order in which it was made."""
    rows = connection.exec_driver_sql(
        "SELECT change_id, sentence FROM hub_refusal JOIN history USING (change_id) ORDER BY place"
    )
    return tuple(Refusal(*row) for row in rows)


def refused(connection: Connection) -> list[Travelled]:
    """The Changes that the hub did not take."""
    places = connection.exec_driver_sql(
        "SELECT place FROM history JOIN hub_refusal USING (change_id) ORDER BY place"
    ).scalars()
    return [entries.travelled(connection, above=place - 1, limit=1)[0][1] for place in places]


def mark_sent(connection: Connection, tried: Sequence[str], found: Iterable[Refusal], *, up_to: int) -> None:
    """Keep that Changes (ids) were pushed, but for those refused; the history up to a place is dealt with."""
    connection.exec_driver_sql("UPDATE hub SET sent = max(sent, ?)", (up_to,))
    if tried:
        connection.exec_driver_sql("DELETE FROM hub_refusal WHERE change_id = ?", [(each,) for each in tried])
    rows = [(each.change, each.sentence) for each in found]
    if rows:
        connection.exec_driver_sql("INSERT OR REPLACE INTO hub_refusal VALUES (?, ?)", rows)


def receive(connection: Connection, pushed: Sequence[Pushed], *, until: int, workstation: str) -> TakenIn:
    """Merge what was pulled, and keep that all up to a number is here, in one transaction.

    What came is not unsent: where the outbox was empty it stays so. Where it was not, the next push finds it
    on the hub.
    """
    known = link(connection)
    if known is None:
        raise StaleChange("The project was taken from its hub meanwhile.")
    was_empty = count_unsent(connection) == 0
    taken = merge.take_in(connection, (_own(each, known.login, workstation) for each in pushed))
    last = connection.exec_driver_sql("SELECT coalesce(max(place), 0) FROM history").scalar_one()
    connection.exec_driver_sql(
        "UPDATE hub SET pulled = max(pulled, ?), sent = ?", (until, last if was_empty else known.sent)
    )
    return taken


def refuse_sent(connection: Connection, merge_id: str) -> None:
    """Raises StaleChange if a merge that is to be taken back has gone to the hub, and so to others."""
    row = connection.exec_driver_sql(
        "SELECT 1 FROM merged, hub WHERE merged.id = ? AND merged.after_change < hub.sent "
        "AND merged.last_change > merged.after_change",
        (merge_id,),
    ).first()
    if row is not None:
        raise StaleChange(
            "The merge was not taken back, because what it brought has gone to the hub, to everybody. "
            "Undo or remove what should not be there."
        )


def _own(pushed: Pushed, login: str, workstation: str) -> Travelled:
    """A Change, which counts as one of this workstation only if our own user brought it to the hub.

    Anybody may write any workstation into a line; what is counted and undone here must not follow from that.
    """
    entry = pushed.change.entry
    if entry.workstation != workstation or pushed.login == login:
        return pushed.change
    other = derived_id(workstation, entry.change_id)
    return replace(pushed.change, entry=replace(entry, workstation=other))
