"""The approved documents: the words and the picture of every page, and a silent log.

After a wanted change: `pytest --approve`, look at what changed in tests/golden/documents, then commit it.
"""

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from tests.support.make import interviews, stamp
from workbench.documents.model import Document, FillMode, Paper, PrintedPdf, Stamp
from workbench.documents.press.press import press
from workbench.hiring.documents import score_sheet
from workbench.hiring.schedule import interview_schedule
from workbench.packets.contents import ContentsChapter, ContentsEntry, Cover, CoverRole
from workbench.packets.documents import cover, interviewer_guide, notice
from workbench.roles import library
from workbench.roles.advert.documents import Application, job_advert
from workbench.roles.brief.documents import accountability_brief
from workbench.roles.decision.reference import reference_check
from workbench.roles.decision.sheet import decision_sheet
from workbench.roles.documents.agreement import agreement
from workbench.roles.documents.build import interview_kit, starter_metrics_sheet
from workbench.roles.exercises.documents import exercise_for_candidate, exercise_for_interviewer
from workbench.roles.model import Role
from workbench.roles.position.documents import position_annex, position_description
from workbench.roles.promises.model import confirm

APPROVED = Path(__file__).resolve().parent.parent / "golden" / "documents"
DOTS = 60  # an inch: a moved line is seen, and a page takes 20 kB
SEEN = 40  # of 255: a lighter difference is the edge of a letter
PUBLISHED, DRAFT = stamp(), stamp(edition="Draft", draft=True)
PANEL = ("Ina Vogt", "Raj Rao", "Maximilian Hohenstein-Bergmann", "Li Na", "Tom O’Neil")
CONTENTS = Cover(
    "Interviewer packet",
    PANEL[0],
    (CoverRole("Sales Engineer", "Edition 3"),),
    (
        ContentsChapter("", (ContentsEntry("Interview schedule", 2), ContentsEntry("Interviewer guide", 3))),
        ContentsChapter(
            "Sales Engineer", (ContentsEntry("Interview kit", 4), ContentsEntry("Score sheet: Candidate A", 11))
        ),
    ),
    12,
)


def find(name: str) -> Role:
    """Return a role of the library with its promises confirmed."""
    return confirm(library.find(name))


def fillable(document: Document) -> Document:
    return replace(document, form=FillMode.FILLABLE)


def _position(own: Stamp) -> Document:
    return position_description(find("account-executive-mid-market").without_unreleased_pay(), own)


DOCUMENTS: dict[str, tuple[Callable[[], Document], Paper]] = {
    "position-description": (lambda: _position(PUBLISHED), Paper.A4),
    "position-description-draft": (lambda: _position(DRAFT), Paper.LETTER),
    "position-annex": (lambda: position_annex(find("account-executive-mid-market"), PUBLISHED), Paper.A4),
    "accountability-brief": (lambda: accountability_brief(find("customer-success-manager"), PUBLISHED), Paper.A4),
    "interview-kit": (lambda: interview_kit(find("sales-engineer"), PUBLISHED), Paper.A4),
    "exercise-candidate": (lambda: exercise_for_candidate(find("sales-manager"), PUBLISHED), Paper.A4),
    "exercise-interviewer": (lambda: exercise_for_interviewer(find("sales-manager"), PUBLISHED), Paper.LETTER),
    "packet-cover": (lambda: cover(CONTENTS, PUBLISHED), Paper.A4),
    "interview-schedule": (
        lambda: interview_schedule(
            interviews(PANEL, ("Candidate A", "Candidate B"), find("sales-engineer")), PUBLISHED
        ),
        Paper.LETTER,
    ),
    "interviewer-guide": (lambda: interviewer_guide(PUBLISHED), Paper.A4),
    "score-sheet": (lambda: score_sheet(find("sales-engineer"), "Ina Vogt", "Candidate A", PUBLISHED), Paper.A4),
    "notice": (lambda: notice(interviewer_guide(DRAFT), "It took longer than 30 seconds."), Paper.LETTER),
    "reference-check": (lambda: reference_check(find("sales-engineer"), PUBLISHED), Paper.A4),
    "decision-sheet": (lambda: decision_sheet(find("sales-engineer"), PUBLISHED), Paper.A4),
    "agreement": (lambda: agreement(find("sales-engineer"), PUBLISHED), Paper.A4),
    "job-advert": (
        lambda: job_advert(find("sales-engineer"), PUBLISHED, "en", Application("jobs@example.com", "Lea Berg")),
        Paper.LETTER,
    ),
    "starter-metrics": (lambda: starter_metrics_sheet(find("sales-manager"), PUBLISHED), Paper.LETTER),
    "score-sheet-fillable": (
        lambda: fillable(score_sheet(find("sales-engineer"), "Ina Vogt", "Candidate A", PUBLISHED)),
        Paper.A4,
    ),
    "accountability-brief-fillable": (
        lambda: fillable(accountability_brief(find("customer-success-manager"), PUBLISHED)),
        Paper.LETTER,
    ),
}


@pytest.fixture(params=DOCUMENTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def approving(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--approve")) or os.environ.get("GOLDEN") == "approve"


def test_a_paper_is_as_it_was_approved(name: str, approving: bool, caplog: pytest.LogCaptureFixture):
    build, paper = DOCUMENTS[name]
    with caplog.at_level(logging.WARNING, "weasyprint"):
        pressed = press(build(), paper)
    assert [record.getMessage() for record in caplog.records] == []
    words, pictures = read(pressed)
    folder = APPROVED / name
    if approving:
        approve(folder, words, pictures)
    assert words == (folder / "words.txt").read_text("utf-8")
    assert len(pictures) == len(list(folder.glob("page-*.png")))
    for number, picture in enumerate(pictures, 1):
        with Image.open(folder / f"page-{number}.png") as approved:
            assert unlike(picture, approved) is None, f"page {number} of {name} looks different"


def read(pressed: PrintedPdf) -> tuple[str, list[Image.Image]]:
    """Return the words of a document, page by page, and a grey picture of each page."""
    pdf = pypdfium2.PdfDocument(pressed.pdf)
    words, pictures = [], []
    for number, page in enumerate(pdf, 1):
        text = page.get_textpage()
        lines = [line.rstrip() for line in text.get_text_range().splitlines()]
        words.append("\n".join([f"== page {number} ==", *lines]))
        pictures.append(page.render(scale=DOTS / 72, grayscale=True).to_pil().convert("L").point(sixteen))
        text.close()
        page.close()
    pdf.close()
    return "\n".join(words) + "\n", pictures


def sixteen(level: int) -> int:
    """Bring a grey to the nearest of sixteen, which makes a small file."""
    return round(level / 17) * 17


def approve(folder: Path, words: str, pictures: list[Image.Image]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("page-*.png"):
        old.unlink()
    (folder / "words.txt").write_text(words, "utf-8")
    for number, picture in enumerate(pictures, 1):
        picture.save(folder / f"page-{number}.png", optimize=True)


def unlike(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    """Return the box around what is visibly different in two pictures, or None."""
    if one.size != other.size:
        return (0, 0, *one.size)
    return ImageChops.difference(one, other).point(lambda level: 255 if level > SEEN else 0).getbbox()


def test_a_line_that_moves_is_seen():
    page = Image.new("L", (100, 100), 255)
    moved = page.copy()
    moved.paste(0, (10, 50, 90, 51))
    assert unlike(page, moved) == (10, 50, 90, 51)
    assert unlike(page, page.copy()) is None
    assert unlike(page, Image.new("L", (99, 100), 255)) is not None
