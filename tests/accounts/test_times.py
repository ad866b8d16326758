"""Times on pages: in the zone that the person chose, else in the company's, and each with its exact instant."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import Tag

from tests.support import make
from tests.support.proof import PageClient, plain, words
from tests.support.servers.databases import Database
from workbench.accounts import tables
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.accounts.tables import PersonRow, SessionRow
from workbench.core import clock
from workbench.core.text import zones
from workbench.core.web.app import Workbench
from workbench.documents.store.uses import keys_used_by
from workbench.hiring.model import People
from workbench.packets.links.tables import LinkRow
from workbench.packets.model import Delivery
from workbench.packets.tables import PrintRunRow
from workbench.roles.tables import DraftRow, EditionRow

As = Callable[[str], PageClient]
EVE = datetime(2026, 12, 31, 22, 30, 5, tzinfo=UTC)  # already next year in Singapore


@pytest.fixture
def as_(app: Workbench, people: dict[str, Person]) -> As:
    """A browser of its own for one of the people: `as_("hr")`."""
    return lambda who: app.test_client().sign_in(people[who])


def company_is_in(store: Database, zone: str) -> None:
    with store.write.begin() as session:
        tables.company_row(session).zone = zone


def all_at(store: Database, at: datetime) -> None:
    """Let everything that is there have happened at one moment."""
    with store.write.begin() as session:
        for kind, fact in (
            (DraftRow, "created_at"),
            (DraftRow, "changed_at"),
            (EditionRow, "published_at"),
            (PrintRunRow, "created_at"),
            (LinkRow, "expires_at"),
        ):
            for row in session.query(kind):
                setattr(row, fact, at)


def times(page: Tag) -> dict[str, str]:
    """Give each time on a page: the instant that programs read, and what people read, at least under the pointer."""
    return {tag["datetime"]: tag.get("title") or tag.get_text() for tag in page.select("main time")}


def foot(page: Tag) -> str:
    return plain(page.select_one("footer"))


@pytest.fixture
def happened(store: Database, people: dict[str, Person], as_: As) -> tuple[str, str]:
    """An edition, and a packet that was shared, both at EVE: give the addresses of the run and of its link."""
    slug = make.draft(store, people["leader"])
    make.edition(store, slug, people["leader"])
    number = make.print_run(store, slug, people["leader"], "candidate", People((), ("Ina Vogt",)), Delivery.FILE_EACH)
    hr = as_("hr")
    answer = hr.fill(f"/packets/{number}/share/1")
    link = hr.get(answer.location).page.select_one("#link")["value"]
    all_at(store, EVE)
    return f"/packets/{number}", "/shared/" + link.rpartition("/")[2]


def test_before_anybody_chose_a_zone_times_are_utc_and_say_so(as_: As, happened: tuple[str, str]):
    page = as_("leader").get("/").page
    assert set(times(page).items()) == {("2026-12-31T22:30:05.000+00:00", "31 December 2026, 22:30 UTC")}
    assert foot(page).endswith("Times on this page: UTC")


PLACES = {
    "Europe/Berlin": ("Berlin", "31 December 2026, 23:30"),
    "America/New_York": ("New York", "31 December 2026, 17:30"),
    "Asia/Singapore": ("Singapore", "1 January 2027, 06:30"),
    "Asia/Kolkata": ("Kolkata", "1 January 2027, 04:00"),
    "Pacific/Kiritimati": ("Kiritimati", "1 January 2027, 12:30"),
}


def test_pages_of_every_capability_tell_the_companys_time_and_the_place(
    as_: As, store: Database, happened: tuple[str, str]
):
    run, _ = happened
    hr = as_("hr")
    for zone, (place, told) in PLACES.items():
        company_is_in(store, zone)
        for address in ("/", "/packets", run, run + "/shares/1"):
            page = hr.get(address).page
            assert times(page)["2026-12-31T22:30:05.000+00:00"].startswith(told), address
            assert foot(page).endswith(f"Times on this page: {place}"), address


def test_the_trail_and_the_account_tell_when_things_really_happened(
    as_: As, store: Database, happened: tuple[str, str]
):
    company_is_in(store, "Asia/Kathmandu")
    hr = as_("hr")
    trail = times(hr.get("/history").page)
    with store.read() as session:  # before the page of the account, which may note that somebody was seen
        lines = [line.at for line in session.query(AuditRow)]
        browsers = [at for row in session.query(SessionRow) for at in (row.created_at, row.seen_at)]
    account = times(hr.get("/account").page)
    for told, real in ((trail, lines), (account, browsers)):
        assert told
        assert told.items() <= {zones.instant(at): zones.moment(at, ZoneInfo("Asia/Kathmandu")) for at in real}.items()


def test_a_page_without_times_names_no_zone(as_: As):
    assert "Times on this page" not in as_("leader").get("/library").text


def test_the_end_of_a_link_is_told_with_its_zone_where_strangers_read_it(
    app: Workbench, as_: As, store: Database, happened: tuple[str, str]
):
    _, link = happened
    company_is_in(store, "America/New_York")
    with store.write.begin() as session:
        session.query(LinkRow).one().expires_at = datetime(2099, 7, 1, 2, 0, tzinfo=UTC)
    assert as_("hr").fill("/account/time-zone", zone="Europe/Berlin").status_code == 303

    stranger = app.test_client().get(link).page
    assert "until 30 June 2099, 22:00 EDT (UTC\u22124)." in stranger.main.get_text()
    assert list(times(stranger)) == ["2099-07-01T02:00:00.000+00:00"]
    assert stranger.select_one("footer a") is None


def test_each_person_is_told_times_in_the_zone_that_they_chose(as_: As, store: Database, happened: tuple[str, str]):
    company_is_in(store, "Europe/Berlin")
    leader, hr = as_("leader"), as_("hr")
    page = leader.get("/account/time-zone").page
    assert page.select_one("#zone option[selected]").get_text() == "The company’s"
    assert "The company’s is Berlin." in words(page)

    answer = leader.fill("/account/time-zone", zone="America/New_York")
    assert answer.location == "/account"
    account = leader.get("/account").page
    assert "Time zone New York" in plain(account.select_one("dl"))
    assert set(times(leader.get("/").page).values()) == {"31 December 2026, 17:30 EST (UTC\u22125)"}
    assert set(times(hr.get("/").page).values()) == {"31 December 2026, 23:30 CET (UTC+1)"}
    assert foot(hr.get("/account").page).endswith("Berlin")
    with store.read() as session:
        assert session.query(AuditRow).order_by(AuditRow.id.desc()).first().act == "changed the time zone"

    assert leader.fill("/account/time-zone", zone="").status_code == 303
    assert "Berlin, as the company" in plain(leader.get("/account").page.select_one("dl"))


def test_hr_chooses_the_zone_of_the_company_from_the_places(as_: As, store: Database):
    hr = as_("hr")
    field = hr.get("/company").page.select_one("#zone")
    assert field.select_one("option[selected]")["value"] == "UTC"
    assert field.select_one("optgroup[label=Europe] option[value='Europe/Berlin']").get_text() == "Berlin"
    assert hr.fill("/company", name="Northwind", zone="Asia/Kolkata").status_code == 303
    with store.read() as session:
        assert tables.company(session).zone == tables.company_zone(session) == "Asia/Kolkata"


@pytest.mark.parametrize("typed", ["Europe/Atlantis", "", "../../etc/passwd", "localtime", "europe/berlin", "EST", "é"])
def test_a_zone_that_does_not_exist_is_refused_and_nothing_changes(as_: As, store: Database, typed: str):
    hr = as_("hr")
    requests = [("/company", {"name": "Northwind", "zone": typed})]
    if typed:
        requests.append(("/account/time-zone", {"zone": typed}))
    for address, sent in requests:
        answer = hr.fill(address, **sent)
        assert answer.status_code == 422, address
        assert "Choose one from the list." in plain(answer.page.select_one("#zone-error"))
    with store.read() as session:
        assert tables.company(session).zone == "UTC"
        assert {row.zone for row in session.query(PersonRow)} == {""}


def test_a_day_is_the_day_it_was_where_it_is_read(as_: As, store: Database, happened: tuple[str, str]):
    run, _ = happened
    with store.write.begin() as session:
        session.query(PrintRunRow).one().anonymised_at = EVE
    company_is_in(store, "Asia/Singapore")
    assert "erased on 1 January 2027," in as_("hr").get(run).page.main.get_text()
    company_is_in(store, "America/New_York")
    assert "erased on 31 December 2026," in as_("hr").get(run).page.main.get_text()


def test_today_begins_at_midnight_of_the_place(as_: As, store: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clock, "now", lambda: EVE)
    assert clock.today(UTC) == date(2026, 12, 31)
    assert clock.today(ZoneInfo("Pacific/Kiritimati")) == date(2027, 1, 1)

    company_is_in(store, "America/New_York")
    before = as_("leader").get("/planner").page.select_one("#starts")["value"]
    company_is_in(store, "Asia/Singapore")
    after = as_("leader").get("/planner").page.select_one("#starts")["value"]
    assert (before, after) == ("2027-01-01", "2027-02-01")  # the first of the next month


def test_no_paper_changes_with_the_zone_of_the_person_who_prints_it(
    store: Database, people: dict[str, Person], happened: tuple[str, str]
):
    def keys() -> list[str]:
        with store.read() as session:
            slug = session.query(EditionRow).one().slug
        make.print_run(store, slug, people["leader"], "candidate", People((), ("Ina Vogt",)), Delivery.FILE_EACH)
        with store.read() as session:
            run = session.query(PrintRunRow).order_by(PrintRunRow.id.desc()).first()
            return sorted(keys_used_by(session, "run", run.id))

    before = keys()
    with store.write.begin() as session:
        for row in session.query(PersonRow):
            row.zone = "Pacific/Kiritimati"
    assert before
    assert keys() == before
