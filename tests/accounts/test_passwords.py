"""Passwords are slow to guess, also for people who do not exist."""

import threading
import time

import pytest

from tests.support.cost import cost
from workbench.accounts import passwords
from workbench.accounts.passwords import hash_password, is_password, password_fault
from workbench.settings import Settings


def test_a_password_fits_its_own_hash_only():
    stored = hash_password("a short sentence of mine", 8, 1)
    assert stored.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert is_password(stored, "a short sentence of mine", 8, 1)
    assert not is_password(stored, "a short sentence of yours", 8, 1)


@pytest.mark.parametrize("stored", ["", "no hash at all"])
@pytest.mark.parametrize("typed", ["", "nobody has this password", "anything"])
def test_nobody_signs_in_without_a_password(stored, typed):
    assert not is_password(stored, typed, 8, 1)


def test_the_cost_is_that_of_the_owasp_cheat_sheet():
    fields = Settings.__dataclass_fields__
    assert (fields["argon_memory"].default, fields["argon_passes"].default) == (19_456, 2)


def test_an_unknown_person_takes_as_long_as_a_known_one():
    stored = hash_password("a short sentence of mine", 19_456, 2)
    is_password("", "warm", 19_456, 2)

    def took(known_address: str) -> float:
        begin = time.process_time()  # what it costs, not how busy the machine is
        is_password(known_address, "a wrong guess", 19_456, 2)
        return time.process_time() - begin

    known_address, unknown = zip(
        *((took(stored), took("")) for _ in range(12)), strict=True
    )  # by turns: what slows one slows both
    assert 0.4 < min(known_address) / min(unknown) < 2.5


def test_at_most_two_are_compared_at_a_time(monkeypatch):
    running, peaks, two = [], [], threading.Barrier(2)

    class Slow:
        def hash(self, password: str) -> str:
            running.append(1)
            peaks.append(len(running))
            two.wait(120)  # until there are two in here
            time.sleep(0.03)  # for a third to come
            running.pop()
            return "x"

    monkeypatch.setattr(passwords, "_hasher", lambda *_: Slow())
    threads = [threading.Thread(target=hash_password, args=("p", 8, 1)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(peaks) == 2


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "at least 12 characters"),
        ("x" * 129, "at most 128 characters"),
        ("aaaaaaaaaaaaaa", "harder to guess"),
        ("123456789012", "harder to guess"),
        ("passwordpassword", "harder to guess"),
        ("qwertyuiop12", "harder to guess"),
        ("letmeinletmein", "harder to guess"),
        ("Workbench2026", "harder to guess"),
        ("maya.berg@example.com", "other than your name or address"),
        ("Maya Lindqvist Berg", "other than your name or address"),
    ],
)
def test_a_weak_password_is_named(password, says):
    assert says in password_fault(password, name="Maya Lindqvist Berg", email="maya.berg@example.com")


@pytest.mark.parametrize(
    "password",
    ["the quiet boat left at nine", "a short sentence of mine", "blue kettle sings", "Straße nach Łódź, 6 Uhr"],
)
def test_a_sentence_is_a_good_password(password):
    assert password_fault(password, name="Maya Lindqvist Berg", email="maya.berg@example.com") == ""


def test_the_longest_password_is_estimated_at_once():
    password = "a sentence that goes on " * 5
    assert password_fault(password) == ""
    assert cost(lambda: password_fault(password), repeats=3) < 50


def test_a_hostile_password_is_judged_within_a_blink():
    hostile = "@4{(<3690|1!70$5+7%2" * 6
    assert cost(lambda: password_fault(hostile), repeats=3) < 500, "the estimate of 72 characters cost two thousand"
