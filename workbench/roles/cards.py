"""What pages show of drafts and editions without reading the whole role: frozen values, made from single columns."""

from dataclasses import dataclass
from datetime import datetime

from workbench.accounts.model import Thing
from workbench.documents.model import edition_label


@dataclass(frozen=True, slots=True)
class DraftCard:
    """The head of a draft: what its pages show beside the role itself."""

    slug: str
    title: str
    owner_id: int
    version: int
    changed_at: datetime
    thing: Thing
    id: int

    @property
    def pay_thing(self) -> Thing:
        """Return the pay before its release as the thing of an act."""
        return Thing("pay", self.owner_id, self.slug, self.thing.others)


@dataclass(frozen=True, slots=True)
class EditionCard:
    """The head of an edition: what lists and pages show beside the role itself."""

    slug: str
    number: int
    title: str
    owner_id: int
    digest: str
    published_at: datetime
    retired_at: datetime | None
    id: int

    @property
    def label(self) -> str:
        """Return the name of the edition as it is printed: `Edition 3`."""
        return edition_label(self.number)
