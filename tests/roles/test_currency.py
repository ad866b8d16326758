"""A role carries its currency: every place writes its amounts alike, and the library is read in the company's currency."""

import io
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.tables import company_row
from workbench.cli import commands
from workbench.core.shape import InvalidData, canonical_json, unstructure
from workbench.core.text.currencies import currency_symbol
from workbench.core.text.translation import load_translator
from workbench.documents.model import Document, Paper
from workbench.documents.page.html import render_body
from workbench.metrics.model import Unit
from workbench.roles import library
from workbench.roles.documents.exports import csv_bytes, xlsx_bytes
from workbench.roles.documents.kinds import DOCUMENTS, build_document
from workbench.roles.documents.word.document import build_docx
from workbench.roles.editions.compare import compare
from workbench.roles.files.model import read_role
from workbench.roles.model import Pay, Role

DOLLARS = ("$", "USD", "dollar", "{money")


@pytest.fixture
def _in_norway(store: Database) -> None:
    """A company that counts in Norwegian kroner."""
    with store.write.begin() as session:
        company_row(session).currency = "NOK"


def spaced(text: str) -> str:
    """Return a text with plain spaces and without places to break."""
    return " ".join(text.replace("\u200b", "").split())


def document(kind: str, role: Role, language: str = "en") -> Document:
    return build_document(kind, role, make.stamp(), language)


def printed(kind: str, role: Role, language: str = "en") -> str:
    return spaced(BeautifulSoup(render_body(document(kind, role, language), Paper.A4), "html5lib").text)


def in_word(kind: str, role: Role, language: str = "en") -> str:
    element = docx.Document(io.BytesIO(build_docx(document(kind, role, language), Paper.A4))).element.body
    return spaced(" ".join(Paragraph(each, None).text for each in element.iter(qn("w:p"))))


@pytest.mark.usefixtures("_in_norway")
def test_a_company_that_counts_in_kroner_reads_no_dollars_in_the_library(leader: PageClient, store: Database):
    for name in library.ORDER:
        page = leader.get(f"/library/{name}").page.select_one("main").text
        slug_of_draft = leader.post(f"/library/{name}/adapt").location.rsplit("/", 1)[-1]
        role = make.stored_role(store, slug_of_draft)
        assert role == library.find(name, "NOK")
        for text in (page, canonical_json(role), *(printed(kind, role) for kind in DOCUMENTS)):
            assert not [sign for sign in DOLLARS if sign in text], name


@pytest.mark.usefixtures("_in_norway")
def test_a_new_role_its_pay_and_its_plan_are_in_the_companys_currency(leader: PageClient, store: Database):
    slug = leader.fill("/roles/new", "/roles/new", title="Closer").location.rsplit("/", 1)[-1]
    assert make.stored_role(store, slug) == Role("Closer", currency="NOK")
    assert "Amounts are in Norwegian kroner (NOK)" in spaced(leader.get(f"/roles/{slug}/pay").page.text)
    assert "In NOK, for the whole time." in spaced(leader.get(f"/roles/{slug}/planner").page.text)

    with store.write.begin() as session:
        draft = make.draft_row(session, slug)
        draft.value = draft.value | {"currency": "JPY"}
    leader.fill(f"/roles/{slug}/pay", minimum="¥6,500,000")
    assert (make.stored_role(store, slug).currency, make.stored_role(store, slug).pay.minimum) == ("JPY", 6_500_000)
    assert "In JPY, for the whole time." in spaced(leader.get(f"/roles/{slug}/planner").page.text)
    assert "In NOK, for the whole time." in spaced(leader.get("/planner").page.text)


def paid(currency: str, pay: int, target: str) -> Role:
    signed = make.expectation("bookings", Unit.MONEY, value=Decimal(target))
    item = make.accountability("north", expectations=(signed,))
    return make.role(currency=currency, pay=Pay(minimum=pay, released=True), accountabilities=(item,))


@pytest.mark.parametrize(
    ("currency", "minor", "amount", "pay", "target", "expected"),
    [
        ("USD", 65_000_50, "65,000.50", "$65,000.50", "250000", "$250,000"),
        ("NOK", 650_000_00, "650,000", "NOK 650,000", "2500000", "NOK 2,500,000"),
        ("JPY", 6_500_000, "6,500,000", "¥6,500,000", "25000000", "¥25,000,000"),
        ("KWD", 1_250_125, "1,250.125", "KWD 1,250.125", "7500.5", "KWD 7,500.500"),
    ],
)
def test_an_amount_is_the_same_wherever_it_is_written(  # noqa: PLR0917 - one column for each place
    leader: PageClient, store: Database, people: dict, tmp_path: Path,
    currency: str, minor: int, amount: str, pay: str, target: str, expected: str,
):  # fmt: skip
    role = paid(currency, minor, target)
    slug = make.draft(store, people["leader"], role)

    form = leader.get(f"/roles/{slug}/pay").page
    assert form.select_one("#minimum")["value"] == amount
    leader.fill(f"/roles/{slug}/pay")
    assert make.stored_role(store, slug) == role

    (key,) = [each.key for each in role.accountabilities[0].expectations]
    item = f"/roles/{slug}/accountabilities/north"
    for page in (
        f"/roles/{slug}/accountabilities",
        item,
        f"{item}/expectations/{key}",
        f"{item}/expectations/{key}/remove",
    ):
        assert expected in spaced(leader.get(page).page.text), page
    for text in (printed("position-description", role), in_word("position-description", role)):
        assert pay in text
        assert expected in text
    (change,) = [each for each in compare(paid(currency, 0, target), role) if each.place == "Pay"]
    assert pay in spaced("".join(run.text for run in change.runs if run.kind != "removed"))

    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(xlsx_bytes(role))).active.iter_rows() for cell in row]
    (cell,) = [
        each for each in cells if isinstance(each.value, int | float) and Decimal(str(each.value)) == Decimal(target)
    ]
    assert cell.column_letter == "B", "in the column of the targets"
    assert currency_symbol(currency) in cell.number_format
    assert f",{currency}," in csv_bytes(role).decode()

    file = tmp_path / "role.toml"
    file.write_text(as_toml(role), "utf-8")
    shown = CliRunner().invoke(commands, ["library", "show", str(file)])
    assert expected in spaced(shown.output), shown.output


def as_toml(role: Role) -> str:
    import tomlkit

    return tomlkit.dumps(unstructure(role))


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_other_languages_write_the_currency_of_the_role_in_their_own_way(language: str):
    role = paid("NOK", 650_000_00, "2500000")
    expected = spaced(load_translator(language).money(Decimal(2_500_000), "NOK"))
    assert "NOK" in expected
    assert expected in printed("position-description", role, language)
    assert expected in in_word("position-description", role, language)


def test_an_amount_inside_a_text_of_the_library_is_written_in_the_currency_that_is_asked_for(tmp_path: Path):
    file = tmp_path / "seller.toml"
    file.write_text('title = "Seller"\nsummary = "Deals over {money:25000}."\n', "utf-8")
    assert read_role(file).summary == "Deals over $25,000."
    assert read_role(file, "EUR").summary == "Deals over €25,000."
    file.write_text('title = "Seller"\ncurrency = "GBP"\nsummary = "Deals over {money:25000}."\n', "utf-8")
    assert read_role(file, "EUR") == Role("Seller", currency="GBP", summary="Deals over £25,000.")
    file.write_text('title = "Seller"\nsummary = "Over {money:25,000}."\n[pay]\ncurrency = "CHF"\n', "utf-8")
    assert read_role(file, "EUR").currency == "CHF"
    assert any("{money:25000}" in fault.message for _, fault in library.check([file]))


def test_a_library_file_that_is_no_table_is_named(tmp_path: Path):
    file = tmp_path / "seller.toml"
    file.write_text('title = "Seller"\ncurrency = 7\n', "utf-8")
    with pytest.raises(InvalidData) as raised:
        read_role(file)
    assert [fault.path for fault in raised.value.faults] == ["currency"]
