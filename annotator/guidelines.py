"""Guidelines as parts: numbered rules and a page for each label, found by their Markdown headings. Pure.

A rule is a heading that begins with its number ("### R2 Boundary"); a label's page is a heading with the
label's name under one that says "Labels of the layer ...". The text itself is never taken apart for good:
what is stored is the Markdown as it was written.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from annotator.errors import InvalidEdit
from annotator.schema import LabelSchema

PartKind = Literal["rule", "page", "other"]
ChangeKind = Literal["new", "changed", "gone"]

_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*")
_FENCE = re.compile(r"[ ]{0,3}(```|~~~)")
_RULE = re.compile(r"(R[1-9][0-9]*)\b[.:]?[ \t]*(.*)")
_LABELS_OF = re.compile(r"labels of the layer\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with the text under it, up to the next heading of its level or above.

    `key` is the rule's number, the name of the page's label, or the heading itself. `text` is Markdown,
    the heading included.
    """

    kind: PartKind
    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PartChange:
    """A rule or a label's page that a new version has, has otherwise, or has no more."""

    what: ChangeKind
    kind: PartKind
    key: str
    title: str


def parts(markdown: str) -> tuple[Part, ...]:
    """The rules, the pages and the other headings, in the order of the text."""
    lines = markdown.splitlines()
    headings = list(_headings(lines))
    found: list[Part] = []
    in_labels = 0  # the level of the heading over label pages, 0 outside of them
    for number, (line, level, title) in enumerate(headings):
        if in_labels and level <= in_labels:
            in_labels = 0
        end = next((at for at, other, _ in headings[number + 1 :] if other <= level), len(lines))
        text = "\n".join(lines[line:end]).strip() + "\n"
        rule = _RULE.fullmatch(title)
        if rule is not None:
            found.append(Part("rule", rule.group(1), rule.group(2) or rule.group(1), text))
        elif in_labels and level == in_labels + 1:
            found.append(Part("page", title, title, text))
        else:
            found.append(Part("other", title, title, text))
        if _LABELS_OF.match(title):
            in_labels = level
    return tuple(found)


def rules(markdown: str) -> tuple[Part, ...]:
    return tuple(part for part in parts(markdown) if part.kind == "rule")


def page_of(markdown: str, schema: LabelSchema, label_id: str) -> Part | None:
    """The page of a label, or of what it was merged into; None if it has none."""
    label = schema.label(label_id)
    if label is None:
        return None
    names = {label.name.casefold(), label.id.casefold()}
    return next(
        (part for part in parts(markdown) if part.kind == "page" and part.key.casefold() in names), None
    )


def rules_cited(text: str) -> frozenset[str]:
    """The numbers of the rules that a text names, such as R2."""
    return frozenset(re.findall(r"\bR[1-9][0-9]*\b", text))


def checked(markdown: str) -> str:
    """The Markdown as it is stored. Raises InvalidEdit if two rules have one number, or nothing is left."""
    text = markdown.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise InvalidEdit("Guidelines without a word cannot be saved; write at least one rule.")
    seen: dict[str, str] = {}
    for rule in rules(text):
        if rule.key in seen:
            raise InvalidEdit(
                f"{rule.key} is the number of both “{seen[rule.key]}” and “{rule.title}”; give one another."
            )
        seen[rule.key] = rule.title
    return text + "\n"


def changes(before: str, after: str) -> tuple[PartChange, ...]:
    """The rules and label pages that differ, the rules of the new version first, those gone last."""
    old = {(part.kind, part.key): part for part in parts(before) if part.kind != "other"}
    new = {(part.kind, part.key): part for part in parts(after) if part.kind != "other"}
    found = [
        PartChange("new" if key not in old else "changed", part.kind, part.key, part.title)
        for key, part in new.items()
        if key not in old or old[key].text != part.text
    ]
    found += [
        PartChange("gone", part.kind, part.key, part.title) for key, part in old.items() if key not in new
    ]
    return tuple(found)


def line_differences(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """The lines of both with "-", "+" or " " each; unchanged stretches are cut to three lines around."""
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3))
    shown = [(line[:1], line[1:]) for line in lines[2:]]  # after the names of the two files
    return tuple(("@", "") if mark == "@" else (mark, words) for mark, words in shown)


def _headings(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Line, level and title of each heading; "#" in a fenced block heads nothing."""
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark is not None and fence in ("", mark.group(1)):
            fence = "" if fence else mark.group(1)
        elif not fence and (heading := _HEADING.fullmatch(line)) is not None:
            yield number, len(heading.group(1)), heading.group(2)
