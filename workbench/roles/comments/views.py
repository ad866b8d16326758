"""The comments on a draft: all of them, those at one part, replies, and the decision about a suggestion."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.web import me, needs
from workbench.core.db import NotFoundError
from workbench.core.web.policy import safe_redirect_path
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.cards import DraftCard
from workbench.roles.comments.forms import CommentForm, NewThreadForm, ReplyForm
from workbench.roles.comments.model import (
    CommentCounts,
    SuggestionOutcome,
    has_part,
    mentioned,
    text_at,
    text_places,
    with_text,
)
from workbench.roles.comments.reading import ThreadList, count_comments, list_readers, read_threads, sees_part
from workbench.roles.comments.tables import CommentRow, find_thread, list_authors
from workbench.roles.history.model import label_of_part
from workbench.roles.history.undo import flash_with_undo
from workbench.roles.loading import draft_for, parts_for_reader
from workbench.roles.notices.model import NoticeKind
from workbench.roles.notices.tables import notify
from workbench.roles.path.views import change

MAX_NUMBER = 2_147_483_647  # of a comment; PostgreSQL compares no larger one


@dataclass(frozen=True, slots=True)
class CommentPanel:
    """What a page shows beside a part: its threads, and a form for one more."""

    part: str
    threads: ThreadList
    form: CommentForm


@pages.route("/roles/<slug>/comments", methods=["GET", "POST"])
@needs(Act.READ, "draft")
def show_comments(slug: str) -> ResponseReturnValue:
    """Show every thread of a draft, with a box for one more; a POST adds a comment on the chosen part."""
    draft = draft_for(Act.READ if request.method == "GET" else Act.COMMENT, slug)
    role = draft.role
    form = NewThreadForm([(each.place, each.label) for each in parts_for_reader(draft) if has_part(role, each.place)])
    if form.submitted():
        _add_comment(draft, form.part.data, form.text.data)
        flash("Your comment is there.")
        return redirect(url_for("roles.show_comments", slug=slug), 303)
    threads = read_threads(session(), draft, me())
    page = render_template("roles/comments/comments.html", draft=draft.card, threads=threads, form=form)
    return page, 422 if form.errors else 200


@pages.route("/roles/<slug>/comments/<path:part>", methods=["GET", "POST"])
@needs(Act.READ, "draft")
def comment_on_part(slug: str, part: str) -> ResponseReturnValue:
    """Show the text of one part with its threads; a POST adds a comment, with or without a suggestion."""
    draft = draft_for(Act.READ if request.method == "GET" else Act.COMMENT, slug)
    role = draft.role
    if not has_part(role, part) or not sees_part(me(), draft, part):
        raise NotFoundError
    places = text_places(role, part)
    form = CommentForm(places)
    if form.submitted():
        _add_comment(draft, part, form.text.data, form.field.data, form.suggestion.data)
        flash("Your suggestion is there." if form.suggestion.data else "Your comment is there.")
        return _redirect_back(slug, part)
    panel = CommentPanel(part, read_threads(session(), draft, me(), part), form)
    label = label_of_part(part, role)
    page = render_template("roles/comments/part.html", draft=draft.card, label=label, places=places, panel=panel)
    return page, 422 if form.errors else 200


@pages.route("/roles/<slug>/threads/<int:number>/reply", methods=["POST"])
@needs(Act.COMMENT, "draft")
def reply(slug: str, number: int) -> ResponseReturnValue:
    """Add a reply to a thread."""
    draft, thread = _find_thread(Act.COMMENT, slug, number)
    form = ReplyForm()
    if form.submitted():
        row = CommentRow(draft_id=draft.id, first_id=number, part=thread.part, author_id=me().id, text=form.text.data)
        session().add(row)
        record(session(), me(), AuditAct.COMMENTED, draft.thing, part=thread.part)
        _notify_readers(draft, thread.part, form.text.data, NoticeKind.REPLY, list_authors(session(), number))
    else:
        flash(" ".join(message for _, message in form.faults()))
    return _redirect_back(slug, thread.part)


@pages.route("/roles/<slug>/threads/<int:number>/resolve", methods=["POST"])
@needs(Act.COMMENT, "draft")
def resolve_thread(slug: str, number: int) -> ResponseReturnValue:
    """Resolve a thread, or open a resolved one again."""
    draft, thread = _find_thread(Act.COMMENT, slug, number)
    if request.form.get("do") == "reopen":
        thread.reopen()
    elif thread.closed_at is None:
        thread.close(me().id, SuggestionOutcome(thread.outcome))
    record(session(), me(), AuditAct.RESOLVED, draft.thing, part=thread.part, open=thread.closed_at is None)
    return _redirect_back(slug, thread.part)


@pages.route("/roles/<slug>/threads/<int:number>/decide", methods=["POST"])
@needs(Act.EDIT, "draft")
def decide_suggestion(slug: str, number: int) -> ResponseReturnValue:
    """Accept a suggestion, which writes its text into the draft, or decline it; the thread is then resolved."""
    draft, thread = _find_thread(Act.EDIT, slug, number)
    if not thread.suggestion or thread.outcome:
        flash("This suggestion has been decided already.")
        return _redirect_back(slug, thread.part)
    outcome = SuggestionOutcome.ACCEPTED if request.form.get("do") == "accept" else SuggestionOutcome.DECLINED
    if outcome is SuggestionOutcome.ACCEPTED:
        if text_at(draft.role, thread.part, thread.field) is None:
            flash("The text that this suggestion is about is no longer in the draft. Nothing was changed.")
            return _redirect_back(slug, thread.part)
        field, text = thread.field, thread.suggestion
        change(draft, thread.part, lambda role: with_text(role, thread.part, field, text))
        flash_with_undo(session(), draft, "The suggested text is in the draft.")
    thread.close(me().id, outcome)
    record(session(), me(), AuditAct.DECIDED, draft.thing, part=thread.part, outcome=outcome)
    place = f"comments/{thread.part}"
    notify(session(), NoticeKind.DECISION, draft, [thread.author_id], me().id, place=place, detail=outcome)
    return _redirect_back(slug, thread.part)


@pages.app_template_global()
def comments_beside(card: DraftCard, part: str) -> CommentPanel:
    """Return what a page shows beside one part of a draft that the person reads."""
    draft = session().get_one(tables.DraftRow, card.id)
    form = CommentForm(text_places(draft.role, part), formdata=None)
    return CommentPanel(part, read_threads(session(), draft, me(), part), form)


@pages.app_template_global()
def comment_counts(card: DraftCard) -> CommentCounts:
    """Return how many open threads a draft has at each part, as the person may see them."""
    draft = session().get_one(tables.DraftRow, card.id)
    return count_comments(session(), draft, me())


def _add_comment(draft: tables.DraftRow, part: str, text: str, field: str = "", suggestion: str = "") -> None:
    row = CommentRow(
        draft_id=draft.id,
        part=part,
        field=field,
        author_id=me().id,
        text=text,
        suggestion=suggestion,
        based_on=(text_at(draft.role, part, field) or "") if suggestion else "",
    )
    session().add(row)
    record(session(), me(), AuditAct.COMMENTED, draft.thing, part=part)
    _notify_readers(draft, part, text or suggestion, NoticeKind.COMMENT, {draft.owner_id})


def _notify_readers(draft: tables.DraftRow, part: str, text: str, kind: NoticeKind, people: set[int]) -> None:
    """Notify the people whom a comment mentions, and the others that it is for."""
    readers = list_readers(session(), draft)
    named = mentioned(text, readers) - {me().id}
    place = f"comments/{part}"
    notify(session(), NoticeKind.MENTION, draft, named, me().id, place=place, detail=text)
    notify(session(), kind, draft, (people & set(readers)) - named, me().id, place=place, detail=text)


def _find_thread(act: Act, slug: str, number: int) -> tuple[tables.DraftRow, CommentRow]:
    draft = draft_for(act, slug)
    thread = find_thread(session(), draft.id, number) if number <= MAX_NUMBER else None
    if thread is None or not sees_part(me(), draft, thread.part):
        raise NotFoundError
    return draft, thread


def _redirect_back(slug: str, part: str) -> ResponseReturnValue:
    """Redirect to the page that the form was on, or to the comments at the part."""
    return redirect(
        safe_redirect_path(request.form.get("then", ""), url_for("roles.comment_on_part", slug=slug, part=part)), 303
    )
