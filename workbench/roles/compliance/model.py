"""What the law of a place asks of a role, and what of it is missing.

One file of `role_library/law/` is a `Jurisdiction`. A role names those that it is under (`Role.jurisdictions`); a state or a member
country brings the rules of what it is within along.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbench.core.text.translation import Translator, gettext_noop
from workbench.roles.model import Administration, ExemptStatus, Role


class LawKind(StrEnum):
    """What a rule is about."""

    PAY_LINE = "pay line"
    TITLE = "title"
    ADJUSTMENT = "adjustment"
    EQUAL_OPPORTUNITY = "equal opportunity"
    EXEMPT_STATUS = "exempt status"
    RETENTION = "retention"


@dataclass(frozen=True, slots=True)
class LawRule:
    """One rule: what it asks in a sentence, and its law and article.

    `shown` says by when candidates have to see the pay, `with_benefits` that they have to see the benefits too. A title has
    one of the `marks`, where there are any.
    """

    kind: LawKind
    asks: str
    law: str
    shown: str = ""
    with_benefits: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A country, a state or a union with its rules. `within` is the code of what it is a part of, `as_of` the day whose law it means."""

    name: str
    as_of: date
    rules: tuple[LawRule, ...]
    within: str = ""


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """A rule with the jurisdiction that it comes from."""

    jurisdiction: Jurisdiction
    rule: LawRule


# Printed in the brief, the advertisement and HR's annex of a role under a law with such a rule.
SENTENCES = {
    LawKind.ADJUSTMENT: gettext_noop(
        "If you need an adjustment for the interviews or for the work, tell us. It does not count against you."
    ),
    LawKind.EQUAL_OPPORTUNITY: gettext_noop(
        "We choose by what a person can do in this role. Age, disability, ethnic origin, skin colour, sex, gender identity, "
        "sexual orientation, religion and belief do not count."
    ),
}
_EXEMPT = {
    ExemptStatus.EXEMPT: gettext_noop("Exempt from overtime pay"),
    ExemptStatus.NON_EXEMPT: gettext_noop("Not exempt from overtime pay"),
}


def find_rules(role: Role, jurisdictions: Mapping[str, Jurisdiction]) -> tuple[AppliedRule, ...]:
    """Return the rules that a role is under, those of a union before those of its members; each jurisdiction once."""
    codes: dict[str, None] = {}
    for code in role.jurisdictions:
        if code in jurisdictions:
            within = jurisdictions[code].within
            codes |= {within: None, code: None} if within else {code: None}
    return tuple(AppliedRule(jurisdictions[code], rule) for code in codes for rule in jurisdictions[code].rules)


def find_missing(role: Role, rules: tuple[AppliedRule, ...]) -> Iterator[tuple[AppliedRule, str, str]]:
    """Yield each rule that a role does not meet, with the place where the gap is filled and the words for the gap."""
    for each in rules:
        kind = each.rule.kind
        if kind is LawKind.PAY_LINE and (what := _missing_pay(role, each.rule)):
            yield each, "pay", what
        if kind is LawKind.TITLE and each.rule.marks and not any(mark in role.title for mark in each.rule.marks):
            yield each, "seat", f"The title has no “{each.rule.marks[0]}”"
        if kind is LawKind.EXEMPT_STATUS and role.administration.exempt_status is None:
            yield each, "conditions", "Nothing says whether the position is exempt from overtime pay"


def _missing_pay(role: Role, rule: LawRule) -> str:
    pay = role.pay
    if None in (pay.minimum, pay.maximum):
        return "The role has no pay range"
    if not pay.released and not (pay.told_when and rule.shown == BEFORE_THE_INTERVIEW):
        return "The pay range is not shown to candidates"
    if rule.with_benefits and not (pay.benefits.strip() and pay.variable.strip()):
        return "Benefits and variable pay are not both given"
    return ""


BEFORE_THE_INTERVIEW = "before the interview"


def sentences(rules: tuple[AppliedRule, ...], translator: Translator) -> tuple[str, ...]:
    """Return the sentences for candidates that the rules ask for, each once."""
    kinds = {each.rule.kind for each in rules}
    return tuple(translator.gettext(text) for kind, text in SENTENCES.items() if kind in kinds)


def law_lines(rules: tuple[AppliedRule, ...], translator: Translator) -> tuple[tuple[str, str], ...]:
    """Return each rule for HR: the name of the jurisdiction, and the rule with law, article and day of its sources."""
    return tuple(
        (each.jurisdiction.name, f"{each.rule.asks} ({each.rule.law}; {translator.day(each.jurisdiction.as_of)})")
        for each in rules
    )


def administration_facts(value: Administration, translator: Translator) -> tuple[tuple[str, str], ...]:
    """Return what HR keeps about a position as labels and texts, without the empty ones."""
    gettext = translator.gettext
    exempt = gettext(_EXEMPT[value.exempt_status]) if value.exempt_status else ""
    headcount = str(value.headcount) if value.headcount is not None else ""
    facts = (
        (gettext("Job code"), value.job_code),
        (gettext("Grade"), value.grade),
        (gettext("Overtime"), exempt),
        (gettext("Headcount"), headcount),
        (gettext("Cost centre"), value.cost_centre),
    )
    return tuple((label, text) for label, text in facts if text)
