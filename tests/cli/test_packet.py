"""Packets from the command line: no database, a folder that a second try goes on in, and a sentence for bad input."""

import json
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from workbench.cli import commands, packet
from workbench.documents.model import Document, PressFailed, PrintedPdf
from workbench.documents.press.warm import WarmPress
from workbench.packets.recipes.model import RECIPES, find_shipped_recipe

ROUND = "name;part\nInä Vogt;panel\nRaj Rao;panel\nCandidate A;candidate\n"


@pytest.fixture(autouse=True)
def _in_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("people.csv").write_text(ROUND, "utf-8")


def packets(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(commands, ["packet", *arguments, "-o", "out"])
    assert result.exit_code == code, result.output + repr(result.exception)
    return result


def round_of(recipe: str, *options: str, code: int = 0) -> dict[str, object]:
    output = packets(
        recipe, "--roles", "sales-engineer", "--people", "people.csv", "--format", "json", *options, code=code
    )
    return json.loads(output.stdout)


@pytest.mark.slow("prints a run of packets in a process of its own")
def test_each_person_gets_a_file_and_a_second_try_prints_nothing_anew():
    first = round_of("interviewer", "--edition", "2", "--company", "Northwind")
    again = round_of("interviewer", "--edition", "2", "--company", "Northwind")

    assert [file["name"] for file in first["files"]] == [
        "1 Inä Vogt - Interviewer packet.pdf",
        "2 Raj Rao - Interviewer packet.pdf",
    ]
    assert (first["documents"], first["printed"], first["faults"]) == (11, 11, [])
    assert again == first | {"printed": 0}
    assert all((Path(str(first["folder"])) / file["name"]).stat().st_size == file["bytes"] for file in first["files"])


@pytest.mark.parametrize(
    ("option", "name"),
    [("--one-file", "Candidate packet - Sales Engineer.pdf"), ("--zip", "Candidate packet - Sales Engineer.zip")],
)
def test_all_of_it_comes_in_one_file_when_asked(option: str, name: str):
    (file,) = round_of("candidate", option)["files"]

    assert file["name"] == name


def test_the_name_of_a_run_begins_that_of_the_file_of_all_packets():
    (file,) = round_of("candidate", "--zip", "--name", " AE panel,\nDecember ")["files"]
    assert file["name"] == "AE panel, December - Candidate packet - Sales Engineer.zip"

    run = ("candidate", "--roles", "sales-engineer", "--people", "people.csv", "--name")
    assert "use it with --one-file, --zip or --word" in packets(*run, "December", code=2).output
    assert "Shorten --name to 60 characters; it has 61." in packets(*run, "x" * 61, "--zip", code=1).output


def test_a_schedule_has_its_times_when_the_day_is_given():
    output = round_of(
        "records", "--one-file", "--day", "2026-12-01", "--first", "09:00", "--minutes", "70", "--break", "5"
    )
    with pypdfium2.PdfDocument(Path(str(output["folder"])) / output["files"][0]["name"]) as pdf:
        page = pdf[1].get_textpage().get_text_range()
    assert "1 December 2026" in page
    assert "09:00–10:10" in page
    assert "10:15–11:25" in page


@pytest.mark.parametrize("options", [("--day", "2026-12-01"), ("--first", "09:00"), ("--day", "soon", "--first", "9")])
def test_a_day_without_a_time_or_the_other_way_round_is_no_day(options: tuple[str, ...]):
    packets("records", "--roles", "sales-engineer", "--people", "people.csv", *options, code=2)


def test_large_print_takes_more_pages():
    small, large = (round_of("candidate", "--one-file", *options)["pages"] for options in ((), ("--large",)))

    assert large > 1.5 * small


def test_papers_that_are_typed_into_have_fields():
    output = round_of("candidate", "--one-file", "--fillable")
    (file,) = output["files"]
    with pypdfium2.PdfDocument(Path(str(output["folder"])) / file["name"]) as pdf:
        assert pdf.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM


@pytest.mark.slow("prints a run, and reads its Word files")
def test_all_papers_come_as_word_files_too():
    output = round_of("interviewer", "--word")
    again = packets("interviewer", "--roles", "sales-engineer", "--people", "people.csv", "--word")

    with zipfile.ZipFile(Path(str(output["word"]))) as archive:
        assert "1 Inä Vogt/8 Score sheet Candidate A.docx" in archive.namelist()
        assert f"{output['word']}  {len(archive.namelist())} Word files" in again.stdout
    assert "word" not in round_of("interviewer")


def test_people_read_what_was_written_and_how_long_it_is():
    output = packets("file-copy", "--roles", "sales-engineer").stdout

    assert "1 The file - File copy.pdf  " in output
    parts = next(recipe.parts for recipe in RECIPES if recipe.name == "file-copy")
    count = len(parts) + 1  # with the cover
    assert f"{count} documents, " in output
    assert f"{count} printed now" in output


def test_a_document_that_cannot_be_printed_is_told_and_the_rest_is_there(monkeypatch: pytest.MonkeyPatch):
    press = WarmPress.press

    def broken(self: WarmPress, document: Document, *options: object) -> PrintedPdf:
        if document.kind == "interview-kit":
            raise PressFailed("It took longer than 30 seconds.")
        return press(self, document, *options)

    monkeypatch.setattr(WarmPress, "press", broken)
    output = packets("file-copy", "--roles", "sales-engineer", code=1)

    assert "Not printed: Interview kit: Sales Engineer: It took longer than 30 seconds." in output.output
    assert f"{len(find_shipped_recipe('file-copy').parts) + 1} documents" in output.stdout  # with the cover


def test_a_press_that_prints_nothing_at_all_is_one_sentence(monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> PrintedPdf:
        raise PressFailed("The press has not enough memory.")

    monkeypatch.setattr(WarmPress, "press", broken)

    assert "The press has not enough memory." in packets("file-copy", "--roles", "sales-engineer", code=1).output


@pytest.mark.parametrize(
    ("arguments", "people", "code", "message"),
    [
        (("interviewer", "--roles", "sales-engineer"), "", 1, "Name the panel members"),
        (("file-copy", "--roles", ","), "", 1, "Choose at least one role."),
        (("file-copy", "--roles", "sales-enginer"), "", 2, "Did you mean “sales-engineer”?"),
        (
            ("candidate", "--roles", "sales-engineer", "--people", "people.csv"),
            "who\nIna\n",
            1,
            "needs a column “name”",
        ),
        (("everything", "--roles", "sales-engineer"), "", 2, "is not one of"),
    ],
)
def test_what_cannot_be_printed_is_one_sentence_before_anything_runs(
    arguments: tuple[str, ...], people: str, code: int, message: str
):
    Path("people.csv").write_text(people, "utf-8")

    assert message in packets(*arguments, code=code).output
    assert not Path("out").exists()


def test_a_folder_that_cannot_be_written_and_a_file_that_cannot_be_read_are_plain_sentences(
    monkeypatch: pytest.MonkeyPatch,
):
    Path("out").mkdir()
    Path("out", packet.STORE).write_bytes(b"in the way")
    assert "out cannot be written" in packets("file-copy", "--roles", "sales-engineer", code=1).output

    opens = Path.open

    def fail(self: Path, *options: object, **more: object) -> object:
        if self.name == "people.csv":
            raise PermissionError(13, "Permission denied")
        return opens(self, *options, **more)

    monkeypatch.setattr(Path, "open", fail)
    assert (
        "people.csv cannot be read: Permission denied."
        in packets("candidate", "--roles", "sales-engineer", "--people", "people.csv", code=1).output
    )


def test_the_recipes_are_those_of_the_packets():
    assert tuple(recipe.name for recipe in RECIPES) == packet.RECIPES


SECOND_ROUND = 'title = "Second round"\nreader = "panel"\nparts = ["position-description", "interview-kit"]\n'


def test_a_recipe_of_ones_own_comes_from_a_file():
    Path("second.toml").write_text(SECOND_ROUND, "utf-8")

    output = packets("--recipe-file", "second.toml", "--roles", "sales-engineer", "--people", "people.csv").stdout

    assert "1 Inä Vogt - Second round.pdf" in output
    assert "second-round-" in output  # the folder


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        ("title = 'Second", ["this is not valid TOML"]),
        (b"title = '\xff'", ["this file is not UTF-8 text"]),
        (
            "title = 7\nreader = 'everyone'\nparts = ['kit']\ncolour = 'red'",
            [
                "title: expected text",
                "reader: expected “panel”, “candidate”, “leader” or “file”",
                "parts[0]: expected “interview-schedule”",
                "colour: there is no such key",
            ],
        ),
        ("", ["title: this is missing", "reader: this is missing", "parts: this is missing"]),
        (
            "title = 'No'\nreader = 'candidate'\nparts = ['interview-kit', 'interview-kit', 'score-sheet']",
            [
                "3 to 60 characters",
                "“Interview kit” in the recipe only once",
                "Leave “Interview kit”",
                "Leave “Score sheets”",
            ],
        ),
        ("title = 'file copy'\nreader = 'file'\nparts = []", ["There is a recipe called", "Put at least one document"]),
    ],
)
def test_every_fault_of_a_recipe_file_is_told_at_once(content: str | bytes, messages: list[str]):
    Path("own.toml").write_bytes(content if isinstance(content, bytes) else content.encode())

    output = packets("--recipe-file", "own.toml", "--roles", "sales-engineer", code=1).output

    assert [words for words in messages if f"own.toml: {words}" not in output and words not in output] == []
    assert output.count("own.toml: ") == len(messages)
    assert not Path("out").exists()


def test_a_recipe_is_named_or_read_and_never_both():
    Path("second.toml").write_text(SECOND_ROUND, "utf-8")
    for arguments in ((), ("candidate", "--recipe-file", "second.toml")):
        output = packets(*arguments, "--roles", "sales-engineer", code=2).output
        assert "Name a recipe, or use --recipe-file." in output


def test_a_role_without_questions_is_told_before_anything_runs():
    Path("bare.toml").write_text('title = "Partner Manager"\n', "utf-8")

    output = packets("file-copy", "--roles", "bare.toml,sales-engineer", code=1).output

    assert "Partner Manager has no interview questions yet, so there is no kit to print." in output
    assert "Partner Manager has no accountabilities yet, so there is no brief to print." in output
    assert "Sales Engineer has no" not in output
    assert not Path("out").exists()


def test_candidates_of_several_roles_say_which_and_what_was_understood_is_said():
    roles = ("--roles", "sales-engineer,account-manager", "--people", "people.csv")
    assert (
        "Choose the role that each candidate applies for: Candidate A." in packets("candidate", *roles, code=1).output
    )

    Path("people.csv").write_text(
        ROUND.replace("part\n", "part;role\n").replace("candidate\n", "candidate;Sales Engineer\n")
    )
    assert "No candidate applies for Account Manager" in packets("candidate", *roles, code=1).output
    with Path("people.csv").open("a") as file:
        file.write("Candidate B;candidate;Account Manager\n")
    output = packets("candidate", *roles, "--panel", "shared", "--kit", "60").output
    assert "1 candidate for Sales Engineer, 1 for Account Manager; " in output


@pytest.mark.slow("prints a packet")
def test_a_role_that_cannot_be_true_is_named_beside_its_packets(tmp_path: Path):
    role = ["schema = 3", 'title = "Seller"', "[pay]", "minimum = 90", "maximum = 80"]
    role += ["[[accountabilities]]", 'key = "sells"', 'outcome = "Customers stay"']
    role += ["[[accountabilities.questions]]", 'key = "asks"', 'kind = "behavioural"', 'text = "What did you do?"']
    role += ["[[accountabilities.expectations]]", 'key = "wins"', 'metric = "calls"']
    tmp_path.joinpath("seller.toml").write_text("\n".join(role), "utf-8")
    tmp_path.joinpath("one.toml").write_text(
        'title = "One sheet"\nreader = "leader"\nparts = ["interview-kit"]\n', "utf-8"
    )

    result = packets("--recipe-file", "one.toml", "--roles", "seller.toml", code=1)

    assert "Check Seller, pay: The minimum of the pay range is above its maximum." in result.stderr
    assert "pages" in result.stdout
