"""What discriminates is published by two people or not at all, and advice is dismissed with a reason that holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support import make
from tests.support.proof import PageClient, values_of
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.core import clock
from workbench.roles.model import Role
from workbench.roles.publishing import tables as answers

UNFAIR = "She must be on time, and a native speaker."
NOTE = "The customer of this seat asks for it in writing."
REPLY = "I have read the contract, and it does."


def page_text(answer: TestResponse, where: str = "main") -> str:
    """Return the words of a part of a page."""
    return answer.page.select_one(where).get_text(" ", strip=True)


def publish(reader: PageClient, slug: str, **fields: str) -> TestResponse:
    """Press the button of the check page."""
    url = f"/roles/{slug}/publish"
    form = next(form for form in reader.get(f"/roles/{slug}/check").page.select("main form") if form["action"] == url)
    return reader.post(url, data=values_of(form) | fields)


def send(
    reader: PageClient, slug: str, action: str, prefix: str, text: str, at: int = 0, **fields: str
) -> TestResponse:
    """Fill in one of the boxes of the check page and press its button."""
    page = reader.get(f"/roles/{slug}/check").page
    name = [tag["name"] for tag in page.select("main textarea") if tag["name"].startswith(prefix)][at]
    key = name.removeprefix(prefix)
    button = page.select_one(f"button[name=finding][value='{key}']")
    form = page.select_one("#publish") if button.get("form") else button.find_parent("form")
    url = button.get("formaction") or form["action"]
    assert url == f"/roles/{slug}/{action}"
    chosen = {f"all-{key}" if field == "all" else field: value for field, value in fields.items()}
    return reader.post(url, data=values_of(form) | {"finding": key, name: text} | chosen)


def acts(store: Database) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(AuditRow.act).order_by(AuditRow.id)))


@pytest.fixture
def unfair(store: Database, people: dict[str, Person]) -> str:
    """A draft that discriminates in its summary and is complete otherwise."""
    return make.draft(store, people["leader"], make.role(summary=UNFAIR))


@pytest.fixture
def rough(store: Database, people: dict[str, Person]) -> str:
    """A draft with three remarks of one kind, and one of another."""
    items = tuple(replace(each, success_factor="") for each in make.role().accountabilities)
    return make.draft(store, people["leader"], make.role(accountabilities=items, hard_parts=()))


def test_a_leader_alone_does_not_publish_what_discriminates(leader: PageClient, store: Database, unfair: str):
    page = leader.get(f"/roles/{unfair}/check")
    assert "Hana Roy. Nobody can publish them alone." in page_text(page)
    refused = publish(leader, unfair)
    assert refused.status_code == 422
    lines = page_text(refused, ".summary")
    assert lines.count("A second person has to agree before this is published (Hana Roy)") == 2
    assert "“She must”" in lines
    assert "“native speaker”" in lines
    for link in refused.page.select(".summary a"):
        assert refused.page.find(id=link["href"][1:])
    with store.read() as session:
        assert make.edition_rows(session) == []


def test_a_second_person_agrees_and_the_edition_says_so(
    leader: PageClient, as_: Callable[[str], PageClient], store: Database, unfair: str
):
    hr = as_("hr")
    for _ in range(2):
        assert send(leader, unfair, "agreements", "note-", NOTE).status_code == 303
    assert "asks you to agree to a text of Account Executive" in page_text(hr.get("/notices"))
    assert len(hr.get("/agreements").page.select(".lines a")) == 2
    assert [link["href"] for link in hr.get(f"/roles/{unfair}/check").page.select("main .lines a")] == [
        f"/roles/{unfair}/agreements/{number}" for number in (1, 2)
    ]
    assert "Decide whether a text of" in page_text(hr.get("/"))
    for number in (1, 2):
        page = hr.get(f"/roles/{unfair}/agreements/{number}")
        assert UNFAIR in page_text(page)
        assert NOTE in page_text(page)
        answer = hr.fill(f"/roles/{unfair}/agreements/{number}", button="I agree", note=REPLY)
        assert answer.location == "/agreements"
    assert "Nothing waits for you" in page_text(hr.get("/agreements"))
    assert "agreed to a text of" in page_text(leader.get("/notices"))
    done = publish(leader, unfair)
    assert done.status_code == 303
    words = page_text(leader.get(done.location))
    assert "“She must”: it speaks of the person in the role as a man or a woman." in words
    assert f"Hana Roy agreed: {REPLY}" in words
    assert {"asked for agreement to", "agreed to a text of"} <= set(acts(store))


def test_an_agreement_is_for_the_text_that_was_read(
    leader: PageClient, as_: Callable[[str], PageClient], store: Database, unfair: str
):
    send(leader, unfair, "agreements", "note-", NOTE)
    leader.fill(f"/roles/{unfair}/summary", summary="She must be on time, always.")
    page = as_("hr").get(f"/roles/{unfair}/agreements/1")
    assert "has been changed since" in page_text(page)
    assert not page.page.select("main form")
    assert publish(leader, unfair).status_code == 422


def test_a_refused_text_is_not_published_and_may_be_asked_for_again(
    leader: PageClient, as_: Callable[[str], PageClient], store: Database, unfair: str
):
    leader.fill(f"/roles/{unfair}/summary", summary="She must be on time.")
    send(leader, unfair, "agreements", "note-", NOTE)
    as_("hr").fill(f"/roles/{unfair}/agreements/1", button="I do not agree", note="Write “you must” instead, please.")
    page = leader.get(f"/roles/{unfair}/check")
    assert "Write “you must” instead, please." in page_text(page)
    assert publish(leader, unfair).status_code == 422
    assert "did not agree to a text of" in acts(store)
    send(leader, unfair, "agreements", "note-", NOTE)
    assert len(as_("hr").get("/agreements").page.select(".lines a")) == 1


def test_nobody_agrees_with_ok_and_nobody_asks_with_it(
    leader: PageClient, as_: Callable[[str], PageClient], unfair: str
):
    refused = send(leader, unfair, "agreements", "note-", "ok")
    assert refused.status_code == 422
    assert refused.page.select_one("textarea[aria-invalid]").get_text().strip() == "ok"
    send(leader, unfair, "agreements", "note-", NOTE)
    refused = as_("hr").fill(f"/roles/{unfair}/agreements/1", button="I agree", note="fine")
    assert refused.status_code == 422
    assert publish(leader, unfair).status_code == 422


def test_who_wrote_the_text_is_not_the_second_person(
    leader: PageClient, as_: Callable[[str], PageClient], store: Database, people: dict[str, Person], unfair: str
):
    send(leader, unfair, "agreements", "note-", NOTE)
    with store.write.begin() as session:
        draft = make.draft_row(session, unfair)
        draft.touched = {"summary": {"version": 2, "tab": "", "person": people["hr"].id, "at": "2027-01-01T00:00:00"}}
    assert as_("hr").get(f"/roles/{unfair}/agreements/1").status_code == 404


def test_advice_is_dismissed_with_a_reason_and_opened_again(leader: PageClient, store: Database, rough: str):
    answer = send(leader, rough, "dismiss", "dismiss-", "We tell them in the second talk.", at=1)
    assert answer.location == f"/roles/{rough}/check#advice"
    page = leader.get(f"/roles/{rough}/check")
    assert "1 dismissed" in page_text(page, "#dismissed")
    assert "We tell them in the second talk." in page_text(page, "#dismissed")
    assert "hard parts of the job" not in page_text(leader.get(f"/roles/{rough}/hard-parts"), "#findings")
    undo = page.page.select_one("#dismissed form")["action"]
    assert leader.post(undo).status_code == 303
    assert not leader.get(f"/roles/{rough}/check").page.select("#dismissed")
    assert leader.post(undo).status_code == 404
    assert {"dismissed a remark on", "opened a remark again on"} <= set(acts(store))


def test_advice_is_dismissed_on_the_page_of_the_text_that_it_is_about(leader: PageClient, store: Database, rough: str):
    url = f"/roles/{rough}/dismiss"
    place = next(
        link["href"].partition("#")[0]
        for link in leader.get(f"/roles/{rough}/check").page.select(".advice a[href]")
        if leader.get(link["href"]).page.select(f"#findings form[action='{url}']")
    )
    form = leader.get(place).page.select_one(f"#findings form[action='{url}']")
    values = values_of(form)
    name = next(each for each in values if each.startswith("dismiss-"))
    values["finding"] = name.removeprefix("dismiss-")
    refused = leader.post(url, data=values | {name: "ok"})
    assert refused.status_code == 422
    assert refused.page.select_one(f"#{name}").get_text(strip=True) == "ok"
    answer = leader.post(url, data=values | {name: REPLY})
    assert answer.location == place
    page = leader.get(place)
    assert "1 remark dismissed" in page_text(page)
    assert not page.page.select(f"#findings #{name}")


def test_one_reason_dismisses_all_of_a_kind(leader: PageClient, store: Database, rough: str):
    assert "2 more like this" in page_text(leader.get(f"/roles/{rough}/check"))
    send(leader, rough, "dismiss", "dismiss-", "The board decides this in January.", all="y")
    with store.read() as session:
        assert [each.rule for each in answers.list_answers(session, 1)] == ["success factor"] * 3
    leader.fill(f"/roles/{rough}/accountabilities/north/outcome", outcome="Win the whole north")
    page = leader.get(f"/roles/{rough}/check")
    assert "2 dismissed" in page_text(page, "#dismissed")
    assert "“Win the whole north” has no success factor." in page_text(page)


def test_advice_is_not_dismissed_without_a_reason(leader: PageClient, rough: str):
    refused = send(leader, rough, "dismiss", "dismiss-", "n/a")
    assert refused.status_code == 422
    assert not refused.page.select("#dismissed")
    assert refused.page.select_one("details[open] textarea").get_text().strip() == "n/a"


def test_reasons_that_were_typed_are_there_again_whichever_button_is_pressed(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    items = tuple(replace(each, success_factor="", questions=()) for each in make.role().accountabilities)
    slug = make.draft(store, people["leader"], make.role(summary=UNFAIR, accountabilities=items))
    url = f"/roles/{slug}/check"

    def typed() -> dict[str, str]:
        page = leader.get(url).page
        return {tag["name"]: tag.get_text().strip() for tag in page.select("textarea[form=publish], #publish textarea")}

    form = leader.get(url).page.select_one("#publish")
    reasons = [name for name in typed() if name.startswith("reason-")]
    notes = [name for name in typed() if name.startswith("note-")]
    button = leader.get(url).page.select_one("button[formaction$='/dismiss']")
    assert button["form"] == "publish", "one form sends all that is typed on the page"
    data = values_of(form) | {reasons[0]: "half a thought", notes[0]: "of another", "finding": button["value"]}
    refused = leader.post(button["formaction"], data=data | {f"dismiss-{button['value']}": "ok"})
    assert "half a thought" in refused.text
    leader.post(button["formaction"], data=data | {f"dismiss-{button['value']}": REPLY})
    assert (typed()[reasons[0]], typed()[notes[0]]) == ("half a thought", "of another")
    assert leader.post(f"/roles/{slug}/reasons", data=data | {reasons[1]: "a second one"}).status_code == 204
    assert typed()[reasons[1]] == "a second one"
    assert leader.post(f"/roles/{slug}/publish", data=values_of(form)).status_code == 422, "they are kept, not accepted"


def test_a_gap_cannot_be_dismissed(leader: PageClient, store: Database, people: dict[str, Person]):
    slug = make.draft(store, people["leader"], Role("Closer", summary="Closes deals."))
    key = leader.get(f"/roles/{slug}/check").page.select_one("textarea[name^=reason-]")["name"].removeprefix("reason-")
    fields = {"finding": key, f"dismiss-{key}": "We tell them in the second talk."}
    leader.post(f"/roles/{slug}/dismiss", data=fields)
    with store.read() as session:
        assert answers.list_answers(session, 1) == []


def test_a_removed_draft_takes_its_answers_along(
    leader: PageClient, store: Database, rough: str, people: dict[str, Person]
):
    send(leader, rough, "dismiss", "dismiss-", "We tell them in the second talk.")
    with store.write.begin() as session:
        session.delete(make.draft_row(session, rough))
    with store.read() as session:
        assert answers.list_answers(session, 1) == []


def test_an_edition_is_valid_from_the_day_that_was_typed_or_from_today(leader: PageClient, store: Database, slug: str):
    refused = publish(leader, slug, **{"valid-from": "soon"})
    assert refused.status_code == 422
    assert "Enter a day such as 2026-12-01" in page_text(refused)
    assert refused.page.select_one("#valid-from")["value"] == "soon"
    tomorrow = clock.today(UTC) + timedelta(days=1)
    assert publish(leader, slug, **{"valid-from": tomorrow.isoformat()}).status_code == 303
    assert publish(leader, slug, **{"valid-from": "", "unchanged": "y"}).status_code == 303
    with store.read() as session:
        days = [each.valid_from for each in make.edition_rows(session)]
    assert days == [tomorrow, tomorrow - timedelta(days=1)]
