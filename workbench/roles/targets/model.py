"""Compare the numbers of a role with each other, and say where they do not fit, with the number that would."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from workbench.language.phrases import tokenize
from workbench.metrics.model import Period, Unit
from workbench.metrics.planning.funnel import round_up
from workbench.metrics.wording import format_figure
from workbench.roles.expectations import metric_of
from workbench.roles.model import Accountability, Comparator, Expectation, Role
from workbench.roles.texts import place_of

# Weeks of five working days, holidays not counted: a remark is made only where numbers are clearly apart.
_IN_A_YEAR = {Period.DAY: 260, Period.WEEK: 52, Period.MONTH: 12, Period.QUARTER: 4, Period.YEAR: 1}
# Contracts, and the pipeline that they come from.
_CONTRACTS_FROM_PIPELINE = (
    (("sourced_bookings", "partner_bookings"), ("pipeline_created", "pipeline_sourced")),
    (("bookings",), ("pipeline_created",)),
)
_SHORTEST_CONTENT_WORD = 5  # shorter ones are mostly "with", "from", "that"
TOLERANCE = Fraction(1, 10)  # of the number that follows; below that, rounding explains the difference


@dataclass(frozen=True, slots=True)
class Cure:
    """A number that would fit: the place of the target that takes it, the number, and the words of its button."""

    place: str
    value: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class NumberRemark:
    """Two or more targets of a role that do not fit together: where it is shown, the sum in words, and the cures."""

    place: str
    text: str
    cures: tuple[Cure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Number:
    """A target with a number, as the checks read it."""

    place: str
    expectation: Expectation
    name: str
    currency: str
    scope: str

    @property
    def value(self) -> Fraction:
        return Fraction(self.expectation.value or 0)

    @property
    def yearly(self) -> Fraction | None:
        """Return the number for a year, or None where it has no period."""
        period = self.expectation.period
        return self.value * _IN_A_YEAR[period] if period else None

    @property
    def words(self) -> str:
        """Return the number with its period: `$250,000 a quarter`."""
        return self.write(self.value)

    def write(self, value: Fraction) -> str:
        """Return another number in the unit and the period of this one."""
        text = self.figure(value)
        period = self.expectation.period
        return f"{text} a {period.value}" if period else text

    def figure(self, value: Fraction) -> str:
        """Return a number in the unit of this one."""
        unit = self.expectation.unit or Unit.COUNT
        return format_figure(Decimal(round_up(value)) if unit is Unit.COUNT else _short(value), unit, self.currency)

    def about(self, value: Fraction) -> str:
        """Return another number in the unit of this one, a count with at most one decimal place."""
        return self.figure(value) if self.expectation.unit is Unit.MONEY else _about(value)

    def cure(self, value: Fraction) -> Cure:
        """Return the cure that writes a number here, rounded up."""
        return Cure(self.place, Decimal(round_up(value)), f"Write {self.figure(Fraction(round_up(value)))}")


def find_remarks(role: Role) -> tuple[NumberRemark, ...]:
    """Return the remarks about numbers of a role that do not fit together, in the order of the checks."""
    every = [_number(role, item, each) for item, each in role.expectations() if each.value is not None]
    numbers = [each for each in every if _is_read(each.expectation)]
    return (
        *_result_and_customers(numbers),
        *_work_and_customers(numbers),
        *_pipeline_and_bookings(numbers),
        *_same_metric(numbers),
        *_same_period(every),
    )


def _is_read(expectation: Expectation) -> bool:
    """Return whether the checks read a target: it has a number above zero that is at least to be reached."""
    return expectation.value is not None and expectation.value > 0 and expectation.comparator is not Comparator.AT_MOST


def _number(role: Role, item: Accountability, expectation: Expectation) -> _Number:
    metric = metric_of(expectation)
    return _Number(
        place_of(item, expectation), expectation, metric.name if metric else "", role.currency, item.scope or item.key
    )


def _first(numbers: list[_Number], *codes: str) -> _Number | None:
    """Return the first target on one of these metrics, the first code first."""
    return next((each for code in codes for each in numbers if each.expectation.metric == code), None)


def _result_and_customers(numbers: list[_Number]) -> Iterator[NumberRemark]:
    """Yield a remark where bookings, deal size and new customers do not fit: bookings are deals times their size."""
    bookings, deal = _first(numbers, "bookings"), _first(numbers, "avg_deal", "acv")
    customers = _first(numbers, "new_logos")
    if not (bookings and deal and customers and bookings.yearly and customers.yearly):
        return
    period = customers.expectation.period
    follows = bookings.yearly / deal.value / (_IN_A_YEAR[period] if period else 1)
    if _is_apart(customers.value, follows, counted=True):
        size = customers.yearly * deal.value / (bookings.yearly / bookings.value)
        yield NumberRemark(
            customers.place,
            f"{bookings.words} at {deal.figure(deal.value)} a deal is {customers.write(follows)}, not {customers.figure(customers.value)}. "
            f"Compared: {bookings.name}, {deal.name}, {customers.name}.",
            (customers.cure(follows), bookings.cure(size)),
        )


def _work_and_customers(numbers: list[_Number]) -> Iterator[NumberRemark]:
    """Yield a remark where the work times its rates gives too few customers: meetings, opportunities, deals.

    A number that a qualifier narrows, such as opportunities over $100,000, is only a part of the work and is not compared.
    """
    customers = _first(numbers, "new_logos")
    whole = [each for each in numbers if not each.expectation.qualifier.strip()]
    win_rate, meeting_rate = _first(whole, "win_rate_n"), _first(whole, "mtg_to_opp")
    work, meetings = _first(whole, "opps_created", "opps_sourced"), _first(whole, "meetings_held")
    if customers and win_rate and work:
        yield from _chain(customers, work, (win_rate,))
    if meetings and meeting_rate and work:
        yield from _chain(work, meetings, (meeting_rate,))
    elif meetings and meeting_rate and win_rate and customers:
        yield from _chain(customers, meetings, (meeting_rate, win_rate))


def _pipeline_and_bookings(numbers: list[_Number]) -> Iterator[NumberRemark]:
    """Yield a remark where pipeline times its win rate gives less than the contracts that are to come from it.

    Pipeline that a qualifier narrows is compared only with contracts, and a rate only with pipeline, that speak of the
    same: "with marketing as first touch" of both, "brought by partners" of contracts through partners.
    """
    for results, sources in _CONTRACTS_FROM_PIPELINE:
        result, work = _first(numbers, *results), _first(numbers, *sources)
        if not (result and work and _is_part_of(work, result)):
            continue
        rates = [each for each in numbers if _is_part_of(each, work)]
        if rate := _first(rates, "win_rate_v", "win_rate_n"):
            yield from _chain(result, work, (rate,))


def _is_part_of(part: _Number, whole: _Number) -> bool:
    """Return whether a number counts the same as another: no qualifier narrows it, or one of its words is in the other's."""
    narrowed = _content_words(part.expectation.qualifier)
    return not narrowed or bool(narrowed & _content_words(f"{whole.name} {whole.expectation.qualifier}"))


def _content_words(text: str) -> set[str]:
    """Return the words of a text that carry its meaning, without the s of a plural."""
    words = (token.text.rstrip("s") for token in tokenize(text))
    return {word for word in words if len(word) >= _SHORTEST_CONTENT_WORD}


def _chain(result: _Number, work: _Number, rates: tuple[_Number, ...]) -> Iterator[NumberRemark]:
    """Yield a remark where work times its rates gives less than the result that is expected."""
    share = Fraction(1)
    for rate in rates:
        share *= rate.value / 100
    if not (share and result.yearly and work.yearly):
        return
    if work.yearly * share >= result.yearly * (1 - TOLERANCE):
        return
    period = result.expectation.period
    gives = work.yearly * share / (_IN_A_YEAR[period] if period else 1)
    needed = result.yearly / share / (work.yearly / work.value)
    steps = " × ".join([work.words, *(rate.figure(rate.value) for rate in rates)])
    names = ", ".join(each.name for each in (work, *rates, result))
    yield NumberRemark(
        work.place,
        f"{steps} is {result.about(gives)} a {period.value if period else 'year'}, less than the {result.words} of “{result.name}”. "
        f"Compared: {names}.",
        (work.cure(needed),),
    )


def _same_metric(numbers: list[_Number]) -> Iterator[NumberRemark]:
    """Yield a remark where one metric that adds up has two totals for the same thing, such as a month and a quarter."""
    seen: dict[tuple[str, str], _Number] = {}
    for each in numbers:
        metric = metric_of(each.expectation)
        if metric is None or not metric.additive or each.yearly is None:
            continue
        first = seen.setdefault((metric.code, each.expectation.qualifier.strip()), each)
        if first is each or first.expectation.period is each.expectation.period or first.yearly is None:
            continue
        period = each.expectation.period
        follows = first.yearly / (_IN_A_YEAR[period] if period else 1)
        if _is_apart(each.value, follows, counted=each.expectation.unit is Unit.COUNT):
            yield NumberRemark(
                each.place,
                f"{first.words} is {each.write(follows)}, not {each.figure(each.value)}. Compared: two targets of “{each.name}”.",
                (each.cure(follows),),
            )


def _same_period(numbers: list[_Number]) -> Iterator[NumberRemark]:
    """Yield a remark where one metric has two targets for the same thing in the same period that differ.

    Accountabilities with different scopes, such as two territories, may well have different targets.
    """
    seen: dict[tuple[object, ...], _Number] = {}
    for each in numbers:
        target = each.expectation
        qualifier = " ".join(target.qualifier.split()).lower()
        same = (each.scope, qualifier, target.metric, target.comparator, target.period, target.due)
        first = seen.setdefault(same, each)
        if first.value != each.value:
            yield NumberRemark(
                each.place,
                f"“{each.name}” is {first.words} in one target and {each.words} in another, for the same thing. Keep one of them.",
                (each.cure(first.value), first.cure(each.value)),
            )


def _is_apart(value: Fraction, follows: Fraction, *, counted: bool) -> bool:
    """Return whether two numbers differ by more than rounding: a tenth, and for things that are counted also one."""
    difference = abs(value - follows)
    return difference > follows * TOLERANCE and (not counted or difference >= 1)


def _short(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01")).normalize()


def _about(value: Fraction) -> str:
    """Return a count with at most one decimal place."""
    tenths = Decimal(round(value * 10)) / 10
    return format(tenths.normalize(), "f") if tenths % 1 else str(int(tenths))
