"""Call the company's mark its logo, and let the database check the states of jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

RENAMED = (
    ("company", "mark", "logo"),
    ("company", "mark_digest", "logo_digest"),
    ("job", "spared", "transient_failures"),
)
STATES = ("queued", "running", "done", "failed")


def upgrade() -> None:
    for table, old, new in RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    with op.batch_alter_table("job") as batch:
        batch.alter_column("state", type_=sa.String(20), existing_type=sa.String(10), existing_nullable=False)
        batch.create_check_constraint("state", sa.column("state").in_(STATES))


def downgrade() -> None:
    with op.batch_alter_table("job") as batch:
        batch.drop_constraint(op.f("ck_job_state"), type_="check")
        batch.alter_column("state", type_=sa.String(10), existing_type=sa.String(20), existing_nullable=False)
    for table, old, new in reversed(RENAMED):
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")
