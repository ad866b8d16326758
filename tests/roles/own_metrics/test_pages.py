"""The catalogue's pages, and the metrics that a company adds: held to the same checks, and frozen into editions."""

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support import make
from tests.support.proof import PageClient, find_form, plain, values_of, words
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.shape import digest, structure, unstructure
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Metric, Unit
from workbench.roles.documents import exports
from workbench.roles.documents.starter import starter_metrics
from workbench.roles.expectations import expectation_sentence, metric_of, with_metric
from workbench.roles.model import Role
from workbench.roles.own_metrics import tables
from workbench.roles.review.rules import review

DEMOS = {
    "name": "Demos given",
    "meaning": "Demos that a buyer with a say in it sat through.",
    "numerator": "demos given to a buyer",
    "unit": "count",
    "direction": "higher",
    "timing": "leading",
    "why": "A demo comes weeks before the order.",
    "cadence": "week",
    "phrase": "give {n} demos",
    "phrase_one": "give {n} demo",
    "remit": "seat",
    "kept_honest_by": "win_rate_n",
    "kept_honest_too": "",
    "salesforce": "Event: Type = Demo",
}
OWN = "own_demos_given"


@pytest.fixture
def own(leader: PageClient) -> str:
    """The code of a metric that the leader has added."""
    answer = leader.post("/metrics/new", data=DEMOS)
    assert answer.status_code == 303, page_text(answer)
    return str(answer.location.rpartition("/")[2])


def page_text(answer: Any) -> str:
    return words(answer.page)


def metric_row(store: Database, code: str = OWN) -> tables.MetricRow:
    with store.read() as session:
        row = tables.find_metric(session, code)
        assert row is not None
        return row


def chosen(reader: PageClient, slug: str, code: str) -> None:
    """Choose a metric for the leading expectation of the first accountability."""
    url = f"/roles/{slug}/accountabilities/north/expectations/north-held"
    assert reader.fill(url, metric=code).status_code == 303


def expectation_on(role: Role) -> Any:
    return role.accountability("north").expectations[0]


def test_every_metric_stands_on_the_catalogue_page_under_its_timing(leader: PageClient):
    page = leader.get("/metrics").page
    listed = {link["href"].rpartition("/")[2] for link in page.select(".metric-list a")}
    assert listed == set(catalogue())
    leading = {link["href"].rpartition("/")[2] for link in page.select("[aria-labelledby=leading] .metric-list a")}
    assert leading == {code for code, metric in catalogue().items() if metric.timing.value == "leading"}


@pytest.mark.parametrize(
    ("search", "found"),
    [("first meetings", "meetings_held"), ("RENEWAL", "renewal_rate"), ("win_rate_n", "win_rate_n")],
)
def test_a_search_finds_metrics_by_their_words(leader: PageClient, search: str, found: str):
    page = leader.get("/metrics", query_string={"q": search}).page
    codes = [link["href"].rpartition("/")[2] for link in page.select(".metric-list a")]
    assert found in codes
    assert len(codes) < len(catalogue()) / 2
    assert page.select_one("#q")["value"] == search


def test_the_list_is_filtered_by_role_stage_and_unit(as_: Callable[[str], PageClient], slug: str):
    def found(who: str, **chosen: str) -> set[str]:
        links = as_(who).get("/metrics", query_string=chosen).page.select(".metric-list a")
        return {link["href"].rpartition("/")[2] for link in links}

    page = as_("leader").get("/metrics", query_string={"stage": "First meetings", "unit": "percent"}).page
    assert page.select_one("#by-stage option[selected]")["value"] == "First meetings"
    assert found("leader", stage="First meetings", unit="percent") == {"show_rate", "mtg_to_opp"}
    mine = found("leader", role=f"draft:{slug}")
    assert mine
    assert mine < set(catalogue())
    assert found("other", role=f"draft:{slug}") == set(), "a draft of another leader tells nothing"
    assert "new_logos" in found("leader", role="library:account-executive-mid-market", q="customers")
    nothing = as_("leader").get("/metrics", query_string={"stage": "Partners", "unit": "hours"})
    assert "No metric is left by these filters" in nothing.text


@pytest.mark.parametrize("search", ["zebra", "<script>alert(1)</script>", "%", "x" * 500, "\u202e"])
def test_a_search_for_nothing_that_is_there_says_so(leader: PageClient, search: str):
    answer = leader.get("/metrics", query_string={"q": search})
    assert answer.status_code == 200
    assert not answer.page.select("main script")


@pytest.mark.slow("reads the page of each metric of the catalogue")
def test_every_metric_has_a_page_with_all_that_is_known_of_it(leader: PageClient):
    for code, metric in catalogue().items():
        words = page_text(leader.get(f"/metrics/{code}"))
        for message in (
            metric.name,
            metric.meaning,
            metric.numerator,
            metric.denominator,
            metric.why,
            metric.confused_with,
        ):
            assert " ".join(message.split()) in words, code
        assert all(source.field in words for source in metric.sources)


def test_a_ratio_says_that_it_is_never_averaged_and_a_count_that_it_adds_up(leader: PageClient):
    assert "Never average it" in page_text(leader.get("/metrics/win_rate_n"))
    assert "add up to the number of the team" in page_text(leader.get("/metrics/calls"))
    assert "read at one moment and never added" in page_text(leader.get("/metrics/pipeline_open"))


def test_an_own_metric_can_be_one_that_is_read_at_one_moment(leader: PageClient):
    answer = leader.post("/metrics/new", data=DEMOS | {"snapshot": "y"})
    assert "read at one moment and never added" in page_text(leader.get(answer.location))


def test_a_metric_leads_to_those_that_keep_it_honest_and_to_the_roles_that_use_it(leader: PageClient):
    page = leader.get("/metrics/meetings_held").page
    assert page.select_one("a[href='/metrics/mtg_to_opp']")
    assert page.select_one("a[href='/library/outbound-bdr']")


def test_a_metric_that_is_not_there_is_not_found(leader: PageClient):
    assert leader.get("/metrics/nothing").status_code == 404
    assert leader.get("/metrics/own_nothing/edit").status_code == 404


def test_a_leader_adds_a_metric_and_it_stands_beside_the_shipped_ones(leader: PageClient, store: Database, own: str):
    assert own == OWN
    metric = metric_row(store).metric
    assert (metric.name, metric.unit, metric.kept_honest_by) == ("Demos given", Unit.COUNT, ("win_rate_n",))
    assert [source.system for source in metric.sources] == ["Salesforce", "HubSpot", "CSV"]
    page = leader.get("/metrics?q=demos").page
    assert "Demos given Leading" in plain(page.select_one("[aria-labelledby=own]"))
    assert page.select_one(f"a[href='/metrics/{own}/edit']")
    assert "Added by Lea Berg" in page_text(leader.get(f"/metrics/{own}"))
    assert leader.get("/metrics/win_rate_n").page.select_one(f"a[href='/metrics/{own}']")


def test_a_second_metric_of_the_same_name_gets_a_code_of_its_own(leader: PageClient, own: str):
    assert leader.post("/metrics/new", data=DEMOS).location == f"/metrics/{OWN}_2"
    long = leader.post("/metrics/new", data=DEMOS | {"name": "Demos " * 12}).location.rpartition("/")[2]
    assert len(long) <= 40
    assert leader.post("/metrics/new", data=DEMOS | {"name": "Показы"}).status_code == 303


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"name": ""}, "name", "Fill this in."),
        ({"meaning": ""}, "meaning", "Fill this in."),
        ({"numerator": ""}, "numerator", "Fill this in."),
        ({"why": ""}, "why", "Fill this in."),
        ({"phrase": "give demos"}, "phrase", "needs {n} exactly once"),
        ({"phrase": "give {n} of {n} demos"}, "phrase", "needs {n} exactly once"),
        ({"phrase": "stay at {n} demos"}, "phrase", "reads badly"),
        ({"phrase_one": "give {x} demo"}, "phrase_one", "needs {n} exactly once"),
        ({"unit": "percent"}, "denominator", "A ratio needs"),
        ({"unit": "furlongs"}, "unit", "Choose one"),
        ({"name": "Net profit"}, "remit", "No single person can steer this"),
        ({"kept_honest_by": ""}, "kept_honest_by", "Name a metric of quality"),
        ({"kept_honest_by": "nothing"}, "kept_honest_by", "Choose one"),
        ({"salesforce": ""}, "salesforce", "at least one of the three"),
        ({"meaning": "x" * 301}, "meaning", "Shorten this to 300"),
    ],
    ids=str,
)
def test_an_own_metric_passes_the_checks_of_a_shipped_one(
    leader: PageClient, store: Database, change: dict[str, str], field: str, message: str
):
    answer = leader.post("/metrics/new", data=DEMOS | change)
    assert answer.status_code == 422
    wrong = answer.page.select_one(f"main [name='{field}']").find_parent(class_="wrong")
    assert message in wrong.select_one(".error").get_text(" ", strip=True)
    assert "There is a problem" in page_text(answer)
    with store.read() as session:
        assert tables.list_own_metrics(session) == []


def test_a_shipped_metric_is_copied_and_never_changed(leader: PageClient, store: Database):
    assert leader.get("/metrics/calls/edit").status_code == 404
    assert leader.post("/metrics/calls/retire").status_code == 404
    page = leader.get("/metrics/calls").page
    copy = page.find("a", string="Make a copy as your company’s own")["href"]
    answer = leader.fill(copy, meaning="Calls that we count in our own way.")
    assert answer.status_code == 303
    metric = metric_row(store, answer.location.rpartition("/")[2]).metric
    shipped = catalogue()["calls"]
    assert metric.code.startswith("own_")
    assert (
        replace(metric, code="calls", name=shipped.name, meaning=shipped.meaning, formula_source=shipped.formula_source)
        == shipped
    )


def test_an_own_metric_is_chosen_for_an_expectation_and_named_everywhere(
    leader: PageClient, store: Database, slug: str, own: str
):
    chosen(leader, slug, own)
    role = make.stored_role(store, slug)
    expectation = expectation_on(role)
    assert expectation.own_metric == metric_row(store).metric
    assert expectation_sentence(expectation, "USD") == "Give at least 9 demos each week"
    assert [finding.rule for finding in review(role)] == ["not agreed"]
    assert "Demos given" in [line.name for _, line in starter_metrics(role).metrics()]
    assert b"Demos given" in exports.csv_bytes(role)
    cells = [
        cell.value for row in load_workbook(io.BytesIO(exports.xlsx_bytes(role)))[exports.MEASURES] for cell in row
    ]
    assert "Demos given" in cells
    for url in (
        f"/roles/{slug}/accountabilities/north",
        f"/roles/{slug}/check",
        f"/roles/{slug}/metrics",
    ):
        assert "ive at least 9 demos each week" in leader.get(url).page.get_text(" ", strip=True), url


def test_an_own_metric_without_its_definition_is_unknown_and_a_shipped_one_cannot_be_with_metric():
    expectation = make.expectation(OWN)
    assert metric_of(expectation) is None
    false = replace(catalogue()["calls"], name="Something else")
    assert metric_of(make.expectation("calls", own_metric=false)) is catalogue()["calls"]
    assert metric_of(make.expectation(OWN, own_metric=false)) is None


def test_a_role_carries_its_own_metrics_through_json_and_keeps_its_digest_without_them():
    role = make.role()
    assert "own_metric" not in str(unstructure(role))
    own = replace(catalogue()["calls"], code=OWN)
    changed = with_metric(
        replace(role, accountabilities=(make.accountability(expectations=(make.expectation(OWN),)),)), own
    )
    assert structure(Role, unstructure(changed)) == changed
    assert digest(changed) != digest(role)
    assert with_metric(role, own) == role


def test_a_changed_metric_changes_the_drafts_that_use_it_and_no_edition(
    leader: PageClient, store: Database, people: dict[str, Person], slug: str, own: str
):
    chosen(leader, slug, own)
    number = make.edition(store, slug, people["leader"])
    untouched = make.draft(store, people["leader"], make.role("Other"))
    assert leader.fill(f"/metrics/{own}/edit", phrase="hold {n} product demos", phrase_one="").status_code == 303
    assert (
        expectation_sentence(expectation_on(make.stored_role(store, slug)), "USD")
        == "Hold at least 9 product demos each week"
    )
    edition = leader.get(f"/editions/{slug}/{number}").page.get_text(" ", strip=True)
    assert "Give at least 9 demos each week" in edition
    assert make.stored_role(store, untouched) == make.role("Other")


def test_a_retired_metric_is_marked_and_stays_where_it_is_used(
    leader: PageClient, store: Database, slug: str, own: str
):
    chosen(leader, slug, own)
    assert leader.fill(f"/metrics/{own}", action=f"/metrics/{own}/retire").status_code == 303
    assert "is retired" in page_text(leader.get(f"/metrics/{own}"))
    url = f"/roles/{slug}/accountabilities/north/expectations/north-held"
    option = leader.get(url).page.select_one(f"option[value={own}]")
    assert option.get_text() == "Demos given (retired)"
    assert leader.fill(url, value="10").status_code == 303
    assert expectation_on(make.stored_role(store, slug)).value == Decimal(10)
    leader.fill(f"/metrics/{own}", action=f"/metrics/{own}/retire")
    assert metric_row(store).retired_at is None


def test_a_metric_that_somebody_changed_meanwhile_is_not_overwritten(leader: PageClient, store: Database, own: str):
    url = f"/metrics/{own}/edit"
    old = values_of(find_form(leader.get(url).page))
    assert leader.fill(url, meaning="Mine.").status_code == 303
    answer = leader.post(url, data=old | {"meaning": "Yours."})
    assert answer.status_code == 422
    assert "This metric was changed" in page_text(answer)
    assert find_form(answer.page).select_one("#meaning")["value"] == "Yours."
    assert metric_row(store).metric.meaning == "Mine."


def test_hr_may_change_any_own_metric_and_another_leader_none(
    as_: Callable[[str], PageClient], leader: PageClient, own: str
):
    assert as_("hr").get(f"/metrics/{own}/edit").status_code == 200
    assert as_("other").get(f"/metrics/{own}/edit").status_code == 404
    assert as_("other").get(f"/metrics/{own}").status_code == 200
    assert as_("interviewer").get("/metrics/new").status_code == 403


def test_a_metric_is_the_same_value_after_its_form(leader: PageClient):
    from workbench.roles.own_metrics.forms import MetricForm, copy_metric

    assert copy_metric(catalogue()["calls"]).name == "Outbound calls (ours)" or copy_metric(
        catalogue()["calls"]
    ).name.endswith("(ours)")
    for metric in catalogue().values():
        data = MetricForm.read(metric)
        assert data["kept_honest_by"] in metric.kept_honest_by
        assert isinstance(metric, Metric)
