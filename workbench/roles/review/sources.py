"""The names of the articles that the rules follow, for pages: a rule cites them by number (see docs/sources.md)."""

import re

ARTICLES = {
    "1": "the article on key accountabilities, the missing part of a position description",
    "2": "the article on sales accountability by growth instead of domination",
    "3": "“A Sales Culture of Accountability” by Chris Jarvis",
    "4": "the article on five simple strategies to achieve accountability in sales",
    "5": "“The Critical Conversations Every Sales Leader Must Have”, Exordiom Talent",
}
_CITED = re.compile(r"(^|; )article ([1-5])(?=: )")


def source_words(source: str) -> str:
    """Return where a rule comes from in words: the names of its articles, and laws as they are cited."""
    words = _CITED.sub(lambda cited: cited.group(1) + ARTICLES[cited.group(2)], source)
    return words[:1].upper() + words[1:]
