"""What HR fills in for a recipe: its title, its readers, and its documents, which are put in order one by one."""

from collections.abc import Iterable
from typing import Any

from wtforms import SelectMultipleField
from wtforms.validators import ValidationError

from workbench.core.forms.fields import ChoiceField, LineField, choice
from workbench.core.forms.form import PageForm
from workbench.packets.recipes.model import (
    DOCUMENT_TITLES,
    READER_WORDS,
    DocumentKind,
    Reader,
    Recipe,
    RecipeDraft,
    content_faults,
    title_fault,
)


class DocumentsField(SelectMultipleField):
    """The documents of a recipe in their order; unknown values are ignored."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the submitted documents, without unknown ones."""
        self.data = [value for value in valuelist if value in tuple(DocumentKind)]

    def pre_validate(self, form: Any) -> None:
        """Accept any value; the form checks the documents, because it knows the readers too."""


class RecipeForm(PageForm):
    """One recipe. `do` is the button that was pressed: it changes the list of documents, and nothing is stored yet."""

    title = LineField("What is it called?")
    reader = ChoiceField("Who is a packet for?", choices=[(str(key), f"{words[0].upper()}{words[1:]}") for key, words in READER_WORDS.items()])  # fmt: skip
    parts = DocumentsField("Documents, in the order in which they are printed", choices=[choice(str(part), DOCUMENT_TITLES[part]) for part in DocumentKind])  # fmt: skip
    more = ChoiceField("A document to add", choices=[("", "Choose a document"), *((str(part), DOCUMENT_TITLES[part]) for part in DocumentKind)])  # fmt: skip

    def __init__(self, others: Iterable[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = tuple(others)

    @staticmethod
    def read(recipe: Recipe) -> dict[str, Any]:
        """Return the values of the form for a recipe."""
        return {"title": recipe.title, "reader": str(recipe.reader), "parts": [str(part) for part in recipe.parts]}

    def press(self, act: str, part: str) -> None:
        """Add, remove or move one document, as its button says; any other action leaves the list unchanged."""
        parts = [*(self.parts.data or ())]
        if act == "add" and self.more.data in set(DocumentKind) and self.more.data not in parts:
            parts.append(self.more.data)
        elif part in parts:
            at = parts.index(part)
            parts.pop(at)
            if act in {"up", "down"}:
                parts.insert(max(at + (1 if act == "down" else -1), 0), part)
        self.parts.data = parts
        self.more.data = ""

    def to_draft(self) -> RecipeDraft:
        """Return the recipe that was filled in."""
        return RecipeDraft(
            self.title.data or "", Reader(self.reader.data), tuple(DocumentKind(part) for part in self.parts.data)
        )

    def validate_title(self, field: Any) -> None:
        """Check the title's length, and that it is not in use."""
        if fault := title_fault(field.data or "", self.others):
            raise ValidationError(fault)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the documents against the rules of the readers."""
        is_valid = super().validate(extra_validators)
        if self.reader.errors:
            return False
        self.parts.errors = [*self.parts.errors, *content_faults(self.to_draft().to_recipe())]
        return is_valid and not self.title.errors and not self.parts.errors

    def list_addable(self) -> list[tuple[str, str]]:
        """List the documents that may still be added."""
        return [(str(part), DOCUMENT_TITLES[part]) for part in DocumentKind if str(part) not in (self.parts.data or ())]
