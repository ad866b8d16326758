"""A print run as work for later: what is missing is printed with its progress told, then the packets are linked."""

import time
from typing import Any

from sqlalchemy.orm import Session

from workbench.accounts.tables import company, company_mark
from workbench.core.db import settings_of
from workbench.core.jobs import report, task
from workbench.documents.model import Document, Paper, Pressed
from workbench.packets import files, tables
from workbench.packets.model import Pick, Wanted
from workbench.packets.order import Chosen, Order
from workbench.packets.run import Progress, print_all, write
from workbench.packets.tables import PrintRunRow
from workbench.roles import printing
from workbench.roles.tasks import store, warm_press

TOLD_EVERY = 0.5  # seconds


class Cancelled(Exception):
    """Somebody does not want the run any more."""


@task("print-run")
def print_run(session: Session, run: int) -> dict[str, Any]:
    """Print a run and put its files in place; a run that was cancelled leaves nothing behind."""
    row = session.get_one(PrintRunRow, run)
    order = order_of(session, row)
    mark = company_mark(session)
    session.rollback()  # nothing is held open while the press works

    def press(document: Document, paper: Paper) -> Pressed:
        return warm_press().press(document, paper, mark)

    try:
        printed = print_all(order, store(session), press, _Teller(session, run))
        handed = write(order, printed, files.place(settings_of(session)), str(run))
        files.offer(settings_of(session), handed.folder)
    except Cancelled:
        return {"cancelled": True}
    for document in printed.papers:
        store(session).ensure(session, document, order.options.paper, press)
    ended = tables.find_run(session, run, hold=True)
    if ended is None or ended.cancelled_at:
        files.remove(settings_of(session), run)
        return {"cancelled": True}
    ended.finish(printed, handed)
    return {"documents": printed.documents, "pages": ended.pages, "digest": handed.digest}


def order_of(session: Session, run: PrintRunRow) -> Order:
    """Give everything that decides what a run prints."""
    return ordered(session, run.wanted)


def ordered(session: Session, wanted: Wanted) -> Order:
    """Give everything that decides what would be printed of what somebody wants."""
    return Order(wanted.recipe, chosen_of(session, wanted.picks), wanted.people, wanted.leader, wanted.options)


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


class _Teller:
    """Writes down how far a run is, twice a second and at the end, for all to see."""

    def __init__(self, session: Session, run: int) -> None:
        self.session, self.run = session, run
        self.told_at = -TOLD_EVERY

    def __call__(self, progress: Progress) -> None:
        if progress.documents < progress.total and time.monotonic() - self.told_at < TOLD_EVERY:
            return
        self.told_at = time.monotonic()
        report(self.session, progress.documents, progress.total)  # first: whoever was overtaken writes nothing
        wanted = tables.note_progress(self.session, self.run, progress)
        self.session.commit()
        if not wanted:
            raise Cancelled
