"""Adds what was learned for suggestions: a header, and the numbers of the model apart from it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "learned_model",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("header", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_learned_model"),
    )
    op.create_table(
        "learned_content",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_learned_content"),
    )
