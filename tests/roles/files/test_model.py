"""A role file counts whole units of its currency, and says how the amounts of an older one are read."""

from pathlib import Path

import pytest

from workbench.core.shape import InvalidData
from workbench.roles.files.model import clean_part, read_role_file
from workbench.roles.library import files
from workbench.roles.model import Duty, Pay, Role

TRIALS = Path(__file__).parent
TRIAL = TRIALS / "pay-in-whole-dollars.toml"


def written(folder: Path, *lines: str) -> Path:
    """Write a role file of these lines after its title."""
    file = folder / "seller.toml"
    file.write_text("\n".join(['title = "Seller"', *lines, ""]), "utf-8")
    return file


def test_a_file_with_schema_3_counts_whole_units(tmp_path: Path):
    file = written(tmp_path, "schema = 3", "[pay]", "minimum = 85000", "maximum = 110_000.50")

    found = read_role_file(file)

    assert found.role.pay == Pay(85_000_00, 110_000_50)
    assert found.notes == ()


@pytest.mark.parametrize(("currency", "minimum"), [("JPY", 85_000), ("KWD", 85_000_000), ("USD", 85_000_00)])
def test_whole_units_are_those_of_the_currency_of_the_file(tmp_path: Path, currency: str, minimum: int):
    file = written(tmp_path, "schema = 3", f'currency = "{currency}"', "[pay]", "minimum = 85000")
    assert read_role_file(file).role.pay.minimum == minimum


def test_an_older_file_reads_as_before_and_says_what_was_read():
    found = read_role_file(TRIAL)

    assert found.role.pay.minimum == 85_000
    (note,) = found.notes
    assert "$850 to $1,100" in note
    assert "schema = 3" in note


@pytest.mark.parametrize(
    "lines", [(), ("[pay]", 'variable = "None"'), ('currency = "JPY"', "[pay]", "minimum = 85000")]
)
def test_an_older_file_whose_amounts_have_one_meaning_has_no_note(tmp_path: Path, lines: tuple[str, ...]):
    assert read_role_file(written(tmp_path, *lines)).notes == ()


def test_the_number_of_the_schema_is_no_field_of_the_role(tmp_path: Path):
    for number in (1, 2, 3):
        assert read_role_file(written(tmp_path, f"schema = {number}")).role == Role("Seller")


@pytest.mark.parametrize("number", ["4", "0", "true", '"3"'])
def test_a_schema_that_nobody_knows_is_a_fault(tmp_path: Path, number: str):
    with pytest.raises(InvalidData) as raised:
        read_role_file(written(tmp_path, f"schema = {number}"))
    assert [fault.path for fault in raised.value.faults] == ["schema"]


def test_every_fault_of_an_amount_is_named_with_its_place(tmp_path: Path):
    lines = ("schema = 3", "summry = 1", "[pay]", "minimum = 85000.123", 'maximum = "much"')
    with pytest.raises(InvalidData) as raised:
        read_role_file(written(tmp_path, *lines))
    assert {fault.path for fault in raised.value.faults} == {"pay.minimum", "pay.maximum", "summry"}


def test_a_pay_that_is_no_table_is_a_fault(tmp_path: Path):
    with pytest.raises(InvalidData) as raised:
        read_role_file(written(tmp_path, "schema = 3", "pay = 85000"))
    assert [fault.path for fault in raised.value.faults] == ["pay"]


def test_a_list_has_one_item_a_line_without_its_marks(tmp_path: Path):
    lines = (
        'hard_parts = ["1. Deadlines do not move\\n2. Half is lost", "• Long days"]',
        'duties = [{text = "1.\\tLeads bids\\n2.\\tEdits texts", essential = false}, {text = "Reads – and asks"}]',
        'reports_to = "Head of\\nBids"',
    )

    role = read_role_file(written(tmp_path, *lines)).role

    assert role.hard_parts == ("Deadlines do not move", "Half is lost", "Long days")
    assert role.duties == (
        Duty("Leads bids", essential=False),
        Duty("Edits texts", essential=False),
        Duty("Reads – and asks"),
    )
    assert role.reports_to == "Head of Bids"


def test_a_text_keeps_its_lines_and_loses_its_no_break_spaces():
    assert read_role_file(TRIALS / "lines-in-every-text.toml").role.summary == "SUMAA one\nSUMBB two\nSUMCC three"
    summary = read_role_file(TRIALS / "nbsp-markup-formulas.toml").role.summary
    assert summary.startswith("Carries every tender from the first rumour")


def test_every_role_of_the_library_is_clean_as_it_is_written():
    for path in files():
        assert clean_part(read_role_file(path).role) == read_role_file(path).role
