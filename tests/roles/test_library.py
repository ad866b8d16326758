"""The library of roles: every file meets the standard, and every way of falling short is named with its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from workbench.core.shape import InvalidData, canonical_json, structure
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Timing
from workbench.places import data_dir
from workbench.roles import library
from workbench.roles.fields import PURPOSE, SUPPORTS
from workbench.roles.files.model import read_role
from workbench.roles.model import Motion, QuestionKind, Role
from workbench.roles.promises.rules import SAMPLE_PROMISE
from workbench.roles.review.rules import review

FILES = library.files()
NAMES = [path.stem for path in FILES]
SAMPLE = data_dir("role_library") / "account-executive-mid-market.toml"
RENEWING = {"renewal_rate", "grr", "nrr", "logo_churn", "acct_growth"}
COLD = {"calls", "emails", "prospecting_min", "target_coverage", "new_logos"}


def planted(**changes: Any) -> Role:
    """Return the sample role with changes put in by path: `planted(**{"accountabilities.0.share": 0})`."""
    data: Any = json.loads(canonical_json(read_role(SAMPLE)))
    for path, value in changes.items():
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        place: Any = data
        for part in way:
            place = place[part]
        place[last] = value
    return structure(Role, data)


def describe_role(role: Role) -> list[tuple[str, str]]:
    """Return path and message of each fault of a role."""
    return [(fault.path, fault.message) for fault in library.faults(role, catalogue())]


def test_the_library_holds_the_twelve_roles_in_order():
    assert tuple(library.library()) == library.ORDER


def test_a_role_is_found_by_the_name_of_its_file():
    assert library.find("account-manager").title == "Account Manager"


def test_an_unknown_role_is_not_found():
    with pytest.raises(KeyError):
        library.find("astronaut")


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_library_file_meets_the_standard(path: Path):
    assert library.check([path]) == ()


def test_the_whole_library_with_its_catalogue_meets_the_standard():
    assert library.check() == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_library_role_is_told_in_full(name: str):
    role = library.find(name)
    assert 6 <= len(role.duties) <= 12
    assert any(duty.essential for duty in role.duties)
    assert {item.required for item in role.qualifications} == {True, False}
    assert len(role.hard_parts) >= 4
    assert 3 <= len(role.neighbours) <= 6
    assert (role.pay.minimum, role.pay.maximum) == (None, None)
    assert role.conditions.place
    assert role.conditions.hours
    assert role.conditions.travel


@pytest.mark.parametrize("name", NAMES)
def test_the_review_of_a_library_role_finds_only_placeholders_and_samples(name: str):
    assert {finding.rule for finding in review(library.find(name))} == {"placeholder", SAMPLE_PROMISE}


@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_written_twice_in_a_role(name: str):
    role = library.find(name)
    message = [
        line
        for item in role.accountabilities
        for line in (
            *(line for each in SUPPORTS for line in getattr(item.supports, each.name)),
            *(part.we_will for part in item.expectations),
            *(question.text for question in item.questions),
        )
    ]
    assert len(message) == len(set(message))


@pytest.mark.parametrize("name", NAMES)
def test_an_accountability_is_asked_about_in_the_past_and_in_a_case(name: str):
    for item in library.find(name).accountabilities:
        kinds = {question.kind for question in item.questions}
        assert QuestionKind.BEHAVIOURAL in kinds
        assert kinds & {QuestionKind.SITUATIONAL, QuestionKind.EXERCISE}


@pytest.mark.parametrize("name", NAMES)
def test_a_hunter_renews_nothing_and_a_farmer_opens_nobody(name: str):
    role = library.find(name)
    codes = {expectation.metric for _, expectation in role.expectations()}
    if role.motion is Motion.HUNTER:
        assert not codes & RENEWING
    if role.motion is Motion.FARMER:
        assert not codes & COLD


def test_no_two_seats_own_the_same_function_in_the_same_scope():
    owned = [(item.function, item.scope) for role in library.library().values() for item in role.accountabilities]
    assert len(owned) == len(set(owned))


def test_seats_of_the_library_share_functions_so_that_a_clash_can_be_seen():
    owners: dict[str, set[str]] = {}
    for name, role in library.library().items():
        for item in role.accountabilities:
            owners.setdefault(item.function, set()).add(name)
    for function in ("new-logo-acquisition", "pipeline-generation", "renewals", "forecast"):
        assert len(owners[function]) >= 2


PLANTED = [
    ({"title": ""}, "title", "this is empty"),
    ({"purpose.why_needed": " "}, "purpose.why_needed", "this is empty"),
    ({"pay.variable": ""}, "pay.variable", "this is empty"),
    ({"hard_parts": ["One."]}, "hard_parts", "at least 3 are needed, found 1"),
    ({"accountabilities.1.outcome": ""}, "accountabilities[1].outcome", "this is empty"),
    ({"accountabilities.1.reason": ""}, "accountabilities[1].reason", "this is empty"),
    ({"accountabilities.1.share": 0}, "accountabilities[1].share", "a share of time is 1 to 100 %, found 0"),
    ({"accountabilities.1.share": 60}, "accountabilities", "essential shares of time sum to 140 %, over 100 %"),
    (
        {"accountabilities.1.function": "Pipeline Generation"},
        "accountabilities[1].function",
        "a function is small words joined by hyphens, found “Pipeline Generation”",
    ),
    (
        {"accountabilities.1.function": "new-logo-acquisition"},
        "accountabilities[1].function",
        "accountabilities[0] owns the same",
    ),
    (
        {"accountabilities.1.supports.rewards": []},
        "accountabilities[1].supports.rewards",
        "at least one line is needed",
    ),
    (
        {"accountabilities.1.key": "new-customers"},
        "accountabilities[1].key",
        "the key “new-customers” is taken by accountabilities[0].key",
    ),
    (
        {"accountabilities.1.questions.0.key": "Q 1"},
        "accountabilities[1].questions[0].key",
        "a key is 3 to 24 small letters, digits and hyphens, found “Q 1”",
    ),
    (
        {"accountabilities.0.expectations.0.metric": "cals"},
        "accountabilities[0].expectations[0].metric",
        "the catalogue has no metric “cals”",
    ),
    (
        {"accountabilities.0.expectations.0.unit": "percent"},
        "accountabilities[0].expectations[0].unit",
        "opps_created is counted in count, found percent",
    ),
    ({"accountabilities.0.expectations.0.source": ""}, "accountabilities[0].expectations[0].source", "this is empty"),
    (
        {"accountabilities.0.expectations.0.basis": "agreed"},
        "accountabilities[0].expectations[0].basis",
        "a value of the library is a placeholder, found “agreed”",
    ),
    (
        {"accountabilities.0.questions.1.anchors.three": ""},
        "accountabilities[0].questions[1].anchors.three",
        "this is empty",
    ),
    (
        {"accountabilities.0.questions.1.probes": []},
        "accountabilities[0].questions[1].probes",
        "at least one line is needed",
    ),
    ({"accountabilities.0.questions.2.minutes": 21}, "accountabilities", "the questions take 71 minutes, over 70"),
    (
        {"accountabilities.0.questions.1.minutes": 0},
        "accountabilities[0].questions[1].minutes",
        "a question takes a minute or longer, found 0",
    ),
    ({"accountabilities.0.questions.2.kind": "situational"}, "accountabilities", "no question is an exercise"),
]


@pytest.mark.parametrize(
    ("changes", "path", "message"), PLANTED, ids=[f"{path}: {message}" for _, path, message in PLANTED]
)
def test_a_planted_fault_is_the_one_that_is_named(changes: dict[str, Any], path: str, message: str):
    assert describe_role(planted(**changes)) == [(path, message)]


@pytest.mark.parametrize("timing", Timing)
def test_an_accountability_without_a_leading_or_a_lagging_metric_is_named(timing: Timing):
    data: Any = json.loads(canonical_json(read_role(SAMPLE)))
    kept = [
        part for part in data["accountabilities"][2]["expectations"] if catalogue()[part["metric"]].timing != timing
    ]
    data["accountabilities"][2]["expectations"] = kept
    assert describe_role(structure(Role, data)) == [
        ("accountabilities[2].expectations", f"no {timing} metric among them")
    ]


def test_too_few_accountabilities_and_questions_are_named():
    items = json.loads(canonical_json(read_role(SAMPLE)))["accountabilities"][:3]
    items[2]["questions"].pop()
    assert describe_role(planted(accountabilities=items)) == [
        ("accountabilities", "a library role has 4 to 6 of them, found 3"),
        ("accountabilities[2].questions", "at least 2 questions, found 1"),
    ]


def test_an_empty_role_is_told_everything_that_it_lacks():
    paths = [path for path, _ in describe_role(Role(title="Seller"))]
    assert {"summary", "department", "reports_to", "motion", "accountabilities", "hard_parts"} <= set(paths)
    assert {f"purpose.{each.name}" for each in PURPOSE} <= set(paths)


def test_an_expectation_without_value_period_and_unit_has_three_faults():
    data: Any = json.loads(canonical_json(read_role(SAMPLE)))
    for field in ("value", "period", "unit"):
        del data["accountabilities"][3]["expectations"][1][field]
    place = "accountabilities[3].expectations[1]"
    assert describe_role(structure(Role, data)) == [
        (f"{place}.value", "this is missing"),
        (f"{place}.period", "a period or a due date is needed"),
        (f"{place}.unit", "discount is counted in percent, none is given"),
    ]


def test_invalid_data_files_are_reported_all_at_once_with_file_and_path(tmp_path: Path):
    broken, unknown, absent = tmp_path / "broken.toml", tmp_path / "unknown.toml", tmp_path / "absent.toml"
    broken.write_text("title = ", "utf-8")
    text = SAMPLE.read_text("utf-8").replace('motion = "hunter"', 'motion = "hunting"\nsalary = 1')
    unknown.write_text(text.replace("share = 35", 'share = "much"'), "utf-8")
    found = [(path.name, fault.path) for path, fault in library.check([broken, unknown, absent, SAMPLE])]
    assert found[0] == ("broken.toml", "")
    assert set(found[1:-1]) == {
        ("unknown.toml", "motion"),
        ("unknown.toml", "salary"),
        ("unknown.toml", "accountabilities[0].share"),
    }
    assert found[-1] == ("absent.toml", "")


def test_a_metric_file_is_checked_as_a_metric(tmp_path: Path):
    folder = tmp_path / "metrics"
    folder.mkdir()
    for path in (data_dir("role_library") / "metrics").glob("*.toml"):
        (folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
    calls = folder / "calls.toml"
    calls.write_text(calls.read_text("utf-8").replace('code = "calls"\n', 'code = "calls"\ncolour = "red"\n'), "utf-8")
    assert [fault.path for path, fault in library.check([calls]) if path == calls] == ["colour"]


def test_a_broken_library_says_which_file_when_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "broken.toml").write_text('title = "Seller"\nmotion = "hunting"\n', "utf-8")
    monkeypatch.setattr(library, "data_dir", lambda _: tmp_path)
    library.library.cache_clear()
    with pytest.raises(InvalidData) as raised:
        library.library()
    library.library.cache_clear()
    assert [fault.path for fault in raised.value.faults] == ["broken.toml: motion"]


@pytest.mark.parametrize(
    ("title", "motion", "nearest"),
    [
        ("Commercial Account Executive, UK & Ireland", None, "account-executive-mid-market"),
        ("Acount Executve", None, "account-executive-mid-market"),
        ("SDR", None, "inbound-sdr"),
        ("Head of Sales", Motion.LEAD, "vp-sales"),
        ("Key Account Manager", Motion.FARMER, "account-manager"),
        ("Partner Manager", Motion.PARTNER, "channel-manager"),
    ],
)
def test_the_nearest_role_has_a_similar_title_and_the_same_motion(title: str, motion: Motion | None, nearest: str):
    found = library.list_nearest(Role(title=title, motion=motion, currency="GBP"))
    assert found[0] == (nearest, library.find(nearest, "GBP"))
    assert len(found) == len(FILES)
