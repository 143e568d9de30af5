"""The user's settings: one declared table, kept as JSON in the user's config folder. No Qt in here.

Preferences, README and checks read SETTINGS. What only the window remembers by itself (recent projects,
places in documents) is in `ui.memory`; window geometry is in QSettings.
"""

import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import orjson
import platformdirs

from annotator.model import JsonValue

log = logging.getLogger(__name__)

Check: TypeAlias = Callable[[JsonValue], bool]

APPLICATION = "Annotator"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    choices: tuple[str, ...]

    def __call__(self, value: JsonValue) -> bool:
        return isinstance(value, str) and value in self.choices


@dataclass(frozen=True, slots=True)
class Between:
    """A whole number from `low` to `high`; `unit` is shown behind it."""

    low: int
    high: int
    unit: str = ""

    def __call__(self, value: JsonValue) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text."""

    def __call__(self, value: JsonValue) -> bool:
        return isinstance(value, str) and "\n" not in value


@dataclass(frozen=True, slots=True)
class YesNo:
    """A switch."""

    def __call__(self, value: JsonValue) -> bool:
        return isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class KeyTable:
    """Command ids with their keys as Qt writes them ("Ctrl+Shift+D"); an empty list takes the keys away."""

    def __call__(self, value: JsonValue) -> bool:
        return isinstance(value, dict) and all(
            isinstance(keys, list) and all(isinstance(key, str) for key in keys) for keys in value.values()
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: `title` names it in the preferences, `check` tells whether a value is a good one."""

    name: str
    title: str
    default: JsonValue
    summary: str
    check: Check


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "annotator_name",
        "Your name",
        "",
        "Who you are in projects you create or import into; empty: your login name.",
        Words(),
    ),
    Setting(
        "theme", "Theme", "system", "Light, dark, or as the system is.", OneOf(("system", "light", "dark"))
    ),
    Setting(
        "reading_font", "Reading font", "serif", "Letters with or without serifs.", OneOf(("serif", "sans"))
    ),
    Setting(
        "reading_size", "Text size", 13, "Size of the document's letters at 100 % zoom.", Between(8, 32, "pt")
    ),
    Setting(
        "line_height",
        "Line height",
        160,
        "Distance of the lines, against their size.",
        Between(150, 240, "%"),
    ),
    Setting(
        "column_width",
        "Column width",
        72,
        "Longest line, in letters; 60 to 80 read best.",
        Between(40, 140, "letters"),
    ),
    Setting(
        "links",
        "Links",
        "selected",
        "Drawn at the selected span, all of them, or told in the list of the details alone.",
        OneOf(("selected", "all", "list")),
    ),
    Setting(
        "documents_by",
        "Documents by",
        "state",
        "How the list of documents is grouped: by the state of the work, or by case.",
        OneOf(("state", "case")),
    ),
    Setting(
        "suggestions",
        "Suggestions",
        False,
        "Outline what may be marked, from what you marked before; nothing is marked unasked.",
        YesNo(),
    ),
    Setting(
        "suggesters",
        "Suggesters",
        "",
        "Which suggesters are asked, by their names with commas between; empty: all that are there.",
        Words(),
    ),
    Setting(
        "model_address",
        "Model server",
        "",
        "Where a language model is asked for suggestions, such as http://127.0.0.1:11434; empty: nowhere.",
        Words(),
    ),
    Setting(
        "model_name",
        "Model",
        "",
        "Which of its models is asked, by the server's name for it.",
        Words(),
    ),
    Setting(
        "learning",
        "Learn suggestions",
        True,
        "Learn in the background from documents that are done, on this computer, for better suggestions.",
        YesNo(),
    ),
    Setting(
        "least_precision",
        "Least precision",
        70,
        "What was learned of a label is suggested if so many of its suggestions were right in a test.",
        Between(0, 100, "%"),
    ),
    Setting(
        "open_last",
        "Open the last project at start",
        True,
        "Start where you left off instead of on the start page.",
        YesNo(),
    ),
    Setting(
        "copies_folder",
        "Folder for copies",
        "",
        "A folder on another disk, such as a stick or a share, that every backup is written to as well.",
        Words(),
    ),
    Setting("keys", "Keys", {}, "Commands whose keys you changed.", KeyTable()),
)

_BY_NAME: Mapping[str, Setting] = {setting.name: setting for setting in SETTINGS}


def config_folder() -> Path:
    """Where the user's settings are kept."""
    return platformdirs.user_config_path(APPLICATION, appauthor=False)


def backups_folder() -> Path:
    """Where backups of all projects are kept on this disk."""
    return platformdirs.user_data_path(APPLICATION, appauthor=False) / "Backups"


class Settings:
    """The values of SETTINGS and the id of this workstation.

    `problems` has a sentence for each stored value that was not usable and went back to its default.
    """

    def __init__(self, path: Path, values: dict[str, JsonValue], problems: tuple[str, ...] = ()) -> None:
        self.path = path
        self.problems = problems
        self._values = values

    @classmethod
    def load(cls, path: Path | None = None) -> "Settings":
        """The settings of the user, or of a file; without a file the defaults."""
        path = path or config_folder() / "settings.json"
        values, problems = _read(path)
        for setting in SETTINGS:
            if setting.name in values and not setting.check(values[setting.name]):
                problems.append(
                    f"{path}: {setting.title!r} is not usable and was set to {setting.default!r}."
                )
                del values[setting.name]
        settings = cls(path, values, tuple(problems))
        if not isinstance(values.get("workstation"), str):
            values["workstation"] = uuid.uuid4().hex
            settings._save_quietly()
        return settings

    def save(self) -> None:
        """Write the settings; raises OSError where that cannot be done."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        aside = self.path.with_suffix(".new")
        aside.write_bytes(orjson.dumps(self._values, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
        aside.replace(self.path)

    def __getitem__(self, name: str) -> JsonValue:
        return self._values.get(name, _BY_NAME[name].default)

    def __setitem__(self, name: str, value: JsonValue) -> None:
        """Set a value, which must pass the setting's check; `save` keeps it."""
        if not _BY_NAME[name].check(value):
            raise ValueError(f"{value!r} is no value of the setting {name}")
        self._values[name] = value

    def word(self, name: str) -> str:
        """The value of a setting that is a word or a line of text."""
        return str(self[name])

    def number(self, name: str) -> int:
        """The value of a setting that is a whole number."""
        value = self[name]
        return value if isinstance(value, int) else 0

    @property
    def backup_folders(self) -> tuple[Path, ...]:
        """Where backups go: on this disk, and to the user's folder for copies if there is one."""
        second = self.word("copies_folder").strip()
        return (backups_folder(), *([Path(second)] if second else []))

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """The commands whose keys the user changed."""
        table = self["keys"]
        if not isinstance(table, dict):
            return {}
        return {name: tuple(map(str, keys)) for name, keys in table.items() if isinstance(keys, list)}

    @property
    def workstation(self) -> str:
        """The id of this workstation, made once and kept."""
        return str(self._values["workstation"])

    @property
    def who(self) -> str:
        """The name that the user goes by."""
        return self.word("annotator_name").strip() or _login_name()

    def _save_quietly(self) -> None:
        try:
            self.save()
        except OSError as error:
            log.warning("The settings cannot be kept in %s: %s", self.path, error)


def _read(path: Path) -> tuple[dict[str, JsonValue], list[str]]:
    """What the file holds, unknown names included, and what was wrong with it."""
    try:
        values = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return {}, []
    except (OSError, orjson.JSONDecodeError) as error:
        return {}, [f"The settings in {path} could not be read ({error}); the defaults are used."]
    if not isinstance(values, dict):
        return {}, [f"The settings in {path} are not a table of names and values; the defaults are used."]
    return values, []


def _login_name() -> str:
    import getpass  # rarely needed, and slow to import

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "annotator-1"
