"""Store answers to findings, requests for agreement, and with each edition what its reasons answer."""

import sqlalchemy as sa
from alembic import op

import workbench.core.db

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

EDITION = sa.Table(
    "edition",
    sa.MetaData(),
    sa.Column("id", sa.Integer),
    sa.Column("answers", sa.JSON),
    sa.Column("reasons", sa.JSON),
)


def upgrade() -> None:
    op.create_table(
        "finding_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", workbench.core.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_finding_answer_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_finding_answer_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_answer")),
        sa.UniqueConstraint("draft_id", "digest", name=op.f("uq_finding_answer_draft_id_digest")),
    )
    with op.batch_alter_table("finding_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_answer_draft_id"), ["draft_id"], unique=False)
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", workbench.core.db.Moment(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", workbench.core.db.Moment(timezone=True), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_agreement_asked_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_agreement_decided_by_person")),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_agreement_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("draft_id", "digest", name=op.f("uq_agreement_draft_id_digest")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_draft_id"), ["draft_id"], unique=False)
    op.add_column("edition", sa.Column("reasons", sa.JSON(), nullable=False, server_default="[]"))
    connection = op.get_bind()
    for number, answers in connection.execute(sa.select(EDITION.c.id, EDITION.c.answers)).fetchall():
        # only the reasons were stored, not what they answer
        reasons = [{"finding": "", "place": "", "reason": text} for text in answers.values()]
        connection.execute(sa.update(EDITION).where(EDITION.c.id == number).values(reasons=reasons))
    with op.batch_alter_table("edition") as batch:
        batch.alter_column("reasons", server_default=None)
        batch.drop_column("answers")


def downgrade() -> None:
    op.add_column("edition", sa.Column("answers", sa.JSON(), nullable=False, server_default="{}"))
    connection = op.get_bind()
    for number, reasons in connection.execute(sa.select(EDITION.c.id, EDITION.c.reasons)).fetchall():
        answers = {f"reason-{at}": each["reason"] for at, each in enumerate(reasons)}
        connection.execute(sa.update(EDITION).where(EDITION.c.id == number).values(answers=answers))
    with op.batch_alter_table("edition") as batch:
        batch.alter_column("answers", server_default=None)
        batch.drop_column("reasons")
    op.drop_table("agreement")
    op.drop_table("finding_answer")
