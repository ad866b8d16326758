"""The company, its mark and its letterhead, as HR sets them."""

import io
import warnings

import pytest
from PIL import Image

from workbench.accounts import tables
from workbench.accounts.tables import CompanyRow


def huge() -> io.BytesIO:
    """A small file that unpacks to 169 megapixels."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Image.new("1", (13_000, 13_000)).save(out, "PNG")
    out.seek(0)
    return out


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    out.seek(0)
    return out


def test_hr_sets_the_company_and_its_mark(client, people, store):
    client.sign_in(people["hr"])
    answer = client.fill(
        "/company",
        name="Northwind & Sons",
        paper="letter",
        currency="EUR",
        country="DE",
        logo=(picture("JPEG"), "m.jpg"),
    )
    assert answer.status_code == 303
    with store.read() as session:
        own = tables.company(session)
        assert (own.name, own.paper, own.currency, own.country) == ("Northwind & Sons", "letter", "EUR", "DE")
    page = client.get("/company").page
    mark = client.get(page.select_one("main img")["src"])
    assert mark.mimetype == "image/png"
    assert mark.data.startswith(b"\x89PNG")
    assert page.select_one("#name")["value"] == "Northwind & Sons"


@pytest.mark.parametrize(("currency", "country"), [("NOK", "NO"), ("KWD", "KW"), ("EUR", "AT"), ("XAF", "CM")])
def test_a_company_may_be_anywhere(client, people, store, currency: str, country: str):
    client.sign_in(people["hr"])
    assert client.fill("/company", name="Northwind", currency=currency, country=country).status_code == 303
    with store.read() as session:
        assert (tables.company(session).currency, tables.company(session).country) == (currency, country)
    assert "money is usually in" not in client.get("/company").text
    client.fill("/company", currency="USD")
    assert f"money is usually in {currency}" in client.get("/company").text


LETTERHEAD = "40 Harbour Lane\r\n  Port\u202e Merrow\x07\r\n\r\n+1 555 0100"


def test_a_letterhead_is_kept_line_by_line_without_what_a_page_cannot_show(client, people, store):
    client.sign_in(people["hr"])
    assert client.fill("/company", name="Northwind", letterhead=LETTERHEAD).status_code == 303
    with store.read() as session:
        assert tables.company(session).letterhead == ("40 Harbour Lane", "Port Merrow", "+1 555 0100")
    assert client.get("/company").page.select_one("#letterhead").text.split("\n")[-1] == "+1 555 0100"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("\n".join("abcdef"), "Keep to 5 lines; there are 6"),
        (f"Harbour Lane\n{'x' * 81}", f"Shorten “{'x' * 30}…” to 80 characters; it has 81"),
        ("y" * 5_000, "Shorten this to 4,000 characters; it has 5,000"),
    ],
)
def test_a_letterhead_that_does_not_fit_comes_back_with_a_sentence(client, people, store, typed, message):
    client.sign_in(people["hr"])
    answer = client.fill("/company", name="Northwind", letterhead=typed)
    assert answer.status_code == 422
    assert message in answer.page.select_one("#letterhead-error").get_text(" ", strip=True)
    assert answer.page.select_one("#letterhead").text.strip() == typed
    with store.read() as session:
        assert tables.company(session).letterhead == ()


def test_finished_print_runs_are_kept_for_90_days_unless_the_company_says_otherwise(client, people, store):
    client.sign_in(people["hr"])
    assert client.get("/company").page.select_one("#keep_days")["value"] == "90"
    assert client.fill("/company", name="Northwind", keep_days="400").status_code == 303
    with store.read() as session:
        assert tables.company(session).keep_days == 400


@pytest.mark.parametrize("typed", ["", "0", "3651", "-1", "a year", "90.5"])
def test_a_time_that_nothing_can_be_kept_for_comes_back_with_a_sentence(client, people, store, typed):
    client.sign_in(people["hr"])
    answer = client.fill("/company", name="Northwind", keep_days=typed)
    assert answer.status_code == 422
    assert answer.page.select_one("#keep_days-error").get_text(" ", strip=True).startswith("Error: Enter a")
    assert answer.page.select_one("#keep_days")["value"] == typed
    with store.read() as session:
        assert tables.company(session).keep_days == 90


def test_a_company_keeps_its_mark_when_none_is_sent(client, people, store):
    client.sign_in(people["hr"])
    client.fill("/company", name="Northwind", logo=(picture(), "m.png"))
    client.fill("/company", name="Northwind Instruments")
    with store.read() as session:
        row = session.get_one(CompanyRow, 1)
        assert row.logo
        assert row.name == "Northwind Instruments"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\n and then nothing", "PNG or JPEG"),
        (b"GIF89a" + b"\0" * 50, "PNG or JPEG"),
        (b"%PDF-1.7 polyglot", "PNG or JPEG"),
        (b"x" * 2_000_001, "at most 2 MB"),
    ],
)
def test_a_mark_that_is_no_picture_of_ours_is_refused(client, people, store, content, says):
    client.sign_in(people["hr"])
    answer = client.fill("/company", name="Northwind", logo=(io.BytesIO(content), "logo.png"))
    assert answer.status_code == 422
    assert says in answer.text
    with store.read() as session:
        assert session.get(CompanyRow, 1) is None


def test_a_picture_of_very_many_points_is_refused_before_it_is_unpacked(client, people):
    client.sign_in(people["hr"])
    assert "at most 20 megapixels" in client.fill("/company", name="N", logo=(huge(), "m.png")).text


def test_nothing_of_a_file_but_its_picture_is_kept(client, people, store):
    client.sign_in(people["hr"])
    tricky = picture()
    tricky.seek(0, io.SEEK_END)
    tricky.write(b"<script>alert('hidden behind the picture')</script>")
    tricky.seek(0)
    client.fill("/company", name="N", logo=(tricky, "m.png"))
    with store.read() as session:
        assert b"script" not in session.get_one(CompanyRow, 1).logo


def test_a_file_of_three_megabytes_gets_a_clear_page(client, people):
    client.sign_in(people["hr"])
    answer = client.fill("/company", name="N", logo=(io.BytesIO(b"x" * 3_000_000), "m.png"))
    assert (answer.status_code, answer.page.h1.text) == (413, "That was too much at once")


def test_the_company_chooses_the_language_of_its_papers(client, people, store):
    client.sign_in(people["hr"])
    assert client.get("/company").page.select_one("#language option[selected]")["value"] == "en"
    assert client.fill("/company", name="Northwind", language="fr").status_code == 303
    with store.read() as session:
        assert tables.company(session).language == "fr"
    assert client.fill("/company", name="Northwind", language="tlh").status_code == 422
