"""What the commands of the command line do; each returns its exit code. The words of usage are in `usage`.

Heavy modules are imported inside the commands, so that `annotator --help` answers at once.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import InvalidEdit, InvalidSchema, ProjectError
from annotator.places import risky_place
from annotator.progress import Progress, run
from annotator.roles import sees_others
from annotator.wording import counted
from ui.cli_output import GIVE_PASSWORD, echo_table, print_json, problem, progress, result
from ui.memory import Memory
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.label_mapping import LabelMapping
    from annotator.model import Annotator, Assignment
    from annotator.readers.document import ReadDocument
    from annotator.readers.options import ReadOptions
    from annotator.services.importing import ImportReport, Outcome
    from annotator.store import DocumentRow, Store
    from storage.store import ProjectStore

_OUTCOMES: dict[Outcome, str] = {"read": "read", "already_here": "already here", "refused": "refused"}


def new(project: Path, *, schema: str) -> int:
    """Make a project led by the user."""
    from annotator.services.projects import initial_change
    from storage.store import create_project

    settings = Settings.load()
    toml, guidelines = _schema(schema)
    warn_of_place(project)
    with create_project(
        project,
        name=project.stem,
        workstation=settings.workstation,
        initial=lambda project_id: initial_change(
            schema_toml=toml, guidelines=guidelines, lead_name=settings.who, project_id=project_id
        ),
    ) as store:
        result(
            f"{project} is ready, with the label schema {store.schema().name}. Its lead is {settings.who}."
        )
    return 0


def _schema(name: str) -> tuple[str, str]:
    """The label schema that ships under a name, with its guidelines, or that of a file, without."""
    import resources

    if name in resources.schema_names():
        return resources.schema_text(name), resources.guideline_text(name)
    shipped = ", ".join(resources.schema_names())
    try:
        return Path(name).read_text("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        raise InvalidSchema(name, ("It is not text in UTF-8.",)) from error
    except OSError as error:
        raise ProjectError(
            f"There is no label schema {name}: give one that ships ({shipped}) or a TOML file "
            f"({error.strerror or error})."
        ) from error


def import_paths(
    project: Path, paths: list[Path], *, owner: str | None, mapping: str | None, options: ReadOptions
) -> int:
    """Import files and folders; 1 if every one was refused."""
    from annotator.readers.isolated import ReaderProcess
    from annotator.services import importing
    from annotator.services.syncing import keeps_documents_here

    settings = Settings.load()
    names = None if mapping is None else _mapping(mapping)
    with (
        open_store(project, settings) as store,
        ReaderProcess() as process,
        ReaderProcess() as helper,
        progress("Reading") as tell,
    ):
        me = acting(store, settings).id
        job = importing.import_paths(
            store,
            paths,
            annotator=me,
            process=process,
            owner=owner,
            options=options,
            helpers=(helper,),
            mapping=names,
        )
        report = run(job, tell)
        stays_here = keeps_documents_here(store)
    _show_report(report, asks_password=bool(options.password))
    if stays_here and report.count("read"):
        problem(
            "note: The documents stay in this project file: the hub takes none from annotators. Ask who "
            "reviews or leads to import them for all."
        )
    return 1 if report.count("refused") == len(report.rows) else 0


def _mapping(name: str) -> LabelMapping:
    """The label mapping that ships under a name, or that of a file."""
    import resources
    from annotator.label_mapping import InvalidMapping, read_mapping

    if name in resources.mapping_names():
        return read_mapping(resources.mapping_text(name), name)
    try:
        return read_mapping(Path(name).read_text("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        raise InvalidMapping(f"The mapping {name} cannot be used: it is not text in UTF-8.") from error
    except OSError as error:
        shipped = ", ".join(resources.mapping_names())
        raise InvalidMapping(
            f"There is no mapping {name}: give one that ships ({shipped}) or a TOML file "
            f"({error.strerror or error})."
        ) from error


def _show_report(report: ImportReport, *, asks_password: bool) -> None:
    for row in report.rows:
        if row.outcome == "refused":
            hint = f" {GIVE_PASSWORD}" if row.locked is not None and not asks_password else ""
            problem(f"refused: {row.source}: {row.reason}{hint}")
        else:
            spans = f", {counted(row.spans, 'span')}" if row.spans else ""
            result(f"{_OUTCOMES[row.outcome]}: {row.source}: {row.title}{spans}")
        for warning in row.warnings:
            problem(f"note: {row.source}: {warning}")
    counts = (f"{report.count(outcome)} {label}" for outcome, label in _OUTCOMES.items())
    result(f"{', '.join(counts)}; {counted(report.spans, 'span')}.")


def documents(project: Path, *, as_json: bool) -> int:
    """List the documents in order of import; as JSON with every annotator's state and number of spans.

    Who works blind is told only of their own.
    """
    settings = Settings.load()
    with open_store(project, settings, read_only=True) as store:
        me = acting(store, settings)
        people = store.annotators() if sees_others(me.role) else (me,)
        by_name = {person.name: store.document_rows(person.id) for person in people}
        names = {person.id: person.name for person in people}
        said = {(given.document, names.get(given.annotator, "")): given for given in store.all_assignments()}
    # Every list has all documents in the same order.
    listed = [(own[0], dict(zip(by_name, own, strict=True))) for own in zip(*by_name.values(), strict=True)]
    if as_json:
        print_json([_document_values(row, own, said) for row, own in listed])
        return 0
    cells = [
        (row.title, row.kind, row.date, row.page_count or "", sum(one.spans for one in own.values()))
        for row, own in listed
    ]
    echo_table(("title", "kind", "date", "pages", "spans"), cells)
    return 0


def _document_values(
    row: DocumentRow, own: Mapping[str, DocumentRow], said: Mapping[tuple[str, str], Assignment]
) -> dict[str, object]:
    return {
        "id": row.id,
        "title": row.title,
        "kind": row.kind,
        "case": row.case,
        "date": row.date,
        "length": row.length,
        "pages": row.page_count,
        "annotators": {
            name: {"state": one.state, "spans": one.spans} | _assigned(said.get((row.id, name)))
            for name, one in own.items()
        },
    }


def _assigned(given: Assignment | None) -> dict[str, object]:
    """What is said of an annotator's work on a document beside its state, as far as anything is."""
    if given is None:
        return {}
    layers: dict[str, object] = {"layers": list(given.layers)} if given.layers else {}
    return layers | ({"message": given.message} if given.message else {})


def read(file: Path, *, as_json: bool, options: ReadOptions) -> int:
    """Print what a reader makes of a file; 1 if it reads nothing."""
    from annotator.readers.document import ReadDocument, RefusedSource
    from annotator.readers.isolated import ReaderProcess
    from ui.cli_reading import as_values

    count = 0
    with ReaderProcess() as process, progress("Reading") as tell:
        for part in process.read(file, options):
            if isinstance(part, Progress):
                if part.total:
                    tell(part)
            elif isinstance(part, RefusedSource):
                problem(f"refused: {part.name}: {part.reason}")
            elif isinstance(part, ReadDocument):
                count += 1
                if as_json:
                    print_json(as_values(part))
                else:
                    _show_document(part)
    return 0 if count else 1


def _show_document(read: ReadDocument) -> None:
    facts = [read.title, f"kind: {read.kind}", f"reader: {read.reader} {read.reader_version}"]
    # What is more than a value, such as the words that each fact came from, is for --json.
    facts += [f"{name}: {value}" for name, value in read.metadata.items() if not isinstance(value, dict)]
    facts += [f"pages: {len(read.pages)}"] if read.pages else []
    for part in read.sets:
        counts = f"{counted(len(part.annotations), 'span')}, {counted(len(part.relations), 'link')}"
        facts.append(f"annotations of {part.annotator or part.kind}: {counts}")
    facts += [f"note: {warning}" for warning in read.warnings]
    result("\n".join(facts))
    result(f"\n{read.text}")


def check(project: Path) -> int:
    """Print what does not hold in a project; 1 if there is anything. Tells values outside the schema, too."""
    from annotator.services.checking import check as check_store
    from annotator.services.checking import outside_schema
    from ui import cli_safety

    settings = Settings.load()
    try:
        store = open_store(project, settings)
    except ProjectError:
        # In use elsewhere or not writable; then the search index is left unchecked.
        store = open_store(project, settings, read_only=True)
    with store, progress("Checking") as tell:
        faults = (*run(check_store(store), tell), *cli_safety.behind_backups(store.path, settings))
        count = len(store.documents())
        remarks = () if faults else outside_schema(store)  # what is damaged may not be read through
    for sentence in (*faults, *remarks):
        problem(sentence)
    if faults:
        problem(
            "`annotator check --repair` says what it can mend, `annotator restore` lists backups, and "
            "`annotator salvage` puts what can be read into a new project."
        )
    found = counted(len(faults), "problem") if faults else "no problems"
    result(f"{project}: {found} in {counted(count, 'document')}.")
    return 1 if faults else 0


def open_window(paths: Sequence[Path], *, sample: bool) -> int:
    """Open the window, on the sample project if that is asked for; the only command that loads Qt."""
    # What importing makes stays, so a search for garbage in it is lost time; the window sees to that later.
    gc.disable()
    from ui.app import run as run_window

    if sample:
        from ui.sample import make_sample, sample_path

        paths = [sample_path()]
        if not paths[0].exists():
            with progress("Making the sample project") as tell:
                run(make_sample(paths[0], workstation=Settings.load().workstation), tell)
    return run_window(paths)


def open_store(project: Path, settings: Settings, *, read_only: bool = False) -> ProjectStore:
    """The open project; use it in a `with`. Warns of a folder that is unsafe. Raises ProjectError."""
    from storage.store import open_project

    store = open_project(project, workstation=settings.workstation, read_only=read_only)
    warn_of_place(project)
    return store


def document_named(rows: Sequence[DocumentRow], name: str) -> DocumentRow:
    """The document of that id or title. Raises InvalidEdit if there is none, or several."""
    found = [row for row in rows if row.id == name] or [
        row for row in rows if row.title.casefold() == name.casefold()
    ]
    if not found:
        raise InvalidEdit(f"There is no document “{name}” in the project.")
    if len(found) > 1:
        raise InvalidEdit(f"{len(found)} documents are called “{name}”; name it by its id, from --json.")
    return found[0]


def warn_of_place(project: Path) -> None:
    """Tell that a project is in a folder in which it may be damaged while it is in use."""
    place = risky_place(project)
    if place:
        problem(
            f"Warning: {project.name} is in {place}, where it can be damaged while it is open. Work on this "
            "computer's own disk, and use the folder for copies."
        )


def acting(store: ProjectStore, settings: Settings) -> Annotator:
    """Who acts in a project here: as in the window the last time, else the user by name, else the lead."""
    people = store.annotators()
    known = Memory().annotator(store.project_id, store.path)
    remembered = next((person for person in people if person.id == known), None)
    lead = next((person for person in people if person.role == "lead"), people[0])
    return remembered or person_called(store, settings.who) or lead


def person_called(store: Store, name: str) -> Annotator | None:
    """The annotator of that name, in any case and with any spaces; None if the project has none."""
    folded = " ".join(name.split()).casefold()
    return next((person for person in store.annotators() if person.name.casefold() == folded), None)


def person_named(store: Store, name: str) -> Annotator:
    """The annotator of that name. Raises InvalidEdit if the project has none."""
    found = person_called(store, name)
    if found is None:
        names = ", ".join(who.name for who in store.annotators())
        raise InvalidEdit(f"There is no annotator {name} in the project; there are {names}.")
    return found
