"""Data that ships with the program: label schemas and mappings, guidelines, words, sample, icons, themes.

The functions here only find and read it; whoever needs another file uses `importlib.resources`.
"""

from importlib.resources import files


def schema_names() -> tuple[str, ...]:
    """The names of the label schemas that ship, in order of the alphabet."""
    names = (entry.name for entry in (files(__name__) / "schemas").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def schema_text(name: str) -> str:
    """The TOML of a label schema that ships; raises FileNotFoundError for any other name."""
    return _text("schemas", f"{name}.toml")


def guideline_text(name: str) -> str:
    """The Markdown guidelines that go with a label schema that ships; raises FileNotFoundError otherwise."""
    return _text("guidelines", f"{name}.md")


def mapping_names() -> tuple[str, ...]:
    """The names of the label mappings that ship, in order of the alphabet."""
    names = (entry.name for entry in (files(__name__) / "mappings").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def mapping_text(name: str) -> str:
    """The TOML of a label mapping that ships; raises FileNotFoundError for any other name."""
    return _text("mappings", f"{name}.toml")


def word_list(name: str) -> tuple[str, ...]:
    """The entries of a word list, one a line in its file; lines that begin with # are comments."""
    lines = (line.strip() for line in _text("words", f"{name}.txt").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _text(folder: str, name: str) -> str:
    return (files(__name__) / folder / name).read_text("utf-8")
