"""What print runs are asked of the database: the jobs of one run are found without reading those of all others."""

import re
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.servers.databases import Database
from workbench.core.clock import now
from workbench.core.jobs.tables import JobRow, JobState
from workbench.packets import tables


def job(key: str, **other: Any) -> JobRow:
    moment = now()
    return JobRow(**{"task": "x", "key": key, "payload": {}, "due_at": moment, "offered_at": moment} | other)


def plans(session: Session, queries: list[tuple[str, Any]]) -> list[str]:
    """Return the query plan of each of some queries."""
    explain = "EXPLAIN" if session.get_bind().dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    found = [session.connection().exec_driver_sql(f"{explain} {words}", values) for words, values in queries]
    return ["\n".join(str(row) for row in rows) for rows in found]


def test_the_jobs_of_a_run_are_found_by_an_index_however_many_there_are(database: Database):
    with database.write.begin() as session:
        session.add_all(job(tables.run_key(run), state=JobState.DONE) for run in range(1, 3_001))
        session.flush()
        if database.engine.dialect.name == "postgresql":
            session.execute(text("ANALYZE job"))
    with database.read() as session:
        with database.record_queries() as queries:
            found = tables.list_jobs(session, 70)
            assert not tables.is_busy(session, 70)
            assert tables.find_word_job(session, 70) is None
        reported = plans(session, queries)

    assert [row.key for row in found] == ["print-run:70"]
    assert len(reported) == 3
    for plan in reported:
        assert " ix_job_" in plan, plan
        assert not re.search(r"SCAN job|Seq Scan", plan), plan


def test_a_run_has_the_jobs_of_its_number_and_no_others(database: Database):
    ours = [tables.run_key(7), tables.word_key(7), tables.word_key(7), tables.part_key(7, 1), tables.part_key(7, 16)]
    others = [tables.run_key(77), tables.run_key(1), tables.part_key(1, 7), tables.part_key(77, 1), "press-draft:7"]
    with database.write.begin() as session:
        session.add_all(job(key, state=JobState.DONE) for key in ours + others)
    with database.read() as session:
        assert [row.key for row in tables.list_jobs(session, 7)] == ours
        assert not tables.is_busy(session, 7)
    with database.write.begin() as session:
        session.add(job(tables.part_key(7, 16), state=JobState.RUNNING))
    with database.read() as session:
        assert tables.is_busy(session, 7)
        assert not tables.is_busy(session, 77)
