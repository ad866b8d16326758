"""The example company starts with a role that is being written and one that is published, both with their pay."""

from sqlalchemy import select

from tests.support import make, site
from tests.support.servers.databases import Database
from workbench.core.findings import Level
from workbench.core.jobs.tables import JobRow
from workbench.roles import seed
from workbench.roles.library import library
from workbench.roles.review.rules import review


def test_the_example_company_has_a_draft_an_edition_and_their_prints(database: Database):
    people = site.people(database)
    with database.write.begin() as session:
        seed.seed_roles(session, people["leader"], people["other"])
    with database.read() as session:
        mine, theirs = make.draft_rows(session)
        (edition,) = make.edition_rows(session)
        assert (mine.owner_id, theirs.owner_id) == (people["leader"].id, people["other"].id)
        assert (mine.library, theirs.library) == (seed.DRAFT_ROLE, seed.PUBLISHED_ROLE)
        assert mine.title == library()[seed.DRAFT_ROLE].title
        assert list(mine.own_parts) == ["seat"]
        assert (edition.slug, edition.number, edition.role) == (theirs.slug, 1, theirs.role)
        assert sorted(job.task for job in session.scalars(select(JobRow))) == [
            "press-draft",
            "press-draft",
            "press-edition",
        ]


def test_the_published_example_has_no_gap_and_a_pay_range(database: Database):
    people = site.people(database)
    with database.write.begin() as session:
        seed.seed_roles(session, people["leader"], people["other"])
    with database.read() as session:
        role = make.draft_row(session, seed.PUBLISHED_ROLE).role
    assert not [finding for finding in review(role) if finding.level is Level.BLOCKING]
    assert role.pay.minimum is not None
    assert role.pay.maximum is not None
    assert role.pay.minimum < role.pay.maximum
