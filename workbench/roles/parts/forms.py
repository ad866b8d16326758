"""The forms of the library page: which parts are shown, and which one is added where."""

from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired, ValidationError

from workbench.core.forms.fields import ChoiceField, LineField, choice
from workbench.core.forms.form import PageForm
from workbench.core.text.words import clean
from workbench.roles.model import Question, QuestionKind, Role
from workbench.roles.parts.model import LibraryPart, PartKind

NEEDS_ACCOUNTABILITY = frozenset({PartKind.EXPECTATION, PartKind.QUESTION})
STEP = 20  # parts that are shown at first, and with each press of “Show more”
MAX_SEARCH = 80  # characters


@dataclass(frozen=True, slots=True)
class PartFilter:
    """What the address of the library page asks for; what it does not understand is left out."""

    kind: PartKind = PartKind.ACCOUNTABILITY
    search: str = ""
    competency: str = ""
    asked: str = ""
    where: str = ""
    into: str = ""
    number: int = STEP

    @classmethod
    def read(cls, arguments: MultiDict[str, str]) -> "PartFilter":
        """Return the filter that the arguments of an address describe."""
        kind, asked, number = (arguments.get(name, "") for name in ("kind", "asked", "number"))
        return cls(
            PartKind(kind) if kind in set(PartKind) else PartKind.ACCOUNTABILITY,
            clean(arguments.get("q", ""))[:MAX_SEARCH],
            clean(arguments.get("competency", ""))[:MAX_SEARCH],
            asked if asked in set(QuestionKind) else "",
            where if (where := arguments.get("where", "")) in WHERE else "",
            clean(arguments.get("into", ""))[:MAX_SEARCH],
            min(int(number), 1000) if number.isascii() and number.isdecimal() and len(number) < 5 else STEP,
        )

    def allows(self, part: LibraryPart) -> bool:
        """Return whether a part is of this kind of question, of this competency and from this place, where one is chosen."""
        question = part.value if isinstance(part.value, Question) else None
        return (
            (not self.asked or (question is not None and question.kind == self.asked))
            and (not self.competency or (question is not None and question.competency == self.competency))
            and (not self.where or part.origin.name.startswith(f"{self.where}/"))
        )

    def arguments(self, **changes: str | int) -> dict[str, Any]:
        """Return the arguments of an address with this filter and some changes."""
        present: dict[str, Any] = {
            "kind": self.kind.value,
            "q": self.search,
            "competency": self.competency,
            "asked": self.asked,
            "where": self.where,
            "into": self.into,
            "number": "" if self.number == STEP else self.number,
        }
        return {name: value for name, value in (present | changes).items() if value}


WHERE = {"library": "The library", "editions": "Roles of your company", "shelf": "My shelf"}


class AddPartForm(PageForm):
    """The part to add, and the accountability that it goes to."""

    part = LineField("Part", max_length=300, validators=[InputRequired("Choose what to add.")])
    into = ChoiceField("Add it to the accountability")

    def __init__(self, role: Role, filtered: PartFilter) -> None:
        super().__init__(data={"into": filtered.into})
        self.needs_accountability = filtered.kind in NEEDS_ACCOUNTABILITY
        choices = [(item.key, item.outcome or "New accountability") for item in role.accountabilities]
        named = choices if self.needs_accountability else []
        self.into.choices = [choice(*each) for each in (("", "Choose one"), *named)]
        if self.into.data not in dict(named):
            self.into.data = ""

    def validate_into(self, field: ChoiceField) -> None:
        """Ask for an accountability where the part needs one."""
        if self.needs_accountability and not field.data:
            raise ValidationError("Choose the accountability that it belongs to.")
