"""The tables of a project file: one for each type of record, contents apart, history, search.

The columns of a record's table stand in the order of its fields, which `rows` relies on. Contents
have tables of their own so that no list ever reads past a text or a PDF. A change here needs a
migration: a test compares the two.
"""

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

APPLICATION_ID = 0x414E4E54  # "ANNT", which tells a project from any other SQLite file

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True, nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _of(name: str, target: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, ForeignKey(target), nullable=nullable)


project = Table("project", metadata, _id(), _text("name"), _text("created"))

# The migration that made these tables, as Alembic keeps it.
alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

# Records

annotator = Table(
    "annotator", metadata, _id(), _text("name"), _text("role"), _text("colour"), _text("revision")
)

annotation_set = Table(
    "annotation_set",
    metadata,
    _id(),
    _text("kind"),
    _of("owner", "annotator.id", nullable=True),
    _text("revision"),
)

schema_version = Table(
    "schema_version", metadata, _id(), _number("number"), _text("toml"), _text("created"), _text("revision")
)

guideline_version = Table(
    "guideline_version",
    metadata,
    _id(),
    _number("number"),
    _text("markdown"),
    _text("created"),
    _text("revision"),
)

document = Table(
    "document",
    metadata,
    Column("id", Text, nullable=False),
    _text("title"),
    _text("kind"),
    _text("source_sha256"),
    _text("source_name"),
    # The two tables name each other; use_alter tells SQLAlchemy that this one may come second.
    Column(
        "text_version",
        Text,
        ForeignKey("text_version.id", name="fk_document_text_version", use_alter=True),
        nullable=False,
    ),
    _text("created"),
    _text("metadata"),
    _text("case"),
    _text("revision"),
    Column("place", Integer, primary_key=True),  # counts up in order of import
    UniqueConstraint("id"),
    Index("ix_document_source", "source_sha256"),
)

text_version = Table(
    "text_version",
    metadata,
    _id(),
    _of("document", "document.id"),
    _text("reader"),
    _text("reader_version"),
    _of("text_sha256", "text_content.sha256"),
    _number("length"),
    _text("created"),
    _text("options"),
    _text("warnings"),
    _text("revision"),
    Index("ix_text_version_document", "document"),
    Index("ix_text_version_text", "text_sha256"),
)

annotation = Table(
    "annotation",
    metadata,
    _id(),
    _of("document", "document.id"),
    _of("text_version", "text_version.id"),
    _of("set", "annotation_set.id"),
    _text("label"),
    _number("start"),
    _number("end"),
    Column("fragments", Text),  # only where there are several
    _text("prefix"),
    _text("exact"),
    _text("suffix"),
    _text("created"),
    _text("changed"),
    _text("attributes"),
    _text("note"),
    _text("certainty"),
    _text("origin"),
    _text("revision"),
    Index("ix_annotation_place", "document", "set", "start", "end"),
    Index("ix_annotation_label", "set", "label", "document", "exact"),  # the words, for their repeats
    Index("ix_annotation_text_version", "text_version"),  # else removing a text version reads all spans
)

relation = Table(
    "relation",
    metadata,
    _id(),
    _of("document", "document.id"),
    _of("set", "annotation_set.id"),
    _text("type"),
    _of("source", "annotation.id"),
    _of("target", "annotation.id"),
    _text("created"),
    _text("changed"),
    _text("attributes"),
    _text("note"),
    _text("certainty"),
    _text("origin"),
    _text("revision"),
    Index("ix_relation_place", "document", "set"),
    Index("ix_relation_source", "source"),
    Index("ix_relation_target", "target"),
)

court_case = Table(
    "court_case",
    metadata,
    _id(),
    _text("docket_number"),
    _text("court"),
    _text("caption"),
    _text("changed"),
    _text("note"),
    _text("revision"),
)

case_document = Table(
    "case_document",
    metadata,
    _id(),
    _of("case", "court_case.id"),
    _of("document", "document.id"),
    _text("revision"),
    Index("ix_case_document_case", "case"),
    Index("ix_case_document_document", "document"),
)

document_label = Table(
    "document_label",
    metadata,
    _id(),
    _of("document", "document.id"),
    _of("set", "annotation_set.id"),
    _text("name"),
    _text("value"),
    _text("changed"),
    _text("revision"),
    Index("ix_document_label_place", "document", "set"),
)

rejection = Table(
    "rejection",
    metadata,
    _id(),
    _of("document", "document.id"),
    _of("set", "annotation_set.id"),
    _text("label"),
    _text("words"),
    _text("created"),
    _text("revision"),
    Index("ix_rejection_document", "document"),
    Index("ix_rejection_set", "set"),
)

assignment = Table(
    "assignment",
    metadata,
    _id(),
    _of("document", "document.id"),
    _of("annotator", "annotator.id"),
    _text("state"),
    _text("layers"),
    _text("message"),
    _text("revision"),
    Index("ix_assignment_document", "document"),
    Index("ix_assignment_annotator", "annotator"),
)

work_interval = Table(
    "work_interval",
    metadata,
    _id(),
    _of("document", "document.id"),
    _of("annotator", "annotator.id"),
    _text("begun"),
    _number("seconds"),
    _number("spans"),
    _number("finished"),
    _text("revision"),
    Index("ix_work_interval_document", "document"),
    Index("ix_work_interval_annotator", "annotator", "begun"),
)

decision = Table(
    "decision",
    metadata,
    _id(),
    _of("document", "document.id"),
    Column("annotation", Text),  # may be gone from gold, while the decision stays
    _text("outcome"),
    _text("proposers"),
    _text("decided_by"),
    _text("decided"),
    _text("rule_id"),
    _text("reason"),
    _text("comment"),
    _text("unit"),
    _text("layer"),
    _text("text_sha256"),
    _number("schema_number"),
    _number("guideline_number"),
    _text("candidates"),
    _text("absent"),
    _text("results"),
    _text("verdicts"),
    _text("flags"),
    _number("seed"),
    _text("suggestion"),
    _number("active_ms"),
    _text("supersedes"),
    _text("app_version"),
    _text("revision"),
    Index("ix_decision_document", "document"),
    Index("ix_decision_annotation", "annotation"),
)

export_recipe = Table(
    "export_recipe",
    metadata,
    _id(),
    _text("name"),
    _text("options"),
    _text("changed"),
    _text("revision"),
)

# Contents: immutable, kept when the record that named them is removed, so that undo finds them again.

source_content = Table(
    "source_content",
    metadata,
    Column("sha256", Text, primary_key=True, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

text_content = Table(
    "text_content", metadata, Column("sha256", Text, primary_key=True, nullable=False), _text("text")
)

page = Table(
    "page",
    metadata,
    Column("text_version", Text, primary_key=True, nullable=False),
    Column("number", Integer, primary_key=True, nullable=False),
    Column("geometry", LargeBinary, nullable=False),
)

# What was learned for suggestions. It can be made again, so it is in no backup and no part of the history.

learned_model = Table(
    "learned_model", metadata, Column("name", Text, primary_key=True, nullable=False), _text("header")
)

learned_content = Table(
    "learned_content",
    metadata,
    Column("name", Text, primary_key=True, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

# Search: the paragraphs of every text version, which the full-text index points into.

paragraph = Table(
    "paragraph",
    metadata,
    Column("place", Integer, primary_key=True),
    _of("document", "document.id"),
    _of("text_version", "text_version.id"),
    _number("start"),
    _text("text"),
    Index("ix_paragraph_text_version", "text_version"),
    Index("ix_paragraph_document", "document"),
)

PARAGRAPH_INDEX = (
    "CREATE VIRTUAL TABLE paragraph_index USING fts5(document UNINDEXED, start UNINDEXED, text, "
    "content='paragraph', content_rowid='place', tokenize='unicode61 remove_diacritics 2')"
)

# History. `takes_back` and `undone_by` follow from `undoes`; they are kept so that what can be undone
# is found in one step however long the history is. `takes_back` is 2 for what is no edit: the time spent.

history = Table(
    "history",
    metadata,
    Column("place", Integer, primary_key=True),  # counts up in the order in which this file got them
    _text("change_id"),
    _text("annotator"),
    _text("workstation"),
    _number("n"),
    _text("time"),
    _text("title"),
    Column("document", Text),
    Column("undoes", Text),
    Column("takes_back", Integer, nullable=False),
    Column("undone_by", Text),
    UniqueConstraint("change_id"),
    UniqueConstraint("workstation", "n"),
    Index("ix_history_document", "document"),
    Index(
        "ix_history_undo",
        "workstation",
        "document",
        "takes_back",
        "n",
        sqlite_where=text("undone_by IS NULL"),
    ),
    Index("ix_history_edits", "workstation", "document", "n", sqlite_where=text("undoes IS NULL")),
)

history_record = Table(
    "history_record",
    metadata,
    Column("place", Integer, primary_key=True),
    _of("change_id", "history.change_id"),
    _text("kind"),
    _text("record_id"),
    Column("before", Text),
    Column("after", Text),
    Index("ix_history_record_change", "change_id"),
    Index("ix_history_record_record", "record_id"),
)

# Merging. `history_parent` has what an entry of the history follows beside the revision of its `before`;
# `contested` the records that may be in question; `merged` which stretches of the history came by a merge.

history_parent = Table(
    "history_parent",
    metadata,
    Column("place", Integer, primary_key=True),
    _of("change_id", "history.change_id"),
    _text("record_id"),
    _text("parent"),
    Index("ix_history_parent_record", "record_id"),
)

contested = Table(
    "contested",
    metadata,
    Column("record_id", Text, primary_key=True, nullable=False),
    _text("kind"),
)

merged = Table(
    "merged",
    metadata,
    Column("place", Integer, primary_key=True),
    *(_text(name) for name in ("id", "time", "name", "package", "annotator")),
    *(_number(name) for name in ("changes", "records")),
    *(_number(name) for name in ("after_change", "last_change", "after_record", "last_record")),
)

# The hub: one row where the project has joined one, and what it refused. The history above `sent` is unsent.

hub = Table(
    "hub",
    metadata,
    *(_text(name) for name in ("address", "login", "annotator", "role")),
    *(_number(name) for name in ("pulled", "sent")),
)

hub_refusal = Table(
    "hub_refusal",
    metadata,
    Column("change_id", Text, primary_key=True, nullable=False),
    _text("sentence"),
)


def create_tables(connection: Connection) -> None:
    """Create all tables and the full-text index in an empty database."""
    metadata.create_all(connection)
    connection.exec_driver_sql(PARAGRAPH_INDEX)
