"""The database's history: up, down, up again, and always the shape that the models have."""

import json

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.support import site
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditAct, AuditRow, record
from workbench.accounts.model import Thing
from workbench.core.clock import now
from workbench.core.db import Base
from workbench.core.jobs.tables import JobRow, JobState
from workbench.documents.store.tables import DocumentRow
from workbench.documents.store.uses import DocumentUseRow
from workbench.migrations import FULL_TEXT, differences, downgrade, load_tables, upgrade
from workbench.packets.tables import PrintRunRow, RunState
from workbench.roles.tables import DraftRow, EditionRow


def tables_of(database: Database) -> set[str]:
    """Name the tables, but those that SQLite makes itself for its full-text index."""
    names = set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    return {name for name in names if not name.startswith(FULL_TEXT)}


def counts_of(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {
            table: connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()
            for table in tables_of(database)
        }


def test_the_newest_migration_has_the_shape_of_the_models(empty_database):
    upgrade(empty_database.url)
    load_tables()
    assert tables_of(empty_database) == set(Base.metadata.tables)
    assert differences(empty_database.url) == []


def test_a_difference_would_be_found(empty_database):
    upgrade(empty_database.url)
    with empty_database.write.begin() as session:
        session.execute(text("ALTER TABLE company ADD COLUMN motto VARCHAR(10)"))
    assert differences(empty_database.url) != []


def test_down_leaves_nothing_and_up_makes_all_again(empty_database):
    upgrade(empty_database.url)
    with empty_database.write.begin() as session:
        record(session, None, AuditAct.CHANGED, Thing("account"))
    site.people(empty_database)

    downgrade(empty_database.url)
    assert tables_of(empty_database) == set()
    upgrade(empty_database.url)
    assert differences(empty_database.url) == []
    with empty_database.read() as session:
        assert session.query(AuditRow).count() == 0


def test_a_second_upgrade_changes_nothing(database):
    site.people(database)
    upgrade(database.url)
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM person")) == 5


@pytest.mark.parametrize("statement", ["UPDATE audit SET act = 'nothing'", "DELETE FROM audit"])
def test_the_trail_is_neither_changed_nor_removed(database, statement):
    with database.write.begin() as session:
        record(session, None, AuditAct.PUBLISHED, Thing("edition", key="7"), number=3)

    with pytest.raises(DBAPIError, match="never changed or removed"), database.write.begin() as session:
        session.execute(text(statement))

    with database.read() as session:
        line = session.query(AuditRow).one()
    assert (line.act, line.thing, line.key, line.detail) == ("published", "edition", "7", {"number": 3})


def test_postgresql_cannot_empty_the_trail_at_once(database):
    if database.url.startswith("postgresql"):
        with pytest.raises(DBAPIError, match="never changed or removed"), database.write.begin() as session:
            session.execute(text("TRUNCATE audit"))


def test_an_upgrade_keeps_every_row_of_the_landed_state(landed_database):
    before = counts_of(landed_database)
    assert min(before.values()) >= 1, "The landed state has rows in every table."
    upgrade(landed_database.url)
    assert differences(landed_database.url) == []
    after = counts_of(landed_database)
    assert {table: after.get(table) for table in before} == before


def test_the_reasons_of_an_edition_are_kept_without_what_they_answered(landed_database):
    upgrade(landed_database.url)
    with landed_database.read() as session:
        reasons = [each for edition in session.scalars(select(EditionRow)) for each in edition.publishing_reasons]
    assert [(each.finding, each.reason) for each in reasons] == [("", "The numbers are agreed in January.")]
    downgrade(landed_database.url, "0014")
    with landed_database.read() as session:
        stored = session.scalars(text("SELECT answers FROM edition ORDER BY id")).all()
    answers = [json.loads(each) if isinstance(each, str) else each for each in stored]
    assert {"reason-0": "The numbers are agreed in January."} in answers


def test_an_upgraded_database_takes_new_rows(landed_database):
    upgrade(landed_database.url)
    with landed_database.write.begin() as session:
        before = {line.id for line in session.query(AuditRow)}
        record(session, None, AuditAct.PUBLISHED, Thing("edition", key="7"), number=3)
    with landed_database.read() as session:
        line = session.query(AuditRow).order_by(AuditRow.id.desc()).first()
        assert line is not None
        assert (line.act, line.id) == ("published", max(before) + 1)


def test_the_documents_of_a_run_become_uses_and_go_back_to_the_run(landed_database):
    upgrade(landed_database.url)
    with landed_database.read() as session:
        kinds = select(DocumentRow.kind).join(DocumentUseRow, DocumentUseRow.key == DocumentRow.key)
        first = session.scalars(kinds.where(DocumentUseRow.owner == "run", DocumentUseRow.owner_id == 1)).all()
    assert len(first) == 11
    assert first.count("packet-cover") == 2

    downgrade(landed_database.url, "0001")
    with landed_database.read() as session:
        keys = dict(session.execute(text("SELECT id, keys FROM print_run")).all())
    keys = {run: json.loads(found) if isinstance(found, str) else found for run, found in keys.items()}
    assert {run: len(found) for run, found in keys.items() if found} == {1: 11, 2: 4, 3: 5}
    assert "49e2f077c041b7bc" in keys[1]


def test_the_states_of_jobs_are_kept_and_checked(landed_database):
    states = "SELECT state, count(*) FROM job GROUP BY state ORDER BY state"
    with landed_database.engine.connect() as connection:
        before = connection.execute(text(states)).all()
        logo = connection.execute(text("SELECT mark, mark_digest FROM company")).one()
    assert {state for state, _ in before} == set(JobState)

    upgrade(landed_database.url)
    with landed_database.read() as session:
        assert session.execute(text(states)).all() == before
        assert {job.state for job in session.query(JobRow)} == set(JobState)
        assert sum(job.transient_failures for job in session.query(JobRow)) == 1
        assert session.execute(text("SELECT logo, logo_digest FROM company")).one() == logo

    with pytest.raises(DBAPIError, match=r"(?i)check"), landed_database.write.begin() as session:
        session.execute(text("UPDATE job SET state = 'asleep'"))
    with pytest.raises(IntegrityError), landed_database.write.begin() as session:
        for _ in range(2):
            session.add(JobRow(task="a", key="a key", payload={}, due_at=now(), offered_at=now()))
            session.flush()


def test_a_migration_can_be_taken_back_with_its_rows(landed_database):
    before = counts_of(landed_database)
    upgrade(landed_database.url)
    downgrade(landed_database.url, "0001")
    assert counts_of(landed_database) == before
    upgrade(landed_database.url)
    assert differences(landed_database.url) == []


def test_the_states_of_print_runs_are_stored_and_their_requests_are_still_read(landed_database):
    upgrade(landed_database.url)
    with landed_database.read() as session:
        runs = session.scalars(select(PrintRunRow).order_by(PrintRunRow.id)).all()
        states = {run.id: run.state for run in runs}
        assert set(states.values()) == {
            RunState.PLANNED,
            RunState.WAITING,
            RunState.DONE,
            RunState.CANCELLED,
        }
        for run in runs:
            assert (run.state is RunState.CANCELLED) == (run.cancelled_at is not None)
            assert run.request.roles
            assert run.role_titles
            assert run.search_text.startswith(f"{run.id} ")
        assert sum(run.anonymised_at is not None for run in runs) == 1
        assert sum(run.previous_id is not None for run in runs) == 2

    with pytest.raises(DBAPIError, match=r"(?i)check"), landed_database.write.begin() as session:
        session.execute(text("UPDATE print_run SET state = 'asleep'"))

    downgrade(landed_database.url, "0003")
    with landed_database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM print_run WHERE forgotten_at IS NOT NULL")) == 1


def test_drafts_and_editions_of_the_landed_state_are_read_in_the_present_schema(landed_database):
    old = '{"purpose/need": {"version": 2, "tab": "a", "person": 1, "at": "2026-11-23T10:00:00+00:00"}}'
    with landed_database.engine.begin() as connection:
        connection.execute(text("UPDATE draft SET touched = :old WHERE id = 1"), {"old": old})
        digests = connection.execute(text("SELECT id, digest FROM edition ORDER BY id")).all()
        values = dict(connection.execute(text("SELECT id, value FROM draft")).all())
    upgrade(landed_database.url)

    with landed_database.read() as session:
        drafts = session.scalars(select(DraftRow).order_by(DraftRow.id)).all()
        editions = session.scalars(select(EditionRow).order_by(EditionRow.id)).all()
        stored = {key: json.loads(value) if isinstance(value, str) else value for key, value in values.items()}
        for draft in drafts:
            was = stored[draft.id].get("purpose", {})
            assert (draft.role.purpose.why_needed, draft.role.purpose.contribution) == (
                was.get("need", ""),
                was.get("forward", ""),
            )
            assert all(question.what_good_looks_like for _, question in draft.role.questions() if question.probes)
        assert list(drafts[0].touched) == ["purpose/why-needed"]
        assert [(edition.id, edition.digest) for edition in editions] == digests
        assert all(edition.role.purpose.why_needed for edition in editions)

    downgrade(landed_database.url, "0004")
    with landed_database.engine.connect() as connection:
        assert "purpose/need" in str(connection.execute(text("SELECT touched FROM draft WHERE id = 1")).scalar())
