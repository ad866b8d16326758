"""Every route, every kind of person, own and foreign things: what happens is what stands in permissions.toml."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter
from werkzeug.test import TestResponse

from tests.roles.planner.test_pages import form
from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts import tables as accounts
from workbench.accounts.invitations.tables import invite
from workbench.accounts.model import Kind, Person
from workbench.core.clock import now
from workbench.core.edits import Edit
from workbench.core.jobs.tables import JobRow, enqueue
from workbench.core.links import new_token
from workbench.core.web.app import Workbench
from workbench.hiring.model import People
from workbench.metrics.catalogue import catalogue
from workbench.packets.links.tables import add_link
from workbench.packets.model import RoleChoice, RunRequest
from workbench.packets.recipes import tables as recipe_tables
from workbench.packets.recipes.model import find_shipped_recipe
from workbench.packets.tables import PrintRunRow, add_run, word_key
from workbench.roles import tables as roles
from workbench.roles.approval.tables import ask as ask_for_approval
from workbench.roles.comments.tables import CommentRow
from workbench.roles.history.tables import last_change
from workbench.roles.links.tables import add_link as add_edition_link
from workbench.roles.notices.model import NoticeKind
from workbench.roles.notices.tables import notices_for, notify
from workbench.roles.own_metrics import tables
from workbench.roles.parts import tables as shelf
from workbench.roles.planner import tables as plans
from workbench.roles.publishing import tables as answers
from workbench.roles.review.rules import review
from workbench.roles.sharing.model import AccessLevel
from workbench.roles.sharing.tables import share

TABLE = Path(__file__).with_name("permissions.toml")
EXPECTED: dict[str, str] = tomllib.loads(TABLE.read_text("utf-8"))
_GAP = re.compile(r"<[^<>]*:")  # `<int:number>` is listed as `<number>`
WHO = ("stranger", "interviewer", "leader", "other", "hr", "admin")


def role_values(session: Session, owner: Person) -> dict[str, Any]:
    """Put a draft of the leader into the database, with one edition."""
    draft = roles.add_draft(session, make.role(), owner.id)
    edition = roles.publish(session, draft, owner.id)
    item = draft.role.accountabilities[0]
    return {"slug": draft.slug, "number": edition.number, "key": item.key, "item_key": item.expectations[0].key}


def change_values(session: Session, owner: Person) -> dict[str, Any]:
    """Change a draft, and name the change."""
    draft = roles.add_draft(session, make.role(), owner.id)
    draft.change(Edit("summary", 1, "", owner.id), lambda role: replace(role, summary="Opens doors."))
    return {"slug": draft.slug, "number": last_change(session, draft.id)}


def trash_values(session: Session, owner: Person) -> dict[str, Any]:
    """Put a draft into the trash."""
    draft = roles.add_draft(session, make.role(), owner.id)
    draft.removed_at = now()
    return {"slug": draft.slug}


def question_values(session: Session, owner: Person) -> dict[str, Any]:
    """Add a draft, and name one of its questions."""
    return role_values(session, owner) | {"item_key": make.role().accountabilities[0].questions[0].key}


def plan_values(session: Session, owner: Person) -> dict[str, Any]:
    """Save a plan of the leader."""
    plan = plans.PlanRow(owner_id=owner.id, name="Steady", currency="USD", query=form().query())
    session.add(plan)
    session.flush()
    return {"number": plan.id}


def shelf_values(session: Session, owner: Person) -> dict[str, Any]:
    """Keep an accountability on the shelf of the leader."""
    shelf.keep_part(session, owner.id, make.role().accountabilities[0], "USD", "Closer")
    return {"number": shelf.list_shelf(session, owner.id)[0][0]}


def comment_values(session: Session, owner: Person) -> dict[str, Any]:
    """Comment on the summary of a draft with a suggestion, and name the part and the thread."""
    draft = roles.add_draft(session, make.role(), owner.id)
    row = CommentRow(
        draft_id=draft.id, part="summary", field="summary", author_id=owner.id, text="So?", suggestion="Opens doors."
    )
    session.add(row)
    session.flush()
    return {"slug": draft.slug, "part": "summary", "number": row.id}


def approval_values(session: Session, owner: Person) -> dict[str, Any]:
    """Ask any person of HR to approve a draft."""
    draft = roles.add_draft(session, make.role(), owner.id)
    ask_for_approval(session, draft, owner.id, [], 1, "", any_hr=True)
    return {"slug": draft.slug}


def edition_link_values(session: Session, owner: Person) -> dict[str, Any]:
    """Make a link to an edition of the leader."""
    values = role_values(session, owner)
    row, token = add_edition_link(session, make.edition_rows(session)[-1].id, "Chief executive", owner.id, 14)
    return values | {"link": row.id, "token": token}


def notice_values(session: Session, owner: Person) -> dict[str, Any]:
    """Tell the leader about a comment of another person, and name the notice."""
    draft = roles.add_draft(session, make.role(), owner.id)
    notify(session, NoticeKind.COMMENT, draft, [owner.id], person_values(session, owner)["number"])
    return {"number": notices_for(session, owner.id)[0].id}


def shared_draft_values(session: Session, owner: Person) -> dict[str, Any]:
    """Share a draft with a new person, and name the person."""
    draft = roles.add_draft(session, make.role(), owner.id)
    person = person_values(session, owner)["number"]
    share(session, draft.id, person, AccessLevel.READ, owner.id)
    return {"slug": draft.slug, "number": person}


def answer_values(session: Session, owner: Person) -> dict[str, Any]:
    """Add a draft with a text that waits for an agreement, and with advice that is dismissed."""
    role = make.role(summary="She must be on time.", hard_parts=())
    draft = roles.add_draft(session, role, owner.id)
    unfair, *_, advice = review(role)
    number = answers.ask_agreement(session, draft.id, role, unfair, "The law asks for it.", owner.id).id
    answers.store_answer(session, draft.id, role, advice, "We say it in the talk.", owner.id)
    return {"slug": draft.slug, "number": number}


def retired_values(session: Session, owner: Person) -> dict[str, Any]:
    """Retire an edition of the leader."""
    values = role_values(session, owner)
    edition = roles.find_edition(session, values["slug"], values["number"])
    assert edition is not None
    edition.retired_at = now()
    return values


def old_address_values(session: Session, owner: Person) -> dict[str, Any]:
    """Add a draft, and name one of its documents as its address did before."""
    return role_values(session, owner) | {"name": "interview-kit.pdf"}


def person_values(session: Session, owner: Person) -> dict[str, Any]:
    """Add somebody who may be changed."""
    return {"number": accounts.add_person(session, "Nia Low", f"nia-{new_token()[:8]}@example.com", Kind.LEADER).id}


def invitation_values(session: Session, owner: Person) -> dict[str, Any]:
    """Invite somebody who has not joined yet."""
    row, token = invite(session, "Nia Low", f"nia-{new_token()[:8]}@example.com", Kind.LEADER, owner.id)
    return {"number": row.id, "token": token}


def session_values(session: Session, owner: Person) -> dict[str, Any]:
    """Open a session of the leader, which the leader alone may end."""
    token = new_token()
    accounts.open_session(session, owner.id, token, "Another browser")
    session.flush()
    found = accounts.find_session(session, token)
    return {"number": found[0].id}


def library_values(session: Session, owner: Person) -> dict[str, Any]:
    """Name a role of the library."""
    return {"name": "account-executive-mid-market"}


def metric_values(session: Session, owner: Person) -> dict[str, Any]:
    """Add a metric of the leader's own."""
    code = tables.find_free_code(session, "Demos given")
    return {"code": tables.add_metric(session, replace(catalogue()["calls"], code=code), owner.id).code}


def logo_values(session: Session, owner: Person) -> dict[str, Any]:
    """Give the company a logo."""
    accounts.company_row(session).logo = b"a picture"
    return {}


def run_values(session: Session, owner: Person) -> dict[str, Any]:
    """Plan a print run of the leader."""
    role_values(session, owner)
    edition = make.edition_rows(session)[-1]
    request = RunRequest(find_shipped_recipe("file-copy"), (RoleChoice(edition.id),), People(), owner.name)
    run = add_run(session, owner.id, request)
    return {"number": run.id, "place": 1}


def recipe_values(session: Session, owner: Person) -> dict[str, Any]:
    """Add a recipe of the company's own."""
    number = len(recipe_tables.list_recipes(session))
    return {"name": recipe_tables.add_recipe(session, make.recipe_draft(f"Round {number}"), owner.id).name}


def fillable_run_values(session: Session, owner: Person) -> dict[str, Any]:
    """Plan a print run whose papers are typed into."""
    values = run_values(session, owner)
    run = session.get_one(PrintRunRow, values["number"])
    run.choices = run.choices | {"options": {"form": "fillable"}}
    return values


def finished_run_values(session: Session, owner: Person) -> dict[str, Any]:
    """Finish a print run of the leader."""
    values = run_values(session, owner)
    run = session.get_one(PrintRunRow, values["number"])
    run.done_at, run.folder, run.files = now(), "gone", [{"name": "File copies.pdf", "pages": 4, "size": 9}]
    return values


def word_values(session: Session, owner: Person) -> dict[str, Any]:
    """Finish a print run of the leader whose Word files were written, and are gone."""
    values = finished_run_values(session, owner)
    number = enqueue(session, "word-run", key=word_key(values["number"]), run=values["number"])
    session.get_one(JobRow, number).result = {"folder": "gone", "name": "gone.zip", "digest": "0"}
    return values


def shared_values(session: Session, owner: Person) -> dict[str, Any]:
    """Share the packet of a finished print run of the leader, whose files are gone."""
    values = finished_run_values(session, owner)
    run = session.get_one(PrintRunRow, values["number"])
    run.choices = run.choices | {"options": {"delivery": "file-each"}}
    share, token = add_link(session, run.id, 1, owner.id, 14)
    return values | {"share": share.id, "token": token}


# Endpoint, or the blueprint it belongs to -> what is made first, and fills the gaps in its address.
# All of it belongs to the leader; where an address has no gaps, only an endpoint's own entry is made.
VALUES: dict[str, Callable[[Session, Person], dict[str, Any]]] = {
    "accounts.edit_person": person_values,
    "accounts.end_session": session_values,
    "invitations.show_invitation": invitation_values,
    "invitations.revoke_invitation": invitation_values,
    "invitations.join": invitation_values,
    "roles.redirect_old_document": old_address_values,
    "roles.show_library_role": library_values,
    "roles.adapt_library_role": library_values,
    "accounts.company_logo": logo_values,
    "roles.keep_question": question_values,
    "roles.edit_exercise": question_values,
    "roles.remove_from_shelf": shelf_values,
    "roles.show_plan": plan_values,
    "roles.remove_plan": plan_values,
    "roles.show_metric": metric_values,
    "roles.edit_metric": metric_values,
    "roles.retire_metric": metric_values,
    "roles.compare_editions": role_values,
    "roles.decide_agreement": answer_values,
    "roles.undo_dismissal": answer_values,
    "roles.restore_edition": retired_values,
    "roles.show_change": change_values,
    "roles.undo_change": change_values,
    "roles.restore_state": change_values,
    "roles.put_draft_back": trash_values,
    "roles.erase_draft": trash_values,
    "roles.change_sharing": shared_draft_values,
    "roles.comment_on_part": comment_values,
    "roles.open_notice": notice_values,
    "roles.stop_edition_link": edition_link_values,
    "roles.read_shared_edition": edition_link_values,
    "roles.send_shared_edition": edition_link_values,
    "roles.answer_request": approval_values,
    "roles.withdraw_request": approval_values,
    "roles.reply": comment_values,
    "roles.resolve_thread": comment_values,
    "roles.decide_suggestion": comment_values,
    "roles": role_values,
    "packets": run_values,
    "packets.upload_returned": fillable_run_values,
    "packets.edit_recipe": recipe_values,
    "packets.retire_recipe": recipe_values,
    "packets.download_file": finished_run_values,
    "packets.download_packet": shared_values,
    "packets.write_word": finished_run_values,
    "packets.download_word": word_values,
    "packets.add_link": shared_values,
    "packets.show_link": shared_values,
    "packets.stop_link": shared_values,
    "packets.show_shared": shared_values,
    "packets.send_shared": shared_values,
}
# Endpoint -> what is sent with it, as a query or as a form, where it asks about more than its address names.
SENT = {
    "roles.compare_editions": {"left": "{slug}/{number}", "right": "{slug}/{number}"},
    "roles.keep_part": {"place": "summary"},
    "roles.use_plan": {"accountability": "{key}"},
}

# The endpoints with an address that another endpoint has too, for other values.
SAME_ADDRESS = frozenset({"roles.redirect_old_answer"})


def routes(app: Workbench) -> dict[str, tuple[str, Rule, dict[str, str]]]:
    """Return every route by its name; HEAD and OPTIONS follow from GET, and each kind of document is a route of its own."""
    found: dict[str, tuple[str, Rule, dict[str, str]]] = {}
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            for chosen in choices(rule):
                name = route_name(method, rule, chosen)
                assert name not in found, f"Two routes are called {name}, so one of them is not tested."
                found[name] = method, rule, chosen
    return found


def route_name(method: str, rule: Rule, chosen: dict[str, str]) -> str:
    """Return the name of a route in the table: method and address, and the endpoint where an address is not its own.

    Two endpoints may have one address, with other values in it: `<any(need,forward):part>` beside `<any(summary):part>`.
    """
    name = f"{method} {_GAP.sub('<', rule.rule)}".replace("<kind>", chosen.get("kind", ""))
    return f"{name} ({rule.endpoint})" if rule.endpoint in SAME_ADDRESS else name


def choices(rule: Rule) -> list[dict[str, str]]:
    """List what to put where a rule lets one choose: every kind of paper, and the first of what is all alike."""
    chosen = [{}]
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            items = sorted(converter.items) if name == "kind" else sorted(converter.items)[:1]
            chosen = [each | {name: item} for each in chosen for item in items]
    return chosen


def ask(
    client: PageClient,
    store: Database,
    owner: Person,
    method: str,
    rule: Rule,
    chosen: dict[str, str],
    prepare: Callable[[Session], None] | None = None,
) -> TestResponse:
    """Ask for a route about a thing of the leader that was made a moment ago."""
    filling = VALUES.get(rule.endpoint) or (rule.arguments and VALUES.get(rule.endpoint.split(".")[0]))
    values: dict[str, Any] = {"filename": "look/10-tokens.css"} | chosen
    if filling:
        with store.write.begin() as session:
            values = filling(session, owner) | values
            if prepare:
                prepare(session)
    sent = {name: words.format(**values) for name, words in SENT.get(rule.endpoint, {}).items()}
    with client.application.test_request_context():
        address = client.application.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
    return client.open(address, method=method, **{"query_string" if method == "GET" else "data": sent})


def outcome(answer: TestResponse) -> str:
    """Put an answer into a word: `yes` is let in, also to be told that the form is empty; `reads` is led to the reading page."""
    if answer.status_code == 303 and str(answer.location).startswith("/sign-in?next="):
        return "sign-in"
    if answer.status_code == 303 and str(answer.location).endswith("#every-answer"):
        return "reads"
    return {403: "no", 404: "hidden"}.get(answer.status_code, "yes" if answer.status_code < 500 else "broken")


@pytest.fixture
def results_of(app: Workbench, store: Database, people: dict[str, Person]) -> Callable[[str], str]:
    """Tell what each kind of person is answered on a route."""
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def tell(route: str) -> str:
        method, rule, chosen = routes(app)[route]
        words = []
        for who in WHO:
            client = app.test_client()
            if who != "stranger":
                client.sign_in(people[who])
            words.append(outcome(ask(client, store, people["leader"], method, rule, chosen)))
        return " ".join(words)

    return tell


def test_the_table_lists_every_route_and_no_other(app: Workbench, results_of: Callable[[str], str]):
    present = routes(app)
    missing = [f'"{route}" = "{results_of(route)}"' for route in present if route not in EXPECTED]
    removed = [route for route in EXPECTED if route not in present]
    assert not removed, f"These routes are gone; take them out of {TABLE.name}: {removed}"
    assert not missing, f"Look at these, then put them into {TABLE.name}:\n" + "\n".join(missing)


@pytest.mark.parametrize("route", EXPECTED)
def test_each_kind_of_person_gets_what_the_table_says(route: str, results_of: Callable[[str], str]):
    results = dict(zip(WHO, results_of(route).split(), strict=True))
    assert results == dict(zip(WHO, EXPECTED[route].split(), strict=True))
