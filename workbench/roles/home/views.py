"""Where a leader starts: their roles, the library of ready-made roles, and the ways to begin a new one."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may, may_sometimes
from workbench.accounts.web import me, needs
from workbench.core import clock
from workbench.core.forms.form import PageForm
from workbench.core.paging import ListRequest
from workbench.core.text.words import count
from workbench.core.web.session import after_response, session
from workbench.roles import tables
from workbench.roles.approval.tables import open_requests_for
from workbench.roles.blueprint import pages
from workbench.roles.first_day.tables import read_first_day
from workbench.roles.history.model import KEEP_DAYS
from workbench.roles.history.undo import flash_undo
from workbench.roles.home import tables as home_tables
from workbench.roles.home.model import MAX_WAITING, RoleEntry, RoleFilter, WaitingLine
from workbench.roles.loading import draft_for
from workbench.roles.notices.model import Notice, NoticeKind
from workbench.roles.notices.tables import notices_for
from workbench.roles.notices.views import count_my_unread, notice_url
from workbench.roles.publishing.tables import open_requests

# The notices that ask for something, and the word of the button that answers.
ASKS = {
    NoticeKind.MENTION: "Answer",
    NoticeKind.COMMENT: "Answer",
    NoticeKind.REPLY: "Answer",
}


@pages.route("/")
@needs(Act.LIST, "draft")
def home() -> ResponseReturnValue:
    """Show what waits for a person, and one row for each role that they may see."""
    shown = RoleFilter.read(request.args.get("show", ""))
    home_page = home_tables.read_home(session(), ListRequest.read(request.args), me(), shown)
    lines = [*_setup_lines(), *_decision_lines(asked=home_page.asked), *_notice_lines()]
    lines += [_unpublished_line(entry) for entry in home_page.unpublished]
    return render_template("roles/home/home.html", home=home_page, shown=shown, waiting=lines[:MAX_WAITING])


def _setup_lines() -> list[WaitingLine]:
    """Return the line that leads to the first day of the company, for those who may set it up, until it is finished."""
    if not may(me(), Act.EDIT, Thing("settings")):
        return []
    first_day = read_first_day(session())
    if first_day.finished:
        return []
    done = f"{first_day.done} of {len(first_day.steps)} steps of the first day are done"
    return [WaitingLine("Set up the company", done, url_for("roles.show_first_day"), "Go on")]


def _decision_lines(*, asked: bool) -> list[WaitingLine]:
    """Return the decisions that others wait for: agreements with texts, and approvals of drafts where there are any."""
    lines = []
    if may_sometimes(me(), Act.AGREE, "draft"):
        lines = [
            WaitingLine(
                f"Decide whether a text of {each.title} may be published",
                f"{each.who} asks: {each.finding}",
                url_for("roles.decide_agreement", slug=each.slug, number=each.number),
                "Decide",
                each.asked_at,
                each.slug,
            )
            for each in open_requests(session())
        ]
    for each in open_requests_for(session(), me()) if asked else ():
        url = url_for("roles.ask_for_approval", slug=each.slug)
        text = f"Say whether {each.title} may be published"
        lines.append(WaitingLine(text, f"{each.asked_by} asks you", url, "Decide", each.asked_at, each.slug))
    return lines


def _notice_lines() -> list[WaitingLine]:
    """Return what others ask of the person and the person has not read yet, one line for each draft and kind."""
    asked: dict[tuple[str, NoticeKind], Notice] = {}
    for notice in notices_for(session(), me().id, unread_only=True) if count_my_unread() else ():
        if notice.kind in ASKS:
            asked.setdefault((notice.slug, notice.kind), notice)
    return [
        WaitingLine(each.sentence, "", notice_url(each), ASKS[each.kind], each.at, each.slug) for each in asked.values()
    ]


def _unpublished_line(entry: RoleEntry) -> WaitingLine:
    if entry.newest is None:
        url = url_for("roles.show_draft", slug=entry.slug)
        return WaitingLine(f"Go on with {entry.title}", "Not published yet", url, "Go on", entry.changed_at)
    changed = f"{count(entry.changed_parts, 'part')} changed since {entry.newest_label}"
    url = url_for("roles.check_answers", slug=entry.slug)
    return WaitingLine(f"Publish {entry.next_label} of {entry.title}", changed, url, "Check", entry.changed_at)


@pages.after_request
def _record_visit(answer: Response) -> Response:
    """Record which role was opened, for the list of those opened last."""
    if request.endpoint in ("roles.show_draft", "roles.show_edition") and answer.status_code == 200:
        person, slug = me(), (request.view_args or {})["slug"]
        after_response(lambda own: home_tables.record_visit(own, person, slug), required=False)
    return answer


@pages.route("/roles/<slug>/remove", methods=["GET", "POST"])
@needs(Act.ERASE, "draft")
def remove_draft(slug: str) -> ResponseReturnValue:
    """Move a draft to the trash, after a confirmation; its editions stay as they are."""
    draft = draft_for(Act.ERASE, slug)
    editions = tables.list_edition_cards(session(), slug)
    form = PageForm()
    if form.submitted():
        record(session(), me(), AuditAct.REMOVED, draft.thing, title=draft.title)
        draft.removed_at = clock.now()
        kept = (
            f"Its {count(len(editions), 'edition')} can still be read."
            if editions
            else f"It stays there for {KEEP_DAYS} days."
        )
        flash_undo(f"The draft {draft.title} is in the trash. {kept}", url_for("roles.put_draft_back", slug=draft.slug))
        return redirect(url_for("roles.home"), 303)
    return render_template("roles/home/remove.html", draft=draft.card, editions=editions, form=form)
