"""How long the server needs for the pages of the largest library role, how many queries, and what our form macros save."""

import gc
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from flask.testing import FlaskClient
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, event

from workbench.accounts import tables as accounts
from workbench.accounts.model import Kind
from workbench.app import create_app
from workbench.core.db import make_engine, sessions
from workbench.core.links import new_token
from workbench.core.shape import canonical_json
from workbench.core.web.app import Workbench
from workbench.migrations import upgrade
from workbench.roles import tables
from workbench.roles.documents.starter import starter_metrics
from workbench.roles.library import library
from workbench.roles.model import Role
from workbench.roles.path.forms import At
from workbench.roles.path.steps import PATH
from workbench.roles.review.rules import review
from workbench.settings import Settings

RESULTS = Path(__file__).resolve().parent / "results" / "pages.json"
MAX_MS, MAX_QUERIES, MAX_VALUE_MS, MIN_GAIN = 25, 8, 5, 2

OURS = """{% from "macros/form.html" import draw, row_line, check with context %}
{% for field in form if field.name != "rows" and field.type not in hidden %}{{ draw(field) }}{% endfor %}
{% for row in (form.rows if "rows" in form else ()) %}{% for field in row.form %}
{% if field.type == "BooleanField" %}{{ check(field) }}{% else %}{{ row_line(field, field.label.text, loop.index) }}{% endif %}
{% endfor %}{% endfor %}"""

WIDGETS = """{% macro errors(field) %}{% for error in field.errors %}<p class="error">{{ error }}</p>{% endfor %}{% endmacro %}
{% macro one(field) %}
<div class="field{% if field.errors %} wrong{% endif %}">{{ field.label() }}{{ errors(field) }}{{ field(class="one") }}</div>
{% endmacro %}
{% for field in form if field.name != "rows" and field.type not in hidden %}{{ one(field) }}{% endfor %}
{% for row in (form.rows if "rows" in form else ()) %}{% for field in row.form %}{{ one(field) }}{% endfor %}{% endfor %}"""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: median milliseconds of processor and of wall time, number of queries, and bytes of HTML."""

    name: str
    cpu_ms: float
    wall_ms: float
    queries: int
    size: int


@dataclass(frozen=True, slots=True)
class RenderedForm:
    """One form: milliseconds to render it with our macros and with the widgets of WTForms."""

    form: str
    fields: int
    ours_ms: float
    widgets_ms: float
    gain: float


def main(rounds: int = 40) -> bool:
    """Measure everything, print and store it. Return whether every target is met."""
    name, role = largest()
    with tempfile.TemporaryDirectory() as folder, open_app(Path(folder), role) as (app, client, engine, slug):
        pages = [measure_page(client, engine, *page, rounds) for page in addresses(slug, role)]
        forms = [measure_form(app, step, role, rounds) for step in ("duties", "conditions", "pay")]
    values = {
        "review": median_cpu_ms(lambda: review(role), rounds),
        "starter metrics": median_cpu_ms(lambda: starter_metrics(role), rounds),
    }
    met = all(page.cpu_ms < MAX_MS and page.queries <= MAX_QUERIES for page in pages)
    met = met and sum(values.values()) < MAX_VALUE_MS and all(form.gain >= MIN_GAIN for form in forms)
    report = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite",
        "peer": f"WTForms {version('wtforms')}, field.label() and field() in the same Jinja environment",
        "role": name,
        "rounds": rounds,
        "targets": {
            "page_ms": MAX_MS,
            "queries": MAX_QUERIES,
            "review_and_metrics_ms": MAX_VALUE_MS,
            "gain": MIN_GAIN,
        },
        "pages": [asdict(page) for page in pages],
        "values_ms": values,
        "forms": [asdict(form) for form in forms],
        "met": met,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")
    show(report, pages, forms, values)
    return met


def largest() -> tuple[str, Role]:
    """Return the library role with the longest text."""
    return max(library().items(), key=lambda item: len(canonical_json(item[1])))


@contextmanager
def open_app(folder: Path, role: Role) -> Iterator[tuple[Workbench, FlaskClient, Engine, str]]:
    """Open the application on a new database in which a leader has one role as draft and edition."""
    url = f"sqlite:///{folder / 'workbench.db'}"
    upgrade(url)
    engine = make_engine(url)
    app = create_app(
        Settings(folder, url, f"sqlite:///{folder / 'queue.db'}", "a key for measuring pages, 40 long"), engine
    )
    token = new_token()
    with sessions(engine).begin() as session:
        leader = accounts.add_person(session, "Lea Berg", "lea@example.com", Kind.LEADER)
        draft = tables.add_draft(session, role, leader.id)
        tables.publish(session, draft, leader.id)
        accounts.open_session(session, leader.id, token, "A browser")
    client = app.test_client()
    client.set_cookie("workbench", token)
    try:
        yield app, client, engine, draft.slug
    finally:
        engine.dispose()


def addresses(slug: str, role: Role) -> list[tuple[str, str]]:
    """List the name and address of each measured page."""
    item = role.accountabilities[0]
    base = f"/roles/{slug}"
    return [
        ("task list", base),
        ("section: a purpose", f"{base}/purpose/overall"),
        ("section: the duties", f"{base}/duties"),
        ("section: a question", f"{base}/accountabilities/{item.key}/questions/{item.questions[0].key}"),
        ("accountability with its review", f"{base}/accountabilities/{item.key}"),
        ("chain", f"{base}/chain"),
        ("check answers and review", f"{base}/check"),
        ("edition", f"/editions/{slug}/1"),
        ("starter metrics", f"{base}/metrics"),
    ]


def measure_page(client: FlaskClient, engine: Engine, name: str, url: str, rounds: int) -> Page:
    """Measure many requests of one page."""
    statements: list[str] = []

    def count(connection: object, cursor: object, statement: str, *others: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    size = len(client.get(url).data)
    event.listen(engine, "before_cursor_execute", count)
    answer = client.get(url)
    event.remove(engine, "before_cursor_execute", count)
    assert answer.status_code == 200, (url, answer.status)
    cpu, wall = [], []
    for _ in range(rounds):
        start, wall_start = time.process_time(), time.perf_counter()
        client.get(url)
        cpu.append(time.process_time() - start)
        wall.append(time.perf_counter() - wall_start)
    return Page(name, median_ms(cpu), median_ms(wall), len(statements), size)


def measure_form(app: Workbench, name: str, role: Role, rounds: int) -> RenderedForm:
    """Measure one form of the path in both ways, by turns."""
    step = PATH.steps[name]
    with app.test_request_context("/"):
        form = step.form(formdata=None, data=step.form.read(role, At()))
        values = {"form": form, "hidden": ("HiddenField", "VersionField", "CSRFTokenField")}
        ways = {name: app.jinja_env.from_string(text) for name, text in (("ours", OURS), ("widgets", WIDGETS))}
        fields = ways["ours"].render(values).count("<label")
        assert fields == ways["widgets"].render(values).count("<label"), "the two ways render different forms"
        spent: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(rounds):
            for way, template in ways.items():
                start = time.process_time()
                template.render(values)
                spent[way].append(time.process_time() - start)
    gain = statistics.median(one / other for one, other in zip(spent["widgets"], spent["ours"], strict=True))
    return RenderedForm(name, fields, median_ms(spent["ours"]), median_ms(spent["widgets"]), round(gain, 2))


def median_cpu_ms(work: Callable[[], object], rounds: int) -> float:
    """Return the median milliseconds of processor time of one call."""
    spent = []
    gc.collect()
    for _ in range(rounds):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return median_ms(spent)


def median_ms(seconds: list[float]) -> float:
    """Return the median of some seconds in milliseconds."""
    return round(statistics.median(seconds) * 1e3, 2)


def show(report: dict[str, object], pages: list[Page], forms: list[RenderedForm], values: dict[str, float]) -> None:
    console = Console(width=130)
    table = Table(title=f"Pages of {report['role']}: median of {report['rounds']}\n{report['machine']}")
    for name in ("page", "CPU ms", "wall ms", "queries", "kB"):
        table.add_column(name, justify="left" if name == "page" else "right")
    for page in pages:
        met = "[green]" if page.cpu_ms < MAX_MS and page.queries <= MAX_QUERIES else "[red]"
        table.add_row(page.name, f"{met}{page.cpu_ms}", str(page.wall_ms), str(page.queries), str(page.size // 1000))
    console.print(table)
    table = Table(title=f"Rendering a form, CPU ms\npeer: {report['peer']}")
    for name in ("form", "fields", "our macros", "widgets", "gain"):
        table.add_column(name, justify="left" if name == "form" else "right")
    for form in forms:
        met = "[green]" if form.gain >= MIN_GAIN else "[red]"
        table.add_row(form.form, str(form.fields), str(form.ours_ms), str(form.widgets_ms), f"{met}{form.gain}")
    console.print(table)
    console.print(
        f"review {values['review']} ms + starter metrics {values['starter metrics']} ms; targets {report['targets']}"
    )


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
