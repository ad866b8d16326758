"""The history stays fast with the lines of many years."""

from sqlalchemy import insert

from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from tests.support.volume import MAX_PAGE_COST, page_cost
from workbench.accounts.audit import PAGE, AuditAct, AuditRow
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.web.app import Workbench

LINES = 200_000


def test_the_history_of_two_hundred_thousand_lines_is_fast(
    app: Workbench, client: PageClient, store: Database, people: dict[str, Person]
):
    line = {"at": now(), "person_id": people["leader"].id, "act": AuditAct.CHANGED, "thing": "draft", "detail": {}}
    with store.write.begin() as session:
        session.execute(insert(AuditRow), [line | {"key": f"role-{number}"} for number in range(LINES)])
    hr = client.sign_in(people["hr"])
    for page in ("/history", f"/history?before={LINES // 2}", "/history?before=150"):
        assert page_cost(app, hr, page) <= MAX_PAGE_COST, page
        assert len(hr.get(page).page.select(".lines li")) == PAGE
