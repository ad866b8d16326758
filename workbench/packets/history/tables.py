"""Find earlier print runs: a page of the list, or of the runs that match a search."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workbench.accounts.tables import PersonRow
from workbench.core.jobs.tables import JobRow, JobState
from workbench.core.paging import ListPage, ListRequest, fetch_page
from workbench.core.text.words import fold_case
from workbench.packets.tables import PrintRunRow, RunState, combine_states, count_pages


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One line of the list of runs."""

    id: int
    name: str
    recipe: str
    roles: str
    panel: tuple[str, ...]
    candidates: tuple[str, ...]
    created_at: datetime
    planner: str
    state: RunState
    faults: int
    pages: int


def list_runs(session: Session, person: int | None, request: ListRequest) -> ListPage[RunSummary]:
    """Return a page of the runs of one person, or of every person for None; the latest run is first.

    Each word of the search must be in the run's own name, its number, its recipe, a role, the name of a person in it,
    or the name of the person who planned it.
    """
    row = PrintRunRow
    query = (
        select(
            row.id,
            row.choices["name"],
            row.choices["recipe"]["title"],
            row.role_titles,
            row.choices["people"],
            row.created_at,
            PersonRow.name,
            row.state,
            JobRow.state,
            row.faults,
            row.files,
        )
        .join(PersonRow, PersonRow.id == row.person_id)
        .join(JobRow, JobRow.id == row.job_id, isouter=True)
    )
    if person is not None:
        query = query.where(row.person_id == person)
    for word in fold_case(request.search).split():
        query = query.where(
            or_(row.search_text.contains(word, autoescape=True), PersonRow.name.icontains(word, autoescape=True))
        )
    return fetch_page(session, query, request, _summarize, orders={"run": (row.id,)}, default="-run")


def _summarize(  # noqa: PLR0913, PLR0917 - one argument for each column
    number: int,
    name: str | None,
    recipe: str,
    roles: str,
    people: dict[str, Any] | None,
    created_at: datetime,
    planner: str,
    state: RunState,
    job: JobState | None,
    faults: list[str],
    files: list[dict[str, Any]],
) -> RunSummary:
    names = people or {}
    panel, candidates = tuple(names.get("panel", ())), tuple(names.get("candidates", ()))
    return RunSummary(
        number,
        name or "",
        recipe,
        roles,
        panel,
        candidates,
        created_at,
        planner,
        combine_states(state, job),
        len(faults),
        count_pages(files),
    )
