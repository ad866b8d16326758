"""A guided path: sections of pages, each of which reads one part of a value and writes it back, also by autosave.

A capability describes its path as data (`Path`, `Section`, `Step`), gives each step a form (`StepForm`), and says in a
`PathEditor` how its value is saved and shown. `T` is the value that is written, `P` the place inside it that a page is about.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import redirect, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from workbench.core.edits import StaleEdit
from workbench.core.forms.form import PageForm, new_op_id
from workbench.core.web.idempotency import is_autosave

T = TypeVar("T")
P = TypeVar("P")


class StepForm(PageForm, Generic[T, P]):
    """One page of a path. `read` returns the fields' present values; `write` puts valid ones back into the value."""

    @classmethod
    def read(cls, value: T, at: P) -> dict[str, Any]:
        """Return the present value of each field."""
        raise NotImplementedError

    def write(self, value: T, at: P) -> T:
        """Return the value with this page's valid fields; a field with an error keeps its old value."""
        raise NotImplementedError

    def valid(self, value: T, at: P) -> dict[str, Any]:
        """Return each field's new value, or its present one where the input has an error or nothing was sent."""
        present = self.read(value, at)
        return {name: self[name].data if self._has_value(name) else present[name] for name in present}

    def arrange(self, act: str, index: int) -> None:
        """Move or remove a row; a form without rows has nothing to arrange."""

    def _has_value(self, name: str) -> bool:
        field = self[name]
        return not field.errors and (bool(field.raw_data) or isinstance(field, BooleanField))


@dataclass(frozen=True, slots=True)
class Step(Generic[T, P]):
    """One page of a path: its name in the address, its task in the task list, its question, and its form.

    `page` names the template that draws the fields; `shows` is the heading of the printed page that the live preview
    turns to.
    """

    name: str
    task: str
    question: str
    help: str
    form: type[StepForm[T, P]]
    page: str = "fields.html"
    shows: str = ""


@dataclass(frozen=True, slots=True)
class Section(Generic[T, P]):
    """A group of steps under one heading; one without steps has pages of another kind."""

    name: str
    title: str
    steps: tuple[Step[T, P], ...]


@dataclass(frozen=True, slots=True)
class Path(Generic[T, P]):
    """The sections of a path in their order."""

    sections: tuple[Section[T, P], ...]

    @property
    def steps(self) -> dict[str, Step[T, P]]:
        """Return every step by its name."""
        return {step.name: step for section in self.sections for step in section.steps}

    def section(self, name: str) -> Section[T, P]:
        """Find a section by its name. Raises KeyError."""
        return {section.name: section for section in self.sections}[name]

    def section_of(self, step: Step[T, P]) -> Section[T, P]:
        """Return the section that a step is in. Raises KeyError."""
        return {each.name: section for section in self.sections for each in section.steps}[step.name]

    def next_step(self, step: Step[T, P]) -> Step[T, P] | None:
        """Return the step after this one in its section, or None at the end of the section."""
        steps = self.section_of(step).steps
        index = steps.index(step) + 1
        return steps[index] if index < len(steps) else None

    def section_after(self, section: Section[T, P]) -> Section[T, P] | None:
        """Return the section after this one, or None at the end of the path."""
        index = self.sections.index(section) + 1
        return self.sections[index] if index < len(self.sections) else None


@dataclass(frozen=True, slots=True)
class StepPage(Generic[T, P]):
    """One page of a path for one value: its step, place, address and next page."""

    step: Step[T, P]
    at: P
    part: str
    url: str
    onward: str
    back: tuple[tuple[str, str], ...] = ()


class PathEditor(ABC, Generic[T, P]):
    """Edit one stored value page by page. A subclass says how it is stored and drawn; `serve` is the engine."""

    @property
    @abstractmethod
    def value(self) -> T:
        """Return the value as it is stored now."""

    @property
    @abstractmethod
    def version(self) -> int:
        """Return the version of the stored value."""

    @abstractmethod
    def save(self, page: StepPage[T, P], form: StepForm[T, P]) -> None:
        """Store the form's part of the value. Raises StaleEdit."""

    @abstractmethod
    def show_form(self, page: StepPage[T, P], form: StepForm[T, P], status: int = 200) -> ResponseReturnValue:
        """Draw the page with its form."""

    @abstractmethod
    def show_saved(self, page: StepPage[T, P], form: StepForm[T, P]) -> ResponseReturnValue:
        """Answer an autosave."""

    @abstractmethod
    def show_conflict(self, page: StepPage[T, P], form: StepForm[T, P], stale: StaleEdit) -> ResponseReturnValue:
        """Show both texts where another page changed the same part."""

    def use_example(self, page: StepPage[T, P], form: StepForm[T, P], which: str) -> None:
        """Write the part `which` of an example into the form; a path without examples writes nothing."""

    def form_settings(self) -> dict[str, Any]:
        """Return what the fields of every form of this value need to know, such as the currency of its amounts."""
        return {}

    def next_address(self, page: StepPage[T, P]) -> str:
        """Return the address of the page after this one."""
        return page.onward

    def serve(self, page: StepPage[T, P]) -> ResponseReturnValue:
        """Show a page of the path, or save it: by autosave, by a button of a row, or by its submit button."""
        if request.method == "GET":
            present = page.step.form.read(self.value, page.at)
            return self.show_form(page, page.step.form(data=present, version=self.version, meta=self.form_settings()))
        form = page.step.form(meta=self.form_settings())
        form.submitted()
        act, _, index = request.form.get("do", "").partition(":")
        if form.errors and not is_autosave() and act != "use":
            return self.show_form(page, form, 422)
        if index.isdecimal():
            form.arrange(act, int(index))
        try:
            self.save(page, form)
        except StaleEdit as stale:
            return self.show_conflict(page, form, stale)
        if is_autosave():
            return self.show_saved(page, form)
        return self._show_used(page, form, index) if act == "use" else self._redirect_onward(page)

    def _show_used(self, page: StepPage[T, P], form: StepForm[T, P], which: str) -> ResponseReturnValue:
        """Draw the page with an example in its fields. The typed text is saved, the example is not until the form is sent."""
        self.use_example(page, form, which)
        form.version.data, form.op_id.data = self.version, new_op_id()
        return self.show_form(page, form)

    def _redirect_onward(self, page: StepPage[T, P]) -> ResponseReturnValue:
        if request.form.get("do"):
            return redirect(page.url + self._row_anchor(page), 303)
        if answered := [name for name in request.form if name.endswith("-reading")]:
            # one of two readings of a number was chosen, and the page goes on where it was
            return redirect(f"{page.url}#{answered[0].removesuffix('-reading')}", 303)
        return redirect(self.next_address(page), 303)

    def _row_anchor(self, page: StepPage[T, P]) -> str:
        """Return the anchor of the row or field of the button that was pressed, so that the keyboard focus follows it."""
        act, _, index = request.form["do"].partition(":")
        if hasattr(page.step.form, index):  # a button of one field
            return f"#{index}"
        last = len(page.step.form.read(self.value, page.at).get("rows", ())) - 1
        if act == "add":
            return f"#row-{last}"
        if not index.isdecimal():
            return "#rows"
        return f"#row-{min(max(int(index) + {'up': -1, 'down': 1}.get(act, 0), 0), last)}"
