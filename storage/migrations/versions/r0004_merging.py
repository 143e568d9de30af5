"""Adds what merging needs: what entries of the history follow, records in question, merges that were made."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "history_parent",
        sa.Column("place", sa.Integer),
        sa.Column("change_id", sa.Text, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("parent", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_history_parent"),
        sa.ForeignKeyConstraint(["change_id"], ["history.change_id"], name="fk_history_parent_change_id"),
    )
    op.create_index("ix_history_parent_record", "history_parent", ["record_id"])
    op.create_table(
        "contested",
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("record_id", name="pk_contested"),
    )
    op.create_table(
        "merged",
        sa.Column("place", sa.Integer),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("time", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("package", sa.Text, nullable=False),
        sa.Column("annotator", sa.Text, nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.Column("records", sa.Integer, nullable=False),
        sa.Column("after_change", sa.Integer, nullable=False),
        sa.Column("last_change", sa.Integer, nullable=False),
        sa.Column("after_record", sa.Integer, nullable=False),
        sa.Column("last_record", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_merged"),
    )
