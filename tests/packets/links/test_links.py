"""One person's packet by a link: shown once, opened without an account, counted, stopped and over."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select

from tests.support import make
from tests.support.proof import PageClient, words
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.links import digest_of
from workbench.core.web import limits
from workbench.core.web.app import Workbench
from workbench.hiring.model import People
from workbench.packets.links.tables import LinkRow
from workbench.packets.model import Delivery
from workbench.packets.run import files
from workbench.packets.tables import PrintRunRow

As = Callable[[str], PageClient]
TWO = People((), ("Ina Vogt", "Raj Rao"))


def shared(client: PageClient, number: int, place: int = 1, **fields: object) -> str:
    """Share one packet of a run; give the address that the page shows."""
    answer = client.fill(f"/packets/{number}/share/{place}", **fields)
    assert answer.status_code == 303, words(answer.page)
    field = client.get(answer.location).page.select_one("#link")
    assert field.has_attr("readonly")
    return re.sub(r"^http://[^/]+", "", field["value"])


def share_row(store: Database) -> LinkRow:
    with store.read() as session:
        return session.scalars(select(LinkRow).order_by(LinkRow.id.desc())).first()


def move(store: Database, **values: object) -> None:
    """Change what is known of the newest link."""
    with store.write.begin() as session:
        row = session.get_one(LinkRow, share_row(store).id)
        for name, value in values.items():
            setattr(row, name, value)


@pytest.fixture
def run(store: Database, slug: str, people: dict[str, Person]) -> int:
    """A finished run of the leader with a packet for each of two candidates, one file each."""
    return make.print_run(store, slug, people["leader"], "candidate", TWO, Delivery.FILE_EACH)


@pytest.fixture
def stranger(app: Workbench) -> PageClient:
    """Somebody without an account."""
    return app.test_client()


@pytest.mark.parametrize("delivery", [Delivery.FILE_EACH, Delivery.ZIP])
def test_a_stranger_with_a_link_fetches_one_packet_and_each_fetch_is_counted(
    delivery: Delivery, as_: As, stranger: PageClient, store: Database, slug: str, people: dict[str, Person]
):
    number = make.print_run(store, slug, people["leader"], "candidate", TWO, delivery)
    leader = as_("leader")
    link = shared(leader, number, 2)

    answer = stranger.get(link)
    assert answer.status_code == 200
    assert "Candidate packet for Raj Rao" in words(answer.page)
    assert answer.page.nav is None
    assert share_row(store).opened == 0  # a scanner of mail looked at the page
    stranger.head(f"{link}/file")
    assert share_row(store).opened == 0
    file = stranger.get(f"{link}/file")
    stranger.get(f"{link}/file")

    with pypdfium2.PdfDocument(BytesIO(file.data)) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    assert "Raj Rao" in text
    assert "Ina Vogt" not in text
    assert file.mimetype == "application/pdf"
    assert int(file.headers["Content-Length"]) == len(file.data)
    assert 'filename="Candidate packet for Raj Rao.pdf"' in file.headers["Content-Disposition"]
    assert share_row(store).opened == 2
    assert "opened 2 times" in words(leader.get(f"/packets/{number}").page)


def test_what_a_run_is_called_is_not_told_to_whom_its_only_packet_is_shared_with(
    as_: As, stranger: PageClient, store: Database, slug: str, people: dict[str, Person]
):
    only = People((), ("Ina Vogt",))
    number = make.print_run(
        store, slug, people["leader"], "candidate", only, Delivery.ONE_FILE, name="After Ann’s exit"
    )
    link = shared(as_("leader"), number)

    file = stranger.get(f"{link}/file")
    assert 'filename="Candidate packet for Ina Vogt.pdf"' in file.headers["Content-Disposition"]
    assert "Ann" not in stranger.get(link).text + str(file.headers)


def test_a_link_is_shown_once_and_only_its_digest_is_kept(as_: As, store: Database, run: int, tmp_path: Path):
    leader = as_("leader")
    link = shared(leader, run)
    token = link.rpartition("/")[2]
    row = share_row(store)

    again = leader.get(f"/packets/{run}/shares/{row.id}").page
    assert again.select_one("#link") is None
    assert "was shown once" in words(again)
    assert row.digest == digest_of(token)
    assert not [text for text in make.all_rows(store) if token in text]


def test_pages_and_files_behind_a_link_are_kept_out_of_logs_search_and_caches(as_: As, stranger: PageClient, run: int):
    link = shared(as_("leader"), run)

    for address in (link, f"{link}/file", "/shared/nonsense", "/shared/nonsense/file"):
        headers = stranger.get(address).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]
        assert headers["Cache-Control"] == "no-store"


def test_every_link_that_leads_nowhere_is_answered_with_the_same_page(
    as_: As, stranger: PageClient, store: Database, run: int
):
    leader = as_("leader")
    link = shared(leader, run)
    wrong = stranger.get("/shared/nonsense")
    assert wrong.status_code == 404

    move(store, expires_at=now())
    ended = [stranger.get(link), stranger.get(f"{link}/file")]
    move(store, expires_at=now() + timedelta(days=1), revoked_at=now())
    stopped = [stranger.get(link), stranger.get(f"{link}/file")]
    move(store, revoked_at=None)
    assert stranger.get(link).status_code == 200
    with store.read() as session:
        files.remove(leader.application.extensions["settings"], session.get_one(PrintRunRow, run).id)
    answers = [stranger.get(link), stranger.get(f"{link}/file")]

    for answer in (*ended, *stopped, *answers):
        assert answer.status_code == 410
        assert answer.text == wrong.text
    assert share_row(store).opened == 0


def test_a_stopped_link_opens_nothing_and_the_trail_tells_all_without_the_token(
    as_: As, stranger: PageClient, store: Database, run: int
):
    leader = as_("leader")
    link = shared(leader, run, days="3")
    stranger.get(f"{link}/file")

    stop = f"/packets/{run}/shares/{share_row(store).id}/stop"
    assert leader.fill(f"/packets/{run}", stop).location == f"/packets/{run}"
    assert leader.post(stop).status_code == 303  # twice is once
    assert stranger.get(link).status_code == 410

    assert "was stopped on" in words(leader.get(f"/packets/{run}").page)
    with store.read() as session:
        trail = [
            (row.act, row.person_id, row.detail) for row in session.scalars(select(AuditRow)) if row.key == str(run)
        ]
    number, leader_id = share_row(store).id, share_row(store).made_by
    assert [line for line in trail if "link" in line[2]] == [
        ("shared", leader_id, {"link": number, "packet": 1, "days": 3}),
        ("fetched", None, {"link": number}),
        ("stopped sharing", leader_id, {"link": number}),
    ]


def test_a_link_lasts_two_weeks_unless_another_time_is_asked_for(as_: As, store: Database, run: int):
    shared(as_("leader"), run)
    row = share_row(store)
    assert timedelta(days=13, hours=23) < row.expires_at - now() <= timedelta(days=14)


@pytest.mark.parametrize("days", ["", "0", "31", "1.5", "soon", "9" * 50])
def test_a_time_that_no_link_lasts_comes_back_with_a_sentence(as_: As, store: Database, run: int, days: str):
    answer = as_("leader").fill(f"/packets/{run}/share/1", days=days)

    assert answer.status_code == 422
    assert "Enter a" in words(answer.page)
    assert answer.page.select_one("#days")["value"] == days
    assert share_row(store) is None


def test_packets_in_one_file_are_not_shared_and_the_page_says_why(
    as_: As, store: Database, slug: str, people: dict[str, Person]
):
    number = make.print_run(store, slug, people["leader"], "candidate", TWO, Delivery.ONE_FILE)
    leader = as_("leader")

    assert "print the run as one PDF for each person" in words(leader.get(f"/packets/{number}").page)
    assert leader.get(f"/packets/{number}/share/1").status_code == 404


def test_only_a_finished_run_and_a_packet_that_is_there_can_be_shared(
    as_: As, store: Database, run: int, slug: str, people: dict[str, Person]
):
    leader = as_("leader")
    planned = make.print_run(store, slug, people["leader"], "candidate", TWO, Delivery.ZIP, finished=False)

    for address in (f"/packets/{run}/share/0", f"/packets/{run}/share/3", f"/packets/{planned}/share/1"):
        assert leader.get(address).status_code == 404
    shared(leader, run)
    number = share_row(store).id
    assert leader.get(f"/packets/{planned}/shares/{number}").status_code == 404
    assert leader.get(f"/packets/{run}/shares/{'9' * 30}").status_code == 404
    with store.read() as session:
        folder = session.get_one(PrintRunRow, run).folder
    files.remove(leader.application.extensions["settings"], run)
    assert folder
    assert leader.get(f"/packets/{run}/share/1").location == f"/packets/{run}"
    assert "are no longer here" in words(leader.get(f"/packets/{run}").page)


def test_a_page_behind_a_link_is_not_asked_for_without_end(
    as_: As, stranger: PageClient, run: int, monkeypatch: pytest.MonkeyPatch
):
    link = shared(as_("leader"), run)
    second = limits._second()
    monkeypatch.setattr(limits, "_second", lambda: second)  # the minute lasts as long as the asking
    codes = [stranger.get(f"{link}/file").status_code for _ in range(31)]

    assert codes == [200] * 30 + [429]
