"""The commands for planning: exact answers as tables and JSON, and one sentence for bad input."""

import json
from fractions import Fraction

import pytest

from tests.cli.command import workbench

BACK = ["plan", "back-solve", "--target", "1,000,000", "--deal", "45000", "--stage", "win=22%"]


CHAIN = [*BACK, "--stage", "meeting-to-opportunity=35%", "--stage", "call-to-meeting=3%"]


def test_a_target_is_worked_back_to_the_calls_of_a_working_day():
    output = json.loads(workbench(*CHAIN, "--calendar", "US", "--year", "2026", "--format", "json").stdout)
    assert [(step["name"], step["needed"]) for step in output["steps"]] == [
        ("deals", 23),
        ("opportunities", 102),
        ("meetings", 289),
        ("calls", 9621),
    ]
    assert output["steps"][0]["exact"] == "200/9"
    assert output["feasible"]
    assert 240 < output["working_days"] < 256
    assert "9,621" in workbench(*CHAIN).stdout


def test_work_that_nobody_can_hold_is_a_finding_with_what_would_have_to_change():
    result = workbench(*CHAIN, "--weeks", "46", "--capacity", "meetings=5", code=1)
    assert "would make it fit" in result.stdout
    workbench(*CHAIN, "--weeks", "46", "--capacity", "meetings=8")


def test_a_goal_is_made_as_sure_as_wanted():
    wins = ["plan", "confidence", "--wins", "23", "--rate", "22%"]
    assert json.loads(workbench(*wins, "--confidence", "80%", "--format", "json").stdout)["opportunities"] == 120
    assert "chance" in workbench(*wins, "--won", "9", "--left", "55").stdout
    money = ["plan", "confidence", "--quota", "1000000", "--deal", "45000", "--cv", "0.8", "--evidence", "11/50"]
    output = json.loads(workbench(*money, "--format", "json").stdout)
    assert output["opportunities"] > 120
    assert output["low"] < "0.22" < output["high"]


def test_parts_sum_to_the_total():
    output = json.loads(workbench("plan", "apportion", "1000000", "--weights", "20,19,22", "--format", "json").stdout)
    assert output == {"total": 1_000_000, "parts": [327869, 311475, 360656]}
    assert "327,869" in workbench("plan", "apportion", "1000000", "--weights", "20,19,22").stdout


WEEKS = ["plan", "signal", "--baseline", "12,14,11,13,15,12,10,13,14,12,11,13", "--points"]


def test_an_occasional_miss_is_no_pattern_and_a_pattern_is_a_finding():
    assert json.loads(workbench(*WEEKS, "11,13,10", "--format", "json").stdout)["state"] == "steady"
    output = json.loads(workbench(*WEEKS, "11,3,12", "--format", "json", code=1).stdout)
    assert output["state"] == "pattern"
    assert output["alarms"][0]["point"] == 14
    assert output["limits"]["centre"] == "25/2"
    assert "6.94" in workbench(*WEEKS, "11,3,12", code=1).stdout
    assert "Too early" in workbench("plan", "signal", "--baseline", "12,14", "--points", "1").stdout


def test_the_parts_of_a_gap_sum_to_it():
    words = ["plan", "attribute", "--planned", "60,1/2,1/4,40000", "--actual", "63,10/21,1/6,42000"]
    output = json.loads(workbench(*words, "--format", "json").stdout)
    assert (output["planned"], output["actual"], output["gap"]) == (300_000, 210_000, -90_000)
    assert sum(Fraction(part["effect"]) for part in output["parts"]) == -90_000
    assert output["largest"] == "factor 3"
    assert "win rate" in workbench(*words, "--names", "meetings,qualified,win rate,size").stdout
    unknown = ["plan", "attribute", "--planned", "60,1/4,40000", "--actual", "60,0,?", "--format", "json"]
    assert json.loads(workbench(*unknown).stdout)["parts"][2]["effect"] == 0


@pytest.mark.parametrize(
    ("words", "output"),
    [
        ([*BACK, "--stage", "meetings=0"], "rate above 0%"),
        ([*BACK, "--stage", "meetings=150%"], "over 100%"),
        ([*BACK, "--stage", "meetings"], "write win=22%"),
        ([*BACK, "--stage", "meetings=nan"], "Enter a percentage such as 22.5"),
        ([*BACK, "--stage", "meetings=1/0"], "“1/0” is not one"),
        ([*BACK, "--calendar", "ZZ"], "ZZ"),
        ([*BACK, "--year", "9999"], "1950 to 2100"),
        (["plan", "confidence", "--wins", "3"], "--rate or --evidence"),
        (["plan", "confidence", "--rate", "3%"], "--wins or --quota"),
        (["plan", "confidence", "--wins", "3", "--evidence", "lots"], "11/50"),
        (["plan", "confidence", "--wins", "3", "--rate", "22%", "--confidence", "100%"], "nothing is quite"),
        (["plan", "apportion", "10", "--weights", "0,0"], "more than zero"),
        (["plan", "apportion", "1/2", "--weights", "1"], "whole number"),
        (["plan", "attribute", "--planned", "1,2", "--actual", "1"], "as many"),
        ([*WEEKS, "1,many"], "“many” is not one"),
    ],
)
def test_a_figure_that_cannot_be_planned_with_is_one_sentence_and_code_2(words: list[str], output: str):
    assert output in workbench(*words, code=2).stderr
