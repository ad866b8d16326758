"""The amounts of a role, and a change of its currency that converts them or keeps their figures."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from workbench.core.text.currencies import (
    CURRENCY_CODE,
    CURRENCY_SIGN,
    currency_signs,
    currency_symbol,
    from_minor,
    minor_digits,
    to_minor,
)
from workbench.core.text.number_style import ENGLISH_STYLE, NumberStyle, plain_number, write_number
from workbench.core.text.numbers import UnreadableNumber, read_number
from workbench.core.text.translation import ENGLISH, Translator
from workbench.metrics.model import Unit
from workbench.roles.expectations import metric_of
from workbench.roles.fields import FIELDS, FieldKind, RoleField, field_of
from workbench.roles.model import Basis, Expectation, Pay, Question, Role
from workbench.roles.texts import place_of

T = TypeVar("T")

_SIGN = f"{CURRENCY_SIGN}|{CURRENCY_CODE}"
_NUMBER = r"\d(?:[\d.,\u00a0\u202f]{0,20}\d)?"
# An amount in a text: a sign and a number, in either order.
AMOUNT = re.compile(
    rf"(?<![A-Za-z])(?P<before>{_SIGN})(?P<gap>\s?)(?P<first>{_NUMBER})"
    rf"|(?<![A-Za-z0-9])(?P<last>{_NUMBER})\s?(?P<after>{_SIGN})(?![A-Za-z])"
)
_TEXTS = (FieldKind.LINE, FieldKind.TEXT, FieldKind.LINES)
_MONEY_FIGURES = frozenset({"target", "deal", "base", "won"})  # of a planner's address


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of a role, or a text with one: its place, its name, how it is now and how a change leaves it."""

    place: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CurrencyChange:
    """A change of a role's currency.

    `rate` is the value of one unit of the old currency in the new one; without a rate every figure stays as it is.
    `style` is how the company writes the amounts in its texts.
    """

    old: str
    new: str
    rate: Decimal | None = None
    style: NumberStyle = ENGLISH_STYLE

    def amount(self, value: Decimal) -> Decimal:
        """Return an amount in the new currency: whole units where the old one was whole and the new one is 100 or more."""
        exact = value * self.rate if self.rate is not None else value
        whole = value == value.to_integral_value() and abs(exact) >= 100
        step = Decimal(1) if whole or self.rate is None else Decimal(1).scaleb(-minor_digits(self.new))
        return exact if self.rate is None else exact.quantize(step, ROUND_HALF_UP)

    def text(self, text: str) -> str:
        """Return a text with its amounts in the old currency changed; an amount with two meanings stays as it is."""
        signs = currency_signs(self.old)
        return AMOUNT.sub(lambda found: self._amount_in_text(found, signs), text)

    def _amount_in_text(self, found: re.Match[str], signs: frozenset[str]) -> str:
        if (found["before"] or found["after"]) not in signs:
            return found[0]
        digits = found["first"] or found["last"]
        if self.rate is not None:
            try:
                amount = self.amount(read_number(digits, style=self.style))
                # the cents of “$1.50”, but not of “$1.5k”
                places = 0 if found.string[found.end() :][:1].isalpha() else minor_digits(self.new)
                digits = write_number(amount, self.style, places)
            except UnreadableNumber:
                return found[0]
        symbol = currency_symbol(self.new)
        if found["after"]:
            return f"{digits}\u00a0{symbol}"
        return f"{symbol}\u00a0{digits}" if symbol[-1].isalpha() else f"{symbol}{digits}"

    def apply(self, role: Role) -> Role:
        """Return the role in the new currency: its pay, its targets with their plans, and the amounts in its texts."""
        samples = tuple(map(self.text, role.samples))
        changed = replace(role, currency=self.new, pay=self._pay(role.pay), samples=samples)
        items = tuple(
            replace(item, expectations=tuple(map(self._expectation, item.expectations)))
            for item in role.accountabilities
        )
        return _with_texts(replace(changed, accountabilities=items), self.text)

    def _pay(self, pay: Pay) -> Pay:
        return replace(pay, minimum=self._minor(pay.minimum), maximum=self._minor(pay.maximum))

    def _minor(self, minor: int | None) -> int | None:
        if minor is None:
            return None
        # a currency without cents takes no part of a unit
        amount = self.amount(from_minor(minor, self.old))
        return to_minor(amount.quantize(Decimal(1).scaleb(-minor_digits(self.new)), ROUND_HALF_UP), self.new)

    def _expectation(self, item: Expectation) -> Expectation:
        query = self._figures(item.planner_query) if item.planner_query else ""
        if not _is_money(item) or item.value is None:
            return replace(item, planner_query=query)
        # nobody has agreed to the amount in the new currency
        basis = Basis.PROPOSED if item.agreed else item.basis
        return replace(item, value=self.amount(item.value), basis=basis, planner_query=query)

    def _figures(self, query: str) -> str:
        """Return the address of a plan with its amounts changed, so that it still leads to the same targets."""
        pairs = parse_qsl(query)
        return urlencode([(name, self._figure(text) if name in _MONEY_FIGURES else text) for name, text in pairs])

    def _figure(self, text: str) -> str:
        try:
            return plain_number(self.amount(read_number(text, style=self.style)))
        except UnreadableNumber:
            return text


def is_pay_held_back(role: Role) -> bool:
    """Return whether the role has a pay range that candidates may not see."""
    return not role.pay.released and (role.pay.minimum, role.pay.maximum) != (None, None)


def format_pay_range(pay: Pay, currency: str, translator: Translator = ENGLISH) -> str:
    """Return the two ends of the pay: `$65,000 to $85,000`, with one end `from $65,000` or `up to $85,000`; empty without any."""
    low, high = (
        "" if end is None else translator.money(from_minor(end, currency), currency)
        for end in (pay.minimum, pay.maximum)
    )
    if low and high:
        return translator.gettext("{low} to {high}", low=low, high=high)
    if low:
        return translator.gettext("from {low}", low=low)
    return translator.gettext("up to {high}", high=high) if high else ""


def list_amounts(role: Role, change: CurrencyChange) -> tuple[Amount, ...]:
    """List every amount of a role in its own currency, and every text with one, with what a change makes of it."""
    return (*_pay_amounts(role, change), *_target_amounts(role, change), *_text_amounts(role, change))


def _pay_amounts(role: Role, change: CurrencyChange) -> Iterator[Amount]:
    changed = change.apply(role)
    for name in ("minimum", "maximum"):
        before, after = getattr(role.pay, name), getattr(changed.pay, name)
        if before is not None:
            now = ENGLISH.money(from_minor(before, role.currency), role.currency)
            then = ENGLISH.money(from_minor(after, change.new), change.new)
            yield Amount("pay", field_of(Pay, name).label, now, then)


def _target_amounts(role: Role, change: CurrencyChange) -> Iterator[Amount]:
    for item, expectation in role.expectations():
        metric = metric_of(expectation)
        if _is_money(expectation) and expectation.value is not None:
            now = ENGLISH.money(expectation.value, role.currency)
            then = ENGLISH.money(change.amount(expectation.value), change.new)
            yield Amount(place_of(item, expectation), metric.name if metric else "Target", now, then)


def _text_amounts(role: Role, change: CurrencyChange) -> Iterator[Amount]:
    signs = currency_signs(role.currency)
    for place, field, text in _texts(role):
        if any((found["before"] or found["after"]) in signs for found in AMOUNT.finditer(text)):
            label = field.prompt if field.label.isdecimal() else field.label
            yield Amount(place, label, text, change.text(text))


def _is_money(expectation: Expectation) -> bool:
    metric = metric_of(expectation)
    return (metric.unit if metric else expectation.unit) is Unit.MONEY


def _texts(role: Role) -> Iterator[tuple[str, RoleField, str]]:
    """Yield every free text of a role with the place where it is written and its field."""
    for value in (role, role.purpose, *role.duties, *role.qualifications, *role.neighbours, role.pay, role.conditions):
        yield from ((field.page, field, text) for field, text in _own_texts(value))
    for item in role.accountabilities:
        for value in (item, item.supports):
            yield from ((place_of(item, field.page), field, text) for field, text in _own_texts(value))
        parts: tuple[Expectation | Question, ...] = (*item.expectations, *item.questions)
        for part in parts:
            anchors = (part.anchors,) if isinstance(part, Question) else ()
            for value in (part, *anchors):
                yield from ((place_of(item, part), field, text) for field, text in _own_texts(value))
        for question in item.questions:
            place = f"{place_of(item, question)}/exercise"
            yield from (
                (place, field, line) for field, text in _own_texts(question.exercise) for line in text.splitlines()
            )


def _own_texts(value: object) -> Iterator[tuple[RoleField, str]]:
    for field in _text_fields(value):
        content = getattr(value, field.name)
        yield from ((field, text) for text in ((content,) if isinstance(content, str) else content))


def _text_fields(value: object) -> Iterator[RoleField]:
    """Yield the fields of a value with words that people write; the address of a plan is not one."""
    return (each for each in FIELDS[type(value)] if each.kind in _TEXTS and each.name != "planner_query")


def _with_texts(value: T, write: Callable[[str], str]) -> T:
    """Return a part of a role with each of its texts written anew, and those of the parts in it."""
    changed: dict[str, Any] = {}
    for field in _text_fields(value):
        content = getattr(value, field.name)
        changed[field.name] = write(content) if isinstance(content, str) else tuple(map(write, content))
    for field in FIELDS[type(value)]:
        content = getattr(value, field.name)
        if field.kind is FieldKind.PARTS:
            changed[field.name] = tuple(_with_texts(part, write) for part in content)
        elif field.kind is FieldKind.PART and type(content) in FIELDS:
            changed[field.name] = _with_texts(content, write)
    return replace(value, **changed)  # type: ignore[type-var]
