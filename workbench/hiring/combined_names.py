"""Names that may be several people on one line: each is one person, is reported, and is split only on request.

A comma alone decides nothing: “Ann, Bob” are two people, “Berg, Lea” is one whose surname comes first, and “Lea Berg,
PhD” is one with a degree. So no name is split without being asked for, and a degree or a time after a name is not
reported.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.hiring.model import People, people_of

_BETWEEN = re.compile(r"\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|&|\+)\s+")
_TWO = 2
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
    """Return the people with one name split into the names that it may be; each has the role of the one before."""
    (parts,) = [each.parts for each in find_combined_names([name])] or [(name,)]

    def split(each: str) -> tuple[str, ...]:
        return parts if each == name else (each,)

    return people_of(
        tuple(part for each in people.panel for part in split(each)),
        tuple((part, role) for each, role in people.applications for part in split(each)),
    )


def find_turned_names(names: Iterable[str]) -> tuple[str, ...]:
    """Find the names that may have the surname first: “Berg, Lea” with one comma, and no degree behind it."""
    return tuple(name for name in dict.fromkeys(names) if name.count(",") == 1 and len(_parts(name)) == _TWO)


def turn_names(people: People) -> People:
    """Return the people with every surname that comes first behind the other names: “Berg, Lea” is “Lea Berg”."""
    found = frozenset(find_turned_names((*people.panel, *people.candidates)))

    def turn(name: str) -> str:
        return " ".join(reversed(_parts(name))) if name in found else name

    return people_of(tuple(map(turn, people.panel)), tuple((turn(name), role) for name, role in people.applications))


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
