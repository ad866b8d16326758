"""Load the word lists of `role_library/wording`, each once."""

from dataclasses import dataclass
from functools import cache

from workbench.core.shape import read_toml
from workbench.language.phrases import Phrasebook, Wordlist
from workbench.places import data_dir


@dataclass(frozen=True, slots=True)
class StatementVerbs:
    """The beginnings of statements of what a seat owns, by kind; `state` and `results` name a result later on."""

    about: str
    actors: tuple[str, ...]
    outcome: tuple[str, ...]
    activity: tuple[str, ...]
    duty: tuple[str, ...]
    state: tuple[str, ...]
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """Words for things that are counted ("meeting"), things that are numbered ("stage"), and flows of money."""

    about: str
    countable: tuple[str, ...]
    labels: tuple[str, ...]
    money_nouns: tuple[str, ...]


@cache
def wordlist(name: str) -> Wordlist:
    """Load a word list by the name of its file. Raises InvalidData."""
    return read_toml(Wordlist, data_dir("role_library") / "wording" / f"{name}.toml")


@cache
def phrasebook(name: str) -> Phrasebook:
    """Return a word list that is prepared for searching."""
    return Phrasebook(wordlist(name), verbs().actors)


@cache
def verbs() -> StatementVerbs:
    """Load the verbs that statements begin with. Raises InvalidData."""
    return read_toml(StatementVerbs, data_dir("role_library") / "wording" / "verbs.toml")


@cache
def measures() -> MeasureWords:
    """Load the words for counted things and for numbers that measure nothing. Raises InvalidData."""
    return read_toml(MeasureWords, data_dir("role_library") / "wording" / "measures.toml")
