"""Commands for roles: list and check the library, review a role, and print its documents."""

import sys
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.output import (
    CommandFailed,
    console,
    find_role_file,
    format_option,
    name_contradictions,
    print_table,
    read_role,
    write_json,
    write_output,
)
from workbench.cli.params import add_document_options
from workbench.core.shape import Fault, InvalidData, unstructure
from workbench.core.text.encodings import read_text_file
from workbench.core.text.words import count
from workbench.roles.documents.kinds import DOCUMENTS, build_document
from workbench.roles.model import Expectation, Role

if TYPE_CHECKING:
    from workbench.documents.model import Document, Paper, Stamp


@click.group("library")
def library_command() -> None:
    """List, check and show the roles of the library."""


@library_command.command("list")
@format_option
def list_roles(form: str) -> None:
    """List the roles of the library with their numbers of accountabilities, expectations and questions."""
    from workbench.roles import library

    try:
        roles = library.library()
    except InvalidData as error:
        raise CommandFailed(
            f"The library cannot be read; run `workbench library check`. {error.faults[0].path}"
        ) from None
    if form == "json":
        write_json([_summary(name, role) for name, role in roles.items()])
        return
    columns = ("role", "title", "department", "motion", "accountabilities", "expectations", "questions")
    print_table(columns, (tuple(_summary(name, role).values()) for name, role in roles.items()))


@library_command.command("check")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@format_option
def check_command(files: tuple[Path, ...], form: str) -> None:
    """Check role files (without FILES the whole library and its catalogue)."""
    from workbench.roles import library

    found = list(library.check(files))
    for path, note in library.notes(files):
        click.echo(f"{_display_path(path)}: {note}", err=True)
    if not files:
        found += _catalogue_faults(found)
    if form == "json":
        write_json(
            [{"file": _display_path(path), "path": fault.path, "message": fault.message} for path, fault in found]
        )
    else:
        for path, fault in found:
            click.echo(": ".join(part for part in (_display_path(path), fault.path, fault.message) if part))
        checked = len(files or library.files())
        ending = count(len(found), "fault") if found else "no faults"
        click.echo(f"{count(checked, 'role file')} checked: {ending}.", err=bool(found))
    sys.exit(1 if found else 0)


@library_command.command("show")
@click.argument("role")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "toml"]),
    default="text",
    show_default=True,
    help="What to write.",
)
def show_command(role: str, form: str) -> None:
    """Show one role; `--format toml` prints its file, as a start for your own."""
    if form == "toml":
        read_role(role)  # names what is wrong with the file, and says what is understood of it
        click.echo(read_text_file(find_role_file(role)), nl=False)
        return
    found = read_role(role)
    if form == "json":
        write_json(unstructure(found))
        return
    _show_role(found)


@click.command("review")
@click.argument("role", metavar="ROLE-OR-FILE")
@format_option
def review_command(role: str, form: str) -> None:
    """Show what a role still needs; exit code 1 if there is anything."""
    from workbench.roles.review.rules import review

    found = review(read_role(role))
    if form == "json":
        rows = [
            {
                "rule": str(finding.rule),
                "level": str(finding.level),
                "place": finding.place,
                "message": finding.reason,
                "suggestion": finding.suggestion,
            }
            for finding in found
        ]
        write_json(rows)
    elif found:
        columns = ("level", "place", "rule", "message", "suggestion")
        print_table(
            columns,
            ((finding.level, finding.place, finding.rule, finding.reason, finding.suggestion) for finding in found),
        )
    else:
        click.echo("Nothing is missing.")
    sys.exit(1 if found else 0)


@click.command("print")
@click.argument("document", type=click.Choice(tuple(DOCUMENTS)))
@click.argument("role", metavar="ROLE-OR-FILE")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write, a Word file if it ends in .docx; - for the standard output. [default: ROLE-DOCUMENT.pdf]")  # fmt: skip
@click.option("--html", "as_html", is_flag=True, help="Write the HTML page instead of the PDF.")
@add_document_options
@click.option("--company", default="", metavar="NAME", help="Company name on each page.")
@click.option(
    "--edition",
    default="",
    metavar="NUMBER",
    help="Edition number on each page; without it the document is marked DRAFT.",
)
@click.option(
    "--pay", is_flag=True, help="Include the pay range in the position description, even if it is not released."
)
def print_command(
    document: str,
    role: str,
    output: Path | None,
    paper: str,
    language: str,
    company: str,
    edition: str,
    *,
    as_html: bool,
    pay: bool,
    fillable: bool,
    large: bool,
) -> None:
    """Print one DOCUMENT of a role; exit code 1 if it cannot be printed, if it is empty, or if what it says cannot be true."""
    from workbench.documents.model import FillMode, Paper, PressFailed

    _refuse_other_file_types(output, as_html=as_html, fillable=fillable)
    value = read_role(role)
    stamp = _build_stamp(value, company, edition)
    document_value = replace(
        build_document(document, value if pay else value.without_unreleased_pay(), stamp, language),
        form=FillMode.FILLABLE if fillable else FillMode.HAND,
        large=large,
    )
    path = output or Path(f"{Path(role).stem}-{document}.{'html' if as_html else 'pdf'}")
    try:
        write_output(_render_document(document_value, Paper(paper), path, as_html=as_html), path)
    except PressFailed as error:
        raise CommandFailed(error.reason) from None
    if str(path) != "-":
        click.echo(str(path), err=True)
    _report_contradictions(value, document_value.stamp.notice)


def _report_contradictions(role: Role, notice: str) -> None:
    """Name what an empty document lacks and what cannot be true in a printed role; exit code 1 if there is anything."""
    found = name_contradictions(role)
    if notice:
        click.echo(notice, err=True)
    if found or notice:
        sys.exit(1)


def _refuse_other_file_types(output: Path | None, *, as_html: bool, fillable: bool) -> None:
    """Refuse a Word file that is to be a web page, and fields to type into where there is no PDF."""
    is_word = output is not None and _is_word(output)
    if as_html and is_word:
        raise click.UsageError("A file that ends in .docx is a Word file; --html writes a web page. Use one of them.")
    if fillable and (as_html or is_word):
        raise click.UsageError("--fillable makes a PDF to type into; a web page and a Word file have no such fields.")


def _summary(name: str, role: Role) -> dict[str, str | int]:
    return {
        "role": name,
        "title": role.title,
        "department": role.department,
        "motion": role.motion.value if role.motion else "",
        "accountabilities": len(role.accountabilities),
        "expectations": sum(1 for _ in role.expectations()),
        "questions": sum(1 for _ in role.questions()),
    }


def _catalogue_faults(found: list[tuple[Path, Fault]]) -> list[tuple[Path, Fault]]:
    """Return the faults of the metric catalogue that are not reported already."""
    from workbench.metrics.catalogue import check_catalogue
    from workbench.places import data_dir

    folder = data_dir("role_library") / "metrics"
    messages = {fault for _, fault in found}
    return [(folder, fault) for fault in check_catalogue() if fault not in messages]


def _display_path(path: Path) -> str:
    current = Path.cwd()
    return str(path.relative_to(current) if path.is_absolute() and path.is_relative_to(current) else path)


def _show_role(role: Role) -> None:
    details = (role.department, role.reports_to and f"reports to {role.reports_to}", role.motion and role.motion.value)
    click.echo(f"{role.title}\n{' · '.join(detail for detail in details if detail)}\n")
    _print_wrapped(role.summary)
    for number, item in enumerate(role.accountabilities, 1):
        click.echo(f"\n{number}. {item.outcome}")
        _print_wrapped(f"{item.function}, {item.scope}; {item.share} % of the time", 3)
        for expectation in item.expectations:
            _print_wrapped(f"- {_describe_target(expectation, role)}", 3)
        _print_wrapped(f"- {count(len(item.questions), 'interview question')}", 3)
    if role.hard_parts:
        click.echo("\nHard parts")
        for line in role.hard_parts:
            _print_wrapped(f"- {line}", 3)


def _print_wrapped(text: str, indent: int = 0) -> None:
    space = " " * indent
    indent_of_lines = space + ("  " if text.startswith("- ") else "")
    click.echo(textwrap.fill(text, 100, initial_indent=space, subsequent_indent=indent_of_lines))


def _describe_target(item: Expectation, role: Role) -> str:
    from workbench.roles.expectations import expectation_sentence, metric_of

    metric = metric_of(item)
    if metric is None:
        return f"{item.metric} (not in the catalogue)"
    text = expectation_sentence(item, role.currency)
    return f"{text} ({metric.timing.value}, {item.basis.value})"


def _is_word(path: Path) -> bool:
    return path.suffix.lower() == ".docx"


def _render_document(document: "Document", paper: "Paper", path: Path, *, as_html: bool) -> bytes:
    if _is_word(path):
        from workbench.roles.documents.word.document import build_docx

        return build_docx(document, paper)
    if as_html:
        from workbench.documents.page.html import render_html

        return render_html(document, paper).encode()
    with console(stderr=True).status(f"Printing the {document.kind.replace('-', ' ')} …"):
        try:
            from workbench.documents.press.press import press

            printed = press(document, paper)
        except OSError as error:
            reason = f"The printer cannot be loaded ({str(error).splitlines()[0]}). Run: workbench doctor"
            raise CommandFailed(reason) from None
    for page, words in printed.wide_words:
        click.echo(f"Page {page}: “{words}” does not fit into its column.", err=True)
    return printed.pdf


def _build_stamp(role: Role, company: str, edition: str) -> "Stamp":
    from workbench.core.shape import digest
    from workbench.core.text.words import clean
    from workbench.documents.model import Stamp, edition_label

    label = edition_label(clean(edition)) if edition else ""
    return Stamp(clean(company), None, label, digest(role), draft=not edition)
