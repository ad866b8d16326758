"""The catalogue of metrics: browse it, search it, read one in full, and add what only this company counts."""

from collections.abc import Iterable, Iterator

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import record
from workbench.accounts.model import Thing
from workbench.accounts.tables import name_of
from workbench.accounts.web import me, needs, require
from workbench.core import clock
from workbench.core.forms.form import PageForm
from workbench.core.text.words import clean
from workbench.core.web.session import SAFE_METHODS, session
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Metric, Timing
from workbench.roles import library
from workbench.roles.blueprint import pages
from workbench.roles.own_metrics import tables
from workbench.roles.own_metrics.forms import MetricForm, copied
from workbench.roles.own_metrics.tables import MetricRow
from workbench.roles.path.views import print_soon

LONGEST_SEARCH = 80


@pages.route("/metrics")
@needs("read", "library")
def list_metrics() -> ResponseReturnValue:
    """Show every metric, leading ones first, or those that hold all the words of a search."""
    asked = clean(request.args.get("q", ""))[:LONGEST_SEARCH]
    own = {row.code: row for row in tables.list_metrics(session())}
    ours = _found((row.metric for row in own.values()), asked)
    shipped = _found(catalogue().values(), asked)
    groups = [("own", ours), *((t.value, [metric for metric in shipped if metric.timing is t]) for t in Timing)]
    found = len(ours) + len(shipped)
    return render_template("roles/own_metrics/catalogue.html", groups=groups, found=found, asked=asked, own=own)


@pages.route("/metrics/<code>")
@needs("read", "library")
def show_metric(code: str) -> ResponseReturnValue:
    """Show one metric in full: what it counts, when it tells, where it is read, and what keeps it honest."""
    row = tables.find_metric(session(), code)
    metric = catalogue().get(code) or (row.metric if row else abort(404))
    known = tables.in_force(session())
    return render_template(
        "roles/own_metrics/metric.html",
        metric=metric,
        row=row,
        owner=name_of(session(), row.owner_id) if row else "",
        honest=[known[each] for each in metric.kept_honest_by if each in known],
        keeps=[each for each in known.values() if code in each.kept_honest_by],
        used=list(_used(code)),
        form=PageForm(),
    )


@pages.route("/metrics/new", methods=["GET", "POST"])
@needs("create", "metric")
def add_metric() -> ResponseReturnValue:
    """Add a metric of the company's own, from nothing or from a copy of one that is there."""
    known = tables.in_force(session())
    source = known.get(request.args.get("copy", ""))
    form = MetricForm(known, data=MetricForm.read(copied(source)) if source else None)
    if form.submitted():
        metric = form.metric(tables.free_code(session(), form.name.data or ""))
        if metric:
            tables.add_metric(session(), metric, me().id)
            record(session(), me(), "created", Thing("metric", me().id, metric.code))
            return redirect(url_for("roles.show_metric", code=metric.code), 303)
    return _form_page(form, "Add a metric", source)


@pages.route("/metrics/<code>/edit", methods=["GET", "POST"])
@needs("edit", "metric")
def edit_metric(code: str) -> ResponseReturnValue:
    """Change a metric of the company's own, also in the drafts that use it; editions keep what they said."""
    row = _own(code)
    form = MetricForm(tables.in_force(session()), data=MetricForm.read(row.metric), version=row.version)
    if form.submitted():
        if form.version.data != row.version:
            form.form_errors = ["This metric was changed after you opened it. Look at it again, then change it."]
        elif metric := form.metric(code):
            for draft in tables.change_metric(session(), row, metric, me().id):
                print_soon(draft)
            record(session(), me(), "changed", Thing("metric", row.owner_id, code))
            return redirect(url_for("roles.show_metric", code=code), 303)
    return _form_page(form, f"Change {row.metric.name}", None)


@pages.route("/metrics/<code>/retire", methods=["POST"])
@needs("edit", "metric")
def retire_metric(code: str) -> ResponseReturnValue:
    """Offer a metric of the company's own no more, or again; where it is used, it stays."""
    row = _own(code)
    if PageForm().submitted():
        row.retired_at = None if row.retired_at else clock.now()
        row.version += 1
        record(session(), me(), "retired" if row.retired_at else "restored", Thing("metric", row.owner_id, code))
        flash(f"{row.metric.name} is {'retired' if row.retired_at else 'in use again'}.")
    return redirect(url_for("roles.show_metric", code=code), 303)


def _own(code: str) -> MetricRow:
    """Find a metric that the person may change; a shipped one is nobody's to change."""
    row = tables.find_metric(session(), code, hold=request.method not in SAFE_METHODS) or abort(404)
    require("edit", Thing("metric", row.owner_id, code))
    return row


def _form_page(form: MetricForm, title: str, source: Metric | None) -> ResponseReturnValue:
    page = render_template("roles/own_metrics/metric_form.html", form=form, title=title, source=source)
    return page, 422 if form.errors else 200


def _found(metrics: Iterable[Metric], asked: str) -> list[Metric]:
    return sorted((metric for metric in metrics if _holds(metric, asked)), key=lambda metric: metric.name.lower())


def _holds(metric: Metric, asked: str) -> bool:
    said = (metric.code, metric.name, metric.meaning, metric.numerator, metric.denominator, metric.confused_with)
    text = " ".join(said).replace("_", " ").lower()
    return all(word in text for word in asked.lower().replace("_", " ").split())


def _used(code: str) -> Iterator[tuple[str, str]]:
    """Name the library roles that are measured by a metric: file name and title."""
    for name, role in library.library().items():
        if any(expectation.metric == code for _, expectation in role.expectations()):
            yield name, role.title
