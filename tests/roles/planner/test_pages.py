"""The planner's pages: typed figures into a plan, every fault at its field, and a plan into the targets of a role."""

import io
import re
from fractions import Fraction
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from werkzeug.datastructures import MultiDict

from tests.support import make
from tests.support.proof import PageClient, find_form, plain, values_of
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.metrics.planning.confidence import Evidence
from workbench.roles.model import Role
from workbench.roles.planner.forms import AccountsForm, PlannerForm, ProgressForm

FIGURES = {
    "target": "1,000,000",
    "deal": "45000",
    "spread": "0",
    "stages-0-name": "opportunities",
    "stages-0-share": "22%",
    "stages-1-name": "meetings",
    "stages-1-share": "35%",
    "stages-2-name": "calls",
    "stages-2-share": "3",
    "starts": "2026-01-01",
    "months": "12",
    "country": "US",
    "cycle": "0",
    "ramp": "none",
    "capacity": "",
    "people": "1",
    "confidence": "0.8",
}
ACCOUNTS = {
    "target": "2000000",
    "base": "1700000",
    "renewal": "46 of 50",
    "growth": "8",
    "accounts": "25",
    "fitting": "4",
    "penetration": "45%",
    "deal": "20000",
    "stages-0-name": "opportunities",
    "stages-0-share": "30%",
    "weeks": "46",
}
SO_FAR = {
    "target": "1035000",
    "won": "405000",
    "left": "55",
    "share": "22%",
    "deal": "45000",
    "spread": "0",
    "confidence": "0.8",
}


def form(**other: str) -> PlannerForm:
    return PlannerForm(MultiDict(FIGURES | other))


def address(figures: dict[str, str] = FIGURES, at: str = "/planner", **other: str) -> str:
    return f"{at}?{urlencode(figures | other)}"


def page_text(reader: PageClient, url: str) -> str:
    answer = reader.get(url)
    assert answer.status_code == 200, answer.page.select_one("#desk").get_text(" ", strip=True)
    return plain(answer.page.select_one("#desk"))


def test_a_million_needs_120_opportunities_to_be_sure_enough():
    plan = form().plan()
    assert plan.needed.opportunities == 120
    assert [step.name for step in plan.confident.steps] == ["deals", "opportunities", "meetings", "calls"]
    assert plan.per_week == 7


@pytest.mark.parametrize("text", ["22%", "22", " 22 % ", "22.0%", "22.00"])
def test_a_rate_is_read_as_people_write_it(text: str):
    assert form(**{"stages-0-share": text}).chain()[0] == ("opportunities", Fraction(22, 100))


@pytest.mark.parametrize("text", ["11 of 50", "11/50", "11 out of 50", "11 OF 50"])
def test_a_rate_may_be_what_it_rests_on(text: str):
    assert form(**{"stages-0-share": text}).chain()[0] == ("opportunities", Evidence(11, 50))


def test_the_page_opens_with_an_example_that_works_out(leader: PageClient):
    assert "To be 80% sure of $1,000,000" in page_text(leader, "/planner")


def test_the_address_of_a_plan_gives_the_same_plan_again(leader: PageClient):
    first = leader.get(address())
    second = leader.get("/planner?" + urlencode(values_of(find_form(first.page, "/planner"))))
    for part in ("#sentence", "#answer .planned section"):
        assert first.page.select_one(part) == second.page.select_one(part)
    assert form().plan() == PlannerForm(MultiDict(parse_qsl(form().query()))).plan()


def test_the_sums_are_unfolded_with_the_numbers_filled_in(leader: PageClient):
    words = page_text(leader, address())
    assert "$1,000,000 ÷ $45,000 a deal = 22.22 deals." in words
    assert "102 opportunities with average luck, which is 49% sure" in words
    assert "120.00 opportunities ÷ 35.0% = 342.86, rounded up to 343 meetings." in words
    assert "250 working days on which work still counts are 50.0 weeks" in words


def test_a_plan_that_cannot_be_held_names_what_would_have_to_change(leader: PageClient):
    words = page_text(leader, address(capacity="4"))
    assert "This is more than one person can hold: 6.9 meetings a week, where 4 fit." in words
    assert "2 people instead of 1" in words


def test_one_meeting_a_week_is_one_meeting(leader: PageClient):
    assert "hold 1 first meeting a week" in page_text(leader, address(target="90000"))


def test_a_plan_of_several_people_says_so(leader: PageClient):
    assert "7 first meetings a week between the 3 of you" in page_text(leader, address(people="3"))


BAD = [
    ("stages-0-share", "0%", "above 0%"),
    ("stages-0-share", "-5%", "is neither"),
    ("stages-0-share", "101%", "over 100%"),
    ("stages-1-share", "0", "above 0%"),
    ("stages-0-share", "NaN", "is neither"),
    ("stages-0-share", "51 of 50", "More were won"),
    ("stages-0-share", "0 of 50", "None has been won so far"),
    ("stages-0-share", "0 of 0", "1 or more"),
    ("stages-0-share", "", "Give the share that moves on"),
    ("stages-0-name", "", "Name this kind of work"),
    ("stages-0-name", "deals", "appears twice"),
    ("stages-1-name", "opportunities", "appears twice"),
    ("stages-1-name", "target", "something else"),
    ("stages-1-name", "quota", "something else"),
    ("stages-1-name", "x" * 41, "Shorten this to 40"),
    ("target", "", "Enter the revenue"),
    ("target", "0", "more than zero"),
    ("target", "-1", "zero or more"),
    ("target", "NaN", "Enter an amount"),
    ("target", "1e9", "Enter an amount"),
    ("target", "=1+1", "Enter an amount"),
    ("target", "45000000000000", "too large"),
    ("target", "999999999999", "more than a million deals"),
    ("deal", "", "Enter what an average deal brings"),
    ("deal", "0", "more than zero"),
    ("deal", "nan", "Enter an amount"),
    ("deal", "0.000001", "more than a million deals"),
    ("capacity", "0", "more than zero"),
    ("capacity", "-1", "more than zero"),
    ("capacity", "many", "Enter a number"),
    ("cycle", "365", "longer than the whole period"),
    ("cycle", "-1", "Enter a whole number"),
    ("months", "0", "Enter a whole number from 1 to 36"),
    ("months", "37", "Enter a whole number from 1 to 36"),
    ("people", "0", "Enter a whole number from 1"),
    ("people", "²", "Enter a whole number from 1"),
    ("starts", "", "Enter the first day"),
    ("starts", "2026-02-30", "Enter a day such as 2026-12-01"),
    ("starts", "9999-12-01", "Begin between"),
    ("starts", "0001-01-01", "Begin between"),
    ("confidence", "1", "Choose one"),
    ("confidence", "0", "Choose one"),
    ("confidence", "NaN", "Choose one"),
    ("spread", "-1", "Choose one"),
    ("ramp", "zero", "Choose one"),
    ("country", "XX", "Choose one"),
]


SHOWN_ELSEWHERE = {
    ("stages-0-name", "deals"): "stages-0-share",
    ("stages-1-name", "opportunities"): "stages-1-share",
    ("deal", "0.000001"): "target",
}


@pytest.mark.parametrize(("name", "text", "message"), BAD)
def test_a_bad_figure_is_a_sentence_at_its_field(leader: PageClient, name: str, text: str, message: str):
    answer = leader.get(address(**{name: text}))
    assert answer.status_code == 422
    assert answer.page.title.get_text().startswith("Error: ")
    field = answer.page.select_one(f"#planner [name='{SHOWN_ELSEWHERE.get((name, text), name)}']")
    assert message in field.find_parent(class_="wrong").select_one(".error").get_text(" ", strip=True)
    assert field["id"] + "-error" in field["aria-describedby"]
    assert message in answer.page.select_one(f".summary a[href='#{field['id']}']").get_text()
    typed_into = answer.page.select_one(f"#planner input[name='{name}']")
    assert typed_into is None or typed_into["value"] == text, "what was typed stays"


def test_all_that_is_wrong_is_said_at_once(leader: PageClient):
    answer = leader.get("/planner?target=&deal=x&stages-0-name=opportunities&starts=2026-13-01")
    assert len(answer.page.select(".summary li")) == 4


def test_a_way_to_a_deal_without_any_work_is_refused(leader: PageClient):
    figures_without_stages = {name: value for name, value in FIGURES.items() if not name.startswith("stages")}
    answer = leader.get(address(figures_without_stages))
    assert answer.status_code == 422
    assert "Name the work that deals come from" in answer.page.select_one("#desk").get_text()


def test_a_month_of_nothing_but_ramp_is_refused_at_the_ramp(leader: PageClient):
    answer = leader.get(address(ramp="five", months="2", cycle="40"))
    assert answer.status_code == 422
    assert "The ramp is zero" in answer.page.select_one(".field.wrong").get_text()


def test_what_is_typed_is_shown_as_words(leader: PageClient):
    hostile = "<script>alert(1)</script>"
    words = page_text(leader, address(**{"stages-1-name": hostile}))
    assert hostile in words


def test_figures_are_read_and_never_written(leader: PageClient):
    for url in ("/planner", "/planner.xlsx", "/planner/accounts", "/planner/so-far"):
        assert leader.post(url, data=FIGURES).status_code == 405


@given(
    st.dictionaries(
        st.sampled_from(sorted(FIGURES)), st.text(max_size=12) | st.sampled_from(["0", "1", "-1", "9" * 12])
    )
)
@settings(deadline=None, max_examples=80)
def test_whatever_is_typed_gives_a_plan_or_a_fault(text: dict[str, str]):
    planner_form = form(**text)
    assert (planner_form.plan() is None) == bool(planner_form.faults())
    assert planner_form.query()


def workbook(reader: PageClient, **other: str) -> Any:
    answer = reader.get(address(at="/planner.xlsx", **other))
    assert answer.status_code == 200
    return answer.data


def test_the_workbook_holds_live_formulas_that_give_what_the_page_says(leader: PageClient):
    data = workbook(leader)
    live, shown = load_workbook(io.BytesIO(data)), load_workbook(io.BytesIO(data), data_only=True)
    formulas = [cell for row in live["Plan"].iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) == 8
    for cell in formulas:
        assert shown["Plan"][cell.coordinate].value == pytest.approx(worked_out(live["Plan"], cell.value))
    plan = form().plan()
    averages = [shown["Plan"].cell(row, 2).value for row in range(10, 14)]
    assert averages == pytest.approx([float(step.exact) for step in plan.average.steps])
    assert [shown["Plan"].cell(row, 3).value for row in range(10, 14)] == [step.per_week for step in plan.average.steps]
    assert sum(row[2].value for row in shown["Weeks"].iter_rows(2, 1 + len(plan.calendar))) == 343
    assert live["Weeks"].cell(2 + len(plan.calendar), 3).value == f"=SUM(C2:C{1 + len(plan.calendar)})"


def worked_out(sheet: Any, formula: str) -> float:
    """Work a formula of the plan out, as a spreadsheet would."""

    def value(found: re.Match[str]) -> str:
        cell = sheet[found[0]]
        return str(worked_out(sheet, cell.value) if cell.data_type == "f" else cell.value)

    body = re.sub(r"\b[A-Z]\d+\b", value, formula.removeprefix("="))
    if found := re.fullmatch(r"ROUNDUP\(ROUND\((.+),9\),0\)", body):
        return -(-round(eval(found[1]), 9) // 1)
    return eval(body)


def test_evidence_stays_evidence_in_the_workbook(leader: PageClient):
    live = load_workbook(io.BytesIO(workbook(leader, **{"stages-0-share": "11 of 50"})))
    assert live["Plan"]["B5"].value == "=11/50"


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+1", "-1", "http://127.0.0.1/x", "{=1}"])
def test_no_text_of_a_user_becomes_a_formula_or_a_link(leader: PageClient, name: str):
    live = load_workbook(io.BytesIO(workbook(leader, **{"stages-1-name": name})))
    cells = [cell for sheet in live for row in sheet.iter_rows() for cell in row]
    named = [cell for cell in cells if isinstance(cell.value, str) and name.lower() in cell.value.lower()]
    assert len(named) >= 3
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in named)


def test_the_same_plan_is_the_same_workbook(leader: PageClient):
    assert workbook(leader) == workbook(leader)


def test_a_workbook_of_no_plan_is_not_there(leader: PageClient):
    assert leader.get(address(at="/planner.xlsx", target="0")).status_code == 404


def test_a_role_without_accountabilities_says_what_comes_first(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"], Role(title="Closer"))
    assert "Say first what the role owns" in page_text(leader, f"/roles/{slug}/planner")


def test_present_accounts_are_kept_and_grown_before_anything_is_sold(leader: PageClient):
    words = page_text(leader, address(ACCOUNTS, "/planner/accounts"))
    assert "16 more sales in existing accounts close the gap; there is room for 55." in words
    assert "Kept: $1,700,000 × 46 of 50 = $1,564,000." in words
    assert "Grown: $1,564,000 × 8% = $125,120." in words
    assert "Left to sell: $2,000,000 − $1,564,000 − $125,120 = $310,880." in words
    assert "52 opportunities (2 a week)" in words


def test_renewals_that_carry_the_target_leave_nothing_to_sell(leader: PageClient):
    words = page_text(leader, address(ACCOUNTS, "/planner/accounts", target="1500000"))
    assert "Renewals and growth carry the whole target" in words


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("target", "", "Enter the revenue"),
        ("base", "", "Enter what these accounts"),
        ("base", "-1", "zero or more"),
        ("renewal", "", "Enter a rate"),
        ("renewal", "101%", "over 100%"),
        ("growth", "-101", "less than zero"),
        ("growth", "lots", "Enter a percentage"),
        ("penetration", "110%", "over 100%"),
        ("penetration", "0 of 0", "1 or more"),
        ("deal", "0", "more than zero"),
        ("accounts", "-1", "Enter a whole number"),
        ("weeks", "0", "Enter a whole number from 1"),
        ("stages-0-share", "0", "above 0%"),
    ],
)
def test_a_bad_figure_about_accounts_is_a_sentence_at_its_field(leader: PageClient, name: str, text: str, message: str):
    answer = leader.get(address(ACCOUNTS, "/planner/accounts", **{name: text}))
    assert answer.status_code == 422
    field = answer.page.select_one(f"#planner [name='{name}']")
    assert message in field.find_parent(class_="wrong").select_one(".error").get_text()


def test_nine_of_23_won_and_55_open_is_32_percent_sure(leader: PageClient):
    words = page_text(leader, address(SO_FAR, "/planner/so-far"))
    assert "$1,035,000 is 32% sure" in words
    assert "76 open opportunities are needed: 21 more than there are" in words


def test_enough_open_opportunities_are_said_to_be_enough(leader: PageClient):
    assert "would be enough" in page_text(leader, address(SO_FAR, "/planner/so-far", left="90"))
    assert "The target is reached." in page_text(leader, address(SO_FAR, "/planner/so-far", won="1035000"))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("target", "0", "more than zero"),
        ("target", "", "Enter the revenue"),
        ("won", "-1", "zero or more"),
        ("won", "", "Enter what is won"),
        ("left", "-1", "Enter a whole number"),
        ("left", "x", "Enter a whole number"),
        ("share", "", "Enter the win rate"),
        ("share", "0%", "above 0%"),
        ("share", "0 of 0", "1 or more"),
        ("share", "often", "is neither"),
        ("deal", "0", "more than zero"),
        ("deal", "0.0001", "more than a million deals"),
    ],
)
def test_a_bad_figure_half_way_through_is_a_sentence_at_its_field(
    leader: PageClient, name: str, text: str, message: str
):
    answer = leader.get(address(SO_FAR, "/planner/so-far", **{name: text}))
    assert answer.status_code == 422
    field = answer.page.select_one(f"#planner [name='{name}']")
    wrong = field.find_parent(class_="wrong")
    if name == "deal" and message.startswith("more than a million"):
        wrong = answer.page.select_one("#planner .wrong")
    assert message in wrong.select_one(".error").get_text()


@given(
    st.sampled_from([(AccountsForm, ACCOUNTS), (ProgressForm, SO_FAR)]),
    st.lists(
        st.text(max_size=10) | st.sampled_from(["0", "-1", "1", "100%", "3 of 7", "9" * 12]), min_size=12, max_size=12
    ),
    st.integers(0, 2**12),
)
@settings(deadline=None, max_examples=80)
def test_whatever_is_typed_into_the_other_pages_gives_an_answer_or_a_fault(
    page: tuple[Any, dict[str, str]], text: list[str], which: int
):
    kind, figures = page
    changed = {name: text[at] for at, name in enumerate(figures) if which >> at & 1}
    planner_form = kind(MultiDict(figures | changed))
    found = planner_form.plan() if kind is AccountsForm else planner_form.forecast()
    assert (found is None) == bool(planner_form.faults())
