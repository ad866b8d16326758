"""Recipes in words, the rules that they are held to, and what a role lacks for one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import make
from workbench.hiring.model import People
from workbench.packets.model import plan_packets
from workbench.packets.recipes.model import (
    CANDIDATES_MAY_SEE,
    DOCUMENT_TITLES,
    RECIPES,
    DocumentKind,
    Reader,
    RecipeDraft,
    describe_recipe,
    find_shipped_recipe,
    missing_content,
    recipe_faults,
)
from workbench.roles.documents.kinds import DOCUMENTS
from workbench.roles.model import Role

TITLES = [recipe.title for recipe in RECIPES]
BARE = Role("Account Manager")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "interviewer",
            (
                "one for each panel member: interview schedule, interviewer guide, position description, interview kit, "
                "candidate’s exercise sheet, interviewer’s exercise sheet and a score sheet for each candidate"
            ),
        ),
        ("candidate", "one for each candidate: accountability brief and candidate’s exercise sheet"),
        (
            "manager",
            (
                "one for the person who prints it: position description, accountability brief, interview kit, "
                "candidate’s exercise sheet, interviewer’s exercise sheet, reference check, "
                "decision sheet, role agreement and starter metrics sheet"
            ),
        ),
        (
            "records",
            (
                "one for the file: interview schedule, position description, interview kit, decision sheet and a score sheet "
                "for each candidate and panel member"
            ),
        ),
    ],
)
def test_a_recipe_says_in_a_line_for_whom_it_is_and_what_it_hands_out(name: str, message: str):
    assert describe_recipe(find_shipped_recipe(name)) == message


def test_every_document_has_the_title_that_its_own_page_has():
    assert DOCUMENT_TITLES.keys() == set(DocumentKind)
    assert set(DOCUMENTS) <= set(DocumentKind)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_shipped_recipe_keeps_the_rules(recipe):
    others = [title for title in TITLES if title != recipe.title]

    assert recipe_faults(RecipeDraft(recipe.title, recipe.reader, recipe.parts), others) == ()


@pytest.mark.parametrize(
    ("draft", "message"),
    [
        (make.recipe_draft(parts=()), "Put at least one document in the recipe."),
        (make.recipe_draft(parts=(DocumentKind.KIT, DocumentKind.KIT)), "Put “Interview kit” in the recipe only once"),
        (make.recipe_draft("No"), "3 to 60 characters; this has 2 characters."),
        (make.recipe_draft("x" * 61), "3 to 60 characters; this has 61 characters."),
        (make.recipe_draft("FILE  copy"), "There is a recipe called “FILE  copy” already."),
        (make.recipe_draft("Ｆile copy"), "already. Choose another title."),
        (make.recipe_draft("File\u200b copy"), "already. Choose another title."),
    ],
)
def test_a_recipe_that_cannot_be_kept_is_told_why(draft: RecipeDraft, message: str):
    assert [words for words in recipe_faults(draft, TITLES) if message in words]


@given(st.lists(st.sampled_from(DocumentKind), unique=True, min_size=1))
def test_a_candidates_packet_holds_nothing_but_position_description_and_brief(parts: list[DocumentKind]):
    draft = make.recipe_draft(reader=Reader.CANDIDATE, parts=tuple(parts))
    inside = set(parts) - CANDIDATES_MAY_SEE

    assert len(recipe_faults(draft, TITLES)) == len(inside)
    if inside:
        with pytest.raises(ValueError, match=r"out of a candidate’s packet"):
            plan_packets(draft.to_recipe(), 1, People(("Ina",), ("Candidate A",)), "Maya")
    else:
        assert plan_packets(draft.to_recipe(), 1, People((), ("Candidate A",)), "Maya")


def test_a_recipe_for_the_panel_needs_a_panel_whatever_it_hands_out():
    with pytest.raises(ValueError, match="Name the panel members: each of them gets a packet"):
        plan_packets(make.recipe_draft().to_recipe(), 1, People((), ("Candidate A",)), "Maya")


def test_a_role_that_has_everything_lacks_nothing():
    assert [missing_content(recipe, [("Account Executive", make.role())]) for recipe in RECIPES] == [()] * len(RECIPES)


def test_a_bare_role_is_told_what_to_add_for_each_kind_of_document():
    parts = (DocumentKind.POSITION, DocumentKind.BRIEF, DocumentKind.KIT, DocumentKind.SHEETS, DocumentKind.METRICS)

    assert missing_content(make.recipe_draft(parts=parts).to_recipe(), [("Account Manager", BARE)]) == (
        (
            "Account Manager has no accountabilities yet, so there is no brief to print. Add accountabilities to the role, "
            "or choose a recipe without the brief."
        ),
        (
            "Account Manager has no interview questions yet, so there is no kit and no score sheet to print. Add interview "
            "questions to the role, or choose a recipe without them."
        ),
        (
            "Account Manager has no expectations yet, so there is no starter metrics sheet to print. Add expectations to "
            "the role, or choose a recipe without the starter metrics sheet."
        ),
    )
    assert (
        missing_content(make.recipe_draft(parts=(DocumentKind.POSITION,)).to_recipe(), [("Account Manager", BARE)])
        == ()
    )


def test_each_role_is_asked_by_itself():
    silent = replace(make.role(), accountabilities=(make.accountability(questions=()),))
    (words,) = missing_content(make.recipe_draft().to_recipe(), [("One", make.role()), ("Two", silent)])

    assert words.startswith("Two has no interview questions yet, so there is no kit to print.")
