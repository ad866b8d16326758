"""The form of a print run: the roles, the recipe, the people, the paper and the delivery."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, time, timedelta
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, Field, SelectMultipleField
from wtforms.utils import unset_value
from wtforms.validators import ValidationError

from workbench.core.forms.fields import ChoiceField, DateField, IntegerField, LineField, LinesField, TimeField, choice
from workbench.core.forms.form import PageForm
from workbench.core.text.translation import language_choices
from workbench.core.text.words import clean
from workbench.documents.model import FillMode as Written
from workbench.documents.model import Paper
from workbench.hiring.combined_names import CombinedName, find_combined_names
from workbench.hiring.model import InterviewDay, People, RoundKind, RoundStyle, people_of
from workbench.hiring.people import MAX_BYTES, LettersInDoubt, parse_people, read_people
from workbench.hiring.rounds import find_role
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
from workbench.roles.interviews.model import KIT_LENGTHS

FORM_WORDS = {
    Written.HAND: "By hand: lines to write on and boxes to tick",
    Written.FILLABLE: "Typed into the PDF, which is then saved and sent back",
}
DELIVERY_WORDS = {
    Delivery.ONE_FILE: "One PDF with every packet, to print in one go",
    Delivery.FILE_EACH: "One PDF for each person, to send one by one",
    Delivery.ZIP: "One ZIP with a PDF for each person",
}


STYLE_WORDS = {
    RoundKind.EACH: "Each panel member asks every candidate all questions",
    RoundKind.SHARED: "The accountabilities are shared out: each panel member asks about some",
    RoundKind.TOGETHER: "One sitting: the panel meets each candidate together",
}
KIT_WORDS = {0: "As long as all questions take"} | {
    minutes: f"{minutes} minutes: the questions that must be asked first" for minutes in KIT_LENGTHS
}
MAX_BREAK = 120  # minutes between two interviews
MAX_DAYS = 31
_SATURDAY = 5
DEFAULT_TIMES = {"minutes": None, "rest": 15, "lunch_minutes": 60, "until": time(18)}
DEFAULT_STYLE = {"kind": str(RoundKind.EACH), "kit_minutes": "0", "core": False}
TIMES = ("first", "minutes", "rest", "lunch", "lunch_minutes", "until")


class ApplicationsField(Field):
    """The role that each candidate applies for, by the name of the candidate: one choice for each."""

    data: dict[str, str]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the roles of an earlier request, and over them those that were chosen."""
        prefix = f"{self.name}-"
        self.process_errors: list[str] = []
        self.data = dict(data or {}) if data is not unset_value else {}
        for key, value in (formdata or {}).items():
            if key.startswith(prefix):
                self.data[clean(key.removeprefix(prefix))] = clean(value)


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
    applies = ApplicationsField("Which role does each candidate apply for?")
    paper = ChoiceField("Paper", choices=[("a4", "A4"), ("letter", "US Letter")])
    language = ChoiceField("Language of the documents", choices=language_choices)
    kind = ChoiceField("How does the panel ask?", choices=[(str(key), words) for key, words in STYLE_WORDS.items()])
    kit_minutes = ChoiceField(
        "How long is an interview?", choices=[(str(key), words) for key, words in KIT_WORDS.items()]
    )
    core = BooleanField("Two core questions are asked by everyone, where the accountabilities are shared out")
    large = BooleanField("Large print, 18 point, for readers with low vision (two to three times the pages)")
    form = ChoiceField("How will it be filled in?", choices=[(str(key), words) for key, words in FORM_WORDS.items()])
    both_sides = BooleanField("Printed on both sides: each document starts on a sheet of its own")
    day = DateField("Day of the interviews")
    last_day = DateField("Last day, if there are several")
    first = TimeField("First interview at")
    minutes = IntegerField("Minutes per interview", max_value=MAX_MINUTES)
    rest = IntegerField("Minutes between interviews", max_value=MAX_BREAK)
    until = TimeField("The last interview ends by")
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
        self.role_names: tuple[str, ...] = ()

    @staticmethod
    def read(request: RunRequest) -> dict[str, Any]:
        """Return the values of the form for an earlier request, without its roles, which may have changed since."""
        options = {field.name: getattr(request.options, field.name) for field in fields(RunOptions)}
        people: dict[str, Any] = {"panel": request.people.panel, "candidates": request.people.candidates}
        day, style = options.pop("day"), options.pop("style")
        people["applies"] = {name: said for name, said in request.people.applications if said}
        style_values = {"kind": str(style.kind), "kit_minutes": str(style.kit_minutes), "core": style.core}
        times = {"day": day.on, **{name: getattr(day, name) for name in TIMES}} if day else DEFAULT_TIMES
        times = times | {"minutes": times["minutes"] or None}  # as long as the questions of the kit
        times = times | ({"last_day": day.days[-1]} if day and day.more else {})
        return options | people | times | style_values | {"recipe": request.recipe.name, "name": request.name}

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
            self.applies.data |= {name: said for name, said in self.all_people.applications if said}
            self.names_copied = True

    def validate_day(self, field: DateField) -> None:
        """Require the day where only the time is given."""
        if _empty(field) and not _empty(self.first):
            raise ValidationError("Enter the day too, or leave the time empty and write the times by hand")

    def validate_first(self, field: TimeField) -> None:
        """Require the time where only the day is given."""
        if _empty(field) and not _empty(self.day):
            raise ValidationError("Enter when the first interview begins, such as 09:00")

    def validate_last_day(self, field: DateField) -> None:
        """Require a last day that is not before the first, and within a month of it."""
        if field.data and self.day.data and not 0 <= (field.data - self.day.data).days <= MAX_DAYS:
            raise ValidationError(f"Enter a day from the first day on, within {MAX_DAYS} days")

    def _further_days(self) -> tuple[date, ...]:
        """Return the days after the first: the working days up to the last, and the last itself."""
        first, last = self.day.data, self.last_day.data
        if not last or last <= first:
            return ()
        between = (first + timedelta(days) for days in range(1, (last - first).days))
        return (*(each for each in between if each.weekday() < _SATURDAY), last)

    def role_of(self, said: str) -> str:
        """Return the name of the role that was said of a candidate, or nothing."""
        place = find_role(said, self.role_names)
        return "" if place is None else self.role_names[place]

    @property
    def applicants(self) -> tuple[str, ...]:
        """Return the candidates whose role is asked for: where there are several roles, or where one is unknown."""
        names = self.all_people.candidates or tuple(self.candidates.data or ())
        return names if self.applies.errors or len(self.role_names) > 1 else ()

    def _people(self) -> People:
        """Return the people with the role of each candidate: of the table, or else as it was chosen."""
        said = self.applies.data
        return people_of(
            self.all_people.panel,
            tuple((name, role or said.get(name, "")) for name, role in self.all_people.applications),
        )

    def times(self) -> InterviewDay | None:
        """Return the day of the round, or None where the times are written in by hand."""
        if not self.day.data or not self.first.data:
            return None
        entered = {
            name: getattr(self, name).data for name in ("rest", "lunch_minutes") if not _empty(getattr(self, name))
        }
        return InterviewDay(
            self.day.data,
            self.first.data,
            self.minutes.data or 0,
            lunch=self.lunch.data,
            until=self.until.data,
            more=self._further_days(),
            **entered,
        )

    def to_request(self, roles: tuple[RoleChoice, ...], leader: str) -> RunRequest:
        """Return the request for the selected roles; `leader` is the person who plans the run."""
        return RunRequest(
            self.recipes[self.recipe.data],
            roles,
            self._people(),
            leader,
            RunOptions(
                Paper(self.paper.data),
                Delivery(self.delivery.data),
                bool(self.both_sides.data),
                Written(self.form.data),
                large=bool(self.large.data),
                language=self.language.data,
                day=self.times(),
                style=RoundStyle(RoundKind(self.kind.data), int(self.kit_minutes.data), bool(self.core.data)),
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
