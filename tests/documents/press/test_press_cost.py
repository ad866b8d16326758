"""The heaviest documents that the forms allow print within their bounds, and hostile text costs no more than any."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.cost import plain_seconds
from tests.support.make import stamp
from workbench.documents.model import Document, Paper
from workbench.documents.page.html import margin_style, render_html, template_dir
from workbench.documents.press.warm import WarmPress
from workbench.metrics.model import Period
from workbench.roles.brief.documents import accountability_brief
from workbench.roles.documents.build import interview_kit, starter_metrics_sheet
from workbench.roles.model import (
    Accountability,
    Anchors,
    Duty,
    Expectation,
    Neighbour,
    Purpose,
    Qualification,
    Question,
    QuestionKind,
    Role,
    Supports,
)
from workbench.roles.position.documents import position_description

pytestmark = pytest.mark.slow("measures the heaviest documents")

COST, BYTES = 2_500, 500 << 20  # the processor time is a multiple of plain work
MAX_TIMES = 4  # the cost of prose, for as much of another text
TEXTS = {
    "prose": "We look at the numbers together each week and decide what to change. ",
    "one word": "x",
    "no-break spaces": "a\u00a0",
    "marks": "a\u0301\u0302\u0303\u0304",
    "emoji": "😀👩\u200d💻",
    "right to left": "مرحبا بالعالم ",
    "markup": "<table><tr><td style='overflow-wrap:anywhere'>",
    "hyphens": "-",
}


@pytest.fixture(scope="module")
def warm() -> Iterator[WarmPress]:
    with WarmPress(seconds=300) as started:  # what is counted is its own processor time
        yield started


def full_role(phrase: str, accountabilities: int = 8, questions: int = 3) -> Role:
    """Return a role in which every text is as long as its form allows."""

    def text(most: int) -> str:
        return (phrase * (most // len(phrase) + 1))[:most]

    def question(at: str) -> Question:
        anchors = Anchors(text(800), text(800), text(800))
        probes = (text(200),) * 4
        return Question(at, QuestionKind.BEHAVIOURAL, text(1200), text(120), probes, 10, anchors, text(1200))

    def expectation(at: str) -> Expectation:
        return Expectation(
            at,
            "win_rate_n",
            value=Decimal(22),
            period=Period.WEEK,
            qualifier=text(160),
            source=text(160),
            we_will=text(1000),
        )

    def item(at: int) -> Accountability:
        supports = Supports(*[(text(200),) * 4] * 5)
        expectations = tuple(expectation(f"e{at}{n}") for n in range(3))
        interview = tuple(question(f"q{at}{n}") for n in range(questions))
        facts = (text(600), text(1000), text(80), text(160), True, text(1000), 10)
        return Accountability(f"a{at}", *facts, supports, expectations, interview)

    return Role(
        text(120),
        summary=text(1200),
        purpose=Purpose(*[text(1000)] * 5),
        accountabilities=tuple(item(at) for at in range(accountabilities)),
        duties=(Duty(text(300)),) * 40,
        qualifications=(Qualification(text(300)),) * 40,
        hard_parts=(text(400),) * 10,
        neighbours=(Neighbour(text(120), text(300)),) * 10,
    )


def documents_of(role: Role) -> tuple[Document, ...]:
    facts = stamp(company=role.title)
    return (
        position_description(role, facts),
        accountability_brief(role, facts),
        interview_kit(role, facts),
        starter_metrics_sheet(role, facts),
    )


def printed(warm: WarmPress, document: Document) -> tuple[float, int, int]:
    """Print a document; give its cost as a multiple of plain work, bytes held by the child at most, and pages."""
    words, folder = margin_style(document, Paper.A4), str(template_dir())
    head = {"paper": "a4", "words": words, "logos": [], "folder": folder}
    answer, _ = warm.worker.request(head, render_html(document, Paper.A4).encode())
    status = Path(f"/proc/{warm.worker.pid}/status").read_text()
    peak = next(int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmHWM"))
    return answer["seconds"] / plain_seconds(), peak, answer["pages"]


@pytest.mark.parametrize("kind", range(4), ids=["position", "brief", "kit", "metrics"])
def test_the_heaviest_document_prints_within_its_bounds(warm: WarmPress, kind: int):
    cost, peak, _ = printed(warm, documents_of(full_role(TEXTS["prose"]))[kind])
    assert cost < COST
    assert peak < BYTES


@pytest.fixture(scope="module")
def prose(warm: WarmPress) -> list[float]:
    """What the four documents of a small role cost when every text is full of prose."""
    return [printed(warm, document)[0] for document in small_documents("prose")]


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_in_every_field_costs_no_more_than_prose_may(warm: WarmPress, prose: list[float], text: str):
    for document, usual in zip(small_documents(text), prose, strict=True):
        cost, peak, _ = printed(warm, document)
        assert cost < MAX_TIMES * usual
        assert peak < BYTES


def small_documents(text: str) -> tuple[Document, ...]:
    return documents_of(full_role(TEXTS[text], accountabilities=1, questions=1))
