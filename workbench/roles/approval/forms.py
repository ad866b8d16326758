"""The forms to ask for approval and to answer."""

from collections.abc import Iterable
from typing import Any

from wtforms import SelectMultipleField

from workbench.accounts.model import KIND_WORDS, Person
from workbench.core.forms.fields import ChoiceField, IntegerField, TextField
from workbench.core.forms.form import PageForm
from workbench.roles.approval.model import Verdict

ANY_HR = "hr"
MAX_NEEDED = 20


class AskForm(PageForm):
    """The people who are asked to approve a draft, and how many of them must agree."""

    people = SelectMultipleField("Who is asked?")
    needed = IntegerField("How many of them must agree?", min_value=1, max_value=MAX_NEEDED)
    note = TextField("What should they look at? (optional)", max_length=1000)

    def __init__(self, people: Iterable[Person], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(str(each.id), f"{each.name}, {KIND_WORDS[each.kind]}") for each in people]
        self.people.choices = [(ANY_HR, "Any person of HR"), *named]

    def submitted(self) -> bool:
        """Return whether the form was sent with as many people as must agree."""
        if not super().submitted():
            return False
        chosen = len(self.people.data or ())
        if not chosen:
            self.people.errors = ["Choose at least one person"]
        elif self.needed.data > chosen:
            self.needed.errors = [f"You ask {chosen}, so at most {chosen} can agree"]
        return not self.errors

    @property
    def numbers(self) -> list[int]:
        """Return the numbers of the chosen people."""
        return [int(each) for each in self.people.data or () if each != ANY_HR]


class AnswerForm(PageForm):
    """The answer of a person who was asked; it is chosen, because a default is not an answer."""

    verdict = ChoiceField(
        "Your answer",
        choices=[
            ("", "Choose your answer"),
            (Verdict.APPROVED.value, "I approve this text"),
            (Verdict.DECLINED.value, "I decline"),
        ],
    )
    note = TextField("Note (needed when you decline)", max_length=1000)

    def submitted(self) -> bool:
        """Return whether the form was sent, with a note where the person declines."""
        if not super().submitted():
            return False
        if not self.verdict.data:
            self.verdict.errors = ["Choose whether you approve the text or decline"]
        if self.verdict.data == Verdict.DECLINED and not self.note.data:
            self.note.errors = ["Say what would have to change"]
        return not self.errors
