"""What the templates of this capability may call: addresses of places, sentences, and money in words."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from flask import url_for

from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.web import current_person_or_none, me
from workbench.metrics import wording
from workbench.metrics.model import Unit
from workbench.roles.blueprint import pages
from workbench.roles.documents import printing
from workbench.roles.expectations import expectation_sentence, metric_of
from workbench.roles.model import Role
from workbench.roles.path import examples
from workbench.roles.path.forms import StepForm
from workbench.roles.path.steps import STEPS
from workbench.roles.path.views import Page, step_url
from workbench.roles.review.rules import Finding

pages.add_app_template_global(expectation_sentence, "expectation_sentence")
pages.add_app_template_global(step_url, "step_url")
pages.add_app_template_global(metric_of, "metric_of")


@pages.app_template_filter("money")
def money(amount: Decimal | Fraction | int, currency: str) -> str:
    """Say money: `$1,000,000`; what was worked out is rounded to whole units."""
    said = amount if isinstance(amount, Decimal) else Decimal(round(amount))
    return wording.format_figure(said, Unit.MONEY, currency)


@pages.app_template_global()
def place_url(slug: str, place: str) -> str:
    """Give the page on which a place of the role is changed: `purpose/need`, `accountabilities/<key>/questions/<key>`."""
    head, *rest = place.split("/")
    if head != "accountabilities":
        step = STEPS.get(place) or STEPS.get(head) or STEPS.get(f"{head}/overall")
        return step_url(slug, step) if step else url_for("roles.show_draft", slug=slug)
    if not rest:
        return url_for("roles.list_accountabilities", slug=slug)
    key, *inside = rest
    if len(inside) == 2:
        return url_for("roles.edit_item", slug=slug, key=key, what=inside[0], item_key=inside[1])
    if inside and inside[0] in ("outcome", "ownership", "supports"):
        return url_for("roles.edit_accountability", slug=slug, key=key, name=inside[0])
    return url_for("roles.show_accountability", slug=slug, key=key) + (f"#{inside[0]}" if inside else "")


@pages.app_template_global()
def preview_kind(page: Page) -> str:
    """Say which paper shows what a page of the path is about: questions stand in the kit, all else in the description."""
    return "interview-kit" if page.step.name == "question" else "position-description"


@pages.app_template_global()
def preview_words(page: Page, role: Role) -> str:
    """Give the words to look for on paper: a heading, or the first words of the outcome or question at hand."""
    if not page.at.accountability or page.step.name == "supports":
        return page.step.shows
    item = role.accountability(page.at.accountability)
    asked = [question.text for question in item.questions if question.key == page.at.item]
    return " ".join((asked[0] if asked else item.outcome).split()[:4])


@pages.app_template_global()
def target_at(page: Page, role: Role) -> str:
    """Say the expectation at hand as its sentence; nothing on a page that is about something else."""
    if page.step.name != "expectation":
        return ""
    parts = role.accountability(page.at.accountability).expectations
    return next((expectation_sentence(e, role.currency) for e in parts if e.key == page.at.item), "")


@pages.app_template_filter("grouped")
def grouped(findings: Iterable[Finding]) -> list[tuple[Finding, list[Finding]]]:
    """Put findings of one rule that ask for the same together: the first with those that are like it."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.suggestion), []).append(finding)
    return [(first, rest) for first, *rest in groups.values()]


@pages.app_template_global()
def stale_words(form: StepForm) -> list[tuple[str, str]]:
    """Put a form's values into words, to stand beside another's."""
    names = [field.name for field in form if field.name not in ("op_id", "version", "tab", "csrf_token")]
    return examples.words(form, {name: form[name].data for name in names})


@pages.app_template_global()
def may_read(kind: str, owner: int) -> bool:
    """Say whether the person may read a paper of this kind of somebody's edition."""
    return may(me(), Act.READ, Thing(kind, owner))


@pages.app_context_processor
def paper_titles() -> dict[str, object]:
    """Name the papers on every page of somebody who is signed in."""
    return {"document_titles": printing.TITLES} if current_person_or_none() else {}
