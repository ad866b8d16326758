"""The path is one list: every step has a form that reads and writes back, a page, and a place that is reached."""

import pytest

from tests.support import make
from tests.support.proof import PageClient
from workbench import places
from workbench.core.web.app import Workbench
from workbench.roles.library import library
from workbench.roles.model import Role
from workbench.roles.path import steps
from workbench.roles.path.forms import At
from workbench.roles.path.steps import (
    ACCOUNTABILITY_STEPS,
    EXERCISE_STEP,
    EXPECTATION_STEP,
    PATH,
    QUESTION_STEP,
    SECTIONS,
)

EVERY = (*PATH.steps.values(), *ACCOUNTABILITY_STEPS, EXPECTATION_STEP, QUESTION_STEP, EXERCISE_STEP)
ROLES = {**library(), "complete": make.role()}
of_every_step = pytest.mark.parametrize("step", EVERY, ids=lambda step: step.name)


def places_of(role: Role, step: steps.RoleStep) -> list[At]:
    """Return every place in a role that a step may be about."""
    if step is EXPECTATION_STEP:
        return [At(item.key, part.key) for item, part in role.expectations()]
    if step in (QUESTION_STEP, EXERCISE_STEP):
        return [At(item.key, part.key) for item, part in role.questions()]
    if step in ACCOUNTABILITY_STEPS:
        return [At(item.key) for item in role.accountabilities]
    return [At()]


def test_names_are_used_once():
    names = [step.name for step in EVERY]
    assert len(names) == len(set(names))
    assert len({section.name for section in SECTIONS}) == len(SECTIONS)


def test_each_step_leads_to_the_next_of_its_section_and_the_last_to_none():
    for section in SECTIONS:
        for at, step in enumerate(section.steps):
            assert PATH.next_step(step) is (section.steps[at + 1] if at + 1 < len(section.steps) else None)


def test_each_section_leads_to_the_next_and_the_last_to_none():
    for at, section in enumerate(SECTIONS):
        assert PATH.section_after(section) is (SECTIONS[at + 1] if at + 1 < len(SECTIONS) else None)


def test_a_section_is_found_by_its_name():
    assert PATH.section("offer").title == "The honest offer"
    with pytest.raises(KeyError):
        PATH.section("nothing")


@of_every_step
def test_each_step_has_words_and_a_template(step: steps.RoleStep):
    assert step.task
    assert step.question.endswith("?")
    assert len(step.help) > 30
    assert (places.data_dir("templates") / "roles" / "path" / "steps" / step.page).is_file()


@of_every_step
def test_what_a_form_reads_and_writes_back_is_the_same_role(app: Workbench, step: steps.RoleStep):
    with app.test_request_context("/"):
        for role in ROLES.values():
            for at in places_of(role, step):
                form = step.form(formdata=None, data=step.form.read(role, at))
                for field in form:
                    field.raw_data = [""]
                    field.errors = []
                assert form.write(role, at) == role


def test_every_step_is_reached_from_the_task_list(leader: PageClient, slug: str):
    found = {link["href"] for link in leader.get(f"/roles/{slug}").page.select("ul.tasks a")}
    assert {f"/roles/{slug}/{name}" for name in PATH.steps} <= found
