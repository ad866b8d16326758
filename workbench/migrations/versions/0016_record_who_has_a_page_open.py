"""Record who has a page open."""

import sqlalchemy as sa
from alembic import op

import workbench.core.db

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("tab", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(length=120), nullable=False),
        sa.Column("seen_at", workbench.core.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_presence_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_presence_person_id_person")),
        sa.PrimaryKeyConstraint("draft_id", "person_id", "tab", name=op.f("pk_presence")),
    )


def downgrade() -> None:
    op.drop_table("presence")
