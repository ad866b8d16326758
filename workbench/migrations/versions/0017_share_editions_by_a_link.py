"""Share editions by a link."""

import sqlalchemy as sa
from alembic import op

import workbench.core.db

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition_link",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", workbench.core.db.Moment(timezone=True), nullable=False),
        sa.Column("expires_at", workbench.core.db.Moment(timezone=True), nullable=False),
        sa.Column("revoked_at", workbench.core.db.Moment(timezone=True), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("last_at", workbench.core.db.Moment(timezone=True), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_edition_link_edition_id_edition")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_edition_link_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_edition_link_digest")),
    )
    with op.batch_alter_table("edition_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_link_edition_id"), ["edition_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("edition_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_link_edition_id"))

    op.drop_table("edition_link")
