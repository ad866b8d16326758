"""The functions that the templates of this capability call: addresses of places, sentences, and amounts of money."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import url_for

from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.times import zone
from workbench.accounts.web import current_person_or_none, me
from workbench.core import clock
from workbench.core.findings import Finding
from workbench.metrics import wording
from workbench.metrics.model import Unit
from workbench.roles.blueprint import pages
from workbench.roles.documents.kinds import DOCUMENTS
from workbench.roles.expectations import BASIS_NAMES, expectation_sentence, metric_of
from workbench.roles.fields import FIELDS
from workbench.roles.model import Basis, Role
from workbench.roles.path import examples
from workbench.roles.path.forms import RoleForm
from workbench.roles.path.steps import PATH
from workbench.roles.path.views import RolePage, step_url
from workbench.roles.progress.gaps import CHECK, TARGETS
from workbench.roles.progress.model import ACCOUNTABILITIES
from workbench.roles.promises.model import PROMISES
from workbench.roles.review.fairness import CHECKED, NOT_CHECKED
from workbench.roles.review.plausible import PLAUSIBLE_NUMBER, PLAUSIBLE_PAY, doubt_about_date
from workbench.roles.review.question import TIME_FOR_EXERCISE
from workbench.roles.review.sources import source_words

# Findings about the number of a target are mended in the table of all targets.
NUMBER_RULES = ("placeholder", "not agreed", "number", "numbers fit", PLAUSIBLE_NUMBER)

pages.add_app_template_global(expectation_sentence, "expectation_sentence")
pages.add_app_template_global(step_url, "step_url")
pages.add_app_template_global(metric_of, "metric_of")
pages.add_app_template_filter(source_words, "source_words")


@pages.app_template_global()
def basis_name(basis: Basis) -> str:
    """Return the name of the origin of a number, as pages show it: `From the library`."""
    return BASIS_NAMES[basis]


@pages.app_template_global()
def what_is_checked() -> tuple[str, str]:
    """Return what the review reads and what it does not, so that silence is not taken for approval."""
    return CHECKED, NOT_CHECKED


@pages.app_template_filter("money")
def money(amount: Decimal | Fraction | int, currency: str) -> str:
    """Format money: `$1,000,000`; a calculated amount is rounded to whole units."""
    exact = amount if isinstance(amount, Decimal) else Decimal(round(amount))
    return wording.format_figure(exact, Unit.MONEY, currency)


@pages.app_template_global()
def place_url(slug: str, place: str) -> str:
    """Return the address of the page that changes a place: `purpose/why-needed`, `accountabilities/<key>/questions/<key>`."""
    head, *parts = place.split("/")
    if head == "currency":
        return url_for("roles.change_currency", slug=slug)
    if head == CHECK:
        return url_for("roles.check_answers", slug=slug, _anchor="/".join(parts) or None)
    if head == PROMISES:
        return url_for("roles.confirm_promises", slug=slug)
    if head == TARGETS:
        return url_for("roles.edit_targets", slug=slug)
    if place == ACCOUNTABILITIES:
        return url_for("roles.list_accountabilities", slug=slug)
    return _accountability_url(slug, *parts) if head == ACCOUNTABILITIES else _page_url(slug, place)


@pages.app_template_global()
def row_of_place(place: str) -> str:
    """Return the name of the row of a target in the table of all targets."""
    return place.partition("/")[2].replace("/expectations/", "__")


@pages.app_template_global()
def finding_url(slug: str, finding: Finding) -> str:
    """Return the address where a finding is mended: a number in the table of targets, all else on its own page."""
    if finding.rule in NUMBER_RULES and "/expectations/" in finding.place:
        return url_for("roles.edit_targets", slug=slug, _anchor=row_of_place(finding.place))
    return place_url(slug, finding.place)


def _page_url(slug: str, place: str) -> str:
    steps, head = PATH.steps, place.partition("/")[0]
    step = steps.get(place) or steps.get(head) or steps.get(f"{head}/overall")
    return step_url(slug, step) if step else url_for("roles.show_draft", slug=slug)


def _accountability_url(slug: str, key: str, *path: str) -> str:
    if len(path) == 3:
        return url_for("roles.edit_exercise", slug=slug, key=key, item_key=path[1])
    if len(path) == 2:
        return url_for("roles.edit_item", slug=slug, key=key, what=path[0], item_key=path[1])
    if path and path[0] in ("outcome", "ownership", "supports"):
        return url_for("roles.edit_accountability", slug=slug, key=key, name=path[0])
    return url_for("roles.show_accountability", slug=slug, key=key) + (f"#{path[0]}" if path else "")


@pages.app_template_global()
def labelled_fields(value: object) -> list[tuple[str, Any]]:
    """Return the fields of a part of a role as labels and values, such as those of its purpose."""
    return [(each.label, getattr(value, each.name)) for each in FIELDS[type(value)]]


@pages.app_template_global()
def preview_kind(page: RolePage) -> str:
    """Return the kind of document to preview beside a page of the path: kit, exercise sheet or position description."""
    return {"question": "interview-kit", "exercise": "exercise-candidate"}.get(page.step.name, "position-description")


@pages.app_template_global()
def preview_words(page: RolePage, role: Role) -> str:
    """Return the words to find in the preview: a heading, or the first words of this outcome or question."""
    if not page.at.accountability or page.step.name in ("supports", "exercise"):
        return page.step.shows
    item = role.accountability(page.at.accountability)
    text = item.question(page.at.item).text if page.step.name == "question" else item.outcome
    return " ".join(text.split()[:4])


@pages.app_template_global()
def target_at(page: RolePage, role: Role) -> str:
    """Return the sentence of the expectation on this page, or an empty string on another page."""
    if page.step.name != "expectation":
        return ""
    expectation = role.accountability(page.at.accountability).expectation(page.at.item)
    return expectation_sentence(expectation, role.currency)


@pages.app_template_global()
def basis_at(page: RolePage, role: Role) -> Basis:
    """Return the basis of the number of the expectation on this page."""
    return role.accountability(page.at.accountability).expectation(page.at.item).basis


@pages.app_template_global()
def remarks_on(field: str, findings: Iterable[Finding]) -> list[str]:
    """Return the doubts of the review about the number in a field, with what helps."""
    rules = {"value": (PLAUSIBLE_NUMBER,), "maximum": (PLAUSIBLE_PAY,), "minutes": (TIME_FOR_EXERCISE,)}.get(field, ())
    return [f"{finding.reason} {finding.suggestion}" for finding in findings if finding.rule in rules]


@pages.app_template_global()
def date_remark(page: RolePage, role: Role) -> str:
    """Return the doubt about the due date of the expectation on this page, or an empty text."""
    expectation = role.accountability(page.at.accountability).expectation(page.at.item)
    return doubt_about_date(expectation.due, clock.today(zone()))


@pages.app_template_filter("group_findings")
def group_findings(findings: Iterable[Finding]) -> list[tuple[Finding, list[Finding]]]:
    """Group the findings of one rule with the same suggestion: the first one with the others."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.suggestion), []).append(finding)
    return [(first, others) for first, *others in groups.values()]


@pages.app_template_global()
def form_texts(form: RoleForm) -> list[tuple[str, str]]:
    """Return a form's values as texts, to compare them with another's."""
    names = [field.name for field in form if field.name not in ("op_id", "version", "tab", "csrf_token")]
    return examples.field_texts(form, {name: form[name].data for name in names})


@pages.app_template_global()
def may_read(kind: str, owner: int) -> bool:
    """Return whether the person may read a document of this kind of an owner's role."""
    return may(me(), Act.READ, Thing(kind, owner))


@pages.app_context_processor
def document_titles() -> dict[str, object]:
    """Provide every page of a signed-in person with the titles of the documents."""
    titles = {kind: each.title for kind, each in DOCUMENTS.items()}
    return {"document_titles": titles} if current_person_or_none() else {}
