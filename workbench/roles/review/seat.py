"""Rules about the seat as a whole: its answers, how much it owns, its pay, and its way of meeting the market."""

import re
from collections.abc import Iterator

from workbench.core.findings import Finding, Level
from workbench.core.text.currencies import is_currency
from workbench.core.text.words import count
from workbench.language.lint import check_title, find_threats
from workbench.metrics.model import Unit
from workbench.roles.currency.model import is_pay_held_back
from workbench.roles.expectations import metric_of
from workbench.roles.fields import PURPOSE
from workbench.roles.interviews.model import question_minutes
from workbench.roles.model import Expectation, Motion, Question, Role
from workbench.roles.review.phrases import format_remark
from workbench.roles.texts import place_of, texts

MIN_ACCOUNTABILITIES, MAX_ACCOUNTABILITIES = 3, 8
MAX_MINUTES, MAX_MINUTES_OF_ALL = 75, 90
TIME_SHARE, PAY_RANGE, KIT_TOO_LONG = "time share", "pay range", "kit too long"
ALL_TIME, MIN_TIME = 100, 60  # percent of the working time
MAX_PAY_SPREAD = 16, 10  # the widest pay range without a finding: maximum to minimum as 1.6
KEEPING = frozenset({"renewal_rate", "grr", "nrr", "logo_churn", "acct_growth", "penetration"})
COLD = frozenset({"prospecting_min", "calls", "connect_rate", "reply_rate", "target_coverage", "new_logos"})

_MONEY = re.compile(r"\b(?:revenue|bookings|profit|amount|contract value)\b", re.IGNORECASE)


def has_seat_name(role: Role) -> Iterator[Finding]:
    """Yield a finding for a role without a title."""
    if not role.title.strip():
        reason, suggestion = "The role has no title yet.", "Give it the title your market uses."
        yield Finding("title", Level.BLOCKING, "seat", reason, suggestion, "article 1: the position description")


def open_title(role: Role) -> Iterator[Finding]:
    """Yield a finding for a title that excludes some people."""
    for remark in check_title(role.title):
        source = "Directive (EU) 2023/970, article 5: gender-neutral titles"
        yield Finding("title wording", Level.ADVICE, "seat", format_remark(remark), remark.suggestion, source)


def five_answers(role: Role) -> Iterator[Finding]:
    """Yield a finding for each of the five purpose answers that is missing."""
    for answer in PURPOSE:
        if not getattr(role.purpose, answer.name).strip():
            reason = f"One of the five answers is missing: {answer.prompt}"
            suggestion = "Two or three plain sentences are enough; the library shows an example beside the box."
            source = "article 1: the five questions a role answers first"
            yield Finding("five answers", Level.BLOCKING, answer.page, reason, suggestion, source)


def how_many(role: Role) -> Iterator[Finding]:
    """Yield a finding for fewer than three or more than eight accountabilities."""
    number = len(role.accountabilities)
    if MIN_ACCOUNTABILITIES <= number <= MAX_ACCOUNTABILITIES:
        return
    reason = f"The role has {count(number, 'accountability', 'accountabilities')}; three to eight can be kept in mind."
    suggestion = (
        "Add what else this role alone owns."
        if number < MIN_ACCOUNTABILITIES
        else "Merge those that share a result, or move some to another role."
    )
    source = "article 1: key accountabilities; three to eight is common practice in role scorecards"
    yield Finding("three to eight accountabilities", Level.BLOCKING, "accountabilities", reason, suggestion, source)


def one_owner(role: Role) -> Iterator[Finding]:
    """Yield a finding for each accountability with the same function and scope as another."""
    owners: dict[tuple[str, str], str] = {}
    for item in role.accountabilities:
        remit = (_plain(item.function), _plain(item.scope))
        if remit[0] and remit in owners:
            reason = f"“{item.function.strip()}” is owned twice in this role; with two owners nobody owns it."
            suggestion = (
                f"Merge it with “{owners[remit]}”, or give each its own scope: a territory, a segment, a product."
            )
            place, source = place_of(item, "ownership"), "article 1: one owner for each function"
            yield Finding("one owner", Level.BLOCKING, place, reason, suggestion, source)
        owners.setdefault(remit, item.outcome.strip() or item.key)


def total_time(role: Role) -> Iterator[Finding]:
    """Yield a finding for time shares that sum to over 100 percent, or that leave much of the time without a name."""
    shares = [item.share for item in role.accountabilities if item.essential or item.share <= ALL_TIME]
    total = sum(shares)
    source = "29 CFR 1630.2(n): time spent is evidence of an essential function"
    if total > ALL_TIME:
        reason = f"The accountabilities take {total} % of the working time."
        suggestion = "Lower some shares until they sum to 100 %."
        yield Finding(TIME_SHARE, Level.BLOCKING, "accountabilities", reason, suggestion, source)
    elif len(shares) == len(role.accountabilities) >= MIN_ACCOUNTABILITIES and min(shares) > 0 and total < MIN_TIME:
        reason = f"The accountabilities take {total} % of the working time, and nothing says what the rest is for."
        suggestion = "Raise some shares until they sum to about 100 %, or add what is missing."
        yield Finding(TIME_SHARE, Level.ADVICE, "accountabilities", reason, suggestion, source)


def unique_keys(role: Role) -> Iterator[Finding]:
    """Yield a finding for each key that is used twice: ratings and targets refer to keys for ever."""
    seen: set[str] = set()
    for item in role.accountabilities:
        parts: tuple[Expectation | Question, ...] = (*item.expectations, *item.questions)
        for key, place in ((item.key, place_of(item)), *((part.key, place_of(item, part)) for part in parts)):
            if key in seen:
                reason = (
                    f"The key “{key}” is used twice, so a later rating or result would not show which one is meant."
                )
                suggestion = "Give this one a new key."
                yield Finding(
                    "own key", Level.BLOCKING, place, reason, suggestion, "article 1: one record feeds everything"
                )
            seen.add(key)


def pay_pair(role: Role) -> Iterator[Finding]:
    """Yield a finding for a pay range with one end, ends out of order, too wide a spread or an unknown currency."""
    low, high = role.pay.minimum, role.pay.maximum
    source = "Directive (EU) 2023/970, article 5; pay-range laws of CA, CO, NY, WA and others"
    if (low is None) != (high is None):
        missing = "minimum" if low is None else "maximum"
        reason, suggestion = f"The pay range has no {missing}.", "Give both ends, or leave both empty for now."
        yield Finding(PAY_RANGE, Level.BLOCKING, "pay", reason, suggestion, source)
    if low is not None and high is not None:
        yield from _pay_order(low, high, source)
    if not is_currency(role.currency):
        reason = f"“{role.currency}” is not a currency."
        yield Finding("currency", Level.BLOCKING, "currency", reason, "Choose one from the list.", "ISO 4217")


def _pay_order(low: int, high: int, source: str) -> Iterator[Finding]:
    if low < 0 or low > high:
        reason = "The minimum of the pay range is above its maximum." if low > high else "The pay range is below zero."
        yield Finding(PAY_RANGE, Level.BLOCKING, "pay", reason, "Check both ends.", source)
    elif high * MAX_PAY_SPREAD[1] > low * MAX_PAY_SPREAD[0]:
        reason = "The top of the pay range is over 1.6 times the bottom, so it tells a candidate little."
        suggestion = "Narrow it to what you would pay on the first day, or split the role by level."
        yield Finding("wide pay range", Level.ADVICE, "pay", reason, suggestion, source)


def pay_held_back(role: Role) -> Iterator[Finding]:
    """Yield a finding for pay that is held back without a word on when candidates get it."""
    if is_pay_held_back(role) and not role.pay.told_when.strip():
        reason = "Candidates do not see the pay range, and nothing says when they get it."
        suggestion = (
            "Release the range, or say when candidates get it, such as in the invitation to the first interview."
        )
        source = "Directive (EU) 2023/970, article 5, as most firms read it: before the interview; pay-range laws of US states"
        yield Finding("pay told", Level.ADVICE, "pay", reason, suggestion, source)


def motion_fits(role: Role) -> Iterator[Finding]:
    """Yield a finding for renewal targets of a hunter and cold targets of a farmer."""
    foreign = (
        {Motion.HUNTER: KEEPING, Motion.FARMER: COLD}.get(role.motion, frozenset()) if role.motion else frozenset()
    )
    for item, expectation in role.expectations():
        if expectation.metric in foreign:
            metric = metric_of(expectation)
            name = metric.name if metric else expectation.metric
            hunts = role.motion is Motion.HUNTER
            reason = f"“{name}” is a target for {'keeping customers, and this role wins new ones' if hunts else 'winning new customers, and this role keeps existing ones'}."
            suggestion = "Move it to the role that owns it, or change how this role meets the market."
            source = "article 4: farmers and hunters each own the targets that are theirs"
            yield Finding("motion", Level.ADVICE, place_of(item, expectation), reason, suggestion, source)


def money_metric(role: Role) -> Iterator[Finding]:
    """Yield a finding for a revenue seat without a metric in money or a share of it; supporting seats are exempt."""
    metrics = (metric_of(item) for _, item in role.expectations())
    counts_money = any(metric and (metric.unit is Unit.MONEY or _MONEY.search(metric.numerator)) for metric in metrics)
    if role.revenue is not False and role.motion is not Motion.SUPPORT and role.accountabilities and not counts_money:
        reason = "None of the metrics of this role counts money."
        suggestion = "Add bookings, revenue, sourced pipeline or gross profit to the accountability that leads to it, or say that the role does not contribute to revenue."
        source = "article 4: revenue and minimum gross profit"
        yield Finding("money metric", Level.ADVICE, "accountabilities", reason, suggestion, source)


def kit_length(role: Role) -> Iterator[Finding]:
    """Yield a finding for an interview that is too long to be scored well, or longer than any interview."""
    minutes = question_minutes(question for _, question in role.questions())
    suggestion = "Keep two questions for each accountability, or split the kit over two interviews."
    source = "OPM structured interview guide; Levashina and others 2014"
    if minutes > MAX_MINUTES_OF_ALL:
        reason = f"The questions take {minutes} minutes, and no interview lasts longer than {MAX_MINUTES_OF_ALL}."
        yield Finding(KIT_TOO_LONG, Level.ADVICE, "accountabilities", reason, suggestion, source)
    elif minutes > MAX_MINUTES:
        reason = f"The interview kit takes {minutes} minutes; after {MAX_MINUTES} the scores say little."
        yield Finding("kit length", Level.ADVICE, "accountabilities", reason, suggestion, source)


def hard_parts(role: Role) -> Iterator[Finding]:
    """Yield a finding for a role without hard parts."""
    if not any(part.strip() for part in role.hard_parts):
        reason = "The hard parts of the job are not described yet."
        suggestion = "Name three things that people leave over; candidates who know them beforehand stay longer."
        source = "Earnest, Allen and Landis 2011: a realistic preview works by its honesty"
        yield Finding("hard parts", Level.ADVICE, "hard-parts", reason, suggestion, source)


def growth_tone(role: Role) -> Iterator[Finding]:
    """Yield a finding for each threat or command in a free text, with a rewrite."""
    for place, text in texts(role):
        for remark in find_threats(text):
            source = "article 2: growth instead of domination"
            yield Finding("tone", Level.ADVICE, place, format_remark(remark), remark.suggestion, source)


def _plain(text: str) -> str:
    return " ".join(re.split(r"[\s\-_]+", text.casefold())).strip()
