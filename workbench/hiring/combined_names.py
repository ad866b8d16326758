"""Names that may be several people on one line: each is one person, is reported, and is split only on request.

A comma alone decides nothing: “Ann, Bob” are two people, “Berg, Lea” is one whose surname comes first, and “Lea Berg,
PhD” is one with a degree. So no name is split without being asked for, and a degree or a time after a name is not
reported.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.hiring.model import People

_BETWEEN = re.compile(r"\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|&|\+)\s+")
_COUNTS = ("two", "three", "four", "five")
# Case counts, because “Ma” and “Jd” may be names; full stops and hyphens make no difference.
_DEGREES = (
    "Jr Sr jr sr I II III IV V PhD phd Ph DPhil Dr MD MBA MPA MPH MA MS MSc BA BS BSc BEng MEng BBA LLB LLM JD Esq CPA "
    "CFA CMA ACA FCA CIPD MCIPD FCIPD PHR SPHR PMP PE RN CEng OBE MBE CBE KC QC MdB DiplIng DiplKfm"
)
_BEHIND_A_NAME = frozenset(_DEGREES.split())


@dataclass(frozen=True, slots=True)
class CombinedName:
    """A name that counts as one person, and the people that it may be."""

    name: str
    parts: tuple[str, ...]

    @property
    def count_in_words(self) -> str:
        """Return how many people it may be, in words."""
        return dict(enumerate(_COUNTS, 2)).get(len(self.parts), str(len(self.parts)))


def find_combined_names(names: Iterable[str]) -> tuple[CombinedName, ...]:
    """Find the names that may be several people, each once."""
    found = (CombinedName(name, _parts(name)) for name in dict.fromkeys(names))
    return tuple(each for each in found if len(each.parts) > 1)


def split_names(people: People, name: str) -> People:
    """Return the people with one name split into the names that it may be; other names stay as they are."""
    (parts,) = [each.parts for each in find_combined_names([name])] or [(name,)]

    def all_of(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(part for each in names for part in (parts if each == name else (each,)))

    return People(all_of(people.panel), all_of(people.candidates))


def _parts(name: str) -> tuple[str, ...]:
    """Split a name at its commas and at “and”; a part that is no name stays with the name before it."""
    parts: list[str] = []
    for part in filter(None, map(str.strip, _BETWEEN.split(name))):
        if parts and _is_behind(part):
            parts[-1] = f"{parts[-1]}, {part}"
        else:
            parts.append(part)
    return tuple(parts)


def _is_behind(part: str) -> bool:
    """Return whether some words follow a name and are no name: degrees, a generation, a time."""
    words = re.sub(r"[.\-]", "", part).split()
    degrees = {"".join(words), *words} & _BEHIND_A_NAME
    return "".join(words) in degrees or degrees == set(words) or not any(map(str.isalpha, part))
