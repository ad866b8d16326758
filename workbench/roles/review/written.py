"""Rules about how a text is written, whatever it says: its currency, its characters, its markup."""

from collections.abc import Iterator

from workbench.core.findings import Finding, Level
from workbench.core.text.currencies import currency_name, currency_signs
from workbench.core.text.words import join_words
from workbench.documents.page.fonts import find_unsupported
from workbench.language.markup import find_markup
from workbench.roles.currency.model import AMOUNT
from workbench.roles.model import Role
from workbench.roles.texts import texts


def one_currency(role: Role) -> Iterator[Finding]:
    """Yield a finding for each amount in a text that is written in another currency than the role's.

    An amount in words ("ten thousand euros") is not found, and "$" counts for every currency that is written so at home.
    """
    signs = currency_signs(role.currency)
    for place, text in texts(role):
        for amount in AMOUNT.finditer(text):
            if (amount["before"] or amount["after"]) not in signs:
                yield Finding(
                    "other currency",
                    Level.ADVICE,
                    place,
                    f"“{amount[0]}” is not in {currency_name(role.currency)}, the currency of this role.",
                    f"Write the amount in {role.currency}, or without an amount.",
                    "article 1: one record feeds everything",
                )


def printable_letters(role: Role) -> Iterator[Finding]:
    """Yield a finding for each place with characters that no bundled font contains."""
    unsupported: dict[str, str] = {}
    for place, text in texts(role):
        if characters := find_unsupported(text):
            unsupported[place] = unsupported.get(place, "") + characters
    for place, letters in unsupported.items():
        reason = f"These characters cannot be printed: {join_words(list(dict.fromkeys(letters)))}."
        suggestion = "Write them in another way; a document shows each one by its number in brackets."
        source = "ISO 14289-1, 7.21.8: no letter is printed as an empty box"
        yield Finding("printable letters", Level.ADVICE, place, reason, suggestion, source)


def no_markup(role: Role) -> Iterator[Finding]:
    """Yield a finding for each text with the signs of a web page or of Markdown, which documents print letter for letter."""
    for place, text in texts(role):
        if remarks := find_markup(text):
            signs = [f"“{words}”" for words in dict.fromkeys(remark.words for remark in remarks)]
            verb = "is" if len(signs) == 1 else "are"
            reason = f"{join_words(signs)} {verb} printed letter for letter, because a text here has no markup."
            source = "documents print a text as it is written"
            yield Finding(remarks[0].rule.value, Level.ADVICE, place, reason, remarks[0].suggestion, source)
