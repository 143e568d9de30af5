"""Several workstations for tests of exchange: files of one project, packages between them, what they hold."""

from pathlib import Path

from annotator.model import RECORD_TYPES, Annotation, Record
from annotator.packages import open_package
from annotator.progress import run
from annotator.services import exchanging
from annotator.services.exchanging import Merged
from storage.store import Origin, ProjectStore, adopt_project, open_project


def packed(store: ProjectStore, path: Path, *, annotator: str = "", with_contents: bool = True) -> Path:
    """A package of a project's work."""
    run(exchanging.pack(store, lambda: path.open("wb"), annotator=annotator, with_contents=with_contents))
    return path


def adopted(package: Path, path: Path, workstation: str) -> ProjectStore:
    """The project of a package on another workstation, open for writing."""
    with open_package(package) as opened:
        said = opened.manifest
        run(
            adopt_project(
                path,
                Origin(said.project, said.name, said.created),
                workstation=workstation,
                fill=lambda store: exchanging.fill(store, opened),
            )
        )
    return open_project(path, workstation=workstation)


def merged(store: ProjectStore, package: Path) -> Merged:
    """What merging a package brought."""
    return run(exchanging.merge(store, package, annotator="", back_up=lambda: "backup"))


def records(store: ProjectStore) -> dict[str, Record]:
    """Every record of a project, by id."""
    found: dict[str, Record] = {}
    ids = {each.record.id for change in store.travelled() for each in change.records}
    for kind in RECORD_TYPES:
        found.update(store.records(kind, sorted(ids)))
    return found


def known(store: ProjectStore) -> set[tuple[str, str]]:
    """Every change of a record that the history has."""
    return {
        (change.entry.change_id, each.record.id) for change in store.travelled() for each in change.records
    }


def spans(store: ProjectStore, document: str) -> list[tuple[str, str]]:
    """Label and words of the spans in a document."""
    found: list[Annotation] = list(store.annotations(document))
    return [(span.label, span.quote.exact) for span in found]
