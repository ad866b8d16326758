"""The guided path as data: sections, their pages, and the question and help of each page."""

from workbench.core.path import Path, Section, Step
from workbench.roles.exercises.forms import ExerciseForm
from workbench.roles.fields import PURPOSE, RoleField, field_of
from workbench.roles.model import Role
from workbench.roles.path import forms, item_forms, row_forms
from workbench.roles.path.forms import At

RoleStep = Step[Role, At]
RoleSection = Section[Role, At]


# What the task list and the page of each of the five answers say.
_ANSWERS = {
    "overall": (
        "State the overall purpose",
        "If this role did one thing for the company, what would it be? Say what changes, not what people do all day.",
    ),
    "outcomes": (
        "Name the core outcomes it owns",
        "Two or three results that are this role’s alone. You will break them into accountabilities next.",
    ),
    "leading": (
        "Describe leading-indicator success",
        "What would you see in week six that tells you the year will be good, long before the revenue does?",
    ),
    "why_needed": (
        "Explain why the company needs it",
        "What goes wrong, or never happens, while nobody is in the role?",
    ),
    "contribution": (
        "Say how it moves the company forward",
        "Link the role to where the company wants to be in two years.",
    ),
}


def _answer_step(answer: RoleField) -> RoleStep:
    task, help_text = _ANSWERS[answer.name]
    return Step(
        answer.page,
        task,
        answer.prompt,
        help_text,
        forms.purpose_form(answer),
        shows="Why this role exists",
    )


SECTIONS: tuple[RoleSection, ...] = (
    Section(
        "seat",
        "The role",
        (
            Step(
                "seat",
                "Name the role",
                "What is this role called, and where is it in the company?",
                "A role is one position in the company, whoever has it. It has one manager and one way of meeting the market.",
                forms.SeatForm,
                page="seat.html",
            ),
            Step(
                "summary",
                "Summarise the role",
                "How would you describe the role in a few sentences?",
                "Three to five sentences that a good candidate would repeat to a friend. The details come later.",
                forms.SummaryForm,
            ),
        ),
    ),
    Section(
        "purpose",
        field_of(Role, "purpose").label,
        tuple(map(_answer_step, PURPOSE)),
    ),
    Section("accountabilities", "Key accountabilities", ()),
    Section(
        "work",
        "The work",
        (
            Step(
                "duties",
                "List the duties",
                "What work is done in the role?",
                "A duty is work; an accountability is a result. Mark a duty essential when the position exists to do it. "
                "Describe results, not body movements: “communicate with customers”, not “hear”.",
                row_forms.DutiesForm,
                page="rows.html",
                shows="Duties",
            ),
            Step(
                "qualifications",
                "Choose the qualifications",
                "What must a person bring, and what can they learn here?",
                "Every extra must-have shrinks the field. Require only what is needed on the first day.",
                row_forms.QualificationsForm,
                page="rows.html",
                shows="Qualifications",
            ),
            Step(
                "neighbours",
                "Say who else owns what",
                "Which roles are next to this one, and what do they own?",
                "If two people are responsible for one thing, in practice nobody is. Draw the boundaries here.",
                row_forms.NeighboursForm,
                page="rows.html",
                shows="Who else owns what",
            ),
        ),
    ),
    Section(
        "offer",
        "The honest offer",
        (
            Step(
                "hard-parts",
                "Describe the hard parts",
                "What is hard about this job?",
                "Say it before the first day. People who know what they are choosing stay longer and trust you more.",
                row_forms.HardPartsForm,
                page="rows.html",
                shows="The hard parts",
            ),
            Step(
                "pay",
                "Set the pay",
                "What does the role pay?",
                "Give the range you would really pay, and say how variable pay works. Many places require the range in the posting.",
                forms.PayForm,
                page="pay.html",
                shows="Pay and benefits",
            ),
            Step(
                "conditions",
                "Describe the conditions",
                "Where, when and under what conditions is the work done?",
                "Travel, hours and place decide more offers than titles do.",
                forms.ConditionsForm,
                page="conditions.html",
                shows="Conditions",
            ),
        ),
    ),
)

ACCOUNTABILITY_STEPS: tuple[RoleStep, ...] = (
    Step(
        "outcome",
        "State the outcome",
        "What outcome does this role own?",
        "Write what is different when the work is done well. “New customers choose us and stay” is an outcome; "
        "“make calls” is an activity.",
        item_forms.OutcomeForm,
        shows="Key accountabilities",
    ),
    Step(
        "ownership",
        "Draw its boundaries",
        "What exactly is owned, and where does it end?",
        "The same function and scope in two roles means that nobody owns it. Scope can be a territory, a segment or a list.",
        item_forms.OwnershipForm,
        page="ownership.html",
        shows="Key accountabilities",
    ),
    Step(
        "supports",
        "Say what helps",
        "What helps a person achieve this?",
        "One short line each. These lines return in interviews, in coaching and in how you recognise people.",
        item_forms.SupportsForm,
        shows="What fits this role",
    ),
)

EXPECTATION_STEP = Step(
    "expectation",
    "Set an expectation",
    "What do you expect, in a number?",
    "A leading metric shows this week whether the result will come; a lagging one shows that it came. Every "
    "accountability needs at least one of each.",
    item_forms.ExpectationForm,
    page="expectation.html",
    shows="Key accountabilities",
)

QUESTION_STEP = Step(
    "question",
    "Write a question",
    "What will you ask about it?",
    "Ask every candidate the same words in the same order. Anchors help two interviewers to score the same answer alike.",
    item_forms.QuestionForm,
    page="question.html",
    shows="Questions",
)

EXERCISE_STEP = Step(
    "exercise",
    "Write the sheets of an exercise",
    "What does each person read in this exercise?",
    "The candidate reads one sheet, the person who plays the other side a second one. The checklist helps two people to see the "
    "same things.",
    ExerciseForm,
    page="exercise.html",
    shows="Your task",
)

PATH: Path[Role, At] = Path(SECTIONS)
