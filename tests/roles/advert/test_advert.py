"""The job advert: what it tells people outside, what it keeps inside, and its structured data."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.support import make
from tests.support.make import stamp
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.documents.page.plain_html import write_plain_html
from workbench.documents.page.text import write_text
from workbench.roles.advert.documents import Application, job_advert
from workbench.roles.advert.posting import Workplace, job_posting, missing_from_posting, posting_json
from workbench.roles.library import library
from workbench.roles.model import Basis, Conditions, Pay, PayPeriod, Role

PAY = Pay(minimum=60_000_00, maximum=85_000_50, released=True)
APPLICATION = Application("jobs@example.com", "Lea Berg", date(2027, 1, 31))
PLACE = Workplace("Hamburg", "DE", employment="FULL_TIME")
# The properties of https://schema.org/JobPosting (and of Thing) that we write, with the types that may stand there.
SHAPE = {
    "@context": str, "@type": str, "title": str, "description": str, "datePosted": str, "validThrough": str,
    "employmentType": str, "hiringOrganization": "Organization", "identifier": "PropertyValue", "workHours": str,
    "applicationContact": "ContactPoint", "baseSalary": "MonetaryAmount", "jobLocation": "Place",
    "jobLocationType": str, "applicantLocationRequirements": "Country",
}  # fmt: skip
PARTS = {
    "Organization": {"name": str},
    "PropertyValue": {"name": str, "value": str},
    "ContactPoint": {"name": str, "email": str, "url": str},
    "MonetaryAmount": {"currency": str, "value": "QuantitativeValue"},
    "QuantitativeValue": {"minValue": (int, float), "maxValue": (int, float), "unitText": str},
    "Place": {"address": "PostalAddress"},
    "PostalAddress": {"addressLocality": str, "addressCountry": str},
    "Country": {"name": str},
}


def check(value: dict[str, Any], shape: dict[str, Any]) -> None:
    for name, content in value.items():
        if name == "@type" and shape is not SHAPE:
            continue
        expected = shape[name]
        if isinstance(expected, str):
            assert content["@type"] == expected
            check(content, PARTS[expected])
        else:
            assert isinstance(content, expected)
            assert content != ""


def posting(role: Role, place: Workplace = PLACE, application: Application = APPLICATION) -> dict[str, Any]:
    advert = job_advert(role, stamp(), "en", application)
    return job_posting(role, advert, "closer/1", date(2026, 11, 30), place, application)


def test_a_number_is_in_the_advert_only_when_it_is_agreed():
    for basis, seen in ((Basis.AGREED, True), (Basis.PLACEHOLDER, False), (Basis.PLANNER, False)):
        item = make.accountability(outcome="Fill the calendar", expectations=(make.expectation(basis=basis),))
        text = write_text(job_advert(make.role(accountabilities=(item,)), stamp()))
        (line,) = [line for line in text.splitlines() if "Fill the calendar" in line]
        assert ("(" in line) is seen


def test_pay_is_in_the_advert_only_when_it_is_released():
    role = make.role(pay=PAY)
    assert "$60,000" in write_text(job_advert(role, stamp()))
    inside = replace(role, pay=replace(PAY, released=False))
    assert "60,000" not in write_text(job_advert(inside, stamp()))
    assert "baseSalary" not in posting(inside)


@pytest.mark.parametrize("slug", list(library()))
def test_no_advert_of_the_library_shows_questions_anchors_or_shares(slug: str):
    role = library()[slug]
    text = write_text(job_advert(role, stamp()))
    assert "%" not in text
    for _, question in role.questions():
        assert question.text not in text
        assert question.anchors.five not in text
    assert all(item.outcome in text for item in role.accountabilities)


def test_how_to_apply_is_written_as_it_was_typed():
    text = write_text(job_advert(make.role(), stamp(), "en", APPLICATION))
    assert "Apply here: jobs@example.com" in text
    assert "Lea Berg" in text
    assert "31 January 2027" in text
    assert "HOW TO APPLY" not in write_text(job_advert(make.role(), stamp()))


def test_the_html_has_no_attributes_and_no_markup_of_ours():
    role = make.role(hard_parts=("Prices of <b>5 & more", "A second one"), conditions=Conditions(place="Köln, at home"))
    html = write_plain_html(job_advert(role, stamp()))
    assert "<li>Prices of &lt;b&gt;5 &amp; more</li>" in html
    assert "<strong>Place:</strong> Köln, at home" in html
    assert set(html.split("<")[1:]) >= {"ul>"}
    assert "class=" not in html
    assert "<header" not in html


def test_the_structured_data_have_the_shape_of_a_job_posting():
    found = posting(make.role(pay=PAY, conditions=Conditions(hours="40 a week")))
    check(found, SHAPE)
    assert {"title", "description", "datePosted", "hiringOrganization", "jobLocation"} <= set(found)
    assert found["baseSalary"]["value"] == {
        "@type": "QuantitativeValue", "minValue": 60000, "maxValue": 85000.5, "unitText": "YEAR"
    }  # fmt: skip
    assert found["validThrough"] == "2027-01-31"


@pytest.mark.parametrize("period", PayPeriod)
def test_the_unit_of_the_pay_is_that_of_its_period(period: PayPeriod):
    found = posting(make.role(pay=replace(PAY, period=period)))
    assert found["baseSalary"]["value"]["unitText"] == period.value.upper()


def test_work_from_home_names_the_country_that_a_person_lives_in():
    found = posting(make.role(), Workplace("", "DE", remote=True), Application("https://example.com/jobs/1"))
    check(found, SHAPE)
    assert found["jobLocationType"] == "TELECOMMUTE"
    assert found["applicantLocationRequirements"]["name"] == "Germany"
    assert found["applicationContact"]["url"] == "https://example.com/jobs/1"


def test_no_text_of_the_role_ends_the_script_element():
    text = posting_json(posting(make.role("Closer </script><b>")))
    assert "<" not in text
    assert json.loads(text)["title"] == "Closer </script><b>"


def test_what_a_job_board_would_refuse_is_said():
    assert missing_from_posting(make.role(pay=PAY), PLACE, APPLICATION) == ()
    missing = missing_from_posting(make.role(pay=Pay()), Workplace(), Application())
    assert len(missing) == 6
    assert any("town" in each for each in missing)


def test_the_page_holds_each_form_of_the_advert_and_what_was_typed(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"], make.role("Closer", pay=replace(PAY, released=False)))
    number = make.edition(store, slug, people["leader"])
    address = f"/editions/{slug}/{number}/advert"
    page = leader.get(address).page
    assert "There is no address to apply to." in page.get_text()
    page = leader.get(
        f"{address}?address=jobs@example.com&until=2027-01-31&employment=FULL_TIME&town=Hamburg&country=DE"
    ).page
    assert "jobs@example.com" in page.select_one("#advert-text").get_text()
    assert json.loads(page.select_one("#advert-json").get_text())["validThrough"] == "2027-01-31"
    assert "60,000" not in page.get_text()
    assert page.select_one("input[name=town]")["value"] == "Hamburg"


def test_a_day_that_is_none_is_said_beside_its_field(leader: PageClient, store: Database, people: dict[str, Person]):
    slug = make.draft(store, people["leader"], make.role("Closer"))
    number = make.edition(store, slug, people["leader"])
    answer = leader.get(f"/editions/{slug}/{number}/advert?until=soon&employment=&country=")
    assert answer.status_code == 422
    assert "“soon” is not one" in answer.page.select_one("#until-error").get_text()
    assert answer.page.select_one("#until")["value"] == "soon"
