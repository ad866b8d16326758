"""Whether a request has the approvals that it asks for."""

from dataclasses import replace

import pytest

from workbench.core.clock import now
from workbench.roles.approval.model import Approval, ApprovalRequest, Verdict

TOM = Approval(1, "Tom", Verdict.APPROVED, "", now(), current=True)
MAYA = replace(TOM, person=2, name="Maya")
REQUEST = ApprovalRequest("Lea", now(), "", 2, False, (TOM, MAYA))


@pytest.mark.parametrize(
    ("verdict", "current", "words"),
    [
        (Verdict.OPEN, False, "has not answered yet"),
        (Verdict.APPROVED, True, "approved"),
        (Verdict.APPROVED, False, "approved an earlier text"),
        (Verdict.DECLINED, True, "declined"),
        (Verdict.DECLINED, False, "declined an earlier text"),
    ],
)
def test_an_answer_is_said_in_words(verdict: Verdict, current: bool, words: str):
    assert replace(TOM, verdict=verdict, current=current).words == words


def test_an_approval_of_an_earlier_text_does_not_count():
    assert REQUEST.is_given
    stale = replace(REQUEST, approvals=(TOM, replace(MAYA, current=False)))
    assert not stale.is_given
    assert stale.sentence == "1 of 2 needed approvals are given for this text. Maya approved an earlier text."


def test_a_refusal_is_named():
    declined = replace(REQUEST, approvals=(TOM, replace(MAYA, verdict=Verdict.DECLINED)))
    assert not declined.is_given
    assert declined.sentence == "1 of 2 needed approvals are given for this text. Maya declined."
