"""What follows for the people of a draft when it is published."""

from sqlalchemy.orm import Session

from workbench.roles.approval.tables import close_request
from workbench.roles.notices.model import NoticeKind
from workbench.roles.notices.tables import notify
from workbench.roles.tables import DraftRow, EditionRow


def tell_people(session: Session, draft: DraftRow, edition: EditionRow, person: int) -> None:
    """Keep who agreed with the edition, close the request for approval, and notify the people of the draft."""
    close_request(session, draft, edition)
    people = {number for _, number in draft.others} | {draft.owner_id}
    place = f"edition/{edition.number}"
    notify(session, NoticeKind.PUBLISHED, draft, people, person, place=place, detail=edition.label)
