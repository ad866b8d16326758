"""The promises of a role, and which of them are samples of the library that are not confirmed.

A promise is a sample as long as its text is in `Role.samples`: a person who writes other words has promised them, and a person
who confirms the words takes them out of the samples.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from workbench.core.text.translation import Translator
from workbench.roles.model import Accountability, Pay, Role
from workbench.roles.texts import place_of

PROMISES = "promises"  # the place of the page with all of them
# The fields of a role in which the company promises something, by the names of the inputs on their pages.
PROMISE_FIELDS = frozenset({"we_will", "rewards", "variable", "benefits"})


@dataclass(frozen=True, slots=True)
class CompanyPromise:
    """One thing that the company promises, with its place and the name of its field."""

    place: str
    field: str
    text: str


def promises(role: Role) -> Iterator[CompanyPromise]:
    """Yield each promise of a role: what the company does for a target, how it rewards, variable pay and benefits."""
    for item in role.accountabilities:
        for expectation in item.expectations:
            yield CompanyPromise(place_of(item, expectation), "we_will", expectation.we_will)
        yield from (CompanyPromise(place_of(item, "supports"), "rewards", line) for line in item.supports.rewards)
    yield CompanyPromise("pay", "variable", role.pay.variable)
    yield CompanyPromise("pay", "benefits", role.pay.benefits)


def unconfirmed(role: Role) -> tuple[CompanyPromise, ...]:
    """Return the promises that came from the library and are not confirmed."""
    return tuple(each for each in promises(role) if is_sample(role, each.text))


def is_sample(role: Role, text: str) -> bool:
    """Return whether a text is a sample of the library that is not confirmed."""
    return plain(text) in role.samples


def plain(text: str) -> str:
    """Return a text with one space between its words, as samples are compared."""
    return " ".join(text.split())


def promised_texts(role: Role) -> tuple[str, ...]:
    """Return the text of each promise once, in the order of the role, without empty ones."""
    texts = (plain(each.text) for each in promises(role))
    return tuple(dict.fromkeys(text for text in texts if text))


def with_samples(role: Role) -> Role:
    """Return a role of the library, all of whose promises are samples."""
    return replace(role, samples=promised_texts(role))


def keep_samples(before: Role, after: Role, library_texts: Callable[[], frozenset[str]]) -> Role:
    """Return a changed role with its samples as they are now.

    A promise that the change brings in is a sample where its text is in the library, however it came in; a sample that is
    promised no more is left out. `library_texts` is called only where the change brings in a promise.
    """
    old, now = set(promised_texts(before)), promised_texts(after)
    added = {text for text in now if text not in old}
    known = added & library_texts() if added else set()
    present = {plain(text) for text in after.samples}
    samples = tuple(text for text in now if text in present or text in known)
    return after if samples == after.samples else replace(after, samples=samples)


def confirm(role: Role, texts: Iterable[str] | None = None) -> Role:
    """Return the role with these texts confirmed, or with all of its promises."""
    confirmed = set(role.samples) if texts is None else {plain(text) for text in texts}
    return replace(role, samples=tuple(text for text in role.samples if text not in confirmed))


def for_candidates(role: Role) -> Role:
    """Return the role as a candidate reads it: without pay that is not released and without samples."""
    return without_samples(role.without_unreleased_pay())


def without_samples(role: Role) -> Role:
    """Return the role with its confirmed promises only."""
    return replace(_with_promises(role, lambda _: ""), samples=()) if role.samples else role


def with_marks(role: Role, translator: Translator) -> Role:
    """Return the role with a mark behind each promise that is not confirmed."""
    return _with_promises(role, lambda text: mark(text, translator)) if role.samples else role


def mark(text: str, translator: Translator) -> str:
    """Return a promise with the mark of a sample: `We coach one call each week. (not confirmed)`."""
    return translator.gettext("{promise} (not confirmed)", promise=text.strip())


def _with_promises(role: Role, write: Callable[[str], str]) -> Role:
    def written(text: str) -> str:
        return write(text) if is_sample(role, text) else text

    def of(item: Accountability) -> Accountability:
        expectations = tuple(replace(each, we_will=written(each.we_will)) for each in item.expectations)
        rewards = tuple(line for line in map(written, item.supports.rewards) if line)
        return replace(item, expectations=expectations, supports=replace(item.supports, rewards=rewards))

    pay: Pay = replace(role.pay, variable=written(role.pay.variable), benefits=written(role.pay.benefits))
    return replace(role, accountabilities=tuple(map(of, role.accountabilities)), pay=pay)
