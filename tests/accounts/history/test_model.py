"""A line of the trail is a sentence that a person reads: titles, no keys, no digests."""

from datetime import UTC, datetime
from typing import Any

import pytest

from workbench.accounts.audit import AuditAct
from workbench.accounts.history.model import BETWEEN, AuditLine, ThingName, history_line

AT = datetime(2026, 11, 30, 10, 26, tzinfo=UTC)
EXPECTATION = "accountabilities/55y82pnf/expectations/pazqin9g"


def sentence(act: str, thing: str, key: str = "", name: ThingName | None = None, **detail: Any) -> str:
    line = history_line(AuditLine(1, AT, "Maya", act, thing, key, detail), name)
    return " ".join(part for part in (line.who, line.act, line.name.title if line.name else "", line.more) if part)


@pytest.mark.parametrize(
    ("act", "thing", "words"),
    [
        (AuditAct.SIGNED_IN, "account", "Maya signed in"),
        (AuditAct.CHANGED, "settings", "Maya changed the settings of the company"),
        (AuditAct.PUBLISHED, "edition", "Maya published Account Manager"),
        (AuditAct.CHANGED, "draft", "Maya changed the draft Account Manager"),
        (AuditAct.ERASED, "packet", "Maya erased the names in Account Manager"),
        (AuditAct.RETURNED, "packet", "Maya read returned documents of Account Manager"),
        (AuditAct.SHARED, "packet", "Maya shared a packet of Account Manager"),
        ("shortened", "saved-plan", "Maya shortened the saved plan Account Manager"),
    ],
)
def test_each_kind_of_thing_has_its_words(act: str, thing: str, words: str):
    name = None if thing in {"account", "settings"} else ThingName("Account Manager")
    assert sentence(act, thing, "1", name) == words


def test_a_thing_without_a_name_is_called_by_what_the_line_knows():
    assert (
        sentence("removed", "draft", "account-executive-2", title="AE, Germany") == "Maya removed the draft AE, Germany"
    )
    assert sentence("published", "edition", "account-manager/3") == "Maya published Account manager, Edition 3"
    assert sentence("changed", "draft") == "Maya changed the draft"


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"part": EXPECTATION}, "an expectation"),
        ({"part": "accountabilities/55y82pnf"}, "an accountability"),
        ({"part": "purpose/why-needed"}, "purpose: why needed"),
        ({"kind": "hr", "active": False}, "as HR; may not sign in"),
        ({"kind": "robot", "active": True}, "may sign in"),
        ({"by": "command line"}, "by the command line"),
        ({"logo": True, "keep_days": 90}, "packets are kept for 90 days"),
        ({"sheets": 1}, "1 document"),
        ({"packet": 2, "link": 7, "days": 14}, "packet 2; for 14 days"),
        ({"panel": True, "links": 2}, "the panel too; 2 links stopped"),
        ({"panel": False, "links": 0}, ""),
        ({"digest": "9f" * 32, "reasons": 2}, "with 2 reasons for what is missing"),
        ({"reasons": 0, "word": False}, ""),
        ({"paper": "interview-kit", "key": "9f" * 8}, "the interview kit"),
        ({"library": "account-manager"}, "from the library"),
        ({"recipe": "Everyone", "roles": "Account Manager", "word": True}, "everyone; Account Manager; as Word files"),
        ({"new_owner": "Grace", "mark": False, "lines": ["a"], "note": ""}, "new owner: Grace"),
    ],
)
def test_details_are_words_without_keys_and_digests(detail: dict[str, Any], words: str):
    line = history_line(AuditLine(1, AT, "Maya", "changed", "draft", "x", detail), None)
    assert line.more == words


def test_the_words_between_an_act_and_its_thing_belong_to_acts_of_the_trail():
    assert set(BETWEEN) <= set(AuditAct)
