"""Long words stay in their column on every document of blocks: they are divided, or broken where no rule divides them."""

from dataclasses import replace

import pytest

from tests.documents.pdfs import text
from tests.support import make
from tests.support.sharing import press
from workbench.documents.model import Paper
from workbench.roles.documents.kinds import DOCUMENTS, build_document
from workbench.roles.library import find
from workbench.roles.model import Duty, Neighbour, Qualification, Role, Supports

WORDS = {
    "de": (
        "Kundenbeziehungsmanagement",
        "Verhandlungsgesprächsführung",
        "Erfolgsbeteiligungsprogramm",
        "Selbstverwirklichungsmöglichkeiten",
        "Regionalvertriebsleitungsverantwortung",
    ),
    "fi": (
        "asiakkuudenhallintajärjestelmä",
        "liiketoimintamahdollisuuksista",
        "neuvottelukäytäntöjärjestelmä",
        "myyntiedustajakoulutusohjelma",
        "kannattavuuslaskentamenetelmä",
    ),
    "one word": ("x" * 60, "A" * 60, "9" * 60, "m" * 60, "W" * 60),
}


def role_of(words: tuple[str, ...]) -> Role:
    """Return a role of the library in which every text of a person is one long word."""
    role = find("sales-engineer")
    supports = Supports(*((word,) for word in words))
    items = tuple(
        replace(
            item,
            outcome=" ".join(words[:2]),
            success_factor=words[2],
            scope=words[3],
            supports=supports,
            expectations=tuple(replace(each, qualifier=words[4], we_will=words[0]) for each in item.expectations),
        )
        for item in role.accountabilities
    )
    return replace(
        role,
        title=f"{words[0]} (m/w/d)",
        reports_to=words[1],
        accountabilities=items,
        hard_parts=words,
        neighbours=(Neighbour(words[3], words[4]),),
        duties=tuple(map(Duty, words)),
        qualifications=tuple(map(Qualification, words)),
    )


@pytest.mark.slow("prints the documents of roles with long words")
@pytest.mark.parametrize("language", WORDS)
def test_no_word_is_wider_than_its_column(language: str):
    role = role_of(WORDS[language])
    for kind in DOCUMENTS:
        document = build_document(kind, role, make.stamp(), "de")
        if document.blocks:
            assert press(document, Paper.A4).wide_words == (), kind


def test_a_compound_is_divided_with_a_hyphen_where_its_language_divides_it():
    role = replace(make.role(), hard_parts=WORDS["de"])
    pressed = press(build_document("position-description", role, make.stamp(), "de"), Paper.A4)
    assert pressed.wide_words == ()
    words = text(pressed.pdf).replace("\u00ad", "-").replace("\ufffe", "-")
    assert "Kundenbeziehungsmanagement" in words.replace("- ", "").replace("-", "")
