"""Keep the history and the trash of drafts."""

import sqlalchemy as sa
from alembic import op

import workbench.core.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=120), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("tab", sa.String(length=40), nullable=False),
        sa.Column("first_at", workbench.core.db.Moment(timezone=True), nullable=False),
        sa.Column("last_at", workbench.core.db.Moment(timezone=True), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_state_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_state_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_state")),
    )
    with op.batch_alter_table("draft_state", schema=None) as batch_op:
        batch_op.create_index("ix_draft_state_draft", ["draft_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_state_last_at"), ["last_at"], unique=False)

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("removed_at", workbench.core.db.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_column("removed_at")

    with op.batch_alter_table("draft_state", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_state_last_at"))
        batch_op.drop_index("ix_draft_state_draft")

    op.drop_table("draft_state")
