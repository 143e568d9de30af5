"""The licence notices of the libraries that the program runs with, read from what is installed.

What is named by nobody here is found by following the requirements from the program itself, so that a new
dependency cannot be forgotten. The program's own extras count where they are installed, tools to develop
it do not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

PROGRAM = "annotator"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
# A file, or a folder of such files.
_LICENCE_FILE = re.compile(r"(licen[cs]es?|build_licenses|copying|notice)\b.*", re.IGNORECASE)
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w.-]+)['\"]")
_LONGEST = 60  # what stands in `License` is often the whole text


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
    return LicenceNotice(found.name, found.version, _licence_name(found), "\n\n".join(texts))


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
