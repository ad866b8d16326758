"""People from a table: every encoding and separator that a spreadsheet writes, and a sentence for what does not fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.hiring.model import EVERY_ROLE, People, people_of
from workbench.hiring.people import LettersInDoubt, parse_people, read_people

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
        "Name,Job title,Part\nIna Vogt,Account Manager,Interviewers\nB,Account Manager,Applicants\n",
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


@pytest.mark.parametrize(
    ("data", "part", "people"),
    [
        ("\ufeffsep=;\r\nname;part\r\nIna Vogt;panel\r\nLea Berg;candidate\r\n", "", People(("Ina Vogt",), ("Lea Berg",))),
        ("sep=|\nname|part\nVogt, Ina|panel\n", "", People(("Vogt, Ina",))),
        ("name|part\r\nIna Vogt|panel\r\nLea Berg|candidate\r\n", "", People(("Ina Vogt",), ("Lea Berg",))),
        (
            'name,part\r\n"Berg, Lea",candidate\r\n"Haddad, Omar",candidate\r\n"Vogt, Ina",panel\r\n',
            "",
            People(("Vogt, Ina",), ("Berg, Lea", "Haddad, Omar")),
        ),
        (
            "Legal First Name,Preferred Name,Last Name,part\r\nWilliam,Bill,Stone,panel\r\nLea,,Berg,candidate\r\n",
            "",
            People(("Bill Stone",), ("Lea Berg",)),
        ),
        (
            (
                '"Empl No",First,Last,MI,Street,City,Zip\nE0001,Nora,Keller,B,Street 1,City 1,01211\n'
                "E0002,Jan,Dvorak,Z,Street 2,City 2,02112\nE0003,Jan,Dvorak,N,Street 3,City 3,03113\n"
            ),
            "panel",
            People(("Nora Keller", "Jan Z Dvorak", "Jan N Dvorak")),
        ),
        (
            (
                "First Name,Last Name,Company,Custom Import Field\nNora,Keller,Example Company,Sample value\n"
                "Jan,Dvorak,Example Company,Sample value\n"
            ),
            "candidate",
            People((), ("Nora Keller", "Jan Dvorak")),
        ),
        ("Candidates of December\n\nName;E-mail;Phone\nLea Berg;lea@acme.example;+49 170 1234567\n", "candidate", People((), ("Lea Berg",))),
        ("Nachname;Vorname;Teil;Stelle\nBerg;Lea;Bewerberin;Sales Engineer\nVogt;Ina;Interviewer:in;\n", "", People(("Ina Vogt",), ("Lea Berg",), ("Sales Engineer",))),
        ("Prénom;Nom;Rôle\nLéa;Berg;Candidate\nIna;Vogt;Membre du jury\n", "", People(("Ina Vogt",), ("Léa Berg",))),
        ("Nombre;Primer apellido;Segundo apellido;Puesto\nLea;Berg;Soto;Ingeniera\n", "candidate", People((), ("Lea Berg Soto",), ("Ingeniera",))),
        ("Nome;Cognome;Tipo\nLea;Berg;candidata\nIna;Vogt;intervistatrice\n", "", People(("Ina Vogt",), ("Lea Berg",))),
        ("Voornaam;Tussenvoegsel;Achternaam\nLea;van den;Berg\n", "candidate", People((), ("Lea van den Berg",))),
        ("Name,First name\nLea Berg,Lea\n", "candidate", People((), ("Lea Berg",))),
        ("name,part,role\nA,candidate,Sales Engineer\nB,candidate,all roles\nC,candidate,\nIna,panel,Head of Sales\n", "", People(("Ina",), ("A", "B", "C"), ("Sales Engineer", EVERY_ROLE, ""))),
        ("name,role\nA,candidate\nIna,panel\n", "", People(("Ina",), ("A",))),
        ("name,job\nA,Sales Engineer\n", "candidate", People((), ("A",), ("Sales Engineer",))),
    ],
)  # fmt: skip
def test_tables_in_six_languages_and_of_other_systems_give_the_people_that_they_name(
    data: str, part: str, people: People
):
    assert read_people(data.encode(), part) == people


def test_the_part_is_needed_only_where_nothing_else_says_it():
    with pytest.raises(ValueError, match="needs a column “part” that says panel or candidate"):
        read_people(b"name\nLea Berg\n")
    assert read_people(b"name\nLea Berg\n", "candidate") == People((), ("Lea Berg",))


@pytest.mark.parametrize("data", [b"Ina Vogt;panel\nLea Berg;candidate\n", b"E0001,Nora,Keller\nE0002,Jan,Dvorak\n"])
def test_no_row_of_data_becomes_the_headings_or_a_person(data: bytes):
    with pytest.raises(ValueError, match="needs a column “name” above the names"):
        read_people(data, "panel")


@pytest.mark.parametrize(
    ("name", "encoding", "of", "wrong"),
    [
        ("José Muñoz", "mac_roman", "a Mac", "JosŽ Mu–oz"),
        ("Zoë", "mac_roman", "a Mac", "Zo‘"),
        ("Jiří Dvořák", "cp1250", "Windows in central Europe", "Jiøí Dvoøák"),
        ("Michał Wałęsa", "cp1250", "Windows in central Europe", "Micha³ Wa³êsa"),
    ],
)
def test_letters_that_no_name_has_are_doubted_and_both_readings_shown(name: str, encoding: str, of: str, wrong: str):
    with pytest.raises(LettersInDoubt, match=f"We read it as a file of {of}: “{name}”, not “{wrong}”") as doubt:
        read_people(f"name;part\n{name};panel\n".encode(encoding))
    assert doubt.value.people == People((name,))


@pytest.mark.parametrize(
    "name", ["José Muñoz", "Zoë Müller", "Søren Åberg", "João Conceição", "Œuvrard, Maëlle", "Þórður Æsir", "O’Brien"]
)
def test_letters_of_western_europe_are_read_without_a_question(name: str):
    assert read_people(f"name;part\n{name};panel\n".encode("cp1252")) == People((name,))


def test_letters_that_were_lost_or_that_nobody_can_read_are_refused():
    with pytest.raises(ValueError, match="The letters of the file cannot be read, such as"):
        read_people(b"name;part\nAb\xb6\xb6\xa9;panel\n")
    with pytest.raises(ValueError, match="Letters of “Mu�oz” were lost"):
        read_people("name;part\nMu�oz;panel\n".encode())


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["1. Ina Vogt", "2. Raj Rao"], ("Ina Vogt", "Raj Rao")),
        (["1)\tIna Vogt", "(2) Raj Rao"], ("Ina Vogt", "Raj Rao")),
        (["• Ina Vogt", "- J. Rao", "o\tLi Na", "– Tom Roy"], ("Ina Vogt", "J. Rao", "Li Na", "Tom Roy")),
        (["Candidates:", "Ina Vogt", "Raj Rao"], ("Ina Vogt", "Raj Rao")),
        (["Name", "Ina Vogt"], ("Ina Vogt",)),
        (["Ina Vogt\tina@acme.example\t+49 170 1234567", "Raj Rao\traj@acme.example\t"], ("Ina Vogt", "Raj Rao")),
        (["Ina Vogt, ina@acme.example", "Raj Rao, (030) 123 45 67"], ("Ina Vogt", "Raj Rao")),
        (["Vorname\tNachname", "Ina\tVogt"], ("Ina Vogt",)),
        (["Candidate 7", "o Brien"], ("Candidate 7", "o Brien")),
    ],
)
def test_numbers_bullets_addresses_and_headings_are_no_part_of_a_pasted_name(lines: list[str], names: tuple[str, ...]):
    assert parse_people(lines, "panel") == People(names)
    assert parse_people(lines, "candidate") == People((), names)


NAMES = st.lists(st.sampled_from(["Ina", "Raj", "Li", "Tom"]), max_size=4).map(tuple)


@given(NAMES, NAMES, NAMES, NAMES, st.booleans())
def test_the_people_of_two_lists_are_those_of_both_and_each_candidate_keeps_the_role(
    panel: tuple[str, ...], more: tuple[str, ...], first: tuple[str, ...], second: tuple[str, ...], says: bool
):
    one = People(panel, first)
    other = people_of(more, tuple((name, f"Role of {name}" if says else "") for name in second))
    both = one.plus(other)

    assert (both.panel, both.candidates) == ((*panel, *more), (*first, *second))
    assert both.applications == (*((name, "") for name in first), *other.applications)
    assert both.roles == () or len(both.roles) == len(both.candidates)
