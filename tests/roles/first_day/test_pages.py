"""The first day of a company: from an empty database to a role, and no document without a name that nobody was told of."""

import io

import pytest
from PIL import Image
from sqlalchemy import delete

from tests.support import make
from tests.support.proof import PageClient, find_form, values_of
from tests.support.servers.databases import Database
from workbench.accounts import tables
from workbench.accounts.model import Kind, Person
from workbench.accounts.tables import PersonRow, SessionRow
from workbench.core.web.app import Workbench


@pytest.fixture
def admin(app: Workbench, store: Database, people: dict[str, Person]) -> PageClient:
    """The admin of a new company, in which there is nobody else."""
    with store.write.begin() as session:
        session.execute(delete(SessionRow))
        session.execute(delete(PersonRow).where(PersonRow.kind != Kind.ADMIN))
    return app.test_client().sign_in(people["admin"])


def logo() -> tuple[io.BytesIO, str]:
    data = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(data, "PNG")
    data.seek(0)
    return data, "finch.png"


def test_the_empty_home_of_an_admin_leads_to_the_first_day_and_that_to_a_company_that_is_ready(
    app: Workbench, admin: PageClient, store: Database
):
    line = admin.get("/").page.select_one(".waiting li")
    assert "Set up the company" in line.get_text()
    assert line.a["href"] == "/first-day"

    page = admin.get("/first-day").page
    assert "0 of 4 done" in page.get_text()
    answer = admin.fill("/first-day", name="Finch Ltd", country="GB", currency="GBP", zone="Europe/London")
    assert answer.status_code == 303
    with store.read() as session:
        company = tables.company(session)
        assert (company.name, company.country, company.currency, company.zone) == (
            "Finch Ltd",
            "GB",
            "GBP",
            "Europe/London",
        )
    page = admin.get("/first-day").page
    assert "1 of 4 done" in page.get_text()
    picture = page.select_one(".letterhead-picture img")["src"]
    answer = admin.fill("/first-day", letterhead="12 Quay Street\nBristol", logo=logo())
    assert answer.status_code == 303
    page = admin.get("/first-day").page
    assert "2 of 4 done" in page.get_text()
    assert page.select_one(".letterhead-picture img")["src"] != picture

    invite = next(link for link in page.select("a.button") if link.get_text() == "Invite a leader")["href"]
    answer = admin.fill(invite, name="Lea Berg", email="lea@example.com")
    shown = admin.get(answer.location).page
    link = next(word for word in shown.select_one("#link").get_text().split() if "/invitation/" in word)
    assert next(a for a in shown.select("a") if a.get_text() == "Go on")["href"] == "/first-day"
    assert "the one you invited starts" in admin.get("/first-day").page.get_text()

    lea = app.test_client()
    path = "/invitation/" + link.rpartition("/")[2]
    assert lea.fill(path, password="the quiet boat left at nine").status_code == 303
    assert lea.post("/roles/new", data={"title": "Closer"}).status_code == 303
    assert "Your company is ready" in admin.get("/first-day").page.get_text()
    assert not admin.get("/").page.select(".waiting")


def test_a_company_without_a_name_is_asked_for_it_beside_the_field(admin: PageClient, store: Database):
    answer = admin.fill("/first-day", name=" ", country="DE")
    assert answer.status_code == 422
    assert "Enter the company’s name" in answer.page.select_one("#name-error").get_text()
    assert answer.page.select_one("#country option[selected]")["value"] == "DE"
    with store.read() as session:
        assert tables.company(session).country == "US"


def test_a_currency_that_is_not_usual_in_the_country_is_pointed_out(admin: PageClient):
    for country, currency, said in (("GB", "USD", True), ("GB", "GBP", False), ("CH", "CHF", False)):
        fields = {"name": "Finch Ltd", "country": country, "currency": currency, "zone": "Europe/London"}
        assert admin.fill("/first-day?step=company", **fields).status_code == 303
        page = admin.get("/first-day").page
        assert ("money is usually in GBP" in page.get_text()) is said
        assert (
            f"Finch Ltd: {'Switzerland' if country == 'CH' else 'United Kingdom'}, {currency}, London time"
            in " ".join(page.get_text().split())
        )


def test_one_press_takes_the_usual_currency_of_the_country(admin: PageClient, store: Database):
    fields = {"name": "Finch Ltd", "country": "DE", "currency": "USD", "zone": "Europe/Berlin"}
    admin.fill("/first-day?step=company", **fields)
    form = find_form(admin.get("/first-day").page, "/first-day/currency")
    assert form.get_text(strip=True) == "Use EUR"
    admin.post("/first-day/currency", data=values_of(form) | {"currency": "CHF"})
    with store.read() as session:
        assert tables.company(session).currency == "USD", "only the usual one"
    assert (
        "New roles are written in euros."
        in admin.get(admin.post("/first-day/currency", data={"currency": "EUR"}).location).text
    )
    with store.read() as session:
        assert tables.company(session).currency == "EUR"
    assert not admin.get("/first-day").page.select("form[action='/first-day/currency']")


def test_a_logo_that_is_no_picture_is_refused_beside_its_field(admin: PageClient):
    answer = admin.fill("/first-day?step=letterhead", letterhead="Quay", logo=(io.BytesIO(b"no picture"), "a.png"))
    assert answer.status_code == 422
    assert "Choose a PNG or JPEG picture" in answer.page.get_text()
    assert answer.page.select_one("#letterhead").get_text().strip() == "Quay"


def test_two_people_who_name_the_company_do_not_overwrite_each_other(admin: PageClient, store: Database):
    with store.write.begin() as session:
        tables.company_row(session).name = "Wren"
    version = admin.get("/first-day?step=company").page.select_one("#version")["value"]
    with store.write.begin() as session:
        tables.company_row(session).name = "Wren Ltd"
    fields = {"name": "Finch", "country": "GB", "currency": "GBP", "zone": "UTC", "version": version}
    assert admin.post("/first-day/company", data=fields).status_code == 409
    with store.read() as session:
        assert tables.company(session).name == "Wren Ltd"


def test_documents_and_packets_say_that_the_company_has_no_name(
    app: Workbench, store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"])
    make.edition(store, slug, people["leader"])
    leader, hr = (app.test_client().sign_in(people[who]) for who in ("leader", "hr"))
    pages = (
        f"/editions/{slug}/1",
        f"/editions/{slug}/1/position-description",
        f"/roles/{slug}/documents/interview-kit",
        "/packets/new",
    )
    for page in pages:
        assert "The company has no name yet" in leader.get(page).text, page
    assert "Ask an admin or HR" in leader.get(pages[0]).text
    assert hr.get(pages[0]).page.select_one(".note.gold a")["href"] == "/first-day"
    with store.write.begin() as session:
        tables.company_row(session).name = "Finch"
    for page in pages:
        assert "has no name yet" not in leader.get(page).text, page


@pytest.mark.slow("draws a page with the engine of the preview")
def test_the_picture_shows_the_letterhead_as_it_prints(admin: PageClient, store: Database):
    def picture() -> bytes:
        answer = admin.get("/company/letterhead.png")
        assert (answer.status_code, answer.mimetype) == (200, "image/png")
        return answer.data

    before = picture()
    with store.write.begin() as session:
        tables.company_row(session).name = "Finch Ltd"
    after = picture()
    assert Image.open(io.BytesIO(after)).size == Image.open(io.BytesIO(before)).size
    assert after != before
