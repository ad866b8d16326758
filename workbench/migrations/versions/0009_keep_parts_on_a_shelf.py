"""Keep parts of roles on a person's shelf."""

import sqlalchemy as sa
from alembic import op

import workbench.core.db

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shelf_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kept_at", workbench.core.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_shelf_part_owner_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_part")),
    )
    with op.batch_alter_table("shelf_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shelf_part_owner_id"), ["owner_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("shelf_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shelf_part_owner_id"))
    op.drop_table("shelf_part")
