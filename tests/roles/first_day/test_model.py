"""The steps of a first day: which are done, which comes next, and when the company is ready."""

import pytest

from workbench.accounts.model import Company
from workbench.roles.first_day.model import FirstDay, StepName


@pytest.mark.parametrize(
    ("first_day", "done", "current", "finished"),
    [
        (FirstDay(Company(""), has_writer=False, has_role=False), 0, StepName.COMPANY, False),
        (FirstDay(Company("Finch"), has_writer=False, has_role=False), 1, StepName.LETTERHEAD, False),
        (FirstDay(Company("Finch", logo="abc"), has_writer=False, has_role=False), 2, StepName.PEOPLE, False),
        (FirstDay(Company("Finch", letterhead=("Quay",)), has_writer=True, has_role=False), 3, StepName.ROLE, False),
        (FirstDay(Company("Finch"), has_writer=True, has_role=True), 3, StepName.LETTERHEAD, True),
        (FirstDay(Company("Finch", logo="abc"), has_writer=True, has_role=True), 4, StepName.ROLE, True),
    ],
)
def test_a_first_day_leads_to_the_first_step_that_is_not_done(
    first_day: FirstDay, done: int, current: StepName, finished: bool
):
    assert (first_day.done, first_day.current(""), first_day.finished) == (done, current, finished)


def test_a_step_that_was_asked_for_is_shown_and_one_that_does_not_exist_is_not():
    first_day = FirstDay(Company(""), has_writer=False, has_role=False)
    assert first_day.current("people") is StepName.PEOPLE
    assert first_day.current("party") is StepName.COMPANY
