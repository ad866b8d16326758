"""Find print runs again: the latest first, page by page, or those that hold all the words of a search."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workbench.accounts.tables import PersonRow
from workbench.core.text.words import fold_case
from workbench.packets.tables import PAGE, PrintRunRow
from workbench.roles.tables import EditionRow

MAX_SEARCHED = 1_000  # runs that one search reads; the next page goes on from there


@dataclass(frozen=True, slots=True)
class RunPage:
    """Some runs, the latest first, and the number before which there are older ones, or 0."""

    runs: tuple[PrintRunRow, ...]
    before: int = 0


def find_runs(session: Session, person: int | None, asked: str = "", before: int = 0) -> RunPage:
    """Find the runs of one person, or of everybody, that were planned before run `before` (0: all).

    Each word of `asked` stands in the run's own name, the number, the recipe, a role, the name of a person in it, or of
    whoever planned it.
    """
    found: list[PrintRunRow] = []
    words = fold_case(asked).split()
    looked_at = 0
    while rows := _page(session, person, before):
        texts = _searchable_texts(session, rows) if words else [""] * len(rows)
        for row, text in zip(rows, texts, strict=True):
            if all(word in text for word in words):
                if len(found) == PAGE:
                    return RunPage(tuple(found), found[-1].id)
                found.append(row)
        before = rows[-1].id
        looked_at += len(rows)
        if len(rows) <= PAGE:
            break
        if looked_at >= MAX_SEARCHED:
            return RunPage(tuple(found), before)
    return RunPage(tuple(found))


def _page(session: Session, person: int | None, before: int) -> Sequence[PrintRunRow]:
    wanted = select(PrintRunRow).order_by(PrintRunRow.id.desc()).limit(PAGE + 1)
    if person is not None:
        wanted = wanted.where(PrintRunRow.person_id == person)
    return session.scalars(wanted.where(PrintRunRow.id < before) if before else wanted).all()


def _searchable_texts(session: Session, rows: Sequence[PrintRunRow]) -> list[str]:
    """Give what is searched of each run, folded; their editions and planners are read at once."""
    picks = [pick for row in rows for pick in row.choices["picks"]]
    editions = {pick["edition"] for pick in picks if pick.get("edition")}
    titles = _find_names(session, EditionRow.id, EditionRow.title, editions)
    names = _find_names(session, PersonRow.id, PersonRow.name, {row.person_id for row in rows})
    return [_searchable_text(row, titles, names) for row in rows]


def _find_names(session: Session, key: Any, name: Any, numbers: set[int]) -> dict[int, str]:
    return {row[0]: row[1] for row in session.execute(select(key, name).where(key.in_(numbers)))}


def _searchable_text(row: PrintRunRow, titles: dict[int, str], names: dict[int, str]) -> str:
    chosen = row.choices
    people = chosen.get("people", {})
    roles = [
        titles.get(pick.get("edition", 0), "") or pick.get("role", {}).get("title", "") for pick in chosen["picks"]
    ]
    said = [str(row.id), chosen.get("name", ""), chosen["recipe"]["title"], names.get(row.person_id, "")]
    return fold_case("\n".join([*said, *roles, *people.get("panel", ()), *people.get("candidates", ())]))
