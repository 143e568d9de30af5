"""Decisions say all of what was decided, and stay when the gold span that they made is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_KEPT = (
    "id, document, annotation, outcome, proposers, decided_by, decided, rule_id, reason, comment, revision"
)


def upgrade() -> None:
    op.rename_table("decision", "decision_before")
    op.drop_index("ix_decision_document", "decision_before")
    op.drop_index("ix_decision_annotation", "decision_before")
    op.create_table(
        "decision",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("annotation", sa.Text),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("proposers", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided", sa.Text, nullable=False),
        sa.Column("rule_id", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("layer", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.Text, nullable=False),
        sa.Column("schema_number", sa.Integer, nullable=False),
        sa.Column("guideline_number", sa.Integer, nullable=False),
        sa.Column("candidates", sa.Text, nullable=False),
        sa.Column("absent", sa.Text, nullable=False),
        sa.Column("results", sa.Text, nullable=False),
        sa.Column("verdicts", sa.Text, nullable=False),
        sa.Column("flags", sa.Text, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("suggestion", sa.Text, nullable=False),
        sa.Column("active_ms", sa.Integer, nullable=False),
        sa.Column("supersedes", sa.Text, nullable=False),
        sa.Column("app_version", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_decision_document"),
    )
    op.execute(
        f"INSERT INTO decision ({_KEPT}, unit, layer, text_sha256, schema_number, guideline_number, "
        "candidates, absent, results, verdicts, flags, seed, suggestion, active_ms, supersedes, app_version) "
        f"SELECT {_KEPT}, '', '', '', 0, 0, '[]', '[]', '[]', '{{}}', '[]', 0, '{{}}', 0, '[]', '' "
        "FROM decision_before"
    )
    op.drop_table("decision_before")
    op.create_index("ix_decision_document", "decision", ["document"])
    op.create_index("ix_decision_annotation", "decision", ["annotation"])
