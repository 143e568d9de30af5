"""The tables of the first version, written out as they were then, whatever `storage.tables` says later."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _project()
    _documents()
    _annotations()
    _links()
    _work()
    _contents()
    _history()


def _project() -> None:
    op.create_table(
        "project",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_project"),
    )
    op.create_table(
        "annotator",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("colour", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_annotator"),
    )
    op.create_table(
        "schema_version",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("toml", sa.Text, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_schema_version"),
    )
    op.create_table(
        "guideline_version",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("markdown", sa.Text, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guideline_version"),
    )


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("source_sha256", sa.Text, nullable=False),
        sa.Column("source_name", sa.Text, nullable=False),
        sa.Column("text_version", sa.Text, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("metadata", sa.Text, nullable=False),
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_document"),
        sa.UniqueConstraint("id", name="uq_document_id"),
        sa.ForeignKeyConstraint(["text_version"], ["text_version.id"], name="fk_document_text_version"),
    )
    op.create_index("ix_document_source", "document", ["source_sha256"])
    op.create_table(
        "text_version",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("reader_version", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.Text, nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("options", sa.Text, nullable=False),
        sa.Column("warnings", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_text_version"),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_text_version_document"),
        sa.ForeignKeyConstraint(["text_sha256"], ["text_content.sha256"], name="fk_text_version_text_sha256"),
    )
    op.create_index("ix_text_version_document", "text_version", ["document"])
    op.create_index("ix_text_version_text", "text_version", ["text_sha256"])
    op.create_table(
        "annotation_set",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=True),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_annotation_set"),
        sa.ForeignKeyConstraint(["owner"], ["annotator.id"], name="fk_annotation_set_owner"),
    )


def _annotations() -> None:
    op.create_table(
        "annotation",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("text_version", sa.Text, nullable=False),
        sa.Column("set", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("fragments", sa.Text, nullable=True),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("exact", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("changed", sa.Text, nullable=False),
        sa.Column("attributes", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("certainty", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_annotation"),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_annotation_document"),
        sa.ForeignKeyConstraint(["text_version"], ["text_version.id"], name="fk_annotation_text_version"),
        sa.ForeignKeyConstraint(["set"], ["annotation_set.id"], name="fk_annotation_set"),
    )
    op.create_index("ix_annotation_label", "annotation", ["set", "label", "document", "exact"])
    op.create_index("ix_annotation_place", "annotation", ["document", "set", "start", "end"])
    op.create_index("ix_annotation_text_version", "annotation", ["text_version"])


def _links() -> None:
    op.create_table(
        "relation",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("set", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("changed", sa.Text, nullable=False),
        sa.Column("attributes", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_relation"),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_relation_document"),
        sa.ForeignKeyConstraint(["set"], ["annotation_set.id"], name="fk_relation_set"),
        sa.ForeignKeyConstraint(["source"], ["annotation.id"], name="fk_relation_source"),
        sa.ForeignKeyConstraint(["target"], ["annotation.id"], name="fk_relation_target"),
    )
    op.create_index("ix_relation_place", "relation", ["document", "set"])
    op.create_index("ix_relation_source", "relation", ["source"])
    op.create_index("ix_relation_target", "relation", ["target"])
    op.create_table(
        "document_label",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("set", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("changed", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_document_label"),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_document_label_document"),
        sa.ForeignKeyConstraint(["set"], ["annotation_set.id"], name="fk_document_label_set"),
    )
    op.create_index("ix_document_label_place", "document_label", ["document", "set"])


def _work() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("annotator", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("layers", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_assignment_document"),
        sa.ForeignKeyConstraint(["annotator"], ["annotator.id"], name="fk_assignment_annotator"),
    )
    op.create_index("ix_assignment_annotator", "assignment", ["annotator"])
    op.create_index("ix_assignment_document", "assignment", ["document"])
    op.create_table(
        "decision",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("annotation", sa.Text, nullable=True),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("proposers", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided", sa.Text, nullable=False),
        sa.Column("rule_id", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_decision_document"),
        sa.ForeignKeyConstraint(["annotation"], ["annotation.id"], name="fk_decision_annotation"),
    )
    op.create_index("ix_decision_annotation", "decision", ["annotation"])
    op.create_index("ix_decision_document", "decision", ["document"])


def _contents() -> None:
    op.create_table(
        "source_content",
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_source_content"),
    )
    op.create_table(
        "text_content",
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_text_content"),
    )
    op.create_table(
        "page",
        sa.Column("text_version", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("geometry", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("text_version", "number", name="pk_page"),
    )
    op.create_table(
        "paragraph",
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("text_version", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_paragraph"),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_paragraph_document"),
        sa.ForeignKeyConstraint(["text_version"], ["text_version.id"], name="fk_paragraph_text_version"),
    )
    op.create_index("ix_paragraph_document", "paragraph", ["document"])
    op.create_index("ix_paragraph_text_version", "paragraph", ["text_version"])
    op.execute(
        "CREATE VIRTUAL TABLE paragraph_index USING fts5(document UNINDEXED, start UNINDEXED, text, "
        "content='paragraph', content_rowid='place', tokenize='unicode61 remove_diacritics 2')"
    )


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("change_id", sa.Text, nullable=False),
        sa.Column("annotator", sa.Text, nullable=False),
        sa.Column("workstation", sa.Text, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("time", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=True),
        sa.Column("undoes", sa.Text, nullable=True),
        sa.Column("takes_back", sa.Integer, nullable=False),
        sa.Column("undone_by", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("place", name="pk_history"),
        sa.UniqueConstraint("change_id", name="uq_history_change_id"),
        sa.UniqueConstraint("workstation", "n", name="uq_history_workstation_n"),
    )
    op.create_index("ix_history_document", "history", ["document"])
    op.create_index(
        "ix_history_edits",
        "history",
        ["workstation", "document", "n"],
        sqlite_where=sa.text("undoes IS NULL"),
    )
    op.create_index(
        "ix_history_undo",
        "history",
        ["workstation", "document", "takes_back", "n"],
        sqlite_where=sa.text("undone_by IS NULL"),
    )
    op.create_table(
        "history_record",
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("change_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=True),
        sa.Column("after", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("place", name="pk_history_record"),
        sa.ForeignKeyConstraint(["change_id"], ["history.change_id"], name="fk_history_record_change_id"),
    )
    op.create_index("ix_history_record_change", "history_record", ["change_id"])
    op.create_index("ix_history_record_record", "history_record", ["record_id"])
