"""The sample project as a file of the user's own to try things on, made the first time it is asked for."""

from importlib.resources import as_file, files
from pathlib import Path

from annotator.progress import Job, Progress
from ui import platform

NAME = f"Sample{platform.PROJECT_SUFFIX}"
LEAD = "Ana"


def sample_path() -> Path:
    """Where the user's sample project is, or will be."""
    return platform.projects_folder() / NAME


def make_sample(path: Path, *, workstation: str) -> Job[Path]:
    """Make the sample project; it has its name only once it is whole. Raises AnnotatorError, OSError."""
    import resources
    from annotator.readers.isolated import ReaderProcess
    from annotator.services import sample
    from annotator.services.projects import initial_change
    from storage.store import create_project

    yield Progress(0, 0, path.name)
    unfinished = path.with_name(f"{path.stem}.unfinished{path.suffix}")
    unfinished.unlink(missing_ok=True)
    try:
        with (
            create_project(
                unfinished,
                name=path.stem,
                workstation=workstation,
                initial=lambda project: initial_change(
                    schema_toml=resources.schema_text("legal-news"),
                    guidelines=resources.guideline_text("legal-news"),
                    lead_name=LEAD,
                    project_id=project,
                ),
            ) as store,
            as_file(files("resources") / "sample") as folder,
            ReaderProcess() as process,
        ):
            lead = store.annotators()[0].id
            yield from sample.fill(store, lead=lead, folder=folder, process=process)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path
