"""The verbs of work with a hub: pushing what is unsent, pulling what others pushed, and joining one.

Each portion is kept as soon as it is done, so that a sync that breaks off goes on where it was. A push whose
answer was lost is found on the hub the next time, and not made twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotator.change import Change
from annotator.hub import Hub, HubError, HubLink, Member, Portion, Refusal
from annotator.merging import Travelled
from annotator.model import Annotator, Document, Role, SchemaVersion, TextVersion
from annotator.progress import Job, Progress
from annotator.store import RawContents, Store

_AT_ONCE = 200
_ELSEWHERE = (
    "“{title}” was made by somebody else; it comes to the hub when they sync, or who leads the project."
)


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did: Changes pushed, Changes that came, and what the hub does not take.

    `unreadable` counts Changes on the hub that make no sense, which no version of Annotator has written.
    """

    pushed: int = 0
    pulled: int = 0
    refusals: tuple[Refusal, ...] = ()
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class RoleApart:
    """A database user who has another role on the hub than who they are has in the project."""

    login: str
    name: str
    on_hub: Role
    in_project: Role


def sync(store: Store, hub: Hub) -> Job[Synced]:
    """Push, then pull, so that the project and the hub are the same. Raises HubError."""
    yield from check(store, hub)
    pushed = yield from push(store, hub)
    pulled, unreadable = yield from pull(store, hub)
    return Synced(pushed, pulled, store.hub_refusals(), unreadable)


def check(store: Store, hub: Hub) -> Job[None]:
    """See that the hub is that of the project, and who we are there now.

    Who has another role than before sees more or less of the same Changes, so all is pulled anew. A hub with
    fewer pushes than were pulled was restored from a backup; then all is pushed anew, too. What was refused
    is tried again.
    """
    yield Progress(0, 0)
    link = store.hub_link()
    if link is None:
        raise HubError("This project has no hub. Join one first: annotator hub join.")
    if hub.project.id != store.project_id:
        raise HubError(f"The hub is of another project now, “{hub.project.name}”. Nothing was exchanged.")
    me = hub.me
    present = replace(link, login=me.login, annotator=me.annotator, role=me.role)
    if hub.last() < link.pulled:
        store.set_hub_link(replace(present, pulled=0, sent=0))
    elif present != link:
        store.set_hub_link(replace(present, pulled=0))
    again = store.hub_refused()
    if again:
        _push(store, hub, again, up_to=0)


def push(store: Store, hub: Hub) -> Job[int]:
    """Push the outbox, in the order of the history; how many Changes the hub did not have."""
    total, count = store.count_unsent(), 0
    done = 0
    while some := store.unsent(_AT_ONCE):
        yield Progress(done, total)
        count += _push(store, hub, [change for _, change in some], up_to=some[-1][0])
        done += len(some)
    return count


def pull(store: Store, hub: Hub) -> Job[tuple[int, int]]:
    """Take in what was pushed since the last time: how many Changes were new, and how many make no sense."""
    count = unreadable = 0
    while True:
        yield Progress(count, 0)
        link = store.hub_link()
        portion = hub.pull(0 if link is None else link.pulled)
        _add_contents(store, hub, portion)
        count += store.receive(portion.pushed, until=portion.until).changes
        unreadable += portion.unreadable
        if portion.is_last:
            return count, unreadable


def join(store: Store, hub: Hub, address: str) -> None:
    """Join a project to its hub; the next sync brings them together. Raises HubError for another's hub."""
    if hub.project.id != store.project_id:
        raise HubError(
            f"The hub is of another project, “{hub.project.name}”. Open that one, or join without a project "
            "file to make one."
        )
    me = hub.me
    store.set_hub_link(HubLink(address, me.login, me.annotator, me.role))


def fill(store: Store, hub: Hub, address: str) -> Job[None]:
    """Bring all that the hub shows into a project that was just made for it. Raises HubError."""
    join(store, hub, address)
    yield from pull(store, hub)
    if not store.versions(SchemaVersion) or not store.annotators():
        raise HubError("The hub is empty as yet. Who made it syncs first: annotator sync.")


def roles_apart(store: Store, members: Iterable[Member]) -> tuple[RoleApart, ...]:
    """Whose role the project and the hub do not have alike. A Change to a role is none on the hub."""
    people = {person.id: person for person in store.annotators()}
    known = ((member, people.get(member.annotator)) for member in members)
    return tuple(
        RoleApart(member.login, person.name, member.role, person.role)
        for member, person in known
        if person is not None and person.role != member.role
    )


def keeps_documents_here(store: Store) -> bool:
    """Whether documents that are imported stay in the project file, since its hub takes none from us."""
    link = store.hub_link()
    return link is not None and link.role == "annotator"


def whose_role_stays(store: Store, change: Change) -> tuple[str, ...]:
    """The names of those whose role a Change alters in a project that has a hub, where it stays as it was."""
    before = {record.id: record.role for record in change.before if isinstance(record, Annotator)}
    people = [record for record in change.after if isinstance(record, Annotator)]
    names = tuple(person.name for person in people if before.get(person.id, person.role) != person.role)
    return names if names and store.hub_link() is not None else ()


def _push(store: Store, hub: Hub, changes: Sequence[Travelled], *, up_to: int) -> int:
    """Push what the hub lacks of some Changes, and keep what came of it; how many it lacked."""
    known = hub.known([change.entry.change_id for change in changes])
    lacking: list[Travelled] = []
    refusals: list[Refusal] = []
    for change in changes:
        there = known.get(change.entry.change_id)
        missing = [each for each in change.records if there is None or each.record.id not in there]
        if there is not None and not missing:
            continue
        if hub.me.role == "lead" or change.entry.annotator == hub.me.annotator:
            lacking.append(replace(change, records=tuple(missing)))
        elif there is None:
            sentence = _ELSEWHERE.format(title=change.entry.title)
            refusals.append(Refusal(change.entry.change_id, sentence))
    if hub.me.role != "annotator":
        _send_contents(store, hub, lacking)
    refused = hub.push(lacking)
    tried = [change.entry.change_id for change in changes]
    store.mark_sent(tried, (*refusals, *refused), up_to=up_to)
    return len(lacking) - len(refused)


def _send_contents(store: Store, hub: Hub, changes: Iterable[Travelled]) -> None:
    """Send the originals, texts and pages that the Changes name and the hub lacks."""
    versions, sources = _contents_of(changes)
    lacking_sources, lacking_texts = hub.lacking(
        sources=sources, texts={version.text_sha256 for version in versions}
    )
    for sha256 in sorted(lacking_sources):
        if store.has_source(sha256):
            hub.add_source(sha256, store.source(sha256))
    for version in versions:
        text = store.text_content(version.text_sha256)
        if text is not None:
            if version.text_sha256 in lacking_texts:
                hub.add_text(version.text_sha256, text)
            hub.add_pages(version.id, store.page_blobs(version.id))


def _add_contents(store: Store, hub: Hub, portion: Portion) -> None:
    """Fetch the originals, texts and pages that pulled Changes name and the project lacks."""
    versions, sources = _contents_of(each.change for each in portion.pushed)
    try:
        for sha256 in sorted(sources):
            if not store.has_source(sha256) and (data := hub.source(sha256)) is not None:
                store.add_contents(RawContents(sources={sha256: data}))
        for version in versions:
            if store.has_text(version.text_sha256) and store.page_blobs(version.id):
                continue
            text = hub.text(version.text_sha256)
            if text is None:
                raise HubError("A text is missing on the hub. Who imported it syncs once more.")
            store.add_contents(
                RawContents(texts={version.text_sha256: text}, pages={version.id: hub.pages(version.id)})
            )
    except ValueError as error:
        raise HubError(f"The hub is damaged: {error}. Ask who runs it to restore a backup.") from error


def _contents_of(changes: Iterable[Travelled]) -> tuple[list[TextVersion], set[str]]:
    """The text versions that Changes bring, and the SHA-256 of the originals."""
    records = [entry.after for change in changes for entry in change.records]
    versions = {record.id: record for record in records if isinstance(record, TextVersion)}
    return list(versions.values()), {each.source_sha256 for each in records if isinstance(each, Document)}
