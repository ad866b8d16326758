"""The pages of the guided path: the task list, one page for each question, autosave, and the merge of two edits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.tables import name_of
from workbench.accounts.web import me, needs
from workbench.core import clock
from workbench.core.db import NotFoundError, must_exist
from workbench.core.edits import Edit, StaleEdit
from workbench.core.findings import findings_inside
from workbench.core.jobs.tables import enqueue
from workbench.core.path import PathEditor, StepPage
from workbench.core.shape import digest
from workbench.core.web.idempotency import is_autosave
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.cards import EditionCard
from workbench.roles.fields import PURPOSE
from workbench.roles.history.undo import flash_with_undo
from workbench.roles.loading import (
    draft_for,
    findings_for_reader,
    parts_for_reader,
    role_for_reader,
    sees_unreleased_pay,
)
from workbench.roles.model import Role
from workbench.roles.path import examples
from workbench.roles.path.forms import At, RoleForm
from workbench.roles.path.steps import PATH, SECTIONS, RoleSection, RoleStep
from workbench.roles.progress.gaps import find_readiness
from workbench.roles.progress.model import RolePart, find_part, find_position, is_blank, next_open
from workbench.roles.promises.fields import lines_of, show_samples
from workbench.roles.promises.model import PROMISE_FIELDS, PROMISES, confirm
from workbench.roles.review.trace import traceability
from workbench.roles.targets.origin import origins_of

# Werkzeug reads a bare word in `any()`; with a hyphen it needs quotes.
ANSWER_PAGES = ",".join(repr(each.page.removeprefix("purpose/")) for each in PURPOSE)
# seconds without a further save before a draft is printed; the live preview needs no waiting
PRESS_DELAY = 3


RolePage = StepPage[Role, At]


@pages.route("/roles/<slug>")
@needs(Act.READ, "draft")
def show_draft(slug: str) -> ResponseReturnValue:
    """Show the parts of a draft with their states, and the gaps before its next edition."""
    draft = draft_for(Act.READ, slug)
    role, parts = role_for_reader(draft), parts_for_reader(draft)
    editions = tables.list_edition_cards(session(), slug)
    findings = findings_for_reader(draft)
    return render_template(
        "roles/path/tasks.html",
        draft=draft.card,
        role=role,
        parts=parts,
        readiness=find_readiness(parts, findings),
        next_part=next_open(parts, draft.last_part_of(me().id)),
        matrix={row.key: row for row in traceability(role)},
        editions=editions,
        published=next((card for card in editions if card.retired_at is None), None),
        changed=not editions or differs(draft.role, editions[0]),
    )


def differs(role: Role, card: EditionCard) -> bool:
    """Return whether a role says something else than an edition; one of an older schema has another digest for the same."""
    if digest(role) == card.digest:
        return False
    edition = tables.find_edition(session(), card.slug, card.number)
    return edition is None or edition.role != role


@pages.route(
    "/roles/<slug>/<any(seat,summary,duties,qualifications,neighbours,'hard-parts',pay,conditions):name>",
    methods=["GET", "POST"],
)
@needs(Act.EDIT, "draft")
def edit_step(slug: str, name: str) -> ResponseReturnValue:
    """Show and save one page of the path."""
    return _step_page(slug, PATH.steps[name], url_for("roles.edit_step", slug=slug, name=name))


@pages.route(f"/roles/<slug>/purpose/<any({ANSWER_PAGES}):part>", methods=["GET", "POST"])
@needs(Act.EDIT, "draft")
def edit_purpose(slug: str, part: str) -> ResponseReturnValue:
    """Show and save one of the five answers."""
    return _step_page(slug, PATH.steps[f"purpose/{part}"], url_for("roles.edit_purpose", slug=slug, part=part))


@pages.route("/roles/<slug>/purpose/<any(need,forward):part>", methods=["GET", "POST"])
@needs(Act.EDIT, "draft")
def redirect_old_answer(slug: str, part: str) -> ResponseReturnValue:
    """Redirect the old address of an answer, which bookmarks and open pages still have."""
    draft_for(Act.EDIT, slug)
    name = {"need": "why-needed", "forward": "contribution"}[part]
    return redirect(url_for("roles.edit_purpose", slug=slug, part=name), 308)


def step_url(slug: str, step: RoleStep) -> str:
    """Return the address of a step's page."""
    if step.name.startswith("purpose/"):
        return url_for("roles.edit_purpose", slug=slug, part=step.name.removeprefix("purpose/"))
    return url_for("roles.edit_step", slug=slug, name=step.name)


def onward_url(slug: str, section: RoleSection) -> str:
    """Return the address of the page after a section: the first of the next section, or the check page."""
    after = PATH.section_after(section)
    if after is None:
        return url_for("roles.check_answers", slug=slug)
    return step_url(slug, after.steps[0]) if after.steps else url_for("roles.list_accountabilities", slug=slug)


def _step_page(slug: str, step: RoleStep, url: str) -> ResponseReturnValue:
    draft = draft_for(Act.EDIT, slug)
    if step.name == "pay" and not sees_unreleased_pay(draft):
        raise NotFoundError
    following = PATH.next_step(step)
    page: RolePage = StepPage(
        step,
        At(),
        step.name,
        url,
        step_url(slug, following) if following else onward_url(slug, PATH.section_of(step)),
    )
    return DraftEditor(draft).serve(page)


class DraftEditor(PathEditor[Role, At]):
    """Edit a draft by the pages of the path."""

    def __init__(self, draft: tables.DraftRow) -> None:
        self.draft = draft

    @property
    def value(self) -> Role:
        """Return the role as it is stored now."""
        return self.draft.role

    @property
    def version(self) -> int:
        """Return the version of the draft."""
        return self.draft.version

    def form_settings(self) -> dict[str, Any]:
        """Return the currency of the role, in which its amounts are typed."""
        return {"currency": self.value.currency}

    def save(self, page: RolePage, form: RoleForm) -> None:
        """Save a form in the draft and queue the printing of its documents. Raises StaleEdit."""
        draft = self.draft
        previous_tab = draft.touched.get(page.part, {}).get("tab")
        version = draft.version
        base_version = form.version.data or 0
        base_version = base_version if base_version <= version else 0
        pressed = request.form.get("do", "")
        edit = Edit(page.part, base_version, form.tab.data or "", me().id, apart=bool(pressed))
        draft.change(edit, lambda role: form.write(role, page.at))
        if draft.version != version:
            if pressed.startswith("remove:"):
                flash_with_undo(session(), draft, "The row has been removed.")
            if pressed.startswith("repeats:"):
                flash_with_undo(session(), draft, "The repeated rows have been removed.")
            if previous_tab != edit.tab or not is_autosave():
                record(session(), me(), AuditAct.CHANGED, draft.thing, part=page.part)
            print_soon(draft)
        if request.form.get("keep"):
            keep_part(draft, page.part)
        if pressed.startswith("confirm:"):
            self._confirm(page, form, pressed.partition(":")[2])

    def _confirm(self, page: RolePage, form: RoleForm, name: str) -> None:
        """Confirm the promises in one input of a page."""
        draft = self.draft
        texts = lines_of(form[name]) if name in PROMISE_FIELDS and name in form else ()
        draft.change(Edit(PROMISES, draft.version, "", me().id, apart=True), lambda role: confirm(role, texts))
        record(session(), me(), AuditAct.CONFIRMED, draft.thing, part=page.part)
        print_soon(draft)

    def next_address(self, page: RolePage) -> str:
        """Return the address of the next page, or of the check page where the person came from it."""
        if request.form.get("from") == "check":
            return url_for("roles.check_answers", slug=self.draft.slug) + f"#answer-{page.part}"
        if request.form.get("from") == "accountability":
            return url_for("roles.show_accountability", slug=self.draft.slug, key=page.at.accountability)
        return page.onward

    def use_example(self, page: RolePage, form: RoleForm, which: str) -> None:
        """Write an answer of a library role into the form: `account-manager/2` is the third one of that role."""
        name, _, place = which.partition("/")
        example = examples.example_of(name, self.value, page.step, page.at)
        if example and place.isdecimal() and int(place) < len(example.answers):
            examples.use_answer(form, example.answers[int(place)])

    def form_beside(self, step: RoleStep, at: At) -> RoleForm:
        """Return the form of a page with what it holds now, to be drawn beside others; an empty field has its example."""
        present = step.form.read(self.value, at)
        form = step.form(data=present, version=self.version, meta=self.form_settings())
        if example := examples.find_example(self.draft.library, self.value, step, at):
            examples.show_beside_fields(form, example, empty_only=True)
        show_samples(form, self.value)
        return form

    def show_form(self, page: RolePage, form: RoleForm, status: int = 200) -> ResponseReturnValue:
        """Draw a page of the path with its form, an example from the library, and the findings of the review."""
        draft, role = self.draft, self.value
        example = examples.find_example(draft.library, role, page.step, page.at)
        if example:
            examples.show_beside_fields(form, example)
        show_samples(form, role)
        answer = render_template(
            f"roles/path/steps/{page.step.page}",
            draft=draft.card,
            role=role,
            page=page,
            form=form,
            position=find_position(parts_for_reader(draft), page.part),
            example=example,
            blank=is_blank(role, page.part),
            findings=findings_inside(findings_for_reader(draft), page.part),
            origin=origins_of(session(), draft).get(page.part),
            swap=False,
        )
        return answer, status

    def show_saved(self, page: RolePage, form: RoleForm) -> ResponseReturnValue:
        """Answer an autosave with the time, the new version, the findings of the review and the page to preview."""
        role, place = self.value, page.part
        if beside := "beside" in request.args:
            place = f"accountabilities/{page.at.accountability}"
        show_samples(form, role)
        return render_template(
            "roles/path/saved.html",
            beside=beside,
            draft=self.draft.card,
            role=role,
            page=page,
            form=form,
            at=clock.now(),
            blank=is_blank(role, place),
            findings=findings_inside(findings_for_reader(self.draft), place),
            swap=True,
        )

    def show_conflict(self, page: RolePage, form: RoleForm, stale: StaleEdit) -> ResponseReturnValue:
        """Show both texts side by side; saving from that page is based on the newest version, so no text is lost."""
        present = page.step.form.read(self.value, page.at)
        theirs = page.step.form(formdata=None, data=present, meta=self.form_settings())
        form.version.data = self.version
        who = "" if stale.changed_by == me().id else name_of(session(), stale.changed_by)
        template = "roles/path/stale_note.html" if is_autosave() else "roles/path/conflict.html"
        answer = render_template(
            template,
            draft=self.draft.card,
            page=page,
            form=form,
            theirs=theirs,
            who=who,
            at=stale.changed_at,
            beside="beside" in request.args,
        )
        return answer, 409


def change(draft: tables.DraftRow, part: str, write: Callable[[Role], Role], *, parts: tuple[str, ...] = ()) -> None:
    """Change the draft by one button press: it acts on the newest version, so it cannot be stale.

    With `parts` an open page of each of them is based on an older text from now on.
    """
    draft.change(Edit(part, draft.version, "", me().id, apart=True, parts=parts), write)
    record(session(), me(), AuditAct.CHANGED, draft.thing, part=part)
    print_soon(draft)


def keep_part(draft: tables.DraftRow, place: str) -> RolePart:
    """Keep the part of the library that a place is in as it is, and return it. Raises NotFoundError."""
    part = must_exist(find_part(draft.parts, place))
    draft.keep_part(part.place)
    record(session(), me(), AuditAct.KEPT, draft.thing, part=part.place)
    return part


def print_soon(draft: tables.DraftRow) -> None:
    """Queue the printing of a draft's documents for when it has not been saved for a moment."""
    enqueue(session(), "press-draft", key=f"press-draft:{draft.id}", after=PRESS_DELAY, draft=draft.id)


@dataclass(frozen=True, slots=True)
class AnsweredStep:
    """One row of the check page: the question, the answer, and where to change it."""

    part: str
    question: str
    texts: tuple[tuple[str, str], ...]


def list_answers(role: Role) -> list[tuple[RoleSection, list[tuple[RoleStep, AnsweredStep]]]]:
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
