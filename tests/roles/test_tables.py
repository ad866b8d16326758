"""Drafts keep every word of everybody, and editions never change: on SQLite and on PostgreSQL alike."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from tests.support import make, site
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.edits import Edit, StaleEdit
from workbench.core.shape import digest
from workbench.roles import tables
from workbench.roles.model import SCHEMA, Pay, Role
from workbench.roles.publishing.model import PublishingReason
from workbench.roles.tables import DraftRow, EditionRow

PARTS = ("overall", "outcomes", "leading", "why_needed", "contribution")


@pytest.fixture
def owner(database: Database) -> Person:
    """The leader who owns what these tests write."""
    return site.people(database)["leader"]


@pytest.fixture
def slug(database: Database, owner: Person) -> str:
    """A draft of a complete role."""
    return make.draft(database, owner)


def summed_up(text: str):
    return lambda role: replace(role, summary=text)


def purposed(text: str):
    return lambda role: replace(role, purpose=replace(role.purpose, why_needed=text))


def edit(part: str, base: int, tab: str, person: Person) -> Edit:
    return Edit(part, base, tab, person.id)


def test_a_role_comes_back_from_the_database_as_it_went_in(database: Database, owner: Person):
    value = make.role(summary="Ça, Δελφοί, Київ, 東京 and “quotes”", accountabilities=(make.accountability(share=37),))
    assert make.stored_role(database, make.draft(database, owner, value)) == value


def test_a_change_counts_the_version_up_and_keeps_the_title_beside_the_value(
    database: Database, owner: Person, slug: str
):
    with database.write.begin() as session:
        draft = make.draft_row(session, slug)
        before = draft.changed_at
        draft.change(edit("seat", 1, "tab", owner), lambda role: replace(role, title="Closer"))
    with database.read() as session:
        draft = make.draft_row(session, slug)
        assert (draft.version, draft.title, draft.role.title, draft.slug) == (2, "Closer", "Closer", slug)
        assert draft.changed_at > before
        assert draft.touched["seat"]["version"] == 2
        assert draft.touched["seat"]["person"] == owner.id


def test_a_stored_value_is_read_once_and_anew_when_it_was_changed_by_this_page_or_another(
    database: Database, owner: Person, slug: str
):
    with database.write() as session, database.write() as other:
        draft = tables.find_draft(session, slug)
        assert draft.role is draft.role
        draft.change(edit("summary", 1, "mine", owner), summed_up("Mine."))
        assert draft.role.summary == "Mine."
        session.commit()
        tables.find_draft(other, slug).change(edit("purpose", 2, "theirs", owner), purposed("Theirs."))
        other.commit()
        session.expire_all()
        assert draft.role.purpose.why_needed == "Theirs."


def test_an_edit_that_changes_nothing_leaves_the_draft_alone(database: Database, owner: Person, slug: str):
    with database.write.begin() as session:
        draft = make.draft_row(session, slug)
        assert draft.change(edit("summary", 1, "tab", owner), lambda role: role) == make.role()
    with database.read() as session:
        draft = make.draft_row(session, slug)
        assert (draft.version, draft.touched) == (1, {})


def test_two_pages_that_change_the_same_part_meet_and_the_second_is_told_by_whom(
    database: Database, owner: Person, slug: str
):
    with database.write.begin() as session:
        draft = make.draft_row(session, slug)
        draft.change(edit("summary", 1, "one", owner), summed_up("The first text."))
        with pytest.raises(StaleEdit) as stale:
            draft.change(edit("summary", 1, "two", owner), summed_up("The second text."))
    assert (stale.value.part, stale.value.changed_by) == ("summary", owner.id)
    assert stale.value.changed_at.tzinfo is not None
    assert make.stored_role(database, slug).summary == "The first text."


def test_two_pages_that_change_different_parts_do_not_meet(database: Database, owner: Person, slug: str):
    with database.write.begin() as session:
        draft = make.draft_row(session, slug)
        draft.change(edit("summary", 1, "one", owner), summed_up("New summary."))
        draft.change(edit("purpose/why-needed", 1, "two", owner), purposed("New need."))
    role = make.stored_role(database, slug)
    assert (role.summary, role.purpose.why_needed) == ("New summary.", "New need.")


def test_a_page_may_save_again_on_the_version_that_it_was_opened_at(database: Database, owner: Person, slug: str):
    with database.write.begin() as session:
        draft = make.draft_row(session, slug)
        draft.change(edit("summary", 1, "one", owner), summed_up("Firs"))
        draft.change(edit("summary", 1, "one", owner), summed_up("First words"))
    assert make.stored_role(database, slug).summary == "First words"


def test_a_page_that_has_seen_the_newest_version_merges(database: Database, owner: Person, slug: str):
    with database.write.begin() as session:
        draft = make.draft_row(session, slug)
        draft.change(edit("summary", 1, "one", owner), summed_up("Theirs."))
        draft.change(edit("summary", draft.version, "two", owner), summed_up("Theirs. And mine."))
    assert make.stored_role(database, slug).summary == "Theirs. And mine."


def test_a_write_onto_a_version_that_is_gone_is_refused(database: Database, owner: Person, slug: str):
    with database.read() as session:
        draft = make.draft_row(session, slug)
    with database.write.begin() as quick:
        make.draft_row(quick, slug).change(edit("summary", 1, "quick", owner), summed_up("Quick."))
    with pytest.raises(StaleDataError), database.write.begin() as slow:
        slow.add(draft)
        draft.change(edit("summary", 1, "slow", owner), summed_up("Slow."))
    assert make.stored_role(database, slug).summary == "Quick."


def test_a_draft_that_is_held_waits_for_its_turn_and_nobody_is_refused(database: Database, owner: Person, slug: str):
    def write(part: str) -> None:
        for number in range(4):
            with database.write.begin() as session:
                draft = tables.find_draft(session, slug, lock=True)
                assert draft is not None
                draft.change(
                    edit(f"purpose/{part}", draft.version, part, owner),
                    lambda role, text=f"{part} {number}": replace(role, purpose=replace(role.purpose, **{part: text})),
                )

    with ThreadPoolExecutor() as pool:
        list(pool.map(write, PARTS))
    purpose = make.stored_role(database, slug).purpose
    assert {getattr(purpose, part) for part in PARTS} == {f"{part} 3" for part in PARTS}
    with database.read() as session:
        assert make.draft_row(session, slug).version == 21


def test_the_same_title_may_stand_many_times(database: Database, owner: Person):
    slugs = [make.draft(database, owner, Role(title="Closer")) for _ in range(4)]
    assert slugs == ["closer", "closer-2", "closer-3", "closer-4"]


def test_a_slug_that_became_free_is_used_again_and_a_longer_title_does_not_take_it(database: Database, owner: Person):
    assert make.draft(database, owner, Role(title="Closer 2")) == "closer-2"
    assert make.draft(database, owner, Role(title="Closer")) == "closer"
    assert make.draft(database, owner, Role(title="Closer")) == "closer-3"
    assert make.draft(database, owner, Role(title="Closer of deals")) == "closer-of-deals"


@pytest.mark.parametrize(
    ("title", "slug"), [("東京", "dong-jing"), ("%_%", "role"), ("É".ljust(120, "x"), "e" + "x" * 59)]
)
def test_every_title_has_an_address(database: Database, owner: Person, title: str, slug: str):
    assert make.draft(database, owner, Role(title=title)) == slug
    assert make.draft(database, owner, Role(title=title)) == f"{slug}-2"


def test_a_draft_knows_what_each_person_changed_last(database: Database, owner: Person, slug: str):
    with database.write.begin() as session:
        draft = make.draft_row(session, slug)
        assert draft.last_part_of(owner.id) == ""
        draft.change(edit("summary", 1, "tab", owner), summed_up("First."))
        draft.change(edit("purpose/overall", 2, "tab", owner), summed_up("Second."))
        assert draft.last_part_of(owner.id) == "purpose/overall"
        assert draft.last_part_of(owner.id + 1) == ""


def test_publishing_freezes_what_the_draft_says(database: Database, owner: Person, slug: str):
    reason = PublishingReason("There is no title.", "seat", "It is a new market.", owner.id, "I have read it.")
    with database.write.begin() as session:
        assert tables.publish(session, make.draft_row(session, slug), owner.id, [reason]).number == 1
    with database.write.begin() as session:
        make.draft_row(session, slug).change(edit("summary", 1, "tab", owner), summed_up("Another summary."))
    with database.read() as session:
        edition = tables.find_edition(session, slug, 1)
        assert edition is not None
        assert edition.role == make.role()
        assert edition.digest == digest(make.role())
        assert (edition.label, edition.schema_number, edition.publishing_reasons) == ("Edition 1", SCHEMA, (reason,))
        assert (edition.owner_id, edition.published_by, edition.retired_at) == (owner.id, owner.id, None)


def test_editions_are_numbered_within_their_draft_and_the_newest_comes_first(
    database: Database, owner: Person, slug: str
):
    other = make.draft(database, owner)
    assert [make.edition(database, name, owner) for name in (slug, slug, other, slug)] == [1, 2, 1, 3]
    with database.read() as session:
        assert [card.number for card in tables.list_edition_cards(session, slug)] == [3, 2, 1]
        assert tables.find_edition(session, slug, 4) is None


def test_one_value_has_one_digest_and_one_changed_letter_has_another(database: Database, owner: Person, slug: str):
    make.edition(database, slug, owner)
    make.edition(database, slug, owner)
    with database.write.begin() as session:
        make.draft_row(session, slug).change(edit("summary", 1, "tab", owner), summed_up("Wins new customers!"))
    make.edition(database, slug, owner)
    with database.read() as session:
        third, second, first = tables.list_edition_cards(session, slug)
    assert first.digest == second.digest != third.digest


def test_the_database_itself_refuses_a_second_edition_of_the_same_number(database: Database, owner: Person, slug: str):
    make.edition(database, slug, owner)
    with pytest.raises(IntegrityError), database.write.begin() as session:
        first = tables.find_edition(session, slug, 1)
        assert first is not None
        copied = ("draft_id", "slug", "number", "owner_id", "title", "value", "digest", "published_by")
        session.add(EditionRow(**{name: getattr(first, name) for name in copied}))


def test_a_draft_with_editions_cannot_be_taken_away_behind_our_back(database: Database, owner: Person, slug: str):
    make.edition(database, slug, owner)
    with pytest.raises(IntegrityError), database.write.begin() as session:
        session.delete(make.draft_row(session, slug))


def test_what_is_not_there_is_not_found(database: Database):
    with database.read() as session:
        assert tables.find_draft(session, "nobody") is None
        assert tables.find_edition(session, "nobody", 1) is None
        assert session.get(DraftRow, 1) is None


def test_roles_of_the_first_schema_are_still_read_and_keep_their_digest(database: Database, owner: Person):
    """Schema 1 kept the currency in the pay; what was published then keeps its text, its digest and its number."""
    old = {"title": "Closer", "pay": {"minimum": 6_500_000, "currency": "EUR"}}
    published = hashlib.sha256(json.dumps(old, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    with database.write.begin() as session:
        draft = tables.add_draft(session, Role("Closer"), owner.id)
        edition = tables.publish(session, draft, owner.id)
        draft.value, edition.value, edition.digest, edition.schema_number = old, old, published, 1

    with database.write.begin() as session:
        draft = make.draft_row(session, "closer")
        edition = tables.find_edition(session, "closer", 1)
        assert edition is not None
        assert draft.role == edition.role == Role("Closer", currency="EUR", pay=Pay(minimum=6_500_000))
        assert (edition.digest, edition.value, edition.schema_number) == (published, old, 1)
        draft.change(edit("seat", 1, "tab", owner), lambda role: replace(role, title="Opener"))
        assert draft.value == {"title": "Opener", "currency": "EUR", "pay": {"minimum": 6_500_000}}


def test_a_role_called_new_does_not_take_the_address_of_the_page_that_starts_one(store, people):
    with store.write.begin() as session:
        draft = tables.add_draft(session, make.role(title="New"), people["leader"].id)
        assert draft.slug == "new-2"
