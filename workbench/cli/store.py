"""Commands for the stored documents: verify them, list accessibility findings, prune unused ones."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from workbench.cli.admin import load_settings, open_session, upgrade_database
from workbench.cli.output import CommandFailed, format_option, write_json
from workbench.cli.params import WholeNumberParam


@click.group("store")
def store_command() -> None:
    """Verify the stored documents, list their accessibility findings, and prune unused ones."""


@store_command.command("verify")
@format_option
def verify_command(form: str) -> None:
    """List the documents that are missing or changed; exit code 1 if there are any."""
    from workbench.documents.store.installation import open_store

    upgrade_database()
    with _report_unreachable_bucket(), open_session("read") as session:
        faults = open_store(load_settings()).verify(session)
    if form == "json":
        write_json(list(faults))
    else:
        click.echo("\n".join(faults) or "Every document is as it was printed.")
    sys.exit(1 if faults else 0)


@store_command.command("findings")
@format_option
def findings_command(form: str) -> None:
    """List what makes printed documents inaccessible (PDF/UA-1); exit code 1 if there is anything.

    Each document is checked when it is printed. Its findings come from a template or a style sheet: fix it there, and
    the document is printed again.
    """
    from workbench.documents.store.tables import list_documents

    upgrade_database()
    with open_session("read") as session:
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
        click.echo("\n".join(lines) or "Every document is accessible to screen readers and keyboards.")
    sys.exit(1 if found else 0)


@store_command.command("prune")
@click.option(
    "--days",
    type=WholeNumberParam(),
    default=30,
    show_default=True,
    help="Keep documents that were printed in these last days.",
)
@click.option("--dry-run", is_flag=True, help="Only show what would be removed.")
@format_option
def prune_command(days: int, form: str, *, dry_run: bool) -> None:
    """Remove the documents that no draft, edition or print run uses; they are printed again when needed.

    If the files are in a bucket, this machine's copies of files that are no longer there are removed as well.

    Print runs that are older than the company keeps them are erased first: their files and the names in them. A run
    with an open link stays until the link ends.
    """
    from workbench.documents.store.installation import open_store
    from workbench.documents.store.uses import keys_in_use
    from workbench.packets.erasure.erase import purge_expired_runs
    from workbench.packets.run.files import sweep_cache
    from workbench.roles.documents.printing import record_unknown_uses

    upgrade_database()
    store = open_store(load_settings())
    with _report_unreachable_bucket(), open_session("work") as session:
        purged = purge_expired_runs(session, dry=dry_run)
        record_unknown_uses(session, store)
        used = keys_in_use(session, without=("run", purged.erased))
        pruned = store.prune(session, used, days, dry=dry_run)
    with _report_unreachable_bucket():
        left_behind = purged.folders + (0 if dry_run else store.sweep() + sweep_cache(load_settings()))
    if form == "json":
        data = {
            "documents": pruned.documents,
            "bytes": pruned.size,
            "runs": len(purged.erased),
            "left_behind": left_behind,
        }
        write_json(data | {"dry_run": dry_run})
    else:
        verb = "would be removed" if dry_run else "removed"
        click.echo(f"{pruned.documents} documents {verb} ({pruned.size / 1e6:.1f} MB).")
        click.echo(f"{len(purged.erased)} print runs {verb} with their files and names.")


@contextmanager
def _report_unreachable_bucket() -> Iterator[None]:
    """Raise CommandFailed if the bucket of the files cannot be reached."""
    from workbench.documents.store.bucket import BucketUnavailable

    try:
        yield
    except BucketUnavailable as error:
        raise CommandFailed(error.reason) from None
