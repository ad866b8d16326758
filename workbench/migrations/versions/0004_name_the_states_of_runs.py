"""Store the state of a print run, and the texts that the list of runs shows and searches; rename three of its names."""

import unicodedata
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

RENAMED = (("before_id", "previous_id"), ("forgotten_at", "anonymised_at"))
STATES = ("planned", "waiting", "printing", "done", "failed", "cancelled")

TABLES = sa.MetaData()
RUN = sa.Table(
    "print_run",
    TABLES,
    sa.Column("id", sa.Integer),
    sa.Column("choices", sa.JSON),
    sa.Column("job_id", sa.Integer),
    sa.Column("cancelled_at", sa.String),
    sa.Column("done_at", sa.String),
    sa.Column("state", sa.String),
    sa.Column("role_titles", sa.String),
    sa.Column("search_text", sa.String),
)
EDITION = sa.Table(
    "edition", TABLES, sa.Column("id", sa.Integer), sa.Column("title", sa.String), sa.Column("number", sa.Integer)
)


def upgrade() -> None:
    for old, new in RENAMED:
        op.execute(f"ALTER TABLE print_run RENAME COLUMN {old} TO {new}")
    op.add_column("print_run", sa.Column("state", sa.String(20), nullable=False, server_default="planned"))
    op.add_column("print_run", sa.Column("role_titles", sa.Text(), nullable=False, server_default=""))
    op.add_column("print_run", sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    ended = {
        "cancelled": RUN.c.cancelled_at.is_not(None),
        "done": RUN.c.cancelled_at.is_(None) & RUN.c.done_at.is_not(None),
        "waiting": RUN.c.cancelled_at.is_(None) & RUN.c.done_at.is_(None) & RUN.c.job_id.is_not(None),
    }
    for state, which in ended.items():
        connection.execute(sa.update(RUN).where(which).values(state=state))
    editions = {
        number: f"{title}, Edition {edition}" for number, title, edition in connection.execute(sa.select(EDITION))
    }
    for number, choices in connection.execute(sa.select(RUN.c.id, RUN.c.choices)).fetchall():
        roles = choices.pop("picks")
        titles = "; ".join(_title(role, editions) for role in roles)
        values = {
            "choices": choices | {"roles": roles},
            "role_titles": titles,
            "search_text": _search_text(number, choices, titles),
        }
        connection.execute(sa.update(RUN).where(RUN.c.id == number).values(values))
    with op.batch_alter_table("print_run") as batch:
        for column in ("state", "role_titles", "search_text"):
            batch.alter_column(column, server_default=None)
        batch.create_check_constraint("state", sa.column("state").in_(STATES))


def downgrade() -> None:
    connection = op.get_bind()
    for number, choices in connection.execute(sa.select(RUN.c.id, RUN.c.choices)).fetchall():
        roles = choices.pop("roles")
        connection.execute(sa.update(RUN).where(RUN.c.id == number).values(choices=choices | {"picks": roles}))
    with op.batch_alter_table("print_run") as batch:
        batch.drop_constraint(op.f("ck_print_run_state"), type_="check")
        for column in ("search_text", "role_titles", "state"):
            batch.drop_column(column)
    for old, new in reversed(RENAMED):
        op.execute(f"ALTER TABLE print_run RENAME COLUMN {new} TO {old}")


def _title(role: dict[str, Any], editions: dict[int, str]) -> str:
    return f"{role['role']['title']}, Draft" if role.get("role") else editions.get(role.get("edition", 0), "")


def _search_text(number: int, choices: dict[str, Any], titles: str) -> str:
    people = choices.get("people") or {}
    names = (*people.get("panel", ()), *people.get("candidates", ()))
    text = "\n".join((str(number), choices.get("name", ""), choices["recipe"]["title"], titles, *names))
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(char for char in plain if unicodedata.category(char) != "Cf").split())
