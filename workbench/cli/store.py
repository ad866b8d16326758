"""Commands that look after the printed documents: as they were printed, read by everybody, needed by somebody."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from workbench.cli.admin import read, upgrade, writing
from workbench.cli.output import Refused, as_format, write_json


@click.group("store")
def store_command() -> None:
    """Verify the printed documents, tell what was found in them, and prune those that nobody needs."""


@store_command.command("verify")
@as_format
def verify_command(form: str) -> None:
    """Name every document that is not there as it was printed; exit code 1 where there is one."""
    from workbench.documents.store.installation import open_store

    upgrade()
    with _reached(), writing("read") as session:
        faults = open_store(read()).verify(session)
    if form == "json":
        write_json(list(faults))
    else:
        click.echo("\n".join(faults) or "Every document is as it was printed.")
    sys.exit(1 if faults else 0)


@store_command.command("findings")
@as_format
def findings_command(form: str) -> None:
    """Tell what keeps printed documents from being read by everybody (PDF/UA-1); exit code 1 where there is something.

    Each document is checked as it is printed. What is found comes from a template or a style sheet: mend it there, and
    the document is printed anew.
    """
    from workbench.documents.store.tables import list_documents

    upgrade()
    with writing("read") as session:
        found = {row: row.findings for row in list_documents(session) if row.findings}
    if form == "json":
        write_json(
            [
                {"kind": row.kind, "key": row.key, **each._asdict()}
                for row, findings in found.items()
                for each in findings
            ]
        )
    else:
        lines = (f"{row.kind} {row.key[:12]}. {each}" for row, findings in found.items() for each in findings)
        click.echo("\n".join(lines) or "Every document can be heard, and walked by keyboard.")
    sys.exit(1 if found else 0)


@store_command.command("prune")
@click.option(
    "--days", type=click.IntRange(0), default=30, show_default=True, help="Keep what was printed in these last days."
)
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@as_format
def prune_command(days: int, form: str, *, dry_run: bool) -> None:
    """Take out the documents that no draft, no edition and no print run leads to; they are printed again when wanted.

    Where the files lie in a bucket, this machine's copies of what is there no more go as well.

    Print runs go first that are older than the company keeps them: their files and the names in them. A run that an
    open link leads to stays until the link ends.
    """
    from workbench.documents.store.installation import open_store
    from workbench.packets.erasure.erase import keys_of_runs, tidy
    from workbench.packets.run.files import sweep_cache
    from workbench.roles.documents.printing import keys_in_use

    upgrade()
    store = open_store(read())
    with _reached(), writing("work") as session:
        tidied = tidy(session, dry=dry_run)
        used = keys_in_use(session, store) | keys_of_runs(session, store, tidied.runs)
        pruned = store.prune(session, used, days, dry=dry_run)
    with _reached():
        swept = tidied.folders + (0 if dry_run else store.sweep() + sweep_cache(read()))
    if form == "json":
        told = {"documents": pruned.documents, "bytes": pruned.size, "runs": len(tidied.runs), "left_behind": swept}
        write_json(told | {"dry_run": dry_run})
    else:
        verb = "would go" if dry_run else "went"
        click.echo(f"{pruned.documents} documents {verb} ({pruned.size / 1e6:.1f} MB).")
        click.echo(f"{len(tidied.runs)} print runs {verb} with their files and names.")


@contextmanager
def _reached() -> Iterator[None]:
    """Leave with one sentence where the bucket of the files cannot be reached."""
    from workbench.documents.store.bucket import BucketUnavailable

    try:
        yield
    except BucketUnavailable as error:
        raise Refused(error.reason) from None
