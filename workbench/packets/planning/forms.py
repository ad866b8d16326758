"""The form of a print run: the roles, the recipe, the people, the paper and the delivery."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectMultipleField
from wtforms.validators import ValidationError

from workbench.core.forms.fields import ChoiceField, DateField, IntegerField, LineField, LinesField, TimeField, choice
from workbench.core.forms.form import PageForm
from workbench.core.text.translation import language_choices
from workbench.documents.model import FillMode as Written
from workbench.documents.model import Paper
from workbench.hiring.combined_names import CombinedName, find_combined_names
from workbench.hiring.model import InterviewDay, People
from workbench.hiring.people import MAX_BYTES, LettersInDoubt, parse_people, read_people
from workbench.hiring.timetable import MAX_MINUTES
from workbench.packets.model import (
    MAX_PEOPLE,
    MAX_TITLE_LENGTH,
    Delivery,
    RoleChoice,
    RunOptions,
    RunRequest,
    part_of_unmarked,
)
from workbench.packets.recipes.model import Recipe, describe_recipe

FORM_WORDS = {
    Written.HAND: "By hand: lines to write on and boxes to tick",
    Written.FILLABLE: "Typed into the PDF, which is then saved and sent back",
}
DELIVERY_WORDS = {
    Delivery.ONE_FILE: "One PDF with every packet, to print in one go",
    Delivery.FILE_EACH: "One PDF for each person, to send one by one",
    Delivery.ZIP: "One ZIP with a PDF for each person",
}


MAX_BREAK = 120  # minutes between two talks
DEFAULT_TIMES = {"minutes": None, "rest": 15, "lunch_minutes": 60}
TIMES = ("first", "minutes", "rest", "lunch", "lunch_minutes")


class RolesField(SelectMultipleField):
    """Some roles of a list, each by the number of its edition."""

    def pre_validate(self, form: Any) -> None:
        """Refuse a role that is not on the list."""
        if not set(self.data or ()) <= {each.value for each in self.iter_choices()}:
            raise ValidationError("Choose roles from the list; one of yours is no longer there.")


class RunForm(PageForm):
    """One print run; people that are typed and people of the file are taken together."""

    editions = RolesField("Which roles?")
    recipe = ChoiceField("Which recipe?")
    panel = LinesField("Panel members, one per line", max_length=MAX_BYTES)
    candidates = LinesField("Candidates, one per line", max_length=MAX_BYTES)
    people = FileField("Or a table of people (CSV)")
    paper = ChoiceField("Paper", choices=[("a4", "A4"), ("letter", "US Letter")])
    language = ChoiceField("Language of the documents", choices=language_choices)
    large = BooleanField("Large print, 18 point, for readers with low vision (two to three times the pages)")
    form = ChoiceField("How will it be filled in?", choices=[(str(key), words) for key, words in FORM_WORDS.items()])
    both_sides = BooleanField("Printed on both sides: each document starts on a sheet of its own")
    day = DateField("Day of the interviews")
    first = TimeField("First interview at")
    minutes = IntegerField("Minutes per interview", max_value=MAX_MINUTES)
    rest = IntegerField("Minutes between interviews", max_value=MAX_BREAK)
    lunch = TimeField("Lunch at")
    lunch_minutes = IntegerField("Minutes for lunch", max_value=MAX_MINUTES)
    delivery = ChoiceField("Delivered as", choices=[(str(key), words) for key, words in DELIVERY_WORDS.items()])
    name = LineField("Name of this run (optional)", max_length=MAX_TITLE_LENGTH)

    def __init__(self, roles: Sequence[tuple[str, str]], recipes: Iterable[Recipe], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.recipes = {recipe.name: recipe for recipe in recipes}
        self.editions.choices = list(roles)
        self.recipe.choices = [
            choice(name, f"{each.title}, {describe_recipe(each)}") for name, each in self.recipes.items()
        ]
        self.all_people = People()
        self.table_read = self.names_copied = False

    @staticmethod
    def read(request: RunRequest) -> dict[str, Any]:
        """Return the values of the form for an earlier request, without its roles, which may have changed since."""
        options = {field.name: getattr(request.options, field.name) for field in fields(RunOptions)}
        people = {"panel": request.people.panel, "candidates": request.people.candidates}
        day = options.pop("day")
        times = {"day": day.on, **{name: getattr(day, name) for name in TIMES}} if day else DEFAULT_TIMES
        times = times | {"minutes": times["minutes"] or None}  # as long as the questions of the kit
        return options | people | times | {"recipe": request.recipe.name, "name": request.name}

    def validate_panel(self, field: LinesField) -> None:
        """Read the names of the panel as they were typed or pasted."""
        self._read_typed(field, "panel")

    def validate_candidates(self, field: LinesField) -> None:
        """Read the names of the candidates as they were typed or pasted."""
        self._read_typed(field, "candidate")

    def _read_typed(self, field: LinesField, part: str) -> None:
        try:
            self._add(parse_people(field.data or (), part))
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def validate_people(self, field: Any) -> None:
        """Read the table of people beside the names that were typed."""
        if not field.data or not getattr(field.data, "filename", ""):
            return
        recipe = self.recipes.get(self.recipe.data)
        part = part_of_unmarked(recipe, self.all_people) if recipe else ""
        try:
            self._add(read_people(field.data.stream.read(MAX_BYTES + 1), part))
        except LettersInDoubt as doubt:
            self._add(doubt.people)
            self.table_read = not self.panel.errors and not self.candidates.errors
            raise ValidationError(f"{doubt} The names are in the lists above.") from None
        except ValueError as error:
            raise ValidationError(str(error)) from None
        self.table_read = not self.panel.errors and not self.candidates.errors

    def _add(self, people: People) -> None:
        self.all_people = self.all_people.plus(people)

    def keep_people(self) -> None:
        """Copy the names of the file into the lists, because a browser drops the file when a form is shown again."""
        fits = max(len(self.all_people.panel), len(self.all_people.candidates)) <= MAX_PEOPLE
        if self.table_read and fits:
            self.panel.data, self.candidates.data = self.all_people.panel, self.all_people.candidates
            self.names_copied = True

    def validate_day(self, field: DateField) -> None:
        """Require the day where only the time is given."""
        if _empty(field) and not _empty(self.first):
            raise ValidationError("Enter the day too, or leave the time empty and write the times by hand")

    def validate_first(self, field: TimeField) -> None:
        """Require the time where only the day is given."""
        if _empty(field) and not _empty(self.day):
            raise ValidationError("Enter when the first interview begins, such as 09:00")

    def times(self) -> InterviewDay | None:
        """Return the day of the round, or None where the times are written in by hand."""
        if not self.day.data or not self.first.data:
            return None
        entered = {
            name: getattr(self, name).data for name in ("rest", "lunch_minutes") if not _empty(getattr(self, name))
        }
        return InterviewDay(self.day.data, self.first.data, self.minutes.data or 0, lunch=self.lunch.data, **entered)

    def to_request(self, roles: tuple[RoleChoice, ...], leader: str) -> RunRequest:
        """Return the request for the selected roles; `leader` is the person who plans the run."""
        return RunRequest(
            self.recipes[self.recipe.data],
            roles,
            self.all_people,
            leader,
            RunOptions(
                Paper(self.paper.data),
                Delivery(self.delivery.data),
                bool(self.both_sides.data),
                Written(self.form.data),
                large=bool(self.large.data),
                language=self.language.data,
                day=self.times(),
            ),
            name=self.name.data or "",
        )

    @property
    def combined_names(self) -> dict[str, tuple[CombinedName, ...]]:
        """Return the names that may be several people, by the name of the list."""
        return {field.name: find_combined_names(field.data or ()) for field in (self.panel, self.candidates)}


def _empty(field: Any) -> bool:
    """Return whether a field is empty."""
    return not any(str(text).strip() for text in field.raw_data or ())
