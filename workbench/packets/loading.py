"""Load everything that decides what a run prints from the database."""

from sqlalchemy.orm import Session

from workbench.accounts.tables import company
from workbench.packets import tables
from workbench.packets.job import Chosen, Order
from workbench.packets.model import Pick, Wanted
from workbench.packets.tables import PrintRunRow
from workbench.roles.documents import printing


def order_of(session: Session, run: PrintRunRow) -> Order:
    """Give everything that decides what a run prints."""
    return ordered(session, run.wanted)


def ordered(session: Session, wanted: Wanted) -> Order:
    """Give everything that decides what would be printed of what somebody wants."""
    answers = {each.sheet: each.given for each in wanted.answers}
    chosen = chosen_of(session, wanted.picks)
    return Order(wanted.recipe, chosen, wanted.people, wanted.leader, wanted.options, answers, wanted.name)


def chosen_of(session: Session, picks: tuple[Pick, ...]) -> tuple[Chosen, ...]:
    """Give roles with the stamps that their papers carry."""
    own = company(session)
    editions = tables.editions_of(session, picks)
    return tuple(
        Chosen(pick.role, printing.draft_stamp(own, pick.role))
        if pick.role
        else Chosen(editions[pick.edition].role, printing.edition_stamp(own, editions[pick.edition]))
        for pick in picks
    )
