"""The forms to share a draft and to hand it over."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField
from wtforms.validators import ValidationError

from workbench.accounts.model import KIND_WORDS, Person, Thing
from workbench.accounts.permissions import Act, may
from workbench.core.forms.fields import ChoiceField
from workbench.core.forms.form import PageForm
from workbench.roles.sharing.model import LEVEL_WORDS, AccessLevel, relations_of

_ACTS = {AccessLevel.READ: Act.READ, AccessLevel.COMMENT: Act.COMMENT, AccessLevel.EDIT: Act.EDIT}


def may_have(person: Person, level: AccessLevel) -> bool:
    """Return whether the permissions let a person have this level in any draft."""
    others = relations_of(person.id, level, sees_pay=False)
    return may(person, _ACTS[level], Thing("draft", others=others))


class PersonChoiceField(ChoiceField):
    """One of some people, named with their kind; its data is the number of the person as text."""

    def offer(self, people: Iterable[Person]) -> None:
        """Set the people to choose from."""
        self.people = {str(person.id): person for person in people}
        named = [(number, f"{each.name}, {KIND_WORDS[each.kind]}") for number, each in self.people.items()]
        self.choices = [("", "Choose a person"), *named]

    def pre_validate(self, form: Any) -> None:
        """Refuse an empty choice and a person who is not offered. Raise ValidationError."""
        if self.data not in self.people:
            raise ValidationError("Choose a person of the company")

    @property
    def person(self) -> Person:
        """Return the chosen person."""
        return self.people[self.data]


class LevelForm(PageForm):
    """At what level a draft is shared with a person."""

    level = ChoiceField("What may they do?", choices=[(level.value, words) for level, words in LEVEL_WORDS.items()])
    sees_pay = BooleanField("They also see the pay before it is released")

    def level_for(self, person: Person) -> AccessLevel | None:
        """Return the level, or None with an error at the field where a person of this kind may not have it."""
        level = AccessLevel(self.level.data)
        if may_have(person, level):
            return level
        allowed = [LEVEL_WORDS[each].lower() for each in AccessLevel if may_have(person, each)]
        most = allowed[-1] if allowed else "not see drafts"
        self.level.errors = [f"{person.name} is signed up as {KIND_WORDS[person.kind]}, who may at most {most}"]
        return None


class ShareForm(LevelForm):
    """A person to share a draft with."""

    person = PersonChoiceField("Person")

    def __init__(self, people: Iterable[Person], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person.offer(people)


class OwnerForm(PageForm):
    """The person who is to own a draft."""

    owner = PersonChoiceField("New owner")

    def __init__(self, people: Iterable[Person], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.owner.offer(people)
