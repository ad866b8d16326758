"""The pages of accountabilities, expectations and questions: add, order, change and remove them."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.permissions import Act
from workbench.accounts.web import needs
from workbench.core.db import NotFoundError
from workbench.core.findings import findings_inside
from workbench.core.forms.form import PageForm
from workbench.core.path import StepPage
from workbench.core.text.words import new_key
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.expectations import metric_of
from workbench.roles.history.undo import flash_with_undo
from workbench.roles.loading import accountability_of, draft_for, findings_for_reader, parts_for_reader
from workbench.roles.model import (
    Accountability,
    Expectation,
    Question,
    QuestionKind,
    with_expectation,
    with_question,
)
from workbench.roles.parts.model import (
    copy_accountability,
    move_item,
    order_items,
    without_expectation,
    without_question,
)
from workbench.roles.path.forms import At
from workbench.roles.path.steps import ACCOUNTABILITY_STEPS, EXPECTATION_STEP, PATH, QUESTION_STEP
from workbench.roles.path.views import DraftEditor, change, onward_url
from workbench.roles.progress.model import find_position, is_blank
from workbench.roles.targets.origin import origins_of

ITEM_STEPS = {step.name: step for step in ACCOUNTABILITY_STEPS}


@pages.route("/roles/<slug>/accountabilities", methods=["GET", "POST"])
@needs(Act.EDIT, "draft")
def list_accountabilities(slug: str) -> ResponseReturnValue:
    """List the accountabilities; a POST reorders them, adds one, or leads on."""
    draft = draft_for(Act.EDIT, slug)
    role = draft.role
    form = PageForm(version=draft.version)
    if form.submitted():
        act, _, key = request.form.get("do", "").partition(":")
        if act == "add":
            return _add_accountability(draft)
        if act == "copy":
            return _copy_accountability(draft, key)
        if act in ("up", "down", "order"):
            keys = _order([item.key for item in role.accountabilities], act, key)
            change(draft, "accountabilities", lambda role: role.with_order(keys))
            # the keyboard focus follows the accountability that was moved
            place = f"item-{key}" if key in keys else "items"
            return redirect(url_for("roles.list_accountabilities", slug=slug, _anchor=place), 303)
        return redirect(onward_url(slug, PATH.section("accountabilities")), 303)
    return render_template(
        "roles/path/accountabilities.html",
        draft=draft.card,
        role=role,
        form=form,
        position=find_position(parts_for_reader(draft), "accountabilities"),
        findings=[f for f in findings_for_reader(draft) if f.place == "accountabilities"]
        if role.accountabilities
        else [],
    )


@pages.route("/roles/<slug>/accountabilities/<key>")
@needs(Act.EDIT, "draft")
def show_accountability(slug: str, key: str) -> ResponseReturnValue:
    """Show one accountability with everything that follows from it; its texts are edited on this page."""
    draft = draft_for(Act.EDIT, slug)
    item = accountability_of(draft, key)
    place, editor = f"accountabilities/{key}", DraftEditor(draft)
    findings = findings_inside(findings_for_reader(draft), place)
    return render_template(
        "roles/path/accountability.html",
        draft=draft.card,
        role=draft.role,
        item=item,
        forms={step.name: (step, editor.form_beside(step, At(key))) for step in ACCOUNTABILITY_STEPS},
        position=find_position(parts_for_reader(draft), place),
        blank=is_blank(draft.role, place),
        findings=findings,
        origins=origins_of(session(), draft),
        swap=False,
    )


@pages.route("/roles/<slug>/accountabilities/<key>/<any(outcome,ownership,supports):name>", methods=["GET", "POST"])
@needs(Act.EDIT, "draft")
def edit_accountability(slug: str, key: str, name: str) -> ResponseReturnValue:
    """Show and save one page about an accountability."""
    draft = draft_for(Act.EDIT, slug)
    accountability_of(draft, key)
    overview = url_for("roles.show_accountability", slug=slug, key=key)
    names = list(ITEM_STEPS)
    following = names[names.index(name) + 1 :][:1]
    onward = url_for("roles.edit_accountability", slug=slug, key=key, name=following[0]) if following else overview
    url = url_for("roles.edit_accountability", slug=slug, key=key, name=name)
    part = f"accountabilities/{key}/{name}"
    return DraftEditor(draft).serve(StepPage(ITEM_STEPS[name], At(key), part, url, onward, _trail(draft, key)))


@pages.route("/roles/<slug>/accountabilities/<key>/expectations", methods=["POST"])
@needs(Act.EDIT, "draft")
def add_expectation(slug: str, key: str) -> ResponseReturnValue:
    """Add an empty expectation and go to its page."""
    fresh = Expectation(key=new_key(), metric="")
    return _add_item(slug, key, "expectations", fresh.key, lambda item: with_expectation(item, fresh))


@pages.route("/roles/<slug>/accountabilities/<key>/questions", methods=["POST"])
@needs(Act.EDIT, "draft")
def add_question(slug: str, key: str) -> ResponseReturnValue:
    """Add an empty question and go to its page."""
    fresh = Question(key=new_key(), kind=QuestionKind.BEHAVIOURAL, text="")
    return _add_item(slug, key, "questions", fresh.key, lambda item: with_question(item, fresh))


@pages.route(
    "/roles/<slug>/accountabilities/<key>/<any(expectations,questions):what>/<item_key>", methods=["GET", "POST"]
)
@needs(Act.EDIT, "draft")
def edit_item(slug: str, key: str, what: str, item_key: str) -> ResponseReturnValue:
    """Show and save one expectation or one question."""
    draft = draft_for(Act.EDIT, slug)
    item = accountability_of(draft, key)
    if item_key not in [part.key for part in getattr(item, what)]:
        raise NotFoundError
    url = url_for("roles.edit_item", slug=slug, key=key, what=what, item_key=item_key)
    overview = url_for("roles.show_accountability", slug=slug, key=key)
    step = EXPECTATION_STEP if what == "expectations" else QUESTION_STEP
    part = f"accountabilities/{key}/{what}/{item_key}"
    return DraftEditor(draft).serve(StepPage(step, At(key, item_key), part, url, overview, _trail(draft, key)))


@pages.route("/roles/<slug>/accountabilities/<key>/<any(expectations,questions):what>/arrange", methods=["POST"])
@needs(Act.EDIT, "draft")
def arrange_items(slug: str, key: str, what: str) -> ResponseReturnValue:
    """Reorder the expectations or questions of an accountability, or move one to another accountability."""
    draft = draft_for(Act.EDIT, slug)
    item = accountability_of(draft, key)
    act, _, item_key = request.form.get("do", "").partition(":")
    keys = [part.key for part in getattr(item, what)]
    place = f"item-{item_key}" if item_key in keys else what
    if act == "move" and item_key in keys:
        target = accountability_of(draft, request.form.get(f"to-{item_key}", ""))
        change(draft, f"accountabilities/{key}", lambda role: move_item(role, key, item_key, target.key))
        flash_with_undo(session(), draft, f"Moved to “{target.outcome or 'New accountability'}”.")
        place = what
    elif act in ("up", "down", "order"):
        order = _order(keys, act, item_key)
        change(draft, f"accountabilities/{key}", lambda role: role.with_accountability(order_items(item, what, order)))
    return redirect(url_for("roles.show_accountability", slug=slug, key=key, _anchor=place), 303)


@pages.route("/roles/<slug>/accountabilities/<key>/remove", methods=["GET", "POST"])
@needs(Act.EDIT, "draft")
def remove_accountability(slug: str, key: str) -> ResponseReturnValue:
    """Remove an accountability with its expectations and questions, after a confirmation."""
    draft = draft_for(Act.EDIT, slug)
    item = accountability_of(draft, key)
    form = PageForm()
    if form.submitted():
        change(draft, "accountabilities", lambda role: role.without_accountability(key))
        flash_with_undo(session(), draft, "The accountability has been removed, with its targets and questions.")
        return redirect(url_for("roles.list_accountabilities", slug=slug), 303)
    return render_template("roles/path/remove_accountability.html", draft=draft.card, item=item, form=form)


@pages.route(
    "/roles/<slug>/accountabilities/<key>/<any(expectations,questions):what>/<item_key>/remove", methods=["GET", "POST"]
)
@needs(Act.EDIT, "draft")
def remove_item(slug: str, key: str, what: str, item_key: str) -> ResponseReturnValue:
    """Remove an expectation or a question; the last of its kind in the accountability needs a confirmation."""
    draft = draft_for(Act.EDIT, slug)
    item = accountability_of(draft, key)
    if item_key not in [part.key for part in getattr(item, what)]:
        raise NotFoundError
    form = PageForm()
    if form.submitted():
        remove = without_expectation if what == "expectations" else without_question
        change(draft, f"accountabilities/{key}", lambda role: role.with_accountability(remove(item, item_key)))
        flash_with_undo(session(), draft, f"The {'target' if what == 'expectations' else 'question'} has been removed.")
        return redirect(url_for("roles.show_accountability", slug=slug, key=key), 303)
    gap = _gap_left(item, what, item_key)
    return render_template(
        "roles/path/remove_item.html",
        draft=draft.card,
        role=draft.role,
        item=item,
        what=what,
        item_key=item_key,
        form=form,
        gap=gap,
    )


def _gap_left(item: Accountability, what: str, item_key: str) -> str:
    """Return the name of the gap that removing this part would leave in the chain, or an empty string."""
    if what == "questions":
        return "question" if len(item.questions) == 1 else ""
    timings = {e.key: metric.timing.value for e in item.expectations if (metric := metric_of(e))}
    timing = timings.pop(item_key, "")
    return f"{timing} metric" if timing and timing not in timings.values() else ""


def _order(keys: list[str], act: str, key: str) -> list[str]:
    if act == "order":
        return request.form.getlist("order")
    if key in keys:
        place = keys.index(key)
        to = min(max(place + (1 if act == "down" else -1), 0), len(keys) - 1)
        keys.insert(to, keys.pop(place))
    return keys


def _add_accountability(draft: tables.DraftRow) -> ResponseReturnValue:
    fresh = Accountability(key=new_key())
    change(draft, f"accountabilities/{fresh.key}", lambda role: role.with_accountability(fresh))
    return redirect(url_for("roles.show_accountability", slug=draft.slug, key=fresh.key), 303)


def _copy_accountability(draft: tables.DraftRow, key: str) -> ResponseReturnValue:
    item = accountability_of(draft, key)
    changed, copy = copy_accountability(draft.role, item.key)
    change(draft, f"accountabilities/{copy}", lambda _: changed)
    return redirect(url_for("roles.list_accountabilities", slug=draft.slug, _anchor=f"item-{copy}"), 303)


def _add_item(
    slug: str, key: str, what: str, fresh_key: str, add_to: Callable[[Accountability], Accountability]
) -> ResponseReturnValue:
    draft = draft_for(Act.EDIT, slug)
    accountability_of(draft, key)
    change(
        draft,
        f"accountabilities/{key}/{what}/{fresh_key}",
        lambda role: role.with_accountability(add_to(role.accountability(key))),
    )
    return redirect(url_for("roles.edit_item", slug=slug, key=key, what=what, item_key=fresh_key), 303)


def _trail(draft: tables.DraftRow, key: str) -> tuple[tuple[str, str], ...]:
    item = draft.role.accountability(key)
    return (
        ("Key accountabilities", url_for("roles.list_accountabilities", slug=draft.slug)),
        (item.outcome or "New accountability", url_for("roles.show_accountability", slug=draft.slug, key=key)),
    )
