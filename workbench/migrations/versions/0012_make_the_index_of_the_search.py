"""Make the index of the search: the entries, and what each database finds their words with.

SQLite gets a table of FTS5 that reads the entries and is kept by triggers, and a table of its words for near spellings;
PostgreSQL gets an index of tsvectors. A migration that copies `search_entry` must make the triggers again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ADD = "INSERT INTO search_words(rowid, words) VALUES (new.id, new.words)"
DROP = "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words)"
OPTIONS = "words, content='search_entry', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='3 4'"
SQLITE = (
    f"CREATE VIRTUAL TABLE search_words USING fts5({OPTIONS})",
    "CREATE VIRTUAL TABLE search_words_terms USING fts5vocab('search_words', 'row')",
    f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN {ADD}; END",
    f"CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN {DROP}; END",
    f"CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN {DROP}; {ADD}; END",
)
POSTGRESQL = ("CREATE INDEX search_words ON search_entry USING gin (to_tsvector('simple', words))",)


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "role",
                "accountability",
                "target",
                "question",
                "duty",
                "about",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_search_entry_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_entry_draft_id"), ["draft_id"], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_words_terms")
        op.execute("DROP TABLE search_words")
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_entry_draft_id"))

    op.drop_table("search_entry")
