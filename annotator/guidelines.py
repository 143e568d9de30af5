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
from annotator.schema import Label, LabelSchema
from annotator.schema_toml import display_name

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
    the heading included; `line` is where the heading stands, counted from 0, `level` how many "#" it has.
    """

    kind: PartKind
    key: str
    title: str
    text: str
    line: int = 0
    level: int = 1


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
            found.append(Part("rule", rule.group(1), rule.group(2) or rule.group(1), text, line, level))
        elif in_labels and level == in_labels + 1:
            found.append(Part("page", title, title, text, line, level))
        else:
            found.append(Part("other", title, title, text, line, level))
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
    names = {name.casefold() for name in (label.name, label.id, display_name(label.id))}
    return next(
        (part for part in parts(markdown) if part.kind == "page" and part.key.casefold() in names), None
    )


def reading_for(markdown: str, schema: LabelSchema, label_id: str) -> str:
    """What to read about a label, as Markdown: its page, else what the schema says, and the rules it cites.

    "" if the schema has no such label.
    """
    label = schema.label(label_id)
    if label is None:
        return ""
    page = page_of(markdown, schema, label_id)
    text = _from_schema(label) if page is None else page.text
    cited = rules_cited(text)
    return "\n".join((text, *(rule.text for rule in rules(markdown) if rule.key in cited)))


def _from_schema(label: Label) -> str:
    lines = [
        f"### {label.name}",
        "",
        f"{label.summary[:1].upper()}{label.summary[1:]}." if label.summary else "",
    ]
    lines += [f"> {example}" for example in label.examples]
    return "\n".join(lines).strip() + "\n"


def with_new_rule(markdown: str, title: str) -> tuple[str, int]:
    """The guidelines with one more rule behind the last one, and the line of its heading."""
    present = rules(markdown)
    number = max((int(rule.key[1:]) for rule in present), default=0) + 1
    last = present[-1] if present else None
    heading = f"{'#' * (3 if last is None else last.level)} R{number} {title}"
    return _inserted(markdown, heading, behind=last)


def with_new_page(markdown: str, schema: LabelSchema, label_id: str) -> tuple[str, int]:
    """The guidelines with a page for a label, among those of its layer, and the line of its heading.

    Raises InvalidEdit if the label has a page already, or is none of the schema.
    """
    label, layer = schema.label(label_id), schema.layer_of(label_id)
    if label is None or layer is None:
        raise InvalidEdit(f"The schema has no label {label_id}.")
    if page_of(markdown, schema, label_id) is not None:
        raise InvalidEdit(f"{label.name} has a page already.")
    wanted = f"labels of the layer {layer.name}".casefold()
    chapter = next((part for part in parts(markdown) if part.title.casefold() == wanted), None)
    if chapter is not None:
        return _inserted(markdown, f"{'#' * (chapter.level + 1)} {label.name}", behind=chapter)
    text, _ = _inserted(markdown, f"## Labels of the layer {layer.name}", behind=None)
    return _inserted(text, f"### {label.name}", behind=None)


def _inserted(markdown: str, heading: str, *, behind: Part | None) -> tuple[str, int]:
    """The text with a heading and an empty line behind a part, else at the end; and the heading's line."""
    lines = markdown.splitlines()
    end = len(lines) if behind is None else behind.line + len(behind.text.splitlines())
    before = [*"\n".join(lines[:end]).rstrip().splitlines()]
    before += [""] if before else []
    after = ["", *"\n".join(lines[end:]).lstrip("\n").splitlines()]
    return "\n".join((*before, heading, *after)).rstrip() + "\n", len(before)


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
