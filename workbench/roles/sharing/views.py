"""The people of a draft: share it, change or stop the sharing, and hand it over to another owner."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import update

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Person, Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.tables import PersonRow, name_of
from workbench.accounts.web import me, needs
from workbench.core.db import NotFoundError
from workbench.core.web.session import session
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.loading import draft_for
from workbench.roles.notices.model import NoticeKind
from workbench.roles.notices.tables import notify
from workbench.roles.sharing import tables as sharing
from workbench.roles.sharing.forms import LevelForm, OwnerForm, ShareForm, may_have
from workbench.roles.sharing.model import LEVEL_WORDS, AccessLevel

MAX_NUMBER = 2_147_483_647  # of a person; PostgreSQL compares no larger one


@pages.route("/roles/<slug>/people", methods=["GET", "POST"])
@needs(Act.READ, "draft")
def share_draft(slug: str) -> ResponseReturnValue:
    """Show the people of a draft; a POST shares it with one more."""
    draft = draft_for(Act.READ if request.method == "GET" else Act.SHARE, slug)
    form = ShareForm(_people_to_add(draft), level=AccessLevel.COMMENT.value)
    if form.submitted() and (level := form.level_for(form.person.person)):
        person = form.person.person
        sharing.share(session(), draft.id, person.id, level, me().id, sees_pay=form.sees_pay.data)
        record(
            session(), me(), AuditAct.SHARED, draft.thing, with_person=person.id, level=level, pay=form.sees_pay.data
        )
        notify(session(), NoticeKind.SHARED, draft, [person.id], me().id, detail=LEVEL_WORDS[level].lower())
        flash(f"{draft.title} is shared with {person.name}. They find it on their page of roles.")
        return redirect(url_for("roles.share_draft", slug=slug), 303)
    return _page(draft, form, OwnerForm(_possible_owners(draft), formdata=None))


@pages.route("/roles/<slug>/people/<int:number>", methods=["POST"])
@needs(Act.SHARE, "draft")
def change_sharing(slug: str, number: int) -> ResponseReturnValue:
    """Change what a person may do with a draft, or stop the sharing with them."""
    draft = draft_for(Act.SHARE, slug)
    row = sharing.find_collaborator(session(), draft.id, number) if number <= MAX_NUMBER else None
    if row is None:
        raise NotFoundError
    person = session().get_one(PersonRow, number).freeze()
    form = LevelForm()
    if request.form.get("do") == "remove" and form.submitted():
        sharing.stop_sharing(session(), draft.id, number)
        record(session(), me(), AuditAct.SHARING_STOPPED, draft.thing, with_person=number)
        flash(f"{draft.title} is no longer shared with {person.name}.")
    elif form.submitted() and (level := form.level_for(person)):
        sharing.share(session(), draft.id, number, level, me().id, sees_pay=form.sees_pay.data)
        record(session(), me(), AuditAct.SHARED, draft.thing, with_person=number, level=level, pay=form.sees_pay.data)
        flash(f"{person.name}: {LEVEL_WORDS[level].lower()}.")
    else:
        flash(" ".join(message for _, message in form.faults()) + ". Nothing was changed.")
    return redirect(url_for("roles.share_draft", slug=slug), 303)


@pages.route("/roles/<slug>/owner", methods=["POST"])
@needs(Act.HAND_OVER, "draft")
def change_owner(slug: str) -> ResponseReturnValue:
    """Hand a draft and its editions over to another owner; the owner before stays as an editor who sees the pay."""
    draft = draft_for(Act.HAND_OVER, slug)
    form = OwnerForm(_possible_owners(draft))
    if not form.submitted():
        return _page(draft, ShareForm(_people_to_add(draft), formdata=None), form)
    before, owner = draft.owner_id, form.owner.person
    sharing.stop_sharing(session(), draft.id, owner.id)
    draft.owner_id = owner.id
    edition = tables.EditionRow
    session().execute(update(edition).where(edition.draft_id == draft.id).values(owner_id=owner.id))
    sharing.share(session(), draft.id, before, AccessLevel.EDIT, me().id, sees_pay=True)
    record(session(), me(), AuditAct.HANDED_OVER, draft.thing, before=before, owner=owner.id)
    notify(session(), NoticeKind.OWNER, draft, [owner.id, before], me().id, detail=owner.name)
    flash(f"{draft.title} belongs to {owner.name} now.")
    return redirect(url_for("roles.show_draft", slug=slug), 303)


def _page(draft: tables.DraftRow, form: ShareForm, owner_form: OwnerForm) -> ResponseReturnValue:
    answer = render_template(
        "roles/sharing/people.html",
        draft=draft.card,
        owner=name_of(session(), draft.owner_id),
        collaborators=sharing.list_collaborators(session(), draft.id),
        levels=tuple(LEVEL_WORDS.items()),
        form=form,
        owner_form=owner_form,
    )
    return answer, 422 if form.errors or owner_form.errors else 200


def _people_to_add(draft: tables.DraftRow) -> list[Person]:
    present = {draft.owner_id, *(each.id for each in sharing.list_collaborators(session(), draft.id))}
    people = sharing.list_active_people(session())
    return [each for each in people if each.id not in present and may_have(each, AccessLevel.READ)]


def _possible_owners(draft: tables.DraftRow) -> list[Person]:
    people = sharing.list_active_people(session())
    return [each for each in people if each.id != draft.owner_id and may(each, Act.EDIT, Thing("draft", each.id))]
