"""Say where the number of each target comes from: its basis, and who set it when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workbench.accounts.tables import name_of
from workbench.roles.expectations import BASIS_NAMES
from workbench.roles.model import Basis
from workbench.roles.tables import DraftRow
from workbench.roles.texts import place_of


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a number comes from: its basis, and the person who changed the target last; a placeholder has no person."""

    basis: Basis
    person: str = ""
    at: datetime | None = None

    @property
    def name(self) -> str:
        """Return the basis in words: `Proposed`."""
        return BASIS_NAMES[self.basis]


def origins_of(session: Session, draft: DraftRow) -> dict[str, Origin]:
    """Return the origin of the number of each target of a draft, by the place of the target."""
    found, names = {}, dict[int, str]()
    for item, expectation in draft.role.expectations():
        place = place_of(item, expectation)
        last = draft.touched.get(place)
        if expectation.basis is Basis.PLACEHOLDER or not last:
            found[place] = Origin(expectation.basis)
            continue
        number = last["person"]
        if number not in names:
            names[number] = name_of(session, number)
        found[place] = Origin(expectation.basis, names[number], datetime.fromisoformat(last["at"]))
    return found
