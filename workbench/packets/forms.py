"""What HR and leaders choose for a print run: the roles, the recipe, the people, the paper and how it is handed over."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectMultipleField
from wtforms.validators import ValidationError

from workbench.core.fields import ChoiceField, LinesField
from workbench.core.web import Form
from workbench.documents.model import Paper
from workbench.packets.model import RECIPES, Delivery, Options, People, Pick, Wanted, recipe_named
from workbench.packets.people import MOST_BYTES, read_people

RECIPE_WORDS = {
    "interviewer": "one for each panel member: schedule, guide, position description, kit, and a score sheet for each candidate",
    "candidate": "one for each candidate: the accountability brief, without questions or scores",
    "manager": "one for you: position description, brief, kit and starter metrics",
    "file-copy": "one of everything that is printed of the roles",
    "records": "one bundle with schedule, kit, and a score sheet for each candidate and panel member",
}
DELIVERY_WORDS = {
    Delivery.ONE_FILE: "One PDF with every packet, to print in one go",
    Delivery.FILE_EACH: "One PDF for each person, to send one by one",
    Delivery.ZIP: "One ZIP with a PDF for each person",
}


class RolesField(SelectMultipleField):
    """Some roles of a list, each by the number of its edition."""

    def pre_validate(self, form: Any) -> None:
        """Refuse a role that is not on the list, or not any more."""
        if not set(self.data or ()) <= {each.value for each in self.iter_choices()}:
            raise ValidationError("Choose roles from the list; one of yours is not there any more.")


class RunForm(Form):
    """One print run; the people that are typed and those of the file are taken together."""

    editions = RolesField("Which roles?")
    recipe = ChoiceField("What is printed?", choices=[(r.name, f"{r.title}: {RECIPE_WORDS[r.name]}") for r in RECIPES])
    panel = LinesField("Panel members, one a line")
    candidates = LinesField("Candidates, one a line")
    people = FileField("Or a table of people (CSV)")
    paper = ChoiceField("Paper", choices=[("a4", "A4"), ("letter", "US Letter")])
    both_sides = BooleanField("Printed on both sides: each document starts on a sheet of its own")
    delivery = ChoiceField("Handed over as", choices=[(str(key), words) for key, words in DELIVERY_WORDS.items()])

    def __init__(self, editions: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.editions.choices = editions
        self.named = People()

    def validate_people(self, field: Any) -> None:
        """Read the table of people beside the names that were typed."""
        panel, candidates = tuple(self.panel.data or ()), tuple(self.candidates.data or ())
        if field.data and getattr(field.data, "filename", ""):
            try:
                read = read_people(field.data.stream.read(MOST_BYTES + 1))
            except ValueError as error:
                raise ValidationError(str(error)) from None
            panel, candidates = panel + read.panel, candidates + read.candidates
        self.named = People(panel, candidates)

    def wanted(self, leader: str) -> Wanted:
        """Give what was asked for; `leader` is who asked."""
        return Wanted(
            recipe_named(self.recipe.data),
            tuple(Pick(int(number)) for number in self.editions.data or ()),
            self.named,
            leader,
            Options(Paper(self.paper.data), Delivery(self.delivery.data), bool(self.both_sides.data)),
        )
