"""Say on a document that has nothing to say what its role still lacks."""

from collections.abc import Callable

from workbench.core.text.translation import Translator, gettext_noop
from workbench.roles.exercises.model import written_exercises
from workbench.roles.expectations import metric_of
from workbench.roles.model import Purpose, Role


def _has_description(role: Role) -> bool:
    return bool(role.accountabilities or role.duties or role.summary.strip()) or role.purpose != Purpose()


def _has_measures(role: Role) -> bool:
    return any(metric_of(each) for _, each in role.expectations())


def _has_exercise(role: Role) -> bool:
    return bool(written_exercises(role))


_NO_EXERCISE = gettext_noop("This sheet is empty: no exercise of the role has its material yet.")
# What each kind of document is about, and the words for a role without it.
_NEEDS: dict[str, tuple[Callable[[Role], bool], str]] = {
    "position-description": (
        _has_description,
        gettext_noop("This description is empty: the role has a title and nothing else yet."),
    ),
    "position-annex": (
        _has_description,
        gettext_noop("This description is empty: the role has a title and nothing else yet."),
    ),
    "accountability-brief": (
        lambda role: any(item.outcome.strip() for item in role.accountabilities),
        gettext_noop("This brief is empty: the role has no key accountability yet."),
    ),
    "interview-kit": (
        lambda role: any(question.text.strip() for _, question in role.questions()),
        gettext_noop("This kit is empty: the role has no interview question yet."),
    ),
    "exercise-candidate": (_has_exercise, _NO_EXERCISE),
    "exercise-interviewer": (_has_exercise, _NO_EXERCISE),
    "starter-metrics": (_has_measures, gettext_noop("This sheet is empty: the role has no target yet.")),
}


def empty_notice(kind: str, role: Role, translator: Translator) -> str:
    """Return what a role lacks for a kind of document, or an empty text where the document has something to say."""
    has_content, words = _NEEDS.get(kind, (None, ""))
    return translator.gettext(words) if has_content and not has_content(role) else ""
