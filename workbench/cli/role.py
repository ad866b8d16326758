"""Commands about one role: what it still needs, and its documents as PDF, as a Word file or as a web page."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.output import Refused, as_format, console, role_at, save, table, write_json

if TYPE_CHECKING:
    from workbench.documents.model import Document, Paper, Stamp
    from workbench.roles.model import Role

DOCUMENTS = ("position-description", "accountability-brief", "interview-kit", "starter-metrics")


@click.command("review")
@click.argument("role", metavar="ROLE-OR-FILE")
@as_format
def review_command(role: str, form: str) -> None:
    """Say what a role still needs; exit code 1 where there is anything."""
    from workbench.roles.review.rules import review

    found = review(role_at(role))
    if form == "json":
        rows = [
            {
                "rule": str(finding.rule),
                "level": str(finding.level),
                "place": finding.place,
                "message": finding.message,
                "suggestion": finding.suggestion,
            }
            for finding in found
        ]
        write_json(rows)
    elif found:
        columns = ("level", "place", "rule", "message", "suggestion")
        table(columns, ((f.level, f.place, f.rule, f.message, f.suggestion) for f in found))
    else:
        click.echo("Nothing is missing.")
    sys.exit(1 if found else 0)


@click.command("print")
@click.argument("document", type=click.Choice(DOCUMENTS))
@click.argument("role", metavar="ROLE-OR-FILE")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write, a Word file where it ends in .docx; - for the standard output. [default: ROLE-DOCUMENT.pdf here]")  # fmt: skip
@click.option("--html", "as_html", is_flag=True, help="Write the web page that is printed, not the PDF.")
@click.option(
    "--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="Size of the sheet."
)
@click.option("--company", default="", metavar="NAME", help="Company to name on each page.")
@click.option(
    "--edition",
    default="",
    metavar="NUMBER",
    help="Edition to name on each page; without it the paper is marked DRAFT.",
)
@click.option(
    "--pay", is_flag=True, help="Print the pay range in the position description although it is not released."
)
def print_command(
    document: str, role: str, output: Path | None, paper: str, company: str, edition: str, *, as_html: bool, pay: bool
) -> None:
    """Print one DOCUMENT of a role."""
    from workbench.documents.model import Paper, PressFailed

    value = role_at(role)
    made = _document(document, value, _stamp(value, company, edition), pay=pay)
    if as_html and output is not None and _is_word(output):
        raise click.UsageError("A file that ends in .docx is a Word file; --html writes a web page. Use one of them.")
    place = output or Path(f"{Path(role).stem}-{document}.{'html' if as_html else 'pdf'}")
    try:
        save(_content(made, Paper(paper), place, as_html=as_html), place)
    except PressFailed as error:
        raise Refused(error.reason) from None
    if str(place) != "-":
        click.echo(str(place), err=True)


def _is_word(place: Path) -> bool:
    return place.suffix.lower() == ".docx"


def _content(document: "Document", paper: "Paper", place: Path, *, as_html: bool) -> bytes:
    if _is_word(place):
        from workbench.roles.documents.docx import word

        return word(document, paper)
    if as_html:
        from workbench.documents.page.html import render_html

        return render_html(document, paper).encode()
    with console(stderr=True).status(f"Printing the {document.kind.replace('-', ' ')} …"):
        try:
            from workbench.documents.press.press import press

            return press(document, paper).pdf
        except OSError as error:
            reason = f"The printer cannot be loaded ({str(error).splitlines()[0]}). Run: workbench doctor"
            raise Refused(reason) from None


def _stamp(role: "Role", company: str, edition: str) -> "Stamp":
    from workbench.core.shape import digest
    from workbench.core.text.words import clean
    from workbench.documents.model import Stamp

    named = f"Edition {clean(edition)}" if edition else ""
    return Stamp(clean(company), None, named, digest(role), draft=not edition)


def _document(name: str, role: "Role", stamp: "Stamp", *, pay: bool) -> "Document":
    from workbench.roles.documents import build
    from workbench.roles.documents.model import Audience

    if name == "position-description":
        return build.position_description(role, stamp, Audience.OWNER if pay else Audience.EVERYONE)
    if name == "accountability-brief":
        return build.accountability_brief(role, stamp)
    if name == "interview-kit":
        return build.interview_kit(role, stamp)
    return build.starter_metrics_sheet(role, stamp)
