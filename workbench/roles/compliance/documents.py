"""The blocks about the law: sentences for candidates, and what HR's annex says about a position."""

from workbench.core.text.translation import Translator
from workbench.documents.blocks.model import Block, Heading, Paragraph, Row, Rows
from workbench.roles.compliance.law import rules_of
from workbench.roles.compliance.model import LawKind, administration_facts, law_lines, sentences
from workbench.roles.model import Role


def candidate_blocks(role: Role, translator: Translator, leave_out: LawKind | None = None) -> tuple[Block, ...]:
    """Return a paragraph for each sentence that the chosen laws ask for; none for a role without a law.

    A document with words of its own about one kind of rule may `leave_out` its sentence.
    """
    rules = tuple(each for each in rules_of(role) if each.rule.kind is not leave_out)
    return tuple(Paragraph(text) for text in sentences(rules, translator))


def annex_blocks(role: Role, translator: Translator) -> tuple[Block, ...]:
    """Return what HR keeps about a position and what the chosen laws ask, each under its heading, without empty ones."""
    gettext = translator.gettext
    facts = tuple(Row(label, (text,)) for label, text in administration_facts(role.administration, translator))
    laws: dict[str, list[str]] = {}
    for name, text in law_lines(rules_of(role), translator):
        laws.setdefault(name, []).append(text)
    lines = tuple(Row(name, tuple(texts)) for name, texts in laws.items())
    note = Paragraph(
        gettext(
            "These lines are reminders, each with the day whose law it means. No lawyer has checked them: ask yours before "
            "you rely on one."
        )
    )
    blocks: list[Block] = []
    if facts:
        blocks += [Heading(gettext("For HR")), Rows(facts)]
    if lines:
        blocks += [Heading(gettext("What the law asks")), note, Rows(lines, wide=True)]
    return tuple(blocks)
