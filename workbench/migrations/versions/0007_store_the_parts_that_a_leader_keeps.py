"""Store the parts of a draft that a leader keeps as they are; a section is no longer marked as completed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("draft", sa.Column("own_parts", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("draft") as batch:
        batch.alter_column("own_parts", server_default=None)
        batch.drop_column("completed")


def downgrade() -> None:
    op.add_column("draft", sa.Column("completed", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("draft") as batch:
        batch.alter_column("completed", server_default=None)
        batch.drop_column("own_parts")
