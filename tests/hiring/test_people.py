"""People from a table: every encoding and separator that a spreadsheet writes, and a sentence for what does not fit."""

import pytest

from workbench.hiring.model import People
from workbench.hiring.people import parse_people, read_people

ROUND = People(("Zoë Müller",), ("Candidate A",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_is_read_as_each_spreadsheet_writes_it(encoding: str, separator: str, end: str):
    lines = [("Name", "Part"), ("Zoë  Müller", "Panel member"), ("", ""), ("Candidate A", "CANDIDATE")]
    data = end.join(separator.join(line) for line in lines).encode(encoding)

    assert read_people(data) == ROUND


def test_other_columns_and_quoted_names_are_no_obstacle():
    data = b'id,role,name\n7,interviewer,"Vogt, Ina"\n8,applicant,B\n9\n'

    assert read_people(data) == People(("Vogt, Ina",), ("B",))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "needs a column “name”"),
        (b"who,what\nIna,panel\n", "needs a column “name”"),
        (b"name,seat\nIna,panel\n", "needs a column “part”"),
        (b"name,part\n", "names no person"),
        (b"name,part\n,panel\n", "Row 2 of the file has no name"),
        (b"name,part\nIna,boss\n", "Row 2 of the file: write “panel” or “candidate” for Ina, not “boss”"),
        (b"name,part\n" + b"x" * 500_000, "at most 500 kB"),
        (b"PK\x03\x04" + bytes(400), "This is a workbook or another packed file, not a table of names. Save"),
        (b"%PDF-1.7\n", "This is a PDF, not a table"),
        (b"name,part\nIna\0Vogt,panel\n", "This file contains no text"),
        (bytes(range(256)) * 9, "This file contains no text"),
        (b'name,part\n"' + b"x" * 200_000 + b'",panel\n', "cannot be read as a table"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_a_sentence(data: bytes, message: str):
    with pytest.raises(ValueError, match=message):
        read_people(data)


@pytest.mark.parametrize(
    "data",
    [
        "Name,Role,Part\nIna Vogt,Account Manager,Interviewers\nB,Account Manager,Applicants\n",
        "First name;Last name;Part\nIna;Vogt;panellist\nB;;candidates\n",
        "Last name\tFirst name\tEmail\tKind\nVogt\tIna\tina@acme.example\tPanel members\n\tB\t\tCandidate\n",
        "Name,Surname,Type\nIna,Vogt,panel\nB,,candidate\n",
    ],
)
def test_tables_as_other_systems_write_them_are_understood(data: str):
    assert read_people(data.encode()) == People(("Ina Vogt",), ("B",))


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["Ina  Vogt", "Raj Rao"], ("Ina Vogt", "Raj Rao")),
        (["Vogt, Ina"], ("Vogt, Ina",)),
        (["Ina Vogt; Raj Rao;"], ("Ina Vogt", "Raj Rao")),
        (["Ina Vogt <ina@acme.example>; Raj Rao <raj@acme.example>"], ("Ina Vogt", "Raj Rao")),
        (["\tIna Vogt\t", "Raj Rao\t\t"], ("Ina Vogt", "Raj Rao")),
        (["Name\tTitle", "Ina Vogt\tHead of Sales", "Raj Rao\tSE lead"], ("Ina Vogt", "Raj Rao")),
        (["First name\tSurname", "Ina\tVogt", "\t", "Raj\tRao"], ("Ina Vogt", "Raj Rao")),
        ([], ()),
    ],
)
def test_names_are_pasted_from_a_spreadsheet_or_a_mail(lines: list[str], names: tuple[str, ...]):
    assert parse_people(lines, "panel") == People(names)
    assert parse_people(lines, "candidate") == People((), names)


def test_a_pasted_table_that_says_who_is_who_is_taken_at_its_word():
    lines = ["Name\tPart", "Ina Vogt\tpanel", "B\tcandidate"]

    assert parse_people(lines, "panel") == parse_people(lines, "candidate") == People(("Ina Vogt",), ("B",))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["Ina Vogt\tHead of Sales"], "several columns: “Ina Vogt” and “Head of Sales”. Paste the column of names"),
        (["Ina Vogt", "Raj\tSE\tBerlin"], "several columns: “Raj”, “SE” and “Berlin”"),
        (["Name\tPart", "Ina\tboss"], "Line 2: write “panel” or “candidate” for Ina, not “boss”"),
        (["Name\tPart", "\tpanel"], "Line 2 has no name"),
    ],
)
def test_nobody_is_called_by_a_job_title_without_being_asked(lines: list[str], message: str):
    with pytest.raises(ValueError, match=message):
        parse_people(lines, "panel")
