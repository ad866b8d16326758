"""The metrics in a searchable list, each on its own page, and the company's own metrics: added, copied, changed and retired."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.tables import name_of
from workbench.accounts.web import me, needs, require
from workbench.core.db import must_exist
from workbench.core.forms.form import PageForm
from workbench.core.paging import ListRequest
from workbench.core.text.near_words import read_terms
from workbench.core.web.session import SAFE_METHODS, session
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Metric, Timing
from workbench.roles import library
from workbench.roles.blueprint import pages
from workbench.roles.own_metrics import tables
from workbench.roles.own_metrics.forms import UNITS, MetricForm, copy_metric
from workbench.roles.own_metrics.model import MetricFilter, load_stages
from workbench.roles.own_metrics.tables import MetricRow
from workbench.roles.path.views import print_soon
from workbench.roles.search.metrics import find_metrics, match_metrics
from workbench.roles.tables import DraftRow, find_draft, readable_drafts

MAX_ROLES = 200  # drafts in the choice of a role


@pages.route("/metrics")
@needs(Act.READ, "library")
def list_metrics() -> ResponseReturnValue:
    """List every metric, leading ones first, or those that a search and the filters leave."""
    search = ListRequest.read(request.args).search
    own_metrics = {each.metric.code: each for each in tables.list_own_metrics(session())}
    chosen, roles = _read_filter(), _list_roles()
    every = (*catalogue().values(), *(each.metric for each in own_metrics.values()))
    found = find_metrics([metric for metric in every if chosen.keeps(metric)], search)
    matching_own = [metric for metric in found if metric.code in own_metrics]
    matching_shipped = [metric for metric in found if metric.code not in own_metrics]
    groups = [
        ("own", matching_own),
        *((t.value, [metric for metric in matching_shipped if metric.timing is t]) for t in Timing),
    ]
    total = len(matching_own) + len(matching_shipped)
    return render_template(
        "roles/own_metrics/catalogue.html",
        groups=groups,
        total=total,
        search=search,
        is_near=bool(found) and not match_metrics(found, read_terms(search)),
        own_metrics=own_metrics,
        chosen=chosen,
        filters=[
            ("role", "Used in the role", [("", "Any role"), *roles]),
            ("stage", "Stage", [("", "Any stage"), *((each.name, each.name) for each in load_stages())]),
            ("unit", "Unit", [("", "Any unit"), *((unit.value, words) for unit, words in UNITS.items())]),
        ],
    )


def _read_filter() -> MetricFilter:
    """Read the filters from the address; a role that is not there or that the person may not read has no metrics."""
    stage, unit, name = (request.args.get(each, "") for each in ("stage", "unit", "role"))
    kind, _, key = name.partition(":")
    role = library.library().get(key) if kind == "library" else None
    if kind == "draft" and (draft := find_draft(session(), key)) and may(me(), Act.READ, draft.thing):
        role = draft.role
    codes = {expectation.metric for _, expectation in role.expectations()} if role else set()
    return MetricFilter(stage, unit, name, frozenset(codes))


def _list_roles() -> list[tuple[str, str]]:
    """List the roles that the metrics can be filtered by: the drafts that the person reads, then the ready-made roles."""
    readable = select(DraftRow.slug, DraftRow.title).where(readable_drafts(me()))
    drafts = session().execute(readable.order_by(DraftRow.title, DraftRow.id).limit(MAX_ROLES))
    ready_made = [(f"library:{name}", f"{role.title} (ready-made)") for name, role in library.library().items()]
    return [*((f"draft:{slug}", title) for slug, title in drafts), *ready_made]


@pages.route("/metrics/<code>")
@needs(Act.READ, "library")
def show_metric(code: str) -> ResponseReturnValue:
    """Show one metric in full: formula, timing, where it is read, and the metrics that balance it."""
    row = tables.find_metric(session(), code)
    metric = catalogue().get(code) or must_exist(row).metric
    metrics = tables.list_all_metrics(session())
    return render_template(
        "roles/own_metrics/metric.html",
        metric=metric,
        own_metric=row and row.own_metric,
        owner=name_of(session(), row.owner_id) if row else "",
        balanced_by=[metrics[each] for each in metric.kept_honest_by if each in metrics],
        balances=[each for each in metrics.values() if code in each.kept_honest_by],
        library_roles=list(find_library_roles(code)),
        form=PageForm(),
    )


@pages.route("/metrics/new", methods=["GET", "POST"])
@needs(Act.CREATE, "metric")
def add_metric() -> ResponseReturnValue:
    """Add a metric of the company's own, empty or copied from another metric."""
    metrics = tables.list_all_metrics(session())
    source = metrics.get(request.args.get("copy", ""))
    form = MetricForm(metrics, data=MetricForm.read(copy_metric(source)) if source else None)
    if form.submitted():
        metric = form.metric(tables.find_free_code(session(), form.name.data or ""))
        if metric:
            row = tables.add_metric(session(), metric, me().id)
            record(session(), me(), AuditAct.CREATED, Thing("metric", me().id, row.code))
            return redirect(url_for("roles.show_metric", code=row.code), 303)
    return _form_page(form, "Add a metric", source)


@pages.route("/metrics/<code>/edit", methods=["GET", "POST"])
@needs(Act.EDIT, "metric")
def edit_metric(code: str) -> ResponseReturnValue:
    """Change a metric of the company's own, also in the drafts that use it; editions do not change."""
    row = _find_own_metric(code)
    form = MetricForm(tables.list_all_metrics(session()), data=MetricForm.read(row.metric), version=row.version)
    if form.submitted():
        if form.version.data != row.version:
            form.form_errors = ["This metric was changed after you opened it. Look at it again, then change it."]
        elif metric := form.metric(code):
            for draft in tables.change_metric(session(), row, metric, me().id):
                print_soon(draft)
            record(session(), me(), AuditAct.CHANGED, Thing("metric", row.owner_id, code))
            return redirect(url_for("roles.show_metric", code=code), 303)
    return _form_page(form, f"Change {row.metric.name}", None)


@pages.route("/metrics/<code>/retire", methods=["POST"])
@needs(Act.EDIT, "metric")
def retire_metric(code: str) -> ResponseReturnValue:
    """Retire a metric of the company's own, or bring it back; roles that use it keep it."""
    row = _find_own_metric(code)
    if PageForm().submitted():
        row.retire(retired=row.retired_at is None)
        record(
            session(),
            me(),
            AuditAct.RETIRED if row.retired_at else AuditAct.RESTORED,
            Thing("metric", row.owner_id, code),
        )
        flash(f"{row.metric.name} is {'retired' if row.retired_at else 'in use again'}.")
    return redirect(url_for("roles.show_metric", code=code), 303)


def _find_own_metric(code: str) -> MetricRow:
    """Find a metric that the person may change; a shipped one cannot be changed."""
    row = must_exist(tables.find_metric(session(), code, lock=request.method not in SAFE_METHODS))
    require(Act.EDIT, Thing("metric", row.owner_id, code))
    return row


def _form_page(form: MetricForm, title: str, source: Metric | None) -> ResponseReturnValue:
    page = render_template("roles/own_metrics/metric_form.html", form=form, title=title, source=source)
    return page, 422 if form.errors else 200


def find_library_roles(code: str) -> Iterator[tuple[str, str]]:
    """Yield file name and title of each library role that is measured by a metric."""
    for name, role in library.library().items():
        if any(expectation.metric == code for _, expectation in role.expectations()):
            yield name, role.title
