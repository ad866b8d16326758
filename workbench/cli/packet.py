"""The command that prints packets without a database: roles and people from files, finished packets into a folder."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.output import (
    CommandFailed,
    build_write_error,
    console,
    format_option,
    name_contradictions,
    read_role,
    write_json,
)
from workbench.cli.params import WholeNumberParam, add_document_options

if TYPE_CHECKING:
    from workbench.hiring.model import InterviewDay, People, RoundStyle
    from workbench.packets.job import ChosenRole, PrintJob
    from workbench.packets.plan import PrintPlan
    from workbench.packets.recipes.model import Recipe
    from workbench.packets.run.values import Output, PrintResult, ReportProgress

RECIPES = ("interviewer", "candidate", "manager", "file-copy", "records")
# In the output folder, so that a second attempt continues where the first stopped.
STORE = ".printed"


def _add_day_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options for the day of a round to a command, which receives them as one value."""

    @click.option("--day", type=click.DateTime(["%Y-%m-%d"]), multiple=True, metavar="YYYY-MM-DD", help="Day of the interviews, for each day: fills in the schedule.")  # fmt: skip
    @click.option("--first", type=click.DateTime(["%H:%M"]), metavar="HH:MM", help="Start of the first interview.")
    @click.option("--minutes", type=WholeNumberParam(0, 240), default=0, help="Minutes per interview.  [default: those of the kit, rounded up to five]")  # fmt: skip
    @click.option("--break", "pause", type=WholeNumberParam(0, 120), default=15, show_default=True, help="Minutes between interviews.")  # fmt: skip
    @click.option(
        "--lunch", type=click.DateTime(["%H:%M"]), metavar="HH:MM", help="Start of a lunch hour without interviews."
    )
    @click.option("--until", type=click.DateTime(["%H:%M"]), default="18:00", show_default=True, metavar="HH:MM", help="Latest end of an interview.")  # fmt: skip
    @wraps(command)
    def with_day(
        *args: Any,
        day: tuple[datetime, ...],
        first: datetime | None,
        until: datetime,
        minutes: int,
        pause: int,
        lunch: datetime | None,
        **options: Any,
    ) -> None:
        interview_day = _parse_day(day, first, lunch, minutes, pause)
        command(*args, day=interview_day and replace(interview_day, until=until.time()), **options)

    return with_day


def _add_style_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options for how the interviews are held to a command, which receives them as one value."""

    @click.option("--panel", type=click.Choice(["each", "shared", "together"]), default="each", show_default=True, help="Each member asks all questions, the accountabilities are shared out, or all sit together.")  # fmt: skip
    @click.option("--kit", type=click.Choice(["45", "60", "90"]), help="Minutes of an interview, for which the questions are chosen.  [default: all questions]")  # fmt: skip
    @click.option("--core", is_flag=True, help="With --panel shared: everyone also asks two core questions.")
    @wraps(command)
    def with_style(*args: Any, panel: str, kit: str | None, core: bool, **options: Any) -> None:
        from workbench.hiring.model import RoundKind, RoundStyle

        command(*args, style=RoundStyle(RoundKind(panel), int(kit or 0), core), **options)

    return with_style


@click.command("packet")
@click.argument("recipe", type=click.Choice(RECIPES), required=False)
@click.option("--recipe-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="TOML file with title, reader and parts, instead of RECIPE.")  # fmt: skip
@click.option("--roles", required=True, metavar="ROLE-OR-FILE,…", help="Roles of the library, or your own files.")
@click.option("--people", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="CSV file with the columns name, part (panel or candidate) and role (of a candidate).")  # fmt: skip
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the packets.")  # fmt: skip
@click.option(
    "--one-file",
    "delivery",
    flag_value="one-file",
    help="One PDF with every packet; without this or --zip, one for each person.",
)
@click.option("--zip", "delivery", flag_value="zip", help="One ZIP with a PDF for each person.")
@add_document_options
@click.option(
    "--word", is_flag=True, help="Also write all documents as Word files: a ZIP with a folder for each person."
)
@click.option("--both-sides", is_flag=True, help="Start each document on a new sheet, for printing on both sides.")
@click.option("--name", default="", metavar="NAME", help="Name of the run: the file of --one-file, --zip or --word begins with it.")  # fmt: skip
@click.option("--company", default="", metavar="NAME", help="Company name on each page.")
@click.option(
    "--edition", default="", metavar="NUMBER", help="Edition number; without it the documents are marked DRAFT."
)
@click.option("--leader", default="The leader", metavar="NAME", help="Recipient of a manager packet.")
@_add_day_options
@_add_style_options
@format_option
def packet_command(
    recipe: str | None,
    recipe_file: Path | None,
    roles: str,
    people: Path | None,
    output: Path,
    delivery: str | None,
    paper: str,
    language: str,
    name: str,
    company: str,
    edition: str,
    leader: str,
    form: str,
    day: "InterviewDay | None",
    style: "RoundStyle",
    *,
    fillable: bool,
    large: bool,
    word: bool,
    both_sides: bool,
) -> None:
    """Print the packets of one interview round, by RECIPE or your own recipe file; exit code 1 if a document fails or a role cannot be true."""
    from workbench.core.text.words import clean
    from workbench.documents.model import FillMode, Paper
    from workbench.packets.job import PrintJob
    from workbench.packets.model import Delivery, RunOptions

    mode, delivery_mode = FillMode.FILLABLE if fillable else FillMode.HAND, Delivery(delivery or "file-each")
    print_job = PrintJob(
        (chosen := _read_recipe(recipe, recipe_file)),
        tuple(_build_choice(role.strip(), company, edition) for role in roles.split(",") if role.strip()),
        _read_people_file(people, chosen),
        clean(leader),
        RunOptions(Paper(paper), delivery_mode, both_sides, mode, large=large, language=language, day=day, style=style),
        name=_parse_run_name(name, files=not (delivery or word)),
    )
    result, packets = _print_packets(plan := _make_plan(print_job), output)
    _report(plan.job, result, packets, _write_word_files(plan, output) if word else None, form)
    sys.exit(_exit_code(result, plan.job))


def _exit_code(result: "PrintResult", job: "PrintJob") -> int:
    """Name what cannot be true in the roles of a run; return 1 if there is anything, or if a document failed."""
    doubted = [name_contradictions(each.role, each.role.title) for each in job.roles]
    return int(any(doubted) or bool(result.faults))


def _parse_run_name(name: str, *, files: bool) -> str:
    """Return the name of a run on one line; refuse a name that is too long, or that no file would carry.

    No file carries it if there are only `files` for each person.
    """
    from workbench.core.text.words import clean
    from workbench.packets.model import MAX_TITLE_LENGTH

    text = " ".join(clean(name).split())
    if text and files:
        raise click.UsageError("--name names one file: use it with --one-file, --zip or --word.")
    if len(text) > MAX_TITLE_LENGTH:
        raise CommandFailed(f"Shorten --name to {MAX_TITLE_LENGTH} characters; it has {len(text)}.")
    return text


def _parse_day(
    days: tuple[datetime, ...], first: datetime | None, lunch: datetime | None, minutes: int, pause: int
) -> "InterviewDay | None":
    """Return the days of the round; they need both a date and the first time."""
    from workbench.hiring.model import InterviewDay

    if bool(days) is (first is None):
        raise click.UsageError("Use --day and --first together.")
    if first is None:
        return None
    on, *more = sorted(day.date() for day in days)
    return InterviewDay(on, first.time(), minutes, pause, lunch.time() if lunch else None, more=tuple(more))


def _read_recipe(name: str | None, file: Path | None) -> "Recipe":
    """Return the recipe by name, or read it from a file; every fault of the file is reported at once."""
    from workbench.core.shape import InvalidData, read_toml
    from workbench.packets.recipes.model import RECIPES, RecipeDraft, find_shipped_recipe, recipe_faults

    if (name is None) == (file is None):
        raise click.UsageError("Name a recipe, or use --recipe-file.")
    if file is None:
        return find_shipped_recipe(str(name))
    try:
        draft = read_toml(RecipeDraft, file)
    except InvalidData as error:
        lines = [f"{fault.path}: {fault.message}" if fault.path else fault.message for fault in error.faults]
        raise CommandFailed("\n".join(f"{file}: {line}" for line in lines)) from None
    except OSError as error:
        raise CommandFailed(f"{file} cannot be read: {error.strerror or error}.") from None
    if faults := recipe_faults(draft, [recipe.title for recipe in RECIPES]):
        raise CommandFailed("\n".join(f"{file}: {fault}" for fault in faults))
    return draft.to_recipe()


def _make_plan(print_job: "PrintJob") -> "PrintPlan":
    """Build the plan of the run. Raises CommandFailed for anything that cannot be printed."""
    from workbench.packets.model import asks_for_roles
    from workbench.packets.plan import make_plan

    if missing := print_job.missing_content():
        raise CommandFailed("\n".join(missing))
    if asks_for_roles(print_job.recipe) and (unclear := print_job.round.application_faults()):
        raise CommandFailed("\n".join((*unclear, "Name the roles in a column “role” of the file, or write “all”.")))
    try:
        return make_plan(print_job)
    except ValueError as error:
        raise CommandFailed(str(error)) from None


def _build_choice(name: str, company: str, edition: str) -> "ChosenRole":
    from workbench.core.shape import digest
    from workbench.core.text.words import clean
    from workbench.documents.model import DRAFT_LABEL, Stamp, edition_label
    from workbench.packets.job import ChosenRole

    role = read_role(name)
    label = edition_label(clean(edition)) if edition else DRAFT_LABEL
    return ChosenRole(role, Stamp(clean(company), None, label, digest(role), draft=not edition))


def _read_people_file(file: Path | None, recipe: "Recipe") -> "People":
    from workbench.hiring.model import People
    from workbench.hiring.people import MAX_BYTES, read_people
    from workbench.packets.model import part_of_unmarked

    if file is None:
        return People()
    try:
        with file.open("rb") as stream:
            return read_people(stream.read(MAX_BYTES + 1), part_of_unmarked(recipe, People()))
    except ValueError as error:
        raise CommandFailed(f"{file}: {error}") from None
    except OSError as error:
        raise CommandFailed(f"{file} cannot be read: {error.strerror or error}.") from None


def _print_packets(plan: "PrintPlan", output: Path) -> "tuple[PrintResult, Output]":
    from workbench.documents.model import PressFailed
    from workbench.documents.press.warm import WarmPress
    from workbench.documents.store.store import Store
    from workbench.packets.run.linking import write_packets
    from workbench.packets.run.printing import print_all

    try:
        output.mkdir(parents=True, exist_ok=True)
        with WarmPress() as press, _show_progress() as report:
            result = print_all(plan, Store(output / STORE), press.press, report)
            return result, write_packets(plan, result, output, plan.job.recipe.name)
    except PressFailed as error:
        raise CommandFailed(error.reason) from None
    except OSError as error:
        raise build_write_error(output, error) from None


def _write_word_files(plan: "PrintPlan", output: Path) -> "Output":
    """Write the Word files beside the packets."""
    from workbench.packets.run.word_files import write_word_files

    try:
        with console(stderr=True).status("Writing the Word files …") as status:

            def report(done: int, total: int) -> None:
                status.update(f"Writing the Word files … {done} of {total}")

            return write_word_files(plan, None, output, f"{plan.job.recipe.name}-word", report)
    except OSError as error:
        raise build_write_error(output, error) from None


@contextmanager
def _show_progress() -> "Iterator[ReportProgress]":
    """Show a progress bar on the terminal: documents, pages, and the remaining seconds."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from workbench.packets.run import values as run

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("documents, {task.fields[text]}"))
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, text="")

        def report(progress: run.Progress) -> None:
            time_left = "" if progress.seconds is None else f", about {progress.seconds} s left"
            bar.update(
                task, completed=progress.documents, total=progress.total, text=f"{progress.pages} pages{time_left}"
            )

        yield report


def _report(
    print_job: "PrintJob", result: "PrintResult", packets: "Output", word_files: "Output | None", form: str
) -> None:
    archive = str(word_files.folder / word_files.files[0].name) if word_files else ""
    pages = sum(file.pages for file in packets.files)
    if form == "json":
        files = [{"name": file.name, "pages": file.pages, "bytes": file.size} for file in packets.files]
        data = {"folder": str(packets.folder), "files": files, "documents": result.total, "pages": pages}
        data |= {"word": archive} if word_files else {}
        data |= {"round": list(held)} if (held := print_job.round_summary()) else {}
        write_json(data | {"printed": result.fresh, "faults": list(result.faults), "sha256": packets.digest})
        return
    for sentence in print_job.round_summary():
        click.echo(sentence)
    for fault in result.faults:
        click.echo(f"Not printed: {fault}", err=True)
    for file in packets.files:
        click.echo(f"{packets.folder / file.name}  {file.pages} pages")
    if word_files:
        click.echo(f"{archive}  {len(word_files.files[0].members)} Word files")
    stored_note = ", the others were in the store" if result.fresh < result.total else ""
    click.echo(f"{result.total} documents, {pages} pages; {result.fresh} printed now{stored_note}.")
