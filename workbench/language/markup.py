"""Find markup in a text: tags, entities and Markdown, which a document prints letter for letter."""

import re

from workbench.language.model import Remark, WordingRule

_TAGS = (
    "a|b|big|blockquote|br|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|script|small|span|strong|style|sub|sup|table|"
    "tbody|td|th|thead|tr|u|ul"
)
_ENTITIES = (
    "nbsp|amp|lt|gt|quot|apos|[nm]dash|[lr][sd]quo|bull|hellip|middot|euro|pound|copy|reg|trade|[aou]uml|szlig|ccedil|"
    "[aeiou](?:acute|grave|circ)|ntilde"
)
# The lengths limit the search; a longer one is no slip of a paste.
_MARKUP = re.compile(
    rf"</?(?:{_TAGS})(?:\s[^<>]{{0,300}})?/?>"
    rf"|&(?:{_ENTITIES}|\#[0-9]{{1,6}}|\#x[0-9A-Fa-f]{{1,5}});"
    r"|\*\*[^*\n]{1,300}\*\*|__[^_\n]{1,300}__"
    r"|\[[^\[\]\n]{1,300}\]\([^()\s]{1,300}\)"
    r"|^\#{1,6}[ ](?=\S)",
    re.IGNORECASE | re.MULTILINE,
)
_REASON = "It is printed letter for letter, because a text here has no markup."
_SUGGESTION = "Leave the signs out and write the words alone."


def find_markup(text: str) -> tuple[Remark, ...]:
    """Find tags such as `<b>`, entities such as `&nbsp;`, and the signs of Markdown: `**bold**`, `[link](…)`, `# heading`."""
    return tuple(
        Remark(WordingRule.MARKUP, found[0].strip(), found.start(), found.end(), _REASON, _SUGGESTION)
        for found in _MARKUP.finditer(text)
    )
