"""Adds cases and which documents belong to them, and how certain an annotator is of a link."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_COLUMNS = 'id, document, "set", type, source, target, created, changed, attributes, note'
_INDEXES = {"place": ["document", "set"], "source": ["source"], "target": ["target"]}


def upgrade() -> None:
    op.create_table(
        "court_case",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("docket_number", sa.Text, nullable=False),
        sa.Column("court", sa.Text, nullable=False),
        sa.Column("caption", sa.Text, nullable=False),
        sa.Column("changed", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_court_case"),
    )
    op.create_table(
        "case_document",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_document"),
        sa.ForeignKeyConstraint(["case"], ["court_case.id"], name="fk_case_document_case"),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_case_document_document"),
    )
    op.create_index("ix_case_document_case", "case_document", ["case"])
    op.create_index("ix_case_document_document", "case_document", ["document"])
    _make_relations_anew()


def _make_relations_anew() -> None:
    """The table with its new column in place, as a new project has it; no other table refers to it."""
    op.execute("CREATE TEMPORARY TABLE relation_before AS SELECT * FROM relation")
    op.drop_table("relation")
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
        sa.Column("certainty", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_relation"),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_relation_document"),
        sa.ForeignKeyConstraint(["set"], ["annotation_set.id"], name="fk_relation_set"),
        sa.ForeignKeyConstraint(["source"], ["annotation.id"], name="fk_relation_source"),
        sa.ForeignKeyConstraint(["target"], ["annotation.id"], name="fk_relation_target"),
    )
    op.execute(
        f"INSERT INTO relation ({_COLUMNS}, certainty, origin, revision) "
        f"SELECT {_COLUMNS}, 'sure', origin, revision FROM relation_before"
    )
    op.execute("DROP TABLE relation_before")
    for name, columns in _INDEXES.items():
        op.create_index(f"ix_relation_{name}", "relation", columns)
