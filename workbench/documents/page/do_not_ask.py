"""What no interviewer asks, and what to do when a candidate brings it up: the same words on every document."""

from workbench.core.text.translation import Translator, gettext_noop

# Topics: EEOC, prohibited practices and pre-employment inquiries; ADA, 42 USC 12112(d); GINA, 42 USC 2000ff-1; USERRA, 38 USC
# 4311; Equality Act 2010, section 60; Directive (EU) 2023/970, article 5. Adjustments: ADA, 42 USC 12112(b)(5); Equality Act
# 2010, section 20.
DO_NOT_ASK = (
    gettext_noop(
        "Age or date of birth. Sex, gender, gender identity or sexual orientation. Family, marriage, pregnancy or childcare. "
        "Health, disability, sick days or genetic tests. Race, skin colour, origin, native language or citizenship. Religion, "
        "politics or union. Military service. Arrests, debts or past pay. If the candidate brings it up, do not write it "
        "down; go on to the next question."
    ),
    gettext_noop(
        "If the candidate asks for an adjustment, such as another seat, a break or more time: say yes, or stop the clock, and "
        "tell HR the same day. Write down only what they need, never why. It does not count against them."
    ),
    gettext_noop(
        "Leave out what belongs to a former employer. If the candidate begins to tell its confidential figures, customers or "
        "prices, stop them kindly; their own part and a rough size are enough."
    ),
)


def do_not_ask(translator: Translator) -> tuple[str, ...]:
    """Return the paragraphs under “Do not ask about”, in the language of the document."""
    return tuple(map(translator.gettext, DO_NOT_ASK))
