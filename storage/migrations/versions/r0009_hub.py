"""Adds how far a project is in step with its hub, and what the hub refused."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "hub",
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("annotator", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("pulled", sa.Integer, nullable=False),
        sa.Column("sent", sa.Integer, nullable=False),
    )
    op.create_table(
        "hub_refusal",
        sa.Column("change_id", sa.Text, nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("change_id", name="pk_hub_refusal"),
    )
