"""Describe every field of a role once: its name, the page where it is written, and where it is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workbench.core.text.translation import gettext_noop
from workbench.roles import model


class FieldKind(StrEnum):
    """The kind of value in a field. Lines and texts are free words; a part has fields of its own, parts are a list of such."""

    KEY = "key"
    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    SWITCH = "switch"
    PART = "part"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class RoleField:
    """One field of a role or of a part of it, under the name that it has in the model.

    `label` names it on pages, in comparisons and in messages, `document_label` on documents. `page` is its page in the guided path:
    of the role, or of the accountability that it belongs to; `prompt` is the label of its input there, or the title
    of a page with one input, which takes up to `max_length` characters. The wording rules read `reviewed` fields, and a role of the library fills `required` ones.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    page: str = ""
    prompt: str = ""
    max_length: int = 0
    document_label: str = ""
    reviewed: bool = True
    required: bool = True


def _rows(name: str, label: str, page: str, kind: FieldKind = FieldKind.PARTS) -> RoleField:
    return RoleField(name, label, kind, page, label, reviewed=kind is FieldKind.LINES, required=False)


def _choice(name: str, label: str, page: str, prompt: str, kind: FieldKind = FieldKind.CHOICE) -> RoleField:
    return RoleField(name, label, kind, page, prompt, reviewed=False, required=False)


def _internal(name: str, label: str, kind: FieldKind = FieldKind.KEY) -> RoleField:
    return RoleField(name, label, kind, reviewed=False, required=False)


LINE, LINES, NUMBER, MONEY, SWITCH = (
    FieldKind.LINE,
    FieldKind.LINES,
    FieldKind.NUMBER,
    FieldKind.MONEY,
    FieldKind.SWITCH,
)

ROLE = (
    RoleField("title", "Title", LINE, "seat", "Title of the role", 120),
    _choice("currency", "Currency", "currency", "New currency"),
    RoleField("department", "Department", LINE, "seat", "Department", 120, gettext_noop("Department"), reviewed=False),
    RoleField("reports_to", "Reports to", LINE, "seat", "Reports to", 120, gettext_noop("Reports to"), reviewed=False),
    _choice("motion", "How the role meets the market", "seat", "How does this role meet the market?"),
    _choice("revenue", "Contributes to revenue", "seat", "Does this role contribute to revenue?"),
    RoleField("summary", "Summary", page="summary", prompt="Summary of the role", max_length=4000),
    _rows("purpose", "Why the role exists", "purpose", FieldKind.PART),
    _rows("accountabilities", "Key accountabilities", "accountabilities"),
    _rows("duties", "Duties", "duties"),
    _rows("qualifications", "Qualifications", "qualifications"),
    RoleField("hard_parts", "Hard parts", LINES, "hard-parts", "Hard part", 400, required=False),
    _rows("neighbours", "Who else owns what", "neighbours"),
    _rows("pay", "Pay", "pay", FieldKind.PART),
    _rows("conditions", "Conditions", "conditions", FieldKind.PART),
    _rows("administration", "For HR", "conditions", FieldKind.PART),
    _choice("jurisdictions", "Law of", "conditions", "Which law does the role fall under?", FieldKind.CHOICE),
    _internal("samples", "Promises nobody has confirmed"),
)


def _answer(name: str, label: str, prompt: str, document_label: str) -> RoleField:
    page = f"purpose/{name.replace('_', '-')}"
    return RoleField(name, label, page=page, prompt=prompt, max_length=4000, document_label=document_label)


PURPOSE = (
    _answer("overall", "Overall purpose", "What is the overall purpose of the role?", gettext_noop("Its purpose")),
    _answer(
        "outcomes", "Core outcomes owned", "What core outcomes does this position own?", gettext_noop("What it owns")
    ),
    _answer(
        "leading",
        "Leading-indicator success",
        "What does leading-indicator success look like?",
        gettext_noop("How success shows early"),
    ),
    _answer(
        "why_needed",
        "Why the company needs it",
        "Why does the company need someone in this role?",
        gettext_noop("Why we need it"),
    ),
    _answer(
        "contribution",
        "How it moves the company forward",
        "How does this role move the organisation forward?",
        gettext_noop("How it moves us forward"),
    ),
)


def _condition(name: str, label: str, document_label: str, prompt: str = "", max_length: int = 600) -> RoleField:
    return RoleField(
        name, label, FieldKind.TEXT, "conditions", prompt or label, max_length, document_label, required=False
    )


CONDITIONS = (
    _condition("place", "Place of work", gettext_noop("Place")),
    _condition("hours", "Hours", gettext_noop("Hours")),
    _condition("travel", "Travel", gettext_noop("Travel")),
    _condition(
        "physical",
        "Physical demands",
        gettext_noop("Physical demands"),
        "Physical demands, as results and not as body movements",
    ),
    _condition("other", "Also", gettext_noop("Also"), "Anything else a candidate should know", 1000),
)

PAY = (
    _choice("minimum", "Pay from", "pay", "From", MONEY),
    _choice("maximum", "Pay to", "pay", "To", MONEY),
    _choice("period", "Paid", "pay", "Paid"),
    RoleField(
        "variable",
        "Variable pay",
        page="pay",
        prompt="Variable pay",
        max_length=1000,
        document_label=gettext_noop("Variable pay"),
    ),
    RoleField(
        "benefits", "Benefits", page="pay", prompt="Benefits", max_length=1000, document_label=gettext_noop("Benefits")
    ),
    _choice(
        "released",
        "Shown to candidates",
        "pay",
        "Show pay to candidates, on the position description and in the brief",
        SWITCH,
    ),
    RoleField(
        "told_when",
        "When candidates get the range",
        LINE,
        "pay",
        "If not yet: when do candidates get the range?",
        160,
        required=False,
    ),
)


def _administration(name: str, label: str) -> RoleField:
    return RoleField(name, label, LINE, "conditions", label, 80, reviewed=False, required=False)


ADMINISTRATION = (
    _administration("job_code", "Job code"),
    _administration("grade", "Grade"),
    _choice("exempt_status", "Overtime", "conditions", "Is the position exempt from overtime pay?"),
    _choice("headcount", "Headcount", "conditions", "Headcount", NUMBER),
    _administration("cost_centre", "Cost centre"),
)


def _support(name: str, label: str, prompt: str, document_label: str) -> RoleField:
    return RoleField(name, label, LINES, "supports", prompt, 4000, document_label)


SUPPORTS = (
    _support("behaviours", "Behaviours", "Behaviours that lead to it", gettext_noop("Behaviours")),
    _support("motivators", "Motivators", "What motivates a person who does it well", gettext_noop("Motivators")),
    _support("skills", "Skills", "Skills it takes", gettext_noop("Skills")),
    _support("capacities", "Capacities", "Capacities: time, tools, authority, territory", gettext_noop("Capacities")),
    _support("rewards", "Rewards", "How your culture rewards it", gettext_noop("Rewards here")),
)

ACCOUNTABILITY = (
    _internal("key", "Key"),
    RoleField("outcome", "Outcome", page="outcome", prompt="What outcome does this role own?", max_length=600),
    RoleField(
        "success_factor", "Done well when", page="outcome", prompt="How will you know it is done well?", max_length=1000
    ),
    RoleField("function", "Function", LINE, "ownership", "Function owned", 80, reviewed=False, required=False),
    RoleField("scope", "Scope", LINE, "ownership", "Scope", 160),
    _choice("essential", "Essential", "ownership", "This is an essential function of the position", SWITCH),
    RoleField(
        "reason", "Reason", page="ownership", prompt="Why the position exists for it", max_length=1000, required=False
    ),
    _choice("share", "Share of time", "ownership", "Share of working time, in percent", NUMBER),
    _rows("supports", "Supports", "supports", FieldKind.PART),
    _rows("expectations", "Expectations", "expectations"),
    _rows("questions", "Questions", "questions"),
)

EXPECTATION = (
    _internal("key", "Key"),
    _choice("metric", "Metric", "expectation", "What is measured?"),
    _choice("comparator", "Comparator", "expectation", "At least or at most?"),
    _choice("value", "Number", "expectation", "Number", NUMBER),
    _internal("unit", "Unit", FieldKind.CHOICE),
    _choice("period", "Period", "expectation", "In what period?"),
    _choice("due", "Due date", "expectation", "Or by what date?", FieldKind.DATE),
    RoleField("qualifier", "Qualifier", LINE, "expectation", "Only counting those", 160, required=False),
    RoleField("source", "Read in", LINE, "expectation", "Where is it read?", 160),
    RoleField(
        "we_will",
        "We will",
        page="expectation",
        prompt="What will the company do so that this can be reached?",
        max_length=1000,
    ),
    _choice("basis", "Basis", "expectation", "Where does the number come from?"),
    _internal("planner_query", "Plan", LINE),
    _internal("own_metric", "Own metric", FieldKind.PART),
)

QUESTION = (
    _internal("key", "Key"),
    _choice("kind", "Kind of question", "question", "Kind of question"),
    RoleField("text", "Question", page="question", prompt="The question, word for word", max_length=1200),
    RoleField("competency", "Competency", LINE, "question", "What it shows", 120, reviewed=False),
    RoleField("probes", "Probes", LINES, "question", "Probes, one per line", 4000, gettext_noop("Probes")),
    _choice("minutes", "Minutes", "question", "Minutes", NUMBER),
    _rows("anchors", "Anchors", "question", FieldKind.PART),
    RoleField(
        "what_good_looks_like",
        "What good looks like",
        page="question",
        prompt="What good looks like",
        max_length=1200,
        document_label=gettext_noop("What good looks like"),
    ),
    _choice("must_ask", "Must be asked", "question", "Must be asked, also where the interview is short", SWITCH),
    _rows("exercise", "Material of the exercise", "exercise", FieldKind.PART),
)


def _sheet(name: str, label: str, prompt: str) -> RoleField:
    return RoleField(name, label, FieldKind.TEXT, "exercise", prompt, 12_000, reviewed=False)


# The material is not reviewed: it quotes people of an invented case.
EXERCISE = (
    _sheet("candidate", "Candidate’s sheet", "The candidate’s sheet"),
    _sheet("role_player", "Role player’s sheet", "The sheet of the person who plays the other side"),
    RoleField(
        "checklist", "Checklist", LINES, "exercise", "Checklist: what you would see or hear", 4000, reviewed=False
    ),
    _choice(
        "reading_minutes", "Minutes to read", "exercise", "Minutes to read, of the minutes of the question", NUMBER
    ),
    _choice("beforehand", "Sent beforehand", "exercise", "The candidate gets the sheet before the interview", SWITCH),
)

# Anchors are not reviewed: they quote candidates, whose words are not ours to judge.
ANCHORS = tuple(
    RoleField(name, label, page="question", prompt=f"An answer worth {label}", max_length=800, reviewed=False)
    for name, label in (("one", "1"), ("three", "3"), ("five", "5"))
)

DUTY = (
    RoleField("text", "Duty", LINE, "duties", "Duty", 300),
    _choice("essential", "Essential", "duties", "Essential", SWITCH),
)
QUALIFICATION = (
    RoleField("text", "Qualification", LINE, "qualifications", "Qualification", 300),
    _choice("required", "Required", "qualifications", "Required", SWITCH),
)
NEIGHBOUR = (
    RoleField("seat", "Role", LINE, "neighbours", "Role", 120, reviewed=False),
    RoleField("owns", "Owns", LINE, "neighbours", "Owns", 300),
)

FIELDS: dict[type, tuple[RoleField, ...]] = {
    model.Role: ROLE,
    model.Purpose: PURPOSE,
    model.Accountability: ACCOUNTABILITY,
    model.Supports: SUPPORTS,
    model.Expectation: EXPECTATION,
    model.Question: QUESTION,
    model.Anchors: ANCHORS,
    model.Exercise: EXERCISE,
    model.Duty: DUTY,
    model.Qualification: QUALIFICATION,
    model.Neighbour: NEIGHBOUR,
    model.Pay: PAY,
    model.Conditions: CONDITIONS,
    model.Administration: ADMINISTRATION,
}


def field_of(kind: type, name: str) -> RoleField:
    """Find the description of a field of a class of the model. Raises KeyError."""
    return {each.name: each for each in FIELDS[kind]}[name]


def reviewed_texts(value: object) -> Iterator[tuple[RoleField, str]]:
    """Yield every text of one value that the wording rules read, each line by itself, with its field; empty ones too."""
    for each in FIELDS[type(value)]:
        if each.reviewed:
            content = getattr(value, each.name)
            yield from ((each, text) for text in ((content,) if isinstance(content, str) else content))
