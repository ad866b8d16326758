"""The forms to invite a person, and to join with an invitation."""

from wtforms import PasswordField
from wtforms.validators import InputRequired

from workbench.accounts.forms import KINDS, EmailField
from workbench.core.forms.fields import ChoiceField, LineField
from workbench.core.forms.form import PageForm


class InvitationForm(PageForm):
    """Who is invited, and as what."""

    name = LineField("Name", validators=[InputRequired("Enter a name")])
    email = EmailField(validators=[InputRequired("Enter an email address")])
    kind = ChoiceField("Role in this company", choices=KINDS)


class JoinForm(PageForm):
    """The name and the password that a person who was invited chooses."""

    name = LineField("Your name", validators=[InputRequired("Enter your name")])
    password = PasswordField("Choose a password", validators=[InputRequired("Choose a password")])
