"""Numbers that are read stay within what sums, sheets and printed figures can hold."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest

from workbench.core.shape import InvalidData, read_toml, structure, unstructure


@dataclass(frozen=True, slots=True)
class Sum:
    value: Decimal


@pytest.mark.parametrize("text", ["0", "8.50", "-0.000001", "999999999999999", "1E+14"])
def test_a_number_of_everyday_size_is_read(text: str):
    assert structure(Sum, {"value": text}).value == Decimal(text)


@pytest.mark.parametrize("text", ["1E+15", "1E+999999", "1E-9999999", "0.0000001", "-1000000000000000", "0E+99"])
def test_a_number_that_no_sheet_could_hold_is_named_as_a_fault(text: str):
    with pytest.raises(InvalidData, match="at most 15 digits and 6 decimal places"):
        structure(Sum, {"value": text})


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("300.000", "“300.000” has two meanings; write 300 or 300000"),
        ('"45.000"', "write 45 or 45000"),
        ("1.234", "1.2340"),
    ],
)
def test_a_number_in_a_file_that_may_be_thousands_is_asked_back(tmp_path: Path, written: str, message: str):
    file = tmp_path / "sum.toml"
    file.write_text(f"value = {written}\n")
    with pytest.raises(InvalidData, match=message):
        read_toml(Sum, file)


def test_a_number_in_a_file_with_one_meaning_is_read(tmp_path: Path):
    file = tmp_path / "sum.toml"
    for written in ("300_000", "0.125", "1.2340", "22.5", '"1.234"', "1e3"):
        file.write_text(f"value = {written}\n")
        assert read_toml(Sum, file).value == Decimal(written.strip('"').replace("_", ""))


@dataclass(frozen=True, slots=True)
class Begin:
    at: time | None


def test_a_time_is_written_to_the_minute_and_read_again():
    assert unstructure(Begin(time(9, 5))) == {"at": "09:05"}
    assert structure(Begin, {"at": "09:05"}) == Begin(time(9, 5))


@pytest.mark.parametrize("data", ["25:00", "noon", 9, ["09:00"]])
def test_what_is_no_time_is_named_as_a_fault(data: object):
    with pytest.raises(InvalidData, match="expected a time such as 09:00"):
        structure(Begin, {"at": data})
