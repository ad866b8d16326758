"""${message.capitalize()}."""

import sqlalchemy as sa
from alembic import op

import workbench.core.db
% if down_revision is None:
from workbench.migrations.guards import guard, unguard
% endif

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
% if down_revision is None:
    guard(op.get_bind(), "audit")
% endif


def downgrade() -> None:
% if down_revision is None:
    unguard(op.get_bind(), "audit")
% endif
    ${downgrades if downgrades else "pass"}
