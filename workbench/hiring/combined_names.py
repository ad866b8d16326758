"""Names that may be several people on one line: they are taken as one person, told, and parted only when somebody says so.

A comma alone tells nothing: “Ann, Bob” are two people, “Berg, Lea” is one whose surname comes first, and “Lea Berg, PhD”
is one with a degree. So nobody is parted unasked, and what stands behind a name as a degree or a time raises no question.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.hiring.model import People

_BETWEEN = re.compile(r"\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|&|\+)\s+")
_COUNTS = ("two", "three", "four", "five")
# Written as they are here, for “Ma” and “Jd” may be somebody's name; full stops and hyphens make no difference.
_DEGREES = (
    "Jr Sr jr sr I II III IV V PhD phd Ph DPhil Dr MD MBA MPA MPH MA MS MSc BA BS BSc BEng MEng BBA LLB LLM JD Esq CPA "
    "CFA CMA ACA FCA CIPD MCIPD FCIPD PHR SPHR PMP PE RN CEng OBE MBE CBE KC QC MdB DiplIng DiplKfm"
)
_BEHIND_A_NAME = frozenset(_DEGREES.split())


@dataclass(frozen=True, slots=True)
class CombinedName:
    """A name that is taken as one person, and the people that it may be."""

    name: str
    parts: tuple[str, ...]

    @property
    def count_in_words(self) -> str:
        """Say how many people it may be."""
        return dict(enumerate(_COUNTS, 2)).get(len(self.parts), str(len(self.parts)))


def find_combined_names(names: Iterable[str]) -> tuple[CombinedName, ...]:
    """Find the names that may be several people, each once."""
    found = (CombinedName(name, _parts(name)) for name in dict.fromkeys(names))
    return tuple(each for each in found if len(each.parts) > 1)


def split_names(people: People, name: str) -> People:
    """Put the people that one name may be on lines of their own; a name that is one person stays as it is."""
    (parts,) = [each.parts for each in find_combined_names([name])] or [(name,)]

    def all_of(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(part for each in names for part in (parts if each == name else (each,)))

    return People(all_of(people.panel), all_of(people.candidates))


def _parts(name: str) -> tuple[str, ...]:
    """Part a name at its commas and at “and”; what is nobody's name stays behind the name before it."""
    parts: list[str] = []
    for part in filter(None, map(str.strip, _BETWEEN.split(name))):
        if parts and _is_behind(part):
            parts[-1] = f"{parts[-1]}, {part}"
        else:
            parts.append(part)
    return tuple(parts)


def _is_behind(part: str) -> bool:
    """Tell whether some words stand behind a name and are none: degrees, a generation, a time."""
    words = re.sub(r"[.\-]", "", part).split()
    degrees = {"".join(words), *words} & _BEHIND_A_NAME
    return "".join(words) in degrees or degrees == set(words) or not any(map(str.isalpha, part))
