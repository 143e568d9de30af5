"""The licence notices of the libraries that the program runs with, read from what is installed.

What is named by nobody here is found by following the requirements from the program itself, so that a new
dependency cannot be forgotten. The program's own extras count where they are installed, tools to develop
it do not. `python -m ui.licences FILE` writes all of it to a file, which goes with the bundled application.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path

PROGRAM = "annotator"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
# A file, or a folder of such files.
_LICENCE_FILE = re.compile(r"(licen[cs]es?|build_licenses|copying|notice)\b.*", re.IGNORECASE)
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w.-]+)['\"]")
_LONGEST = 60  # what stands in `License` is often the whole text
# Qt's packages come without the texts of their licence, of which the one adds to the other.
_SHIPPED = {"LGPL-3.0": ("LGPL-3.0.txt", "GPL-3.0.txt")}
_LINE = "=" * 79


@dataclass(frozen=True, slots=True)
class LicenceNotice:
    """A library: name, version, the name of its licence, and the texts that come with it ("" if none do)."""

    name: str
    version: str
    licence: str
    text: str


def notices(program: str = PROGRAM) -> tuple[LicenceNotice, ...]:
    """The notices of the program and of all that it requires, by name, the program first."""
    found = {_folded(each.name): each for each in _installed(program)}
    own = found.pop(_folded(program), None)
    others = sorted(found.values(), key=lambda each: _folded(each.name))
    return tuple(_notice(each) for each in (own, *others) if each is not None)


def _installed(program: str) -> Iterator[Distribution]:
    """The program and what it requires, at any remove, as far as it is installed."""
    waiting, seen = [program], set()
    while waiting:
        name = waiting.pop()
        if _folded(name) in seen:
            continue
        seen.add(_folded(name))
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        yield found
        is_own = _folded(name) == _folded(program)
        for requirement in found.requires or ():
            extra = _EXTRA.search(requirement)
            match = _NAME.match(requirement)
            if match is not None and (extra is None or (is_own and extra.group(1) != "dev")):
                waiting.append(match.group())


def _notice(found: Distribution) -> LicenceNotice:
    texts = [
        path.read_binary().decode("utf-8", "replace").strip()
        for path in found.files or ()
        if any(map(_LICENCE_FILE.fullmatch, _places(path.parts)))
    ]
    licence = _licence_name(found)
    return LicenceNotice(found.name, found.version, licence, "\n\n".join(texts or _shipped(licence)))


def _shipped(licence: str) -> list[str]:
    """The texts of a licence that ship with this program, none for most."""
    names = [name for key, names in _SHIPPED.items() if key in licence for name in names]
    return [(files("resources") / "licences" / name).read_text("utf-8").strip() for name in names]


def write_notices(target: Path) -> None:
    """Write the notices of all libraries, and the licence of Python itself, into a text file."""
    parts = [
        f"{each.name} {each.version}\n{each.licence}\n\n{each.text or 'Without a text of its own.'}"
        for each in notices()
    ]
    python = Path(sys.base_prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "LICENSE.txt")
    for own in (python, Path(sys.base_prefix, "LICENSE.txt")):
        if own.is_file():
            parts.append(f"Python {sys.version.split()[0]}\nPSF-2.0\n\n{own.read_text('utf-8').strip()}")
            break
    target.write_text(f"\n\n{_LINE}\n".join(parts) + "\n", "utf-8")


def _places(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Where a path may say that it is a licence: below the metadata, or beside it in a folder of sources."""
    return parts[1:] if ".dist-info" in parts[0] else parts[:1] if len(parts) == 1 else ()


def _licence_name(found: Distribution) -> str:
    """What the metadata calls the licence: an expression, else a name, else its classifiers."""
    expression = _field(found, "License-Expression")
    if expression:
        return expression
    name = _field(found, "License")
    if name and "\n" not in name and len(name) <= _LONGEST:
        return name
    classifiers = found.metadata.get_all("Classifier") or []
    licences = [line.rpartition("::")[2].strip() for line in classifiers if line.startswith("License ::")]
    return ", ".join(licences) or name.partition("\n")[0][:_LONGEST] or "?"


def _field(found: Distribution, name: str) -> str:
    values = found.metadata.get_all(name) or [""]
    return str(values[0]).strip()


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    write_notices(Path(sys.argv[1]))
