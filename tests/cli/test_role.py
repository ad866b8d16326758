"""The commands for roles: the library, the review, and the documents of one role."""

import json
from pathlib import Path

import docx
import pypdfium2
import pytest

from tests.cli.command import ROLE, copy_of_a_role, workbench
from workbench.core.shape import structure
from workbench.roles.documents.kinds import DOCUMENTS
from workbench.roles.library import library
from workbench.roles.model import Role


def test_the_library_is_listed_for_people_and_machines():
    assert ROLE in workbench("library", "list").stdout
    rows = json.loads(workbench("library", "list", "--format", "json").stdout)
    assert [row["role"] for row in rows] == list(library())
    assert all(row["accountabilities"] >= 4 for row in rows)


def test_the_whole_library_is_without_fault():
    assert "no faults" in workbench("library", "check").stdout


def test_a_broken_file_is_told_fault_by_fault(tmp_path: Path):
    place = copy_of_a_role(tmp_path / "mine.toml", hard_parts="hard_prts")
    result = workbench("library", "check", str(place), code=1)
    assert "mine.toml: hard_prts: there is no such key; did you mean “hard_parts”?" in result.stdout
    output = json.loads(workbench("library", "check", str(place), "--format", "json", code=1).stdout)
    assert output[0]["path"] == "hard_prts"


def test_a_broken_file_is_refused_by_every_other_command(tmp_path: Path):
    place = copy_of_a_role(tmp_path / "mine.toml", hard_parts="hard_prts")
    for words in (["review"], ["print", "interview-kit"], ["metrics"], ["library", "show"]):
        result = workbench(*words, str(place), code=1)
        assert "hard_prts" in result.stderr
        assert not result.stdout


@pytest.mark.parametrize("content", [b"\xff\xfe", b"title =", b"", b"title = 5", b'title = "x"\nwhat = 1'])
def test_a_file_that_is_no_role_never_ends_in_a_trace(tmp_path: Path, content: bytes):
    place = tmp_path / "odd.toml"
    place.write_bytes(content)
    assert "odd.toml" in workbench("review", str(place), code=1).stderr


def test_a_wrong_name_gets_the_nearest_one_and_code_2():
    assert f"Did you mean “{ROLE}”?" in workbench("library", "show", "sales-enginer", code=2).stderr
    assert "no such file" in workbench("print", "interview-kit", "zzz", code=2).stderr
    workbench("print", "novel", ROLE, code=2)
    workbench("nonsense", code=2)


def test_a_role_is_shown_as_words_as_data_and_as_its_file(tmp_path: Path):
    words = workbench("library", "show", ROLE).stdout
    role = library()[ROLE]
    assert all(item.outcome in words for item in role.accountabilities)
    assert structure(Role, json.loads(workbench("library", "show", ROLE, "--format", "json").stdout)) == role
    assert (
        json.loads(workbench("library", "check", str(copy_of_a_role(tmp_path / "a.toml")), "--format", "json").stdout)
        == []
    )


def test_a_review_of_a_thin_role_names_rule_level_place_message_and_suggestion(tmp_path: Path):
    place = tmp_path / "thin.toml"
    place.write_text('title = "Seller"\n')
    output = json.loads(workbench("review", str(place), "--format", "json", code=1).stdout)
    assert output
    assert all(set(row) == {"rule", "level", "place", "message", "suggestion"} for row in output)
    assert all(row["message"] for row in output)
    assert output[0]["message"][:20] in workbench("review", str(place), code=1).stdout


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_document_is_printed_to_a_file(tmp_path: Path, document: str):
    workbench("print", document, ROLE, "-o", "paper.pdf", "--company", "Acme", "--paper", "letter")
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF-")
    page = workbench("print", document, ROLE, "--html", "-o", "-", "--company", "Acme").stdout
    assert "<h1" in page
    assert "Acme" in page


def test_a_file_that_ends_in_docx_is_a_word_file(tmp_path: Path):
    workbench("print", "interview-kit", ROLE, "-o", "kit.DOCX", "--company", "Acme", "--paper", "letter")
    section = docx.Document(str(tmp_path / "kit.DOCX")).sections[0]
    assert section.header.paragraphs[0].text == "Acme\tDRAFT"
    assert round(section.page_width.inches, 2) == 8.5
    assert "Word" in workbench("print", "interview-kit", ROLE, "-o", "kit.docx", "--html", code=2).stderr


@pytest.mark.slow("prints in large print")
def test_a_document_is_printed_in_a_language_in_large_print_and_as_a_form(tmp_path: Path):
    options = ("--language", "de", "--large", "--paper", "letter")
    page = workbench("print", "interview-kit", ROLE, "--html", "-o", "-", *options).stdout
    assert 'lang="de"' in page
    assert workbench("print", "interview-kit", ROLE, "--html", "-o", "-").stdout != page

    workbench("print", "interview-kit", ROLE, "-o", "kit.pdf", *options, "--fillable")
    with pypdfium2.PdfDocument(tmp_path / "kit.pdf") as pdf:
        assert pdf.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM


@pytest.mark.parametrize("words", [["--html"], ["-o", "kit.docx"]])
def test_a_form_to_type_into_is_a_pdf(words: list[str]):
    assert "PDF" in workbench("print", "interview-kit", ROLE, "--fillable", *words, code=2).stderr


def test_a_paper_is_a_draft_until_an_edition_is_named():
    assert "Draft" in workbench("print", "interview-kit", ROLE, "--html", "-o", "-").stdout
    assert "Draft" not in workbench("print", "interview-kit", ROLE, "--html", "-o", "-", "--edition", "3").stdout


def test_pay_that_is_not_released_is_printed_only_when_asked_for(tmp_path: Path):
    place = tmp_path / "paid.toml"
    text = workbench("library", "show", ROLE, "--format", "toml").stdout
    place.write_text(text.replace("[pay]", "[pay]\nminimum = 98765\nmaximum = 99999"), "utf-8")
    assert "98,765" not in workbench("print", "position-description", str(place), "--html", "-o", "-").stdout
    assert "98,765" in workbench("print", "position-description", str(place), "--html", "-o", "-", "--pay").stdout


def test_a_place_that_cannot_be_written_is_a_plain_sentence():
    result = workbench("print", "interview-kit", ROLE, "--html", "-o", "/nowhere/x.html", code=1)
    assert "cannot be written" in result.stderr


def test_what_is_understood_of_an_older_file_is_said_back_by_every_command(tmp_path: Path):
    place = tmp_path / "older.toml"
    place.write_text('title = "Seller"\n[pay]\nminimum = 85000\n', "utf-8")
    for words in (["review"], ["library", "check"], ["library", "show"], ["library", "show", "--format", "toml"]):
        result = workbench(*words, str(place), code=0 if "show" in words else 1)
        assert "older.toml: The pay is read as from $850" in result.stderr, words
        assert "older.toml" not in result.stdout or words == ["library", "check"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path, encoding: str):
    place = copy_of_a_role(tmp_path / "mine.toml")
    text = place.read_text("utf-8")
    place.write_bytes(text.encode(encoding))
    assert workbench("library", "check", str(place)).stdout == "1 role file checked: no faults.\n"
    assert workbench("library", "show", str(place), "--format", "toml").stdout == text


def test_a_document_that_cannot_be_true_is_printed_and_named(tmp_path: Path):
    place = copy_of_a_role(tmp_path / "paid.toml", **{"[pay]": "[pay]\nminimum = 85\nmaximum = 80"})
    result = workbench("print", "interview-kit", str(place), "--html", "-o", "kit.html", code=1)
    assert (tmp_path / "kit.html").exists()
    assert "Check pay: The minimum of the pay range is above its maximum." in result.stderr


def test_an_empty_document_is_printed_with_what_it_lacks_and_exit_code_1(tmp_path: Path):
    place = tmp_path / "seller.toml"
    place.write_text('title = "Field Seller"\n', "utf-8")
    page = tmp_path / "page.html"
    result = workbench("print", "interview-kit", str(place), "--html", "-o", str(page), code=1)
    assert "the role has no interview question yet" in result.stderr
    assert "the role has no interview question yet" in page.read_text("utf-8").replace("\u00a0", " ")
