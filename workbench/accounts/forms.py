"""The forms to sign in, and those of people and of the company."""

import io
from typing import Any

from PIL import Image, UnidentifiedImageError
from wtforms import FileField, PasswordField
from wtforms.validators import InputRequired, ValidationError

from workbench.accounts.emails import is_email
from workbench.accounts.model import Kind
from workbench.core.forms.fields import ChoiceField, IntegerField, LineField, LinesField
from workbench.core.forms.form import PageForm
from workbench.core.text.countries import country_choices
from workbench.core.text.currencies import currency_choices
from workbench.core.text.translation import language_choices
from workbench.core.text.zones import places

MAX_LOGO_BYTES = 2_000_000
MAX_LOGO_PIXELS = 20_000_000
# Pixels: 600 dpi at two inches, more than any page shows.
LOGO_SIDE = 1200
MAX_LINES, MAX_LINE_LENGTH = 5, 80  # of a letterhead
MAX_KEEP_DAYS = 3650  # days
KINDS = (
    (Kind.LEADER, "Leader: writes roles, publishes and prints them"),
    (Kind.HR, "HR: reads and prints all roles, sees the history"),
    (Kind.INTERVIEWER, "Interviewer: reads interview kits and position descriptions"),
    (Kind.ADMIN, "Admin: looks after people and settings, reads no drafts"),
)


class EmailField(LineField):
    """An email address in lower case; `check` refuses a text of another form."""

    def __init__(self, label: str = "Email address", *, check: bool = True, **options: Any) -> None:
        super().__init__(label, max_length=254, **options)
        self.check = check

    def process_formdata(self, valuelist: list[str]) -> None:
        """Convert the address to lower case."""
        super().process_formdata(valuelist)
        self.data = (self.data or "").lower()

    def pre_validate(self, form: Any) -> None:
        """Refuse a text that is no address. Raise ValidationError with a sentence for the user."""
        if self.check and self.data and not is_email(self.data):
            raise ValidationError("Enter an email address such as maya@example.com")


class ZoneField(ChoiceField):
    """A time zone, chosen by its place; `first` are choices above all places."""

    def __init__(self, label: str = "Time zone", first: tuple[tuple[str, str], ...] = (), **options: Any) -> None:
        super().__init__(label, choices=(*first, *places()), **options)


class SignInForm(PageForm):
    """Address and password."""

    email = EmailField(check=False, validators=[InputRequired("Enter your email address")])
    password = PasswordField("Password", validators=[InputRequired("Enter your password")])


class PasswordForm(PageForm):
    """A new password, confirmed by the current one."""

    present_password = PasswordField("Current password", validators=[InputRequired("Enter your current password")])
    new_password = PasswordField("New password", validators=[InputRequired("Enter a new password")])


class NameForm(PageForm):
    """The name by which others see a person."""

    name = LineField("Name", max_length=200, validators=[InputRequired("Enter your name")])


class ZoneForm(PageForm):
    """The time zone in which a person sees times."""

    zone = ZoneField(first=(("", "The company’s"),))


class PersonForm(PageForm):
    """A new person, with the password that they change at their first visit."""

    name = LineField("Name", validators=[InputRequired("Enter a name")])
    email = EmailField(validators=[InputRequired("Enter an email address")])
    kind = ChoiceField("Role in this company", choices=KINDS)
    password = PasswordField("First password", validators=[InputRequired("Enter a first password")])


class KindForm(PageForm):
    """The kind of a person, and whether the person may sign in."""

    kind = ChoiceField("Role in this company", choices=KINDS)
    active = ChoiceField("May they sign in?", choices=[("yes", "Yes"), ("no", "No, they have left")])


class LetterheadForm(PageForm):
    """Logo, address and contact, as they appear at the top of documents."""

    logo = FileField("Company logo (PNG or JPEG)")
    letterhead = LinesField("Letterhead: address and contact")

    def validate_letterhead(self, field: LinesField) -> None:
        """Refuse more lines than fit on a page, and lines that are too long for it. Raise ValidationError."""
        if len(field.data) > MAX_LINES:
            raise ValidationError(f"Keep to {MAX_LINES} lines; there are {len(field.data)}")
        if long := next((line for line in field.data if len(line) > MAX_LINE_LENGTH), ""):
            raise ValidationError(f"Shorten “{long[:30]}…” to {MAX_LINE_LENGTH} characters; it has {len(long):,}")

    def read_logo(self) -> bytes | None:
        """Return the uploaded logo as a PNG that we encoded, or None where nothing was sent. Raise InvalidLogo."""
        file = self.logo.data
        return png_of(file.stream.read(MAX_LOGO_BYTES + 1)) if file and getattr(file, "filename", "") else None


class FirstCompanyForm(PageForm):
    """The first facts about a company: its name, country, currency and time zone."""

    name = LineField("Company name", validators=[InputRequired("Enter the company’s name")])
    country = ChoiceField("Country", choices=country_choices)
    currency = ChoiceField("Currency", choices=currency_choices)
    zone = ZoneField()


class CompanyForm(FirstCompanyForm, LetterheadForm):
    """The name, logo and settings of the company, as they appear on every document."""

    paper = ChoiceField("Paper", choices=[("a4", "A4"), ("letter", "US Letter")])
    language = ChoiceField("Language of the documents", choices=language_choices)
    keep_days = IntegerField(
        "Keep finished print runs for how many days?",
        min_value=1,
        max_value=MAX_KEEP_DAYS,
        validators=[InputRequired("Enter a number of days, such as 90")],
    )


class InvalidLogo(ValueError):
    """A file that is not accepted as a logo; the text says why."""


def png_of(data: bytes) -> bytes:
    """Return a PNG or JPEG encoded again, so that nothing of the file but its picture is stored. Raise InvalidLogo."""
    if len(data) > MAX_LOGO_BYTES:
        raise InvalidLogo("Choose a file of at most 2 MB")
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            small = _shrink(picture) if picture.width * picture.height <= MAX_LOGO_PIXELS else None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        small = None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise InvalidLogo("Choose a PNG or JPEG picture; this file is neither") from None
    if small is None:
        raise InvalidLogo("Choose a picture of at most 20 megapixels")
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _shrink(picture: Image.Image) -> Image.Image:
    picture.thumbnail((LOGO_SIDE, LOGO_SIDE))
    return picture.convert("RGBA")
