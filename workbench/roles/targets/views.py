"""The page with all targets of a role: one form, whose rows are saved one by one while a person types."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.tables import name_of
from workbench.accounts.times import day, zone
from workbench.accounts.web import me, needs
from workbench.core import clock
from workbench.core.edits import Edit
from workbench.core.findings import Finding, Level
from workbench.core.forms.fields import MAX_TEXT
from workbench.core.forms.form import PageForm, new_op_id
from workbench.core.text.words import clean, count
from workbench.core.web.idempotency import is_autosave
from workbench.core.web.session import session
from workbench.metrics.model import Metric, Unit
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.expectations import settle_basis
from workbench.roles.loading import draft_for, review_for_reader
from workbench.roles.model import Basis, Expectation, Role
from workbench.roles.path.views import print_soon
from workbench.roles.progress.gaps import TARGETS
from workbench.roles.publishing.answer_views import dismiss
from workbench.roles.publishing.model import check_reason, finding_key
from workbench.roles.review.expectation import NUMBERS_FIT
from workbench.roles.review.plausible import PLAUSIBLE_NUMBER, plausible_number
from workbench.roles.targets.forms import (
    TargetRow,
    agree,
    known_metrics,
    list_rows,
    read_rows,
    store_row,
    with_target,
)
from workbench.roles.targets.model import Cure, find_remarks
from workbench.roles.targets.origin import origins_of


@pages.route("/roles/<slug>/targets", methods=["GET", "POST"])
@needs(Act.EDIT, "draft")
def edit_targets(slug: str) -> ResponseReturnValue:
    """Show all targets of a role, and save the rows that were changed; a cell with an error changes nothing."""
    draft = draft_for(Act.EDIT, slug)
    form = PageForm(version=draft.version)
    if not form.submitted():
        return _show(draft, form, list_rows(draft.role))
    act, _, argument = request.form.get("do", "").partition(":")
    rows = read_rows(draft.role, request.form, _winning_places(draft, form.tab.data, argument if act == "keep" else ""))
    changes = _Changes(draft, form.tab.data or "", apart=act in ("agree", "undo"))
    for row in rows:
        if row.touched and not row.stale:
            changes.put(row, row.form.write(row.present))
    undo = _agree(changes, rows) if act == "agree" else {}
    if act == "undo":
        _undo(changes, rows)
    if act == "write":
        _write(changes, rows, argument)
    changes.store()
    dismissed = _dismiss(draft, rows, argument) if act == "dismiss" else ""
    form.version.data, form.op_id.data = draft.version, new_op_id()
    if is_autosave():
        return _show_saved(draft, form, rows)
    stays = act or any(name.endswith("-reading") for name in request.form)
    if stays or not all(row.clear for row in rows):
        return _show(draft, form, rows, undo, dismissed)
    if changes.targets:
        flash(f"Saved: {count(len(changes.targets), 'target')} changed.")
    return redirect(url_for("roles.show_draft", slug=slug), 303)


def _winning_places(draft: tables.DraftRow, tab: str | None, kept: str) -> set[str]:
    """Return the places where the typed texts count: of the row that is kept, and of those that this page changed last."""
    own = {place for place, last in draft.touched.items() if tab and last["tab"] == tab}
    return own | ({f"accountabilities/{kept.replace('__', '/expectations/')}"} if kept else set())


@pages.app_template_filter("recent_day")
def recent_day(at: datetime) -> str:
    """Return the day of a moment in a word: today, yesterday, or the day itself."""
    past = clock.today(zone()) - at.astimezone(zone()).date()
    return {timedelta(0): "today", timedelta(1): "yesterday"}.get(past) or day(at)


@pages.app_template_global()
def unit_word(metric: Metric | None, currency: str) -> str:
    """Return the unit of a number as it follows the number in its cell; a count has none."""
    unit = metric.unit if metric else Unit.COUNT
    return {Unit.COUNT: "", Unit.MONEY: currency, Unit.PERCENT: "%"}.get(unit, unit.value)


def _agree(changes: "_Changes", rows: list[TargetRow]) -> dict[str, Basis]:
    """Mark the chosen rows as agreed; return the basis that each of them had, by the name of its row."""
    before = {}
    impossible = {each.place for each in plausible_number(changes.role) if each.level is Level.BLOCKING}
    for row in rows:
        if row.chosen and row.place in impossible:
            row.messages.append("Correct the number first; then it can be agreed.")
        if row.chosen and not row.present.agreed and (target := agree(row)):
            before[row.id] = row.present.basis
            changes.put(row, target)
            row.chosen = False
    return before


def _undo(changes: "_Changes", rows: list[TargetRow]) -> None:
    """Set the rows that were just marked as agreed back to the basis that they had."""
    before = dict(each.rsplit(":", 1) for each in request.form.getlist("undo") if ":" in each)
    for row in rows:
        basis = before.get(row.id, "")
        if row.present.agreed and basis in [each.value for each in Basis]:
            changes.put(row, replace(row.present, basis=Basis(basis)))


def _write(changes: "_Changes", rows: list[TargetRow], argument: str) -> None:
    """Write the number of a remark into its target, if the remark still holds."""
    cures = [cure for remark in find_remarks(changes.role) for cure in remark.cures]
    for row in rows:
        for cure in cures:
            if row.clear and cure.place == row.place and argument == f"{row.id}:{cure.value}":
                changes.put(row, settle_basis(row.present, replace(row.present, value=cure.value)))
                return


def _dismiss(draft: tables.DraftRow, rows: list[TargetRow], key: str) -> str:
    """Dismiss a remark about a number, and return its words; a reason that says nothing is refused in its row."""
    remark = next((each for each in open_remarks(draft) if each.key == key), None)
    if remark is None or remark.finding is None:
        return ""
    reason = clean(request.form.get(f"why-{key}", ""))[:MAX_TEXT].strip()
    if message := check_reason(reason, "you leave it as it is"):
        for row in rows:
            if row.place == remark.place:
                row.refused[key] = message
        return ""
    dismiss(draft, [remark.finding], reason)
    return remark.text


class _Changes:
    """The targets that one request changes. They are stored together, each as a part of its own that others may merge with."""

    def __init__(self, draft: tables.DraftRow, tab: str, *, apart: bool) -> None:
        self.draft, self.tab, self.apart = draft, tab, apart
        self.currency = draft.role.currency
        self.targets: dict[str, tuple[TargetRow, Expectation]] = {}

    def put(self, row: TargetRow, target: Expectation) -> None:
        """Change the target of a row, if it is another one than before."""
        if target != row.present:
            self.targets[row.place] = (row, target)
        store_row(row, target, self.currency)

    @property
    def role(self) -> Role:
        """Return the role with the targets as they are changed so far."""
        return self._write(self.draft.role)

    def store(self) -> None:
        """Store the targets in the draft, with a line of the history, and queue the printing of its documents."""
        draft, places = self.draft, tuple(self.targets)
        if not places:
            return
        is_first = any(draft.touched.get(place, {}).get("tab") != self.tab for place in places)
        part = places[0] if len(places) == 1 else TARGETS
        draft.change(Edit(part, draft.version, self.tab, me().id, self.apart, places), self._write)
        if is_first or not is_autosave():
            record(session(), me(), AuditAct.CHANGED, draft.thing, part=part)
        print_soon(draft)

    def _write(self, role: Role) -> Role:
        for row, target in self.targets.values():
            role = with_target(role, row, target)
        return role


def _show(
    draft: tables.DraftRow,
    form: PageForm,
    rows: list[TargetRow],
    undo: dict[str, Basis] | None = None,
    dismissed: str = "",
) -> ResponseReturnValue:
    more = {"undo": undo or {}, "dismissed": dismissed, "metrics": known_metrics()}
    return _draw("roles/targets/targets.html", draft, form, rows, **more)


def _show_saved(draft: tables.DraftRow, form: PageForm, rows: list[TargetRow]) -> ResponseReturnValue:
    return _draw("roles/targets/saved.html", draft, form, rows, at=clock.now())


def _draw(
    template: str, draft: tables.DraftRow, form: PageForm, rows: list[TargetRow], **more: object
) -> ResponseReturnValue:
    return render_template(
        template,
        draft=draft.card,
        role=draft.role,
        form=form,
        rows=rows,
        origins=origins_of(session(), draft),
        remarks=_remarks_by_place(draft),
        agreed=sum(row.present.agreed for row in rows),
        who_changed=_who_changed(draft),
        **more,
    )


@dataclass(frozen=True, slots=True)
class OpenRemark:
    """A remark about a number as its row shows it: with the numbers that would fit, and the finding that may be dismissed."""

    place: str
    text: str
    cures: tuple[Cure, ...]
    finding: Finding | None

    @property
    def key(self) -> str:
        """Return the key of the finding that may be dismissed, or an empty text."""
        return finding_key(self.finding) if self.finding else ""


def open_remarks(draft: tables.DraftRow) -> list[OpenRemark]:
    """Return the remarks about the numbers of a draft, without those that were dismissed."""
    findings, sums = review_for_reader(draft).open, {each.text: each for each in find_remarks(draft.role)}
    doubts = [each for each in findings if each.rule == PLAUSIBLE_NUMBER]
    fitting = [(each, sums[each.reason]) for each in findings if each.rule == NUMBERS_FIT and each.reason in sums]
    return [
        *(
            OpenRemark(each.place, f"{each.reason} {each.suggestion}", (), each if each.level is Level.ADVICE else None)
            for each in doubts
        ),
        *(OpenRemark(remark.place, remark.text, remark.cures, finding) for finding, remark in fitting),
    ]


def _remarks_by_place(draft: tables.DraftRow) -> dict[str, list[OpenRemark]]:
    found: dict[str, list[OpenRemark]] = {}
    for remark in open_remarks(draft):
        found.setdefault(remark.place, []).append(remark)
    return found


def _who_changed(draft: tables.DraftRow) -> Callable[[TargetRow], str]:
    """Return a function that names who changed the target of a row last."""

    def name(row: TargetRow) -> str:
        number = draft.touched.get(row.place, {}).get("person")
        if number == me().id:
            return "You changed this row in another tab"
        return f"{name_of(session(), number) if number else 'Another person'} changed this row after you opened it"

    return name
