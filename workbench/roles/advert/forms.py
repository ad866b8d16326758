"""The form of what is typed for one advert: where to apply, until when, and where the work is done."""

from wtforms import BooleanField

from workbench.core.forms.fields import ChoiceField, DateField, LineField
from workbench.core.text.countries import country_choices
from workbench.roles.advert.documents import Application
from workbench.roles.advert.posting import EMPLOYMENT_TYPES, Workplace
from workbench.roles.planner.fields import FiguresForm


class AdvertForm(FiguresForm):
    """What an advert says beside the role; it is sent by GET, so nothing is stored."""

    address = LineField("E-mail or web address to apply to", max_length=300)
    contact = LineField("Who answers questions", max_length=120)
    until = DateField("Last day to apply")
    employment = ChoiceField(
        "Employment", default="FULL_TIME", choices=lambda: (("", "Not said"), *EMPLOYMENT_TYPES.items())
    )
    town = LineField("Town where the work is done", max_length=120)
    country = ChoiceField("Country", choices=lambda: (("", "Not said"), *country_choices()))
    remote = BooleanField("The work can be done from home")

    def application(self) -> Application:
        """Return how to apply."""
        return Application(self.address.data or "", self.contact.data or "", self.until.data)

    def workplace(self) -> Workplace:
        """Return where the work is done."""
        return Workplace(self.town.data or "", self.country.data or "", self.remote.data, self.employment.data or "")
