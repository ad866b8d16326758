"""The history page calls roles by their titles, links to them for those who may read them, and can be filtered."""

from dataclasses import replace

from sqlalchemy import select

from tests.support import make
from workbench.accounts.audit import AuditAct, AuditRow, record
from workbench.accounts.model import Thing
from workbench.metrics.catalogue import catalogue
from workbench.roles.own_metrics import tables as own_metrics
from workbench.roles.tables import DraftRow


def lines(page):
    return [" ".join(line.p.text.split()) for line in page.select(".lines li")]


def test_a_change_of_a_draft_is_a_sentence_with_its_title_and_a_link(as_, slug, store):
    as_("leader").fill(f"/roles/{slug}/summary", summary="Keeps what we won.")
    with store.read() as session:
        assert session.scalars(select(AuditRow.key).where(AuditRow.thing == "draft")).first() == slug
        title = session.scalars(select(DraftRow.title)).one()
    page = as_("hr").get("/history?thing=draft").page
    assert f"Lea Berg changed the draft {title}: summary" in lines(page)[0]
    assert page.select_one(".lines a")["href"] == f"/roles/{slug}"


def test_the_history_of_one_person_has_nothing_of_others(as_, slug, people):
    as_("leader").fill(f"/roles/{slug}/summary", summary="Keeps what we won.")
    page = as_("hr").get(f"/history?person={people['other'].id}").page
    assert lines(page) == []
    assert "Nothing of this kind has happened yet." in page.main.text


def test_an_edition_is_called_by_its_title_and_number(as_, slug, store, people):
    leader = people["leader"]
    make.edition(store, slug, leader)
    with store.write.begin() as session:
        record(session, leader, AuditAct.RETIRED, Thing("edition", leader.id, f"{slug}/1"))
    page = as_("hr").get("/history?thing=edition").page
    assert lines(page) == ["LB Lea Berg retired Account Executive, Edition 1"]
    assert page.select_one(".lines a")["href"] == f"/editions/{slug}/1"


def test_a_metric_is_called_by_its_name(as_, store, people):
    leader = people["leader"]
    metric = replace(catalogue()["meetings_held"], code="own_talks", name="Talks held")
    with store.write.begin() as session:
        row = own_metrics.add_metric(session, metric, leader.id)
        record(session, leader, AuditAct.CREATED, Thing("metric", leader.id, row.code))
    assert lines(as_("hr").get("/history?thing=metric").page) == ["LB Lea Berg created the metric Talks held"]
