"""Adds the sittings: who was at which document, when and for how long."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "work_interval",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("annotator", sa.Text, nullable=False),
        sa.Column("begun", sa.Text, nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.Column("spans", sa.Integer, nullable=False),
        sa.Column("finished", sa.Integer, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_work_interval"),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_work_interval_document"),
        sa.ForeignKeyConstraint(["annotator"], ["annotator.id"], name="fk_work_interval_annotator"),
    )
    op.create_index("ix_work_interval_document", "work_interval", ["document"])
    op.create_index("ix_work_interval_annotator", "work_interval", ["annotator", "begun"])
