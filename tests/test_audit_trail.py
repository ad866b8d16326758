"""Every route that changes something writes a line into the audit trail."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.roles.planner.test_pages import form
from tests.support import make
from tests.support.proof import PageClient, words
from tests.support.servers.databases import Database
from tests.test_permissions import VALUES
from workbench.accounts.audit import AuditAct, AuditRow, list_trail
from workbench.accounts.model import Person
from workbench.core.web.app import Workbench
from workbench.migrations import upgrade
from workbench.roles import tables as roles
from workbench.roles.promises.model import with_samples

# Routes that write no line of their own, with the reason.
EXEMPT = {
    "roles.show_notices": "marks one's own notices as read",
    "roles.print_draft": "queues a file; the line is written when a person fetches it",
    "roles.print_edition": "queues a file; the line is written when a person fetches it",
    "roles.change_currency": "shows first what it changes, then asks again; tests/roles/currency asks it",
    "accounts.switch_example": "exists in the example company only; tests/accounts/test_example.py asks it",
    "packets.add_link": "needs the files of a finished run; tests/packets/links asks it",
    "roles.redirect_old_answer": "answers with the present address, where the line is written",
    "roles.dismiss_finding": "needs a finding of the page; tests/roles/publishing asks it",
    "roles.keep_reasons": "keeps what is typed; the line is written when the role is published",
    "roles.undo_dismissal": "needs a dismissed finding; tests/roles/publishing asks it",
    "roles.ask_for_agreement": "needs a finding of the page; tests/roles/publishing asks it",
    "roles.decide_agreement": "needs a request; tests/roles/publishing asks it",
    "packets.upload_returned": "needs a filled-in PDF; tests/packets/returned asks it",
}
ROUND = {"panel": "Ina Vogt, Raj Rao", "candidates": "Candidate A"}


@dataclass(frozen=True)
class Write:
    """A valid request to one route: who sends it, which values its address has, and what is sent."""

    who: str = "leader"
    values: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    from_page: bool = True  # whether the form is opened first, where there is a page


NEW_PASSWORD = "the quiet boat left at nine"
PASSWORDS = {"present_password": "a short sentence of mine", "new_password": NEW_PASSWORD}
PERSON = {"name": "Nia Low", "email": "nia@example.com", "kind": "leader", "password": NEW_PASSWORD}
WRITES = {
    "accounts.sign_in": Write(
        "stranger", fields={"email": "leader@example.com", "password": "a short sentence of mine"}
    ),
    "accounts.sign_out": Write(),
    "accounts.end_session": Write(),
    "accounts.change_password": Write(fields=PASSWORDS),
    "accounts.change_name": Write(fields={"name": "Lea Sommer"}),
    "invitations.invite_person": Write("admin", fields={k: v for k, v in PERSON.items() if k != "password"}),
    "invitations.revoke_invitation": Write("admin"),
    "invitations.join": Write("stranger", fields={"name": "Nia Low", "password": NEW_PASSWORD}),
    "roles.name_company": Write("hr", fields={"name": "Northwind"}, from_page=False),
    "roles.use_usual_currency": Write("hr", fields={"currency": "USD"}, from_page=False),
    "roles.write_letterhead": Write("hr", fields={"letterhead": "Quay"}, from_page=False),
    "accounts.choose_zone": Write(fields={"zone": "Europe/Berlin"}),
    "accounts.company": Write("hr", fields={"name": "Northwind"}),
    "accounts.add_person": Write("admin", fields=PERSON),
    "accounts.edit_person": Write("admin", fields={"kind": "hr"}),
    "roles.start_role": Write(fields={"title": "Closer"}, from_page=False),
    "roles.adapt_library_role": Write(),
    "roles.copy_draft": Write(),
    "roles.draft_from_edition": Write(),
    "roles.remove_draft": Write(),
    "roles.edit_step": Write(values={"name": "summary"}, fields={"summary": "Opens doors."}),
    "roles.edit_purpose": Write(values={"part": "overall"}, fields={"answer": "Open doors that are closed."}),
    "roles.list_accountabilities": Write(fields={"do": "add:"}, from_page=False),
    "roles.edit_accountability": Write(
        values={"name": "outcome"}, fields={"outcome": "Win new customers in the south"}
    ),
    "roles.show_parts": Write(
        fields={"part": "library/vp-sales/hard-parts/0"}, query="?kind=hard-parts", from_page=False
    ),
    "roles.keep_accountability": Write(),
    "roles.arrange_items": Write(values={"what": "expectations"}, fields={"do": "down:north-held"}),
    "roles.keep_question": Write(),
    "roles.edit_exercise": Write(fields={"candidate": "Call Ana."}),
    "roles.remove_from_shelf": Write(),
    "roles.add_expectation": Write(),
    "roles.add_question": Write(),
    "roles.edit_item": Write(values={"what": "expectations"}, fields={"value": "12"}),
    "roles.remove_item": Write(values={"what": "expectations"}),
    "roles.remove_accountability": Write(),
    "roles.edit_targets": Write(fields={"north__north-held-value": "12"}),
    "roles.list_plans": Write(fields={"name": "Steady year", "plan": form().query()}, from_page=False),
    "roles.remove_plan": Write(),
    "roles.use_plan": Write(
        fields={"plan": form(target="900000").query(), "metric": "bookings", "to-bookings": "north"}
    ),
    "roles.undo_change": Write(),
    "roles.restore_state": Write(),
    "roles.put_draft_back": Write(),
    "roles.erase_draft": Write(),
    "roles.keep_part": Write(fields={"place": "summary"}),
    "roles.confirm_promises": Write(fields={"all": "y"}),
    "roles.ask_for_approval": Write(fields={"people": "hr", "needed": "1"}, from_page=False),
    "roles.answer_request": Write("hr", fields={"verdict": "approved", "version": "1"}),
    "roles.withdraw_request": Write(),
    "roles.share_edition": Write(fields={"reader": "Chief executive", "days": "14"}, from_page=False),
    "roles.stop_edition_link": Write(),
    "roles.comment_on_part": Write(fields={"text": "Why?", "field": "", "suggestion": ""}, from_page=False),
    "roles.show_comments": Write(fields={"part": "summary", "text": "Why?"}, from_page=False),
    "roles.reply": Write(fields={"text": "Because."}),
    "roles.resolve_thread": Write(),
    "roles.decide_suggestion": Write(fields={"do": "accept"}),
    "roles.share_draft": Write(fields={"person": "2", "level": "comment"}, from_page=False),
    "roles.change_sharing": Write(fields={"level": "edit"}, from_page=False),
    "roles.change_owner": Write(fields={"owner": "2"}, from_page=False),
    "roles.publish": Write(),
    "roles.retire_edition": Write(),
    "roles.restore_edition": Write(),
    "roles.add_metric": Write(fields={"name": "Calls that led on"}, query="?copy=calls"),
    "roles.edit_metric": Write(fields={"meaning": "Calls that a buyer took."}),
    "roles.retire_metric": Write(),
    "packets.plan_run": Write("hr", fields={"editions": "1", "recipe": "file-copy"}),
    "packets.change_run": Write(fields={"recipe": "manager"}),
    "packets.split_name": Write(fields={"name": "Ina Vogt, Raj Rao"}),
    "packets.turn_all_names": Write(),
    "packets.plan_again": Write(),
    "packets.start_run": Write(),
    "packets.cancel_run": Write(),
    "packets.write_word": Write(),
    "packets.add_recipe": Write("hr", fields={"title": "Second round"}, query="?copy=interviewer"),
    "packets.edit_recipe": Write("hr", fields={"title": "Third round"}),
    "packets.retire_recipe": Write("hr"),
    "packets.stop_link": Write(),
    "packets.erase_names": Write("hr"),
}


def unpublished_values(session: Session, owner: Person) -> dict[str, Any]:
    return {"slug": roles.add_draft(session, make.role(), owner.id).slug}


def sample_values(session: Session, owner: Person) -> dict[str, Any]:
    return {"slug": roles.add_draft(session, with_samples(make.role()), owner.id).slug}


SPECIAL_VALUES = {
    "roles.remove_draft": unpublished_values,
    "roles.publish": unpublished_values,
    "roles.confirm_promises": sample_values,
}


def writing_routes(app: Workbench) -> dict[str, Any]:
    return {rule.endpoint: rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}


def test_every_writing_route_is_asked_or_exempt(app: Workbench):
    assert set(writing_routes(app)) == set(WRITES) | set(EXEMPT)


@pytest.mark.parametrize("endpoint", WRITES)
def test_a_route_that_changes_something_writes_a_line(
    endpoint: str, app: Workbench, store: Database, people: dict[str, Person]
):
    write, rule = WRITES[endpoint], writing_routes(app)[endpoint]
    values = address_values(endpoint, store, people["leader"]) | write.values
    client: PageClient = app.test_client()
    if write.who != "stranger":
        client.sign_in(people[write.who])
    with app.test_request_context():
        address = app.url_for(endpoint, **{name: values[name] for name in rule.arguments}) + write.query
    before = count_lines(store)
    if "GET" in rule.methods and write.from_page:
        answer = client.fill(address, **write.fields)
    else:
        answer = client.post(address, data=write.fields)
    assert answer.status_code in {200, 303}, words(answer.page)
    assert count_lines(store) > before
    with store.read() as session:
        assert {line.act for line in list_trail(session)} <= set(AuditAct)


def test_lines_of_the_landed_state_are_read_in_the_words_of_today(landed_database: Database):
    upgrade(landed_database.url)
    with landed_database.read() as session:
        stored = set(session.scalars(select(AuditRow.act)))
        lines = list_trail(session)
    assert {"add", "added", "print", "took back", "forgot the names"} <= stored
    assert {line.act for line in lines} <= set(AuditAct)
    assert "people" not in {line.thing for line in lines}


def address_values(endpoint: str, store: Database, owner: Person) -> dict[str, Any]:
    filling = SPECIAL_VALUES.get(endpoint) or VALUES.get(endpoint) or VALUES.get(endpoint.split(".", maxsplit=1)[0])
    with store.write.begin() as session:
        return filling(session, owner) if filling else {}


def count_lines(store: Database) -> int:
    with store.read() as session:
        return session.scalar(select(func.count(AuditRow.id))) or 0
