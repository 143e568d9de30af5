"""The verbs of changing a project's label schema: what a change would do, saving it, files of it.

A changed schema is a new version, written as one Change; merging labels rewrites no span. What spans use
and the changed schema lacks is refused with the count. The rules of single edits are `schema_editing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.change import Change, make_change
from annotator.errors import InvalidEdit
from annotator.model import SchemaVersion, new_id, now
from annotator.progress import Job, Progress
from annotator.schema import LabelSchema
from annotator.schema_check import schema_faults
from annotator.schema_differences import Difference, differences
from annotator.schema_toml import print_schema, read_schema
from annotator.schema_uses import SchemaUse, orphans
from annotator.services.versions import check_lead
from annotator.store import Store


@dataclass(frozen=True, slots=True)
class Preview:
    """What a changed schema changes, and a sentence for everything that stands against it."""

    differences: tuple[Difference, ...]
    orphans: tuple[str, ...]


def count(store: Store) -> Job[SchemaUse]:
    """What the project's spans use of its schema."""
    yield Progress(0, 0)
    return store.schema_use()


def preview(store: Store, *, before: LabelSchema, after: LabelSchema) -> Job[Preview]:
    """What a changed schema would do to the project as it is now."""
    yield Progress(0, 0)
    use = store.schema_use()
    return Preview(
        differences(before, after, use, owners=_owners(store)), orphans(store.schema(), after, use)
    )


def save(store: Store, *, annotator: str, before: LabelSchema, after: LabelSchema) -> Job[Change]:
    """Write a changed schema as a new version; `before` is the one that was edited.

    Raises InvalidEdit if the annotator does not lead the project, if the schema in force is another by
    now, if nothing is changed, if the schema breaks its rules, or with the count if spans would be
    orphaned.
    """
    yield Progress(0, 0)
    check_lead(store, annotator, "label schema")
    present = store.schema()
    if present != before:
        raise InvalidEdit("The label schema has been changed meanwhile; close this and change it anew.")
    if replace(after, version=before.version) == before:
        raise InvalidEdit("Nothing in the label schema is changed.")
    faults = tuple(schema_faults(after))
    if faults:
        raise InvalidEdit(" ".join(faults))
    lost = orphans(present, after, store.schema_use())
    if lost:
        raise InvalidEdit(" ".join(lost))
    toml = print_schema(replace(after, version=before.version + 1))
    version = SchemaVersion(new_id(), store.schema_number() + 1, toml, now())
    change = make_change(_title(before, after), annotator=annotator, after=(version,))
    store.apply(change)
    return change


def read_file(path: Path) -> LabelSchema:
    """The schema of a TOML file. Raises InvalidSchema with its faults, InvalidEdit if it cannot be read."""
    try:
        toml = path.read_text("utf-8-sig")
    except OSError as error:
        raise InvalidEdit(f"{path.name} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise InvalidEdit(f"{path.name} is no UTF-8 text, as a label schema has to be.") from error
    return read_schema(toml, name=path.name)


def write_file(schema: LabelSchema, path: Path) -> None:
    """Write a schema as a TOML file, beside first and then renamed.

    Raises InvalidEdit if it cannot be written; a file of that name is as it was then.
    """
    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_text(print_schema(schema), "utf-8", newline="\n")
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise InvalidEdit(f"{path.name} cannot be written: {error.strerror or error}.") from error


def _owners(store: Store) -> Mapping[str, str]:
    """The name of whose each set is, by set id."""
    names = {person.id: person.name for person in store.annotators()}
    return {row.id: names.get(row.owner or "", row.kind) for row in store.sets()}


def _title(before: LabelSchema, after: LabelSchema) -> str:
    old = {label.id: label for label in before.labels()}
    merged = [
        label
        for label in after.labels()
        if label.merged_into and label.id in old and old[label.id].merged_into != label.merged_into
    ]
    if len(merged) != 1:
        return "Change the label schema"
    into = after.label(merged[0].id)
    return f"Merge {merged[0].name} into {'' if into is None else into.name}"
