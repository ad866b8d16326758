"""The pages of the guided path: the task list, one page for each question, autosave, and the merge of two edits."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act
from workbench.accounts.tables import name_of
from workbench.accounts.web import me, needs
from workbench.core import clock
from workbench.core.edits import Edit, StaleEdit
from workbench.core.findings import findings_inside
from workbench.core.jobs.tables import enqueue
from workbench.core.web.idempotency import is_autosave
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.cards import EditionCard
from workbench.roles.loading import draft_for
from workbench.roles.model import Role
from workbench.roles.path import examples
from workbench.roles.path.forms import At, DoneForm, StepForm
from workbench.roles.path.row_forms import RowsForm
from workbench.roles.path.steps import SECTION_OF, SECTIONS, STEPS, Section, Step, next_step
from workbench.roles.review.rules import review

PRESS_DELAY = 3  # seconds without a further save before a draft is printed; the live preview is there at once


@dataclass(frozen=True, slots=True)
class StepPage:
    """One page of the path for one draft: its step, place, address and next page."""

    step: Step
    at: At
    part: str
    url: str
    onward: str
    back: tuple[tuple[str, str], ...] = ()
    closes: Section | None = None


@pages.route("/roles/<slug>")
@needs(Act.READ, "draft")
def show_draft(slug: str) -> ResponseReturnValue:
    """Show the task list of a draft with its open tasks and the findings of the review."""
    draft = draft_for(Act.READ, slug)
    role = draft.role
    editions = tables.list_edition_cards(session(), slug)
    return render_template(
        "roles/path/tasks.html",
        draft=draft.card,
        role=role,
        sections=SECTIONS,
        findings=review(role),
        editions=editions,
        changed=not editions or _differs(role, editions[0]),
    )


def _differs(role: Role, card: EditionCard) -> bool:
    edition = tables.find_edition(session(), card.slug, card.number)
    return edition is None or edition.role != role


@pages.route(
    "/roles/<slug>/<any(seat,summary,duties,qualifications,neighbours,'hard-parts',pay,conditions):name>",
    methods=["GET", "POST"],
)
@needs(Act.EDIT, "draft")
def edit_step(slug: str, name: str) -> ResponseReturnValue:
    """Show and save one page of the path."""
    return _step_page(slug, STEPS[name], url_for("roles.edit_step", slug=slug, name=name))


@pages.route("/roles/<slug>/purpose/<any(overall,outcomes,leading,need,forward):part>", methods=["GET", "POST"])
@needs(Act.EDIT, "draft")
def edit_purpose(slug: str, part: str) -> ResponseReturnValue:
    """Show and save one of the five answers."""
    return _step_page(slug, STEPS[f"purpose/{part}"], url_for("roles.edit_purpose", slug=slug, part=part))


def step_url(slug: str, step: Step) -> str:
    """Return the address of a step's page."""
    if step.name.startswith("purpose/"):
        return url_for("roles.edit_purpose", slug=slug, part=step.name.removeprefix("purpose/"))
    return url_for("roles.edit_step", slug=slug, name=step.name)


def _step_page(slug: str, step: Step, url: str) -> ResponseReturnValue:
    draft = draft_for(Act.EDIT, slug)
    following = next_step(step)
    tasks = url_for("roles.show_draft", slug=slug)
    page = StepPage(
        step,
        At(),
        step.name,
        url,
        step_url(slug, following) if following else tasks,
        closes=None if following else SECTION_OF[step.name],
    )
    return serve(draft, page)


def serve(draft: tables.DraftRow, page: StepPage) -> ResponseReturnValue:
    """Show a page of the path, or save it: by autosave, by a button of a row, or by its submit button."""
    role = draft.role
    if request.method == "GET":
        return _show_form(draft, page, page.step.form(data=page.step.form.read(role, page.at), version=draft.version))
    form = page.step.form()
    form.submitted()
    if form.errors and not is_autosave():
        return _show_form(draft, page, form, 422)
    try:
        save(draft, page, form)
    except StaleEdit as stale:
        return _conflict(draft, page, form, stale)
    if is_autosave():
        return _show_saved(draft, page, form)
    return _redirect_onward(draft, page)


def save(draft: tables.DraftRow, page: StepPage, form: StepForm) -> Role:
    """Save a form in the draft and queue the printing of its documents. Raises StaleEdit."""
    before = draft.touched.get(page.part, {}).get("tab")
    version = draft.version
    seen = form.version.data or 0
    edit = Edit(page.part, seen if seen <= version else 0, form.tab.data or "", me().id)
    role = draft.change(edit, _arrange_rows(form, lambda role: form.write(role, page.at)))
    if draft.version != version:
        if before != edit.tab or not is_autosave():
            record(session(), me(), AuditAct.CHANGED, Thing("draft", draft.owner_id, draft.slug), part=page.part)
        print_soon(draft)
    return role


def change(draft: tables.DraftRow, part: str, write: Callable[[Role], Role]) -> None:
    """Change the draft by one button press: it acts on the newest version, so it cannot be stale."""
    draft.change(Edit(part, draft.version, "", me().id), write)
    record(session(), me(), AuditAct.CHANGED, Thing("draft", draft.owner_id, draft.slug), part=part)
    print_soon(draft)


def print_soon(draft: tables.DraftRow) -> None:
    """Queue the printing of a draft's documents for when it has not been saved for a moment."""
    enqueue(session(), "press-draft", key=f"press-draft:{draft.id}", after=PRESS_DELAY, draft=draft.id)


def _arrange_rows(form: StepForm, write: Callable[[Role], Role]) -> Callable[[Role], Role]:
    """Apply the button of a row (`up:2`, `down:2`, `remove:2`) to the rows before they are saved."""
    act, _, place = request.form.get("do", "").partition(":")
    if isinstance(form, RowsForm) and place.isdecimal():
        form.arrange(act, int(place))
    return write


def _redirect_onward(draft: tables.DraftRow, page: StepPage) -> ResponseReturnValue:
    if request.form.get("do"):
        return redirect(page.url + _row_to_see(draft.role, page), 303)
    if page.closes:
        done = request.form.get("completed") == "yes"
        draft.mark_section(page.closes.name, done=done)
    if request.form.get("from") == "check":
        return redirect(url_for("roles.check_answers", slug=draft.slug) + f"#answer-{page.part}", 303)
    return redirect(page.onward, 303)


def _row_to_see(role: Role, page: StepPage) -> str:
    """Return the anchor of the row that a button moved, so that the keyboard focus follows it."""
    act, _, place = request.form["do"].partition(":")
    last = len(page.step.form.read(role, page.at).get("rows", ())) - 1
    if act == "add":
        return f"#row-{last}"
    if not place.isdecimal():
        return "#rows"
    return f"#row-{min(max(int(place) + {'up': -1, 'down': 1}.get(act, 0), 0), last)}"


def _show_form(draft: tables.DraftRow, page: StepPage, form: StepForm, status: int = 200) -> ResponseReturnValue:
    role = draft.role
    return (
        render_template(
            f"roles/path/steps/{page.step.page}",
            draft=draft.card,
            role=role,
            page=page,
            form=form,
            done=DoneForm(completed="yes" if page.closes and page.closes.name in draft.completed else "no"),
            example=examples.find_example(draft.library, role, page.step, page.at),
            findings=findings_inside(review(role), page.part),
            swap=False,
        ),
        status,
    )


def _show_saved(draft: tables.DraftRow, page: StepPage, form: StepForm) -> ResponseReturnValue:
    """Answer an autosave with the time, the new version, the findings of the review and the page to preview."""
    role = draft.role
    return render_template(
        "roles/path/saved.html",
        draft=draft.card,
        role=role,
        page=page,
        form=form,
        at=clock.now(),
        findings=findings_inside(review(role), page.part),
        swap=True,
    )


def _conflict(draft: tables.DraftRow, page: StepPage, form: StepForm, stale: StaleEdit) -> ResponseReturnValue:
    """Show both texts side by side; saving from that page is based on the newest version, so no text is lost."""
    theirs = page.step.form(formdata=None, data=page.step.form.read(draft.role, page.at))
    form.version.data = draft.version
    who = name_of(session(), stale.changed_by)
    template = "roles/path/stale_note.html" if is_autosave() else "roles/path/conflict.html"
    return render_template(
        template, draft=draft.card, page=page, form=form, theirs=theirs, who=who, at=stale.changed_at
    ), 409


@dataclass(frozen=True, slots=True)
class AnsweredStep:
    """One row of the check page: the question, the answer, and where to change it."""

    part: str
    question: str
    texts: tuple[tuple[str, str], ...]


def list_answers(role: Role) -> list[tuple[Section, list[tuple[Step, AnsweredStep]]]]:
    """Return every step's answers as texts, section by section; accountabilities have their own list."""
    return [
        (
            section,
            [
                (step, AnsweredStep(step.name, step.task, examples.answer_texts(role, step, At())))
                for step in section.steps
            ],
        )
        for section in SECTIONS
    ]
