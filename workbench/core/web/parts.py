"""The page that shows every part of the pages in each of its states; only where the workbench is developed."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField

from workbench.core.forms.form import PageForm
from workbench.core.web.options import public

pages = Blueprint("parts", __name__)


class SampleForm(PageForm):
    """One field of each kind; the second shows an error."""

    title = StringField("Title of the role", default="Account Executive, Mid-market")
    email = StringField("Email address")
    reason = TextAreaField("Why does it exist?", default="Mid-sized companies do not find us by themselves.")
    country = SelectField("Country", choices=[("gb", "United Kingdom"), ("se", "Sweden")], default="gb")
    paper = RadioField("Paper", choices=[("a4", "A4"), ("letter", "US Letter")], default="a4")
    agreed = BooleanField("This number is agreed", default=True)


@pages.route("/parts")
@public
def show_parts() -> ResponseReturnValue:
    """Show the parts."""
    form = SampleForm(formdata=None)
    form.email.errors = ("Enter an email address, such as name@example.com",)
    return render_template("parts.html", form=form)
