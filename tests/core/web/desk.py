"""Pages for tests of how requests are answered: a desk on which notes are put down."""

from flask import Blueprint, current_app, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import insert
from wtforms import FieldList, FormField, StringField, TextAreaField
from wtforms.validators import InputRequired

from workbench.accounts.audit import AuditRow
from workbench.core.forms.form import FieldGroup, PageForm
from workbench.core.web.errors import StaleVersion
from workbench.core.web.limits import rate_limit
from workbench.core.web.options import before_write, preparation, public
from workbench.core.web.session import after_response, session
from workbench.core.web.tables import LimitRow

pages = Blueprint("desk", __name__, url_prefix="/desk")


class ItemPart(FieldGroup):
    """One row of a note."""

    words = StringField("Words")


class NoteForm(PageForm):
    """A note of some words, with lines and items."""

    words = TextAreaField("Words", validators=[InputRequired("Write something")])
    secret_password = StringField("Password")
    lines = FieldList(StringField("Line"))
    items = FieldList(FormField(ItemPart))


def put_down(words: str) -> None:
    session().add(AuditRow(act="noted", thing="note", key=words[:100], detail={}))


@pages.route("/notes", methods=["POST"])
@public
def add_note() -> ResponseReturnValue:
    """Put a note down, then do as asked."""
    form = NoteForm()
    if not form.submitted():
        return {"faults": form.faults()}, 422
    put_down(form.words.data)
    session().flush()
    then = request.args.get("then", "")
    if then == "refuse":
        return "no", 422
    if then == "fail":
        raise LookupError("the desk fell over")
    if then == "stale":
        raise StaleVersion
    if then == "say":
        return f"<p>Kept {form.words.data}</p>", 200
    return redirect(f"/desk/{form.words.data[:20]}", 303)


@pages.route("/twins", methods=["POST"])
@public
def twins() -> ResponseReturnValue:
    """Store two rows under one key."""
    put_down("first of two")
    for _ in range(2):
        session().execute(insert(LimitRow).values(key="one key", tries=1, ends_at=1))
    return redirect("/desk", 303)


@pages.route("/echo", methods=["POST"])
@public
def echo() -> ResponseReturnValue:
    """Give back what arrived in the form."""
    form = NoteForm()
    form.submitted()
    return {"data": form.data, "faults": form.faults()}


@pages.route("/sneaky")
@public
def sneaky() -> ResponseReturnValue:
    """Write on a GET, which must not be."""
    put_down("sneaked in")
    session().flush()
    return "done"


@pages.route("/seen")
@public
def seen() -> ResponseReturnValue:
    """Note after the answer that somebody was here."""
    after_response(lambda own: own.add(AuditRow(act="noted", thing="note", key="seen", detail={})))
    return "seen", int(request.args.get("status", 200))


def somebody_else_writes() -> str:
    """Write in a transaction of somebody else, which waits five seconds at most for one that is open."""
    with current_app.extensions["workbench"]["write"].begin() as other:
        other.add(AuditRow(act="noted", thing="note", key="theirs", detail={}))
    return "mine"


@pages.route("/slow", methods=["POST"])
@public
@rate_limit("2 per minute")
@before_write(somebody_else_writes)
def slow() -> ResponseReturnValue:
    """Put down what took long to make ready."""
    put_down(preparation())
    return redirect("/desk", 303)


@pages.route("/undecided", methods=["GET", "POST"])
def undecided() -> ResponseReturnValue:
    """Have no policy."""
    return "this must never be read"


@pages.route("/twice")
@public
@rate_limit("2 per minute", methods=("GET",))
def twice() -> ResponseReturnValue:
    """Answer two times a minute."""
    return "here"
