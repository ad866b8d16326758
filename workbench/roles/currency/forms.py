"""The form that asks for the new currency of a role, and what becomes of its amounts."""

from decimal import Decimal
from typing import Any

from wtforms import HiddenField
from wtforms.validators import ValidationError

from workbench.core.forms.fields import ChoiceField, NumberField, choice
from workbench.core.forms.form import PageForm
from workbench.core.text.currencies import currency_choices, currency_noun
from workbench.core.text.number_style import plain_number
from workbench.core.text.numbers import NumberKind, Wanted
from workbench.core.web.country import request_style
from workbench.roles.currency.model import CurrencyChange
from workbench.roles.fields import field_of
from workbench.roles.model import Role

CONVERT, RELABEL, LEAVE = "convert", "relabel", "leave"
MAX_RATE = 1_000_000


class CurrencyForm(PageForm):
    """The new currency, and whether the amounts are converted, keep their figures, or stay as they are."""

    currency = ChoiceField(field_of(Role, "currency").prompt, choices=currency_choices)
    how = ChoiceField("What happens to the amounts?", default=CONVERT)
    rate = NumberField("Rate", Wanted(NumberKind.PLAIN, min_value=0, max_value=MAX_RATE))
    shown = HiddenField()  # the change whose effects the page has shown

    def __init__(self, old: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.old = old
        noun = currency_noun(old)
        self.how.choices = [
            choice(CONVERT, "Convert them with a rate"),
            choice(RELABEL, "Keep the figures and change the currency only"),
            choice(LEAVE, f"Leave the role in {noun}"),
        ]
        self.rate.label.text = f"Rate: what is one {currency_noun(old, 1)} worth in the new currency?"

    def validate_currency(self, field: ChoiceField) -> None:
        """Refuse the present currency, unless it is to stay."""
        if field.data == self.old and self.how.data != LEAVE:
            raise ValidationError(f"The role is in {currency_noun(self.old)} already. Choose another currency.")

    def validate_rate(self, field: NumberField) -> None:
        """Require a rate above zero where the amounts are converted."""
        if self.how.data == CONVERT and not field.errors and not field.data:
            raise ValidationError("Enter the rate, such as 0.79.")

    def change(self) -> CurrencyChange:
        """Return the change that the form asks for."""
        rate: Decimal | None = self.rate.data if self.how.data == CONVERT else None
        return CurrencyChange(self.old, self.currency.data, rate, request_style())

    def name_of_change(self, version: int) -> str:
        """Return a text that is the same only for the same change of the same draft."""
        rate = self.change().rate
        return f"{version} {self.old} {self.currency.data} {'relabel' if rate is None else plain_number(rate)}"
