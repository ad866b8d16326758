"""The forms of comments."""

from collections.abc import Iterable
from typing import Any

from wtforms.validators import InputRequired

from workbench.core.forms.fields import ChoiceField, TextField
from workbench.core.forms.form import PageForm
from workbench.roles.comments.model import TextPlace


class ReplyForm(PageForm):
    """One more comment in a thread."""

    text = TextField("Reply", max_length=2000, validators=[InputRequired("Write a few words")])


class NewThreadForm(PageForm):
    """A comment on any part of a draft, on the page with all comments."""

    part = ChoiceField("About")
    text = TextField("Comment", max_length=2000, validators=[InputRequired("Write a few words")])

    def __init__(self, parts: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.part.choices = list(parts)
        for field in (self.part, self.text):
            field.id = f"new-{field.name}"  # the threads of the page have forms too


class CommentForm(PageForm):
    """A comment on a part, with or without a suggested text for one of its fields."""

    text = TextField("Comment", max_length=2000)
    field = ChoiceField("About")
    suggestion = TextField("Suggest other words for it (optional)")

    def __init__(self, places: Iterable[TextPlace], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = [(each.name, each.label) for each in places]
        self.field.choices = [*labels, ("", "This part as a whole")]
        if not self.is_submitted() or self.field.data not in dict(self.field.choices):
            self.field.data = labels[0][0] if labels else ""
        for field in (self.text, self.field, self.suggestion):
            field.id = f"comment-{field.name}"  # the page of a part has fields of the same names

    def submitted(self) -> bool:
        """Return whether the form was sent with a comment, or with a suggestion for one field."""
        if not super().submitted():
            return False
        if not self.text.data and not self.suggestion.data:
            self.text.errors = ["Write a comment, or suggest other words"]
        elif self.suggestion.data and not self.field.data:
            self.field.errors = ["Choose the text that your words replace"]
        return not self.errors
