"""Find ready-made roles by the words of their texts, in spite of typing errors."""

from collections.abc import Mapping
from functools import cache

from workbench.core.text.near_words import Term, contains, correct, fold_words, read_terms
from workbench.roles.library import library
from workbench.roles.model import Role
from workbench.roles.search.model import EntryKind, list_entries


@cache
def list_library_entries() -> tuple[tuple[str, str, str, str], ...]:
    """Return file name, place in words, text and folded words of each text of the library.

    Targets are left out, because their numbers are placeholders in the currency of each company.
    """
    return tuple(
        (
            name,
            "Role library" if entry.kind is EntryKind.ROLE else f"{role.title}, role library",
            entry.text,
            fold_words(f"{entry.text} {entry.more}"),
        )
        for name, role in library().items()
        for entry in list_entries(role)
        if entry.kind is not EntryKind.TARGET
    )


@cache
def list_library_words() -> frozenset[str]:
    """Return every word of the library."""
    return frozenset(word for _, _, _, folded in list_library_entries() for word in folded.split())


def find_library_roles(roles: Mapping[str, Role], search: str) -> dict[str, Role]:
    """Return those of `roles` that contain every word of a search, or where none does, the words nearest to them."""
    terms = read_terms(search)
    found = _match(roles, terms)
    return found or _match(roles, correct(terms, list_library_words()))


def _match(roles: Mapping[str, Role], terms: tuple[Term, ...]) -> dict[str, Role]:
    return {name: role for name, role in roles.items() if contains(_folded_role(name), terms)}


@cache
def _folded_role(name: str) -> str:
    return " ".join(folded for each, _, _, folded in list_library_entries() if each == name)
