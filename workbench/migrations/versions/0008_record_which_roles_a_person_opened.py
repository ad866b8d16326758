"""Record which roles a person opened."""

import sqlalchemy as sa
from alembic import op

import workbench.core.db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "role_visit",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("at", workbench.core.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_role_visit_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_visit_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "draft_id", name=op.f("pk_role_visit")),
    )


def downgrade() -> None:
    op.drop_table("role_visit")
