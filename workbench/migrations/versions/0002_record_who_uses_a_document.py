"""Record who uses a document; move the documents of print runs there."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY_START = 16  # digits of a document's key that a run kept

TABLES = sa.MetaData()
RUN = sa.Table("print_run", TABLES, sa.Column("id", sa.Integer), sa.Column("keys", sa.JSON))
DOCUMENT = sa.Table("document", TABLES, sa.Column("key", sa.String))
USE = sa.Table(
    "document_use",
    TABLES,
    sa.Column("owner", sa.String),
    sa.Column("owner_id", sa.Integer),
    sa.Column("variant", sa.String),
    sa.Column("key", sa.String),
)


def upgrade() -> None:
    op.create_table(
        "document_use",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "owner_id", "variant", name=op.f("pk_document_use")),
    )
    with op.batch_alter_table("document_use", schema=None) as batch_op:
        batch_op.create_index("ix_document_use_key", ["key"], unique=False)
    connection = op.get_bind()
    stored = {key[:KEY_START]: key for key in connection.scalars(sa.select(DOCUMENT.c.key))}
    for number, starts in connection.execute(sa.select(RUN)).fetchall():
        keys = [stored[start] for start in dict.fromkeys(starts or ()) if start in stored]
        rows = [{"owner": "run", "owner_id": number, "variant": key, "key": key} for key in keys]
        if rows:
            connection.execute(USE.insert(), rows)
    op.drop_column("print_run", "keys")


def downgrade() -> None:
    op.add_column("print_run", sa.Column("keys", sa.JSON(), nullable=False, server_default="[]"))
    connection = op.get_bind()
    keys: dict[int, list[str]] = {}
    for number, key in connection.execute(sa.select(USE.c.owner_id, USE.c.key).where(USE.c.owner == "run")):
        keys.setdefault(number, []).append(key[:KEY_START])
    for number, starts in keys.items():
        connection.execute(sa.update(RUN).where(RUN.c.id == number).values(keys=starts))
    with op.batch_alter_table("document_use", schema=None) as batch_op:
        batch_op.drop_index("ix_document_use_key")
    op.drop_table("document_use")
