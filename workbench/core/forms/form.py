"""The base of every form: cleaned text, limited length, a token, an operation id and a base version."""

import secrets
import unicodedata
from collections.abc import Iterator
from typing import Any

import wtforms
from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms.fields.core import Field
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from workbench.core.forms.fields import MAX_TEXT
from workbench.core.text.words import clean

_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class VersionField(wtforms.IntegerField):
    """The version of the thing when the form was drawn, in a hidden input."""

    widget = HiddenInput()

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, validators=[Optional()], **options)


class PageForm(FlaskForm):
    """A form of one page; `if form.submitted(): …` is true when it was sent and is valid.

    Text arrives in the stored alphabet (`core.text.words.clean`), passwords only as NFC; a text field holds at most
    4,000 characters. `op_id` names this one sending, `version.data` is the version it was based on, or None.
    In a template, `form.hidden_tag()` draws the hidden inputs, without ids, so a page can hold many forms.
    """

    op_id = wtforms.HiddenField(default=lambda: secrets.token_hex(16))
    version = VersionField()
    # Identifies one open page, whose own saves are not a conflict.
    tab = wtforms.HiddenField(default=lambda: secrets.token_hex(8))

    class Meta(FlaskForm.Meta):
        # of the amounts that are typed; `Form(meta={"currency": "EUR"})` sets it
        currency = ""

        def wrap_formdata(self, form: wtforms.Form, formdata: Any) -> Any:
            """Clean the sent fields; return None for a page that is only drawn."""
            if request.method not in _WRITES:
                return None
            return _clean_fields(super().wrap_formdata(form, formdata))

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Any:
            """Draw a field; a hidden one has no id, so that a page may have many forms."""
            if isinstance(field.widget, HiddenInput):
                render_kw = {"id": False, **render_kw}
            return super().render_field(field, render_kw)

    def submitted(self) -> bool:
        """Return whether the form was sent and is valid; otherwise it gets a new operation id and can be drawn again."""
        if self.is_submitted() and self.validate() and self._within_limits():
            return True
        self.op_id.data = new_op_id()
        return False

    def faults(self) -> list[tuple[str, str]]:
        """Return every error as (id of the field, sentence), in the order of the page."""
        found = [("main", message) for message in self.form_errors]
        for field in _all_fields(self):
            if isinstance(field, wtforms.FormField):
                # The errors of a group are those of its fields.
                continue
            found += [(field.id, message) for message in field.errors if isinstance(message, str)]
        return found

    def _within_limits(self) -> bool:
        long = [field for field in leaves(self) if isinstance(field.data, str) and len(field.data) > MAX_TEXT]
        for field in long:
            field.errors = [
                *field.errors,
                f"Shorten this to {MAX_TEXT:,} characters; it has {len(field.data):,}",
            ]
        return not long


class FieldGroup(wtforms.Form):
    """A group of fields inside a form, for `FormField(FieldGroup)`: it has no token and no operation id of its own."""


def new_op_id() -> str:
    """Return a new id for one sending of one form."""
    return secrets.token_hex(16)


def leaves(form: Any) -> Iterator[Field]:
    """Yield the fields with one value each, also those inside lists and groups."""
    return (field for field in _all_fields(form) if not isinstance(field, wtforms.FieldList | wtforms.FormField))


def _all_fields(form: Any) -> Iterator[Field]:
    for field in form:
        yield field
        if isinstance(field, wtforms.FieldList | wtforms.FormField):
            yield from _all_fields(field)


def _clean_fields(formdata: Any) -> Any:
    if formdata is None:
        return None
    cleaned: MultiDict[str, Any] = MultiDict()
    for name, value in formdata.items(multi=True):
        cleaned.add(name, value if isinstance(value, FileStorage) else _text(name, value))
    return cleaned


def _text(name: str, value: str) -> str:
    return unicodedata.normalize("NFC", value) if "password" in name else clean(value)
