"""The card names what stands between a draft and an honest edition, and never says finished of what is not."""

from dataclasses import replace

from tests.support import make
from workbench.roles.library import library
from workbench.roles.model import Pay, Purpose, Role, Supports
from workbench.roles.progress.gaps import Readiness, find_readiness
from workbench.roles.progress.model import parts_of
from workbench.roles.review.rules import review

READY = library()["account-executive-mid-market"]


def readiness(role: Role) -> Readiness:
    return find_readiness(parts_of(role, {}), review(role))


def words(role: Role) -> list[str]:
    return [gap.words for gap in readiness(role).gaps]


def test_a_blank_role_has_a_first_step_and_no_faults():
    found = readiness(Role("Closer"))
    assert (found.headline, found.gaps, found.stops) == ("Nothing is written yet", (), 0)


def test_a_role_of_the_library_can_be_published_and_is_not_finished():
    found = readiness(READY)
    assert found.stops == 0
    assert found.headline == "It can be published, and 4 points would still be open"
    assert words(READY) == [
        "15 numbers are not agreed",
        "27 promises nobody has confirmed",
        "The pay range is empty",
        "17 parts are from the library, not yet yours",
    ]


def test_what_stops_an_edition_comes_first_and_leads_to_its_place():
    role = make.role(purpose=replace(make.role().purpose, why_needed=""))
    found = readiness(role)
    assert found.stops == 1
    assert found.headline == "1 thing to close before you publish"
    assert (found.gaps[0].place, found.gaps[0].stops) == ("purpose/why-needed", True)
    assert [gap.stops for gap in found.gaps[1:]] == [False] * len(found.gaps[1:])


def test_many_gaps_share_a_line():
    found = readiness(make.role(purpose=Purpose(), title=""))
    assert found.stops == 6
    assert [gap.words for gap in found.gaps if gap.stops][3:] == ["3 more gaps like these"]


def test_missing_supports_and_remarks_are_counted():
    role = make.role(summary="Or else.", pay=Pay(60_000_00, 70_000_00, released=True))
    role = role.with_accountability(replace(role.accountabilities[0], supports=Supports()))
    assert words(role) == ["1 accountability does not say what helps a person achieve it", "1 remark on the text"]


def test_a_role_with_nothing_open_says_so():
    found = readiness(make.role(pay=Pay(60_000_00, 70_000_00, released=True)))
    assert (found.gaps, found.headline) == ((), "Every part is yours and every number is agreed")
