"""What the window remembers by itself between two runs: recent projects, who annotated, places.

No Qt in here: `annotator open` without a project asks it for the last one. Nothing of it is a setting,
and losing it costs nothing but convenience, so it is written without a word and read the same way.
"""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import orjson

from annotator.model import JsonValue
from ui.settings import config_folder

RECENT = 12
PROJECTS = 40
PLACES = 500
FILES = 20  # of one project


class Memory:
    """Recent projects, newest first; zoom in per cent; how documents are shown; who, which, where of each.

    `asked_for_copies` is whether the user has been asked for a folder on another disk, `model_consent` the
    address of a model server beyond this machine that the user lets text go to.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or config_folder() / "memory.json"
        values: object = {}
        with contextlib.suppress(OSError, orjson.JSONDecodeError):
            values = orjson.loads(self._path.read_bytes())
        stored = values if isinstance(values, dict) else {}
        zoom = stored.get("zoom")
        self.zoom = zoom if isinstance(zoom, int) else 100
        self.asked_for_copies = stored.get("asked_for_copies") is True
        consent = stored.get("model_consent")
        self.model_consent = consent if isinstance(consent, str) else ""
        self._views = {str(kind): str(view) for kind, view in _dict(stored.get("views")).items()}
        self._recent = [path for path in _list(stored.get("recent")) if isinstance(path, str)]
        self._projects = {
            str(project): facts
            for project, facts in _dict(stored.get("projects")).items()
            if isinstance(facts, dict)
        }

    def save(self) -> None:
        """Write it all, if that can be done."""
        values = {
            "recent": self._recent[:RECENT],
            "zoom": self.zoom,
            "asked_for_copies": self.asked_for_copies,
            "model_consent": self.model_consent,
            "views": self._views,
            "projects": dict(list(self._projects.items())[-PROJECTS:]),
        }
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            aside = self._path.with_suffix(".new")
            aside.write_bytes(orjson.dumps(values, option=orjson.OPT_INDENT_2))
            aside.replace(self._path)

    @property
    def recent(self) -> tuple[Path, ...]:
        """The project files opened last that are still there, newest first."""
        return tuple(path for path in map(Path, self._recent) if path.is_file())

    def opened(self, path: Path) -> None:
        """Put a project file at the head of the recent ones."""
        name = str(path)
        self._recent = [name, *(other for other in self._recent if other != name)][:RECENT]

    def forget(self, path: Path) -> None:
        """Take a project file from the recent ones."""
        self._recent = [other for other in self._recent if other != str(path)]

    def annotator(self, project: str, file: Path) -> str | None:
        """The id of who annotated in a project last, in this file of it, or in one that has gone since.

        A lead may try out the file that was made of a package beside their own: each has its annotator.
        """
        files = _dict(self._projects.get(project, {}).get("files"))
        moved = [who for path, who in files.items() if not Path(path).exists()]
        who = files.get(str(file.absolute()), moved[-1] if moved else None)
        return who if isinstance(who, str) else None

    def document(self, project: str) -> str | None:
        """The id of the document that was open last in a project."""
        return self._word(project, "document")

    def remember(self, project: str, file: Path, *, annotator: str, document: str | None) -> None:
        """Keep who annotates in a file of a project, now the newest one, and which document is open there."""
        facts = self._projects.pop(project, {})
        files = _dict(facts.get("files"))
        files.pop(str(file.absolute()), None)
        files[str(file.absolute())] = annotator
        facts["files"] = dict(list(files.items())[-FILES:])
        self._projects[project] = facts | ({} if document is None else {"document": document})

    def shown_as(self, kind: str) -> str:
        """How documents of a kind that have pages were shown last: "text" at first, "page" or "split"."""
        return self._views.get(kind, "text")

    def show_as(self, kind: str, view: str) -> None:
        """Keep how documents of a kind are shown."""
        self._views[kind] = view

    def place(self, project: str, document: str) -> int:
        """Where a document was left: a code point, 0 at first."""
        place = _dict(self._projects.get(project, {}).get("places")).get(document)
        return place if isinstance(place, int) and place >= 0 else 0

    def leave(self, project: str, document: str, place: int) -> None:
        """Keep where a document is left."""
        facts = self._projects.setdefault(project, {})
        places = _dict(facts.get("places"))
        places.pop(document, None)
        places[document] = place
        facts["places"] = dict(list(places.items())[-PLACES:])

    def export(self, project: str) -> dict[str, JsonValue] | None:
        """The values of the recipe that was run last in a project's window."""
        values = self._projects.get(project, {}).get("export")
        return cast(dict[str, JsonValue], values) if isinstance(values, dict) else None

    def remember_export(self, project: str, values: Mapping[str, JsonValue]) -> None:
        """Keep the values of the recipe that was run."""
        self._projects.setdefault(project, {})["export"] = dict(values)

    def pair(self, project: str) -> tuple[str, bool] | None:
        """The id of the document that stood beside the open one, and whether the open one stood left."""
        pair = _dict(self._projects.get(project, {}).get("pair"))
        document = pair.get("beside")
        return (document, pair.get("left") is not False) if isinstance(document, str) else None

    def remember_pair(self, project: str, beside: str | None, *, is_main_left: bool) -> None:
        """Keep which document stands beside the open one, None for none."""
        facts = self._projects.setdefault(project, {})
        facts["pair"] = {"beside": beside, "left": is_main_left}

    def told_keys(self, project: str) -> str | None:
        """The sentence about moved label keys that was last read in a project."""
        return self._word(project, "told_keys")

    def tell_keys(self, project: str, sentence: str) -> None:
        """Keep the sentence about moved label keys that was read in a project."""
        self._projects.setdefault(project, {})["told_keys"] = sentence

    def follows_hub(self, project: str) -> bool:
        """Whether a project is kept in step with its hub while it is open; so it is at first."""
        return self._projects.get(project, {}).get("follows_hub") is not False

    def follow_hub(self, project: str, *, follows: bool) -> None:
        """Keep whether a project follows its hub."""
        self._projects.setdefault(project, {})["follows_hub"] = follows

    def _word(self, project: str, name: str) -> str | None:
        word = self._projects.get(project, {}).get(name)
        return word if isinstance(word, str) else None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _dict(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}
