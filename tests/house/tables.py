"""The tables of README and manual as the code has them. `python -m tests.house.tables` prints all of them."""

from collections.abc import Callable, Iterable

from annotator.readers import READERS
from ui.commands import COMMANDS
from ui.review.commands import REVIEW_COMMANDS
from ui.settings import SETTINGS


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in (header, *rows)]
    return "\n".join([lines[0], "|---" * len(header) + "|", *lines[1:]])


def keys() -> str:
    rows = (
        (command.menu, command.title, " or ".join(f"`{key}`" for key in command.keys), command.summary)
        for command in COMMANDS
    )
    return table(("menu", "command", "keys", "what it does"), rows)


def settings() -> str:
    rows = (
        (
            f"`{setting.name}`",
            setting.title,
            f"`{setting.default}`" if setting.default != "" else "",
            setting.summary,
        )
        for setting in SETTINGS
    )
    return table(("name", "in the preferences", "default", "meaning"), rows)


def reader_files() -> dict[str, tuple[str, ...]]:
    """The suffixes of each reader by its name."""
    return {reader.name: reader.suffixes for reader in READERS}


def review() -> str:
    rows = (
        (command.title, " or ".join(f"`{key}`" for key in command.keys), command.summary)
        for command in REVIEW_COMMANDS
    )
    return table(("command", "keys", "what it does"), rows)


TABLES: dict[str, Callable[[], str]] = {"keys": keys, "review": review, "settings": settings}

if __name__ == "__main__":
    for name, make in TABLES.items():
        print(f"<!-- {name} -->\n{make()}\n<!-- end -->\n")
