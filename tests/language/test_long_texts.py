"""A text made to be slow is read in time: no rule takes more than a moment for a page of repeated words."""

import pytest

from tests.support.cost import cost
from workbench.language.lint import check_title, lint
from workbench.language.markup import find_markup
from workbench.language.outcomes import classify_statement
from workbench.language.questions import check_question

LONG = 12_000


@pytest.mark.parametrize(
    "words",
    [
        "from 1 to ", "to ", "you ", "more from 1 ", "increase from ", "one ", "every ", "in the first ", "weekly and ",
        "1,000,", "$", "by the end of the ", "a ", "no ", "demand supply and ", "half ", "1 ", "more ", "by ", "-", "may ",
        "how old are ", "so that ", "customers are ", "<b ", "[", "](", "**", "_", "&#", "# ",
    ],
)  # fmt: skip
def test_a_page_of_repeated_words_is_read_in_time(words: str):
    text = words * (LONG // len(words))

    def read() -> None:
        lint(text)
        check_title(text)
        classify_statement(text)
        check_question(text)
        find_markup(text)

    assert cost(read, repeats=2) < 400
