"""Find periods and due dates in a text, without the nouns that only look like them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.language.phrases import tokenize
from workbench.language.wording import measures

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
_PERIOD = r"(?:days?|weeks?|fortnights?|months?|quarters?|half-years?|years?|sprints?|shifts?)"
_SHORT = r"(?:minutes?|mins?|hours?|days?|weeks?|months?|quarters?|years?)"
_KIND = r"(?:(?:working|business|selling|calendar|fiscal|financial|trading)[ -])?"
_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety)"
_YEAR = r"(?:20\d\d|fy[ ]?\d\d(?:\d\d)?)"
_QUARTER = rf"(?:q[1-4](?:[ ](?:of[ ])?{_YEAR})?)"
_DATE = (
    rf"(?:\d{{4}}-\d\d-\d\d|\d\d?/\d\d?/\d{{2,4}}|\d\d?(?:st|nd|rd|th)?(?:[ ]of)?[ ]{_MONTH}\b(?:,?[ ]20\d\d)?"
    rf"|{_MONTH}[ ]\d\d?(?:st|nd|rd|th)?\b(?:,?[ ]20\d\d)?)"
)
_TURN = r"(?:week|month|quarter|half|year)(?:[- ]end)"

_RECURRING = rf"""
    (?:each|every|per)\ (?:other\ |single\ |{_COUNT}\ )?{_KIND}{_PERIOD}\b(?!\ of\b)
  | (?<!half\ )\ban?\ {_KIND}{_PERIOD}\b(?!\ (?:of|ago|in\ the\ life|later|earlier)\b|-)
  | (?:each|every|on)\ (?:other\ )?{_WEEKDAY} | (?:each|every)\ (?:morning|afternoon|evening|night|{_MONTH})\b
  | (?:each|every|at|at\ each|at\ every|by)\ {_TURN} | per\ annum | p\.a\.
  | (?:year|quarter|month|week)(?:[ -](?:over|on)[ -])(?:year|quarter|month|week)
"""
_DUE = rf"""
    (?:by|before|until|till|from|since|no\ later\ than|due|on|in|during|for|to|through)\ (?:the\ )?
      (?:(?:start|middle|end|close)\ of\ (?:the\ |this\ |each\ |every\ |next\ )?)?
      (?:{_DATE}|{_QUARTER}\b|{_YEAR}\b|{_MONTH}\b(?:\ 20\d\d)?|next\ {_WEEKDAY}|{_WEEKDAY}|{_TURN})
  | (?:by|before|until|in|at|from)\ the\ (?:end|close|start)\ of\ (?:the\ |this\ |each\ |every\ |next\ )?{_KIND}{_PERIOD}\b
  | (?:by|before|until|in|from)\ (?:day|week|month|quarter|year)\ {_COUNT}\b
  | (?:in|within|during|over|for|throughout|across|after)\ (?:the\ |this\ |each\ |every\ |our\ |any\ |their\ )?
      (?:first\ |next\ |last\ |coming\ |full\ |rolling\ )?(?:{_COUNT}\ |an?\ )?{_KIND}{_SHORT}\b(?!-)
  | (?:this|next)\ {_KIND}{_PERIOD}\b | {_DATE}
"""
_ADVERB = (
    r"(?:hourly|daily|nightly|weekly|fortnightly|biweekly|bi-weekly|monthly|bimonthly|quarterly|half-yearly|yearly"
    r"|annual(?:ly)?)"
)
_CADENCE = re.compile(
    rf"(?<![\w-])(?:{_RECURRING}|{_DUE}) | /\ ?(?:day|week|wk|month|mo|quarter|qtr|year|yr)\b",
    re.IGNORECASE | re.VERBOSE,
)
_ADVERBS = re.compile(rf"(?<![\w-]){_ADVERB}(?:(?:, | and | or ){_ADVERB})*\b(?!-)", re.IGNORECASE)
_FUNCTION_WORDS = frozenset(
    {
        *(
            "a",
            "an",
            "the",
            "and",
            "or",
            "but",
            "to",
            "with",
            "by",
            "for",
            "in",
            "on",
            "at",
            "from",
            "against",
            "until",
        ),
        *("as", "before", "after", "of", "over", "above", "per", "using", "without", "through", "via", "so", "when"),
        *("while", "where", "than", "across", "under", "within", "if", "who", "that", "which"),
    }
)


@dataclass(frozen=True, slots=True)
class Cadence:
    """A period or due date in a text: its words and their position."""

    words: str
    start: int
    end: int


def find_cadences(text: str) -> tuple[Cadence, ...]:
    """List the periods ("each day", "weekly") and due dates ("by 31 March") of a text, in order.

    "Weekly pipeline meeting" and "quarterly business review" name a meeting, "stage 3" a stage: none is a cadence.
    """
    return tuple(sorted((*_find_phrases(text), *_find_adverbs(text)), key=lambda cadence: cadence.start))


def _find_phrases(text: str) -> Iterator[Cadence]:
    for found in _CADENCE.finditer(text):
        if found.group().strip() and not _is_modal_may(found.group()):
            yield Cadence(found.group().strip(), found.start(), found.end())


def _is_modal_may(words: str) -> bool:
    """Return whether the words end with the verb "may" and not with the month, which has a capital."""
    return words.rsplit(maxsplit=1)[-1] == "may"


def _find_adverbs(text: str) -> Iterator[Cadence]:
    for found in _ADVERBS.finditer(text):
        if found.group().lower().endswith(("annually", "yearly", "hourly")) or _ends_a_clause(text, found):
            yield Cadence(found.group(), found.start(), found.end())


def _ends_a_clause(text: str, found: re.Match[str]) -> bool:
    """Return whether "monthly" is an adverb of its own and does not only describe the noun that follows."""
    after = text[found.end() : found.end() + 80].lstrip(" ")
    if not after or not after[0].isalnum():
        return True
    following = [token.text for token in tokenize(after)]
    before = [token.text for token in tokenize(text[max(0, found.start() - 40) : found.start()])]
    counted = bool(before) and (before[-1][0].isdigit() or re.fullmatch(_COUNT, before[-1]) is not None)
    return counted or following[0] in _FUNCTION_WORDS or _is_sum_of_money(following)


def _is_sum_of_money(following: list[str]) -> bool:
    """Return whether "quarterly" measures money ("quarterly revenue") and not a meeting ("quarterly revenue call")."""
    nouns = [word for word in following[:2] if word in measures().money_nouns]
    tail = following[len(nouns) : len(nouns) + 1]
    return bool(nouns) and following[0] in nouns and (not tail or tail[0] in _FUNCTION_WORDS or tail[0][0].isdigit())
