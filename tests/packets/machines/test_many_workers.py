"""Four workers on one PostgreSQL, one Redis and one folder: whatever happens to them, each run ends exactly once.

Each test brings one fault about at a known place, and then holds everything that lies there against what one process
prints undisturbed. Where a protection is taken out of the product, the same test must name what is wrong.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.packets.machines import fleet as fleets
from tests.packets.machines.fleet import POISON, Fleet, Nursery
from tests.packets.machines.gates import wait_for
from tests.support import make, sharing, site
from tests.support.servers import databases, disks, redis_server
from tests.support.servers.databases import Database
from tests.support.servers.redis_server import Redis
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.jobs.tables import MAX_ATTEMPTS as JOB_ATTEMPTS
from workbench.core.jobs.tables import JobState
from workbench.core.storage.disk import DISK_FULL
from workbench.documents.model import Document, Paper, PressFailed, PrintedPdf
from workbench.documents.press.process import MAX_ATTEMPTS
from workbench.documents.store.store import Store
from workbench.hiring.model import People
from workbench.packets import loading, tables
from workbench.packets.model import Delivery, RoleChoice, RunOptions, RunRequest
from workbench.packets.plan import make_plan
from workbench.packets.recipes.model import find_shipped_recipe
from workbench.packets.run.linking import write_packets
from workbench.packets.run.printing import print_all
from workbench.roles.tables import find_edition

pytestmark = pytest.mark.slow("starts many workers on PostgreSQL, and kills them")

PEOPLE = People(("Ina Vogt", "Raj Rao"), ("Candidate A", "Candidate B", "Candidate C"))
COUNT = 22  # documents, two covers among them
DIED = f"The process that prints ended {MAX_ATTEMPTS} times without an answer."
_numbers = count(1)


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    with redis_server.running(tmp_path_factory.mktemp("redis")) as server:
        yield server


@dataclass(frozen=True)
class House:
    """What all tests share: a database with two editions, and the reference documents and digests of two runs."""

    database: Database
    person: int
    request: RunRequest
    reference: Path
    digest: str
    poisoned: RunRequest
    poisoned_digest: str


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("home")
    with databases.fresh("postgresql", folder) as database:
        leader = site.people(database)["leader"]
        picks = []
        for title in ("Account Executive", "Sales Engineer"):
            slug = make.draft(database, leader, make.role(title))
            make.edition(database, slug, leader)
            with database.read() as session:
                picks.append(RoleChoice(find_edition(session, slug, 1).id))
        options = RunOptions(delivery=Delivery.FILE_EACH)
        request = RunRequest(find_shipped_recipe("interviewer"), tuple(picks), PEOPLE, "Lea Berg", options)
        poisoned = replace(request, people=People(("Ina Vogt",), ("Candidate A", POISON)))
        fleets.watch(database)
        reference = folder / "reference"
        digests = [_printed(database, leader, each, reference) for each in (request, poisoned)]
        yield House(database, leader.id, request, reference, digests[0], poisoned, digests[1])


def _printed(database: Database, owner: Person, request: RunRequest, reference: Path) -> str:
    """Print a run in this process, undisturbed, and return the digest of its files."""

    def press(document: Document, paper: Paper) -> PrintedPdf:
        if document.kind == "score-sheet" and POISON in document.title:
            raise PressFailed(DIED)
        return sharing.press(document, paper)

    with database.read() as session:
        print_job = loading.job_for_request(session, owner, request)
    printed = print_all(make_plan(print_job), Store(reference), press, lambda _: None)
    return write_packets(make_plan(print_job), printed, reference.parent / "packets", f"{next(_numbers)}").digest


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.end()


Start = Callable[..., Fleet]


@pytest.fixture
def start(home: House, redis: Redis, nursery: Nursery, tmp_path: Path) -> Iterator[Start]:
    """Start a fleet, with a protection taken out if one is named; it ends with the test."""
    fleets.clear(home.database)
    (tmp_path / "reference").symlink_to(home.reference)
    made: list[Fleet] = []

    def started(mutant: str = "", workers: int = 4, files: Path | None = None) -> Fleet:
        fleet = Fleet(home.database, redis.url, tmp_path, mutant, files)
        fleet.start(nursery, workers)
        made.append(fleet)
        return fleet

    yield started
    for fleet in made:
        fleet.end()


def test_four_workers_print_what_one_prints(start: Start, home: House):
    fleet = start()
    run = fleet.put(home.person, home.request)
    fleet.ended(run)
    assert fleet.faults(run, home.digest) == []
    assert fleet.run(run).progress == {"documents": COUNT, "total": COUNT, "fresh": COUNT}


def test_a_worker_killed_while_it_prints(start: Start, home: House):
    fleet = start()
    gate = fleet.arm("press", "print-run")
    run = fleet.put(home.person, home.request)
    fleet.kill(gate.reached(), lapse=False)  # here its lease runs out by itself
    fleet.ended(run)
    assert fleet.faults(run, home.digest, strikes=1) == []
    assert fleet.job(run).attempt == 2


def test_a_worker_killed_while_it_links(start: Start, home: House):
    fleet = start()
    gate = fleet.arm("link", "print-run", "Interviewer packet: Raj Rao")
    run = fleet.put(home.person, home.request)
    fleet.kill(gate.reached())
    fleet.ended(run)
    assert fleet.faults(run, home.digest, strikes=1) == []
    assert fleet.job(run).attempt == 2


def test_a_part_that_dies_costs_nothing(start: Start, home: House):
    fleet = start()
    held, gate = fleet.arm("press", "print-run"), fleet.arm("press", "print-part")
    run = fleet.put(home.person, home.request)
    held.reached()
    fleet.kill(gate.reached())
    held.open()
    wait_for(lambda: fleet.job(run).state == JobState.DONE)
    assert fleet.job(run).attempt == 1
    fleet.ended(run)
    assert fleet.faults(run, home.digest, strikes=1) == []


def killed_before_its_end(fleet: Fleet, home: House) -> list[str]:
    """Kill the worker of a run that lies finished in its folder and of which the database knows nothing yet."""
    gate = fleet.arm("ensure", "print-run")
    run = fleet.put(home.person, home.request)
    fleet.kill(gate.reached())
    fleet.ended(run)
    return fleet.faults(run, home.digest, strikes=1)


def test_a_run_that_was_finished_and_not_written_down_has_one_folder(start: Start, home: House):
    assert killed_before_its_end(start(), home) == []


def test_without_a_name_by_content_there_would_be_two_folders(start: Start, home: House):
    assert "there is not exactly one folder" in str(killed_before_its_end(start("no name by content", 2), home))


def overtaken(fleet: Fleet, home: House) -> list[str]:
    """Stop a worker for longer than its lease, and let it go on while another holds its run."""
    first = fleet.arm("ensure", "print-run")
    run = fleet.put(home.person, home.request)
    paused = first.reached()
    second = fleet.arm("link", "print-run")  # whoever stands there has no transaction open that could time out
    fleet.pause(paused)
    wait_for(lambda: fleet.job(run).attempt == 2)
    second.reached()
    first.open()
    os.kill(paused, signal.SIGCONT)
    wait_for(lambda: fleet.at_rest(paused))  # what it would write, it has written now
    second.open()
    fleet.ended(run)
    return fleet.faults(run, home.digest, strikes=1)


def test_a_worker_that_was_paused_and_overtaken_writes_nothing(start: Start, home: House):
    assert overtaken(start(), home) == []


def test_without_fencing_an_overtaken_worker_would_write(start: Start, home: House):
    assert "an overtaken attempt wrote" in str(overtaken(start("no fencing", 2), home))


def test_a_worker_that_was_paused_while_it_printed(start: Start, home: House):
    fleet = start()
    gate = fleet.arm("press", "print-run")
    run = fleet.put(home.person, home.request)
    paused = gate.reached()
    fleet.pause(paused)
    wait_for(lambda: fleet.job(run).state == JobState.DONE)
    gate.open()
    os.kill(paused, signal.SIGCONT)
    fleet.ended(run)
    assert fleet.faults(run, home.digest, strikes=1) == []


def test_a_worker_that_falls_silent_in_its_last_lines_locks_nobody_out(start: Start, home: House):
    fleet = start()
    gate = fleet.arm("ensure", "print-run", "packet-cover")  # rows of other documents are written and not committed
    run = fleet.put(home.person, home.request)
    paused = gate.reached()
    os.kill(paused, signal.SIGSTOP)
    wait_for(lambda: fleet.job(run).state == JobState.DONE)
    gate.open()
    os.kill(paused, signal.SIGCONT)
    fleet.ended(run)
    assert fleet.faults(run, home.digest, strikes=1) == []


def printed_for_long(fleet: Fleet, home: House, seconds: float) -> list[str]:
    """Let a run print for so long after the end of its first lease, or until another takes it away."""
    gate = fleet.arm("press", "print-run")
    run = fleet.put(home.person, home.request)
    gate.reached()
    over = fleet.job(run).lease_until + timedelta(seconds=seconds)
    wait_for(lambda: now() > over or fleet.job(run).attempt > 1)
    gate.open()
    fleet.ended(run)
    return fleet.faults(run, home.digest)


def test_a_run_that_takes_longer_than_its_lease_is_left_to_its_worker(start: Start, home: House):
    assert printed_for_long(start(), home, 3) == []


def test_without_a_heartbeat_another_would_take_it_away(start: Start, home: House):
    assert "0 faults, and yet" in str(printed_for_long(start("no heartbeat", 2), home, 90))


def wanted_by_all(fleet: Fleet, home: House) -> list[str]:
    """Let every part of a run come by a document that is being printed."""
    gate = fleet.arm("press", "print-run")
    others = [fleet.arm("press", "print-part") for _ in range(2)]
    run = fleet.put(home.person, home.request)
    gate.reached()
    for other in others:
        other.open()
    wait_for(lambda: len(fleet.parts()) == 2 and all(part.state == JobState.DONE for part in fleet.parts()))
    gate.open()
    fleet.ended(run)
    return fleet.faults(run, home.digest)


def test_what_somebody_prints_is_left_to_them(start: Start, home: House):
    fleet = start()
    assert wanted_by_all(fleet, home) == []
    max_printed = COUNT - 2 - 1  # covers, and the one that was held
    assert (
        max_printed - 2 <= sum(part.result["printed"] for part in fleet.parts()) <= max_printed
    )  # a lock may be that of two keys


def test_without_a_lock_in_the_store_it_would_be_printed_twice(start: Start, home: House):
    assert "was printed" in str(wanted_by_all(start("no lock", 2), home))


@pytest.mark.parametrize("point", ["ask", "press", "link"])
def test_a_disk_that_is_full_for_a_while(start: Start, home: House, tmp_path: Path, point: str):
    with disks.small(tmp_path / "disk", 16_384) as disk:
        fleet = start(files=disk.folder)
        gate = fleet.arm(point, "print-run")

        def reported() -> bool:
            disk.fill(processes=tuple(fleet.running))  # what could not be written was removed, and left room
            return fleet.job(run).error == DISK_FULL

        if point == "ask":
            disk.fill(processes=tuple(fleet.running))
        run = fleet.put(home.person, home.request)
        if point != "ask":
            gate.reached()
            disk.fill(processes=tuple(fleet.running))
            gate.open()
        wait_for(reported)
        wait_for(lambda: reported() and fleet.transient_failures(run) > JOB_ATTEMPTS)
        disk.free(processes=tuple(fleet.running))
        fleet.ended(run)
        assert fleet.transient_failures(run) > 0
        assert fleet.faults(run, home.digest, strikes=fleet.transient_failures(run)) == []
        fleet.end()


def test_a_queue_that_is_away_for_a_while(start: Start, home: House, redis: Redis):
    fleet = start()
    redis.kill()
    run = fleet.put(home.person, home.request)
    time.sleep(3)
    assert fleet.job(run).state == JobState.QUEUED
    redis.start()
    fleet.ended(run)
    assert fleet.faults(run, home.digest) == []


def test_connections_to_the_database_that_are_cut(start: Start, home: House):
    fleet = start()
    gate = fleet.arm("ensure", "print-run", "packet-cover")  # in the middle of a transaction
    run = fleet.put(home.person, home.request)
    gate.reached()
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ~ '^worker-'")
    with home.database.engine.begin() as connection:
        assert connection.execute(cut).rowcount > 0
    gate.open()
    fleet.ended(run)
    assert fleet.faults(run, home.digest, strikes=1) == []


def test_a_document_that_kills_the_press_is_given_up_after_three_times_and_says_why(start: Start, home: House):
    fleet = start()
    run = fleet.put(home.person, home.poisoned)
    fleet.ended(run)
    assert fleet.faults(run, home.poisoned_digest, strikes=len(fleet.parts())) == []  # a part may try it too
    assert fleet.run(run).faults == [f"Score sheet: {POISON}, by Ina Vogt: {DIED}"] * 2
    assert fleet.job(run).attempt == 1


def test_a_run_that_was_cancelled_stops_its_parts_too(start: Start, home: House):
    fleet = start()
    gates = [fleet.arm("press", "print-run"), fleet.arm("press", "print-part"), fleet.arm("press", "print-part")]
    run = fleet.put(home.person, home.request)
    for gate in gates:
        gate.reached()
    with home.database.write.begin() as session:
        tables.find_run(session, run, lock=True).cancel()
    time.sleep(0.6)  # a worker looks twice a second
    for gate in gates:
        gate.open()
    fleet.ended(run)
    assert sum(fleet.presses().values()) == 3
    assert not list((fleet.files / "packets").glob("*"))
