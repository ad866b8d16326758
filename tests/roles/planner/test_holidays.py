"""The planner leaves out the public holidays of the company's country, whichever country that is."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.tables import company_row
from workbench.core.text.countries import country_codes
from workbench.metrics.planning.calendar import list_working_days
from workbench.roles.planner.forms import PlannerForm, default_figures


def chosen(page: BeautifulSoup, name: str) -> str:
    return page.select_one(f"select[name={name}] option[selected]").text


def test_a_company_in_austria_plans_without_austrian_holidays(leader: PageClient, store: Database):
    with store.write.begin() as session:
        company_row(session).country = "AT"
    page = leader.get("/planner").page
    assert chosen(page, "country") == "Austria"

    national_day = date(2026, 10, 26)
    assert national_day in list_working_days(national_day, national_day, "DE")
    assert national_day not in list_working_days(national_day, national_day, "AT")


@pytest.mark.parametrize("country", sorted(country_codes()))
def test_every_country_has_a_calendar(country: str):
    days = list_working_days(date(2026, 1, 1), date(2026, 12, 31), country)
    assert 200 < len(days) < 320
    form = PlannerForm(None, data=default_figures(date(2026, 11, 30), country))
    assert form.country.data == country
