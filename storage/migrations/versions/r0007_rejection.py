"""Adds the suggestions that were rejected, so that they do not come back."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "rejection",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("set", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rejection"),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_rejection_document"),
        sa.ForeignKeyConstraint(["set"], ["annotation_set.id"], name="fk_rejection_set"),
    )
    op.create_index("ix_rejection_document", "rejection", ["document"])
    op.create_index("ix_rejection_set", "rejection", ["set"])
