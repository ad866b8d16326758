"""Call two of the five answers by their new names in the record of who changed which part of a draft."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RENAMED = {"purpose/need": "purpose/why-needed", "purpose/forward": "purpose/contribution"}
DRAFT = sa.table("draft", sa.column("id", sa.Integer), sa.column("touched", sa.JSON))


def upgrade() -> None:
    _rename(RENAMED)


def downgrade() -> None:
    _rename({new: old for old, new in RENAMED.items()})


def _rename(names: Mapping[str, str]) -> None:
    connection = op.get_bind()
    for draft_id, touched in connection.execute(sa.select(DRAFT.c.id, DRAFT.c.touched)).all():
        renamed = {names.get(part, part): mark for part, mark in touched.items()}
        if renamed != touched:
            connection.execute(sa.update(DRAFT).where(DRAFT.c.id == draft_id).values(touched=renamed))
