"""Commands that look after the printed documents: are they what was printed, and which does nobody need any more."""

import sys

import click

from workbench.cli.keep import read, upgrade, writing
from workbench.cli.say import as_format, write_json


@click.group("store")
def store_command() -> None:
    """Verify the printed documents, and prune those that nobody needs."""


@store_command.command("verify")
@as_format
def verify_command(form: str) -> None:
    """Name every document that is not there as it was printed; exit code 1 where there is one."""
    from workbench.roles.printing import store_of

    upgrade()
    with writing("read") as session:
        faults = store_of(read()).verify(session)
    if form == "json":
        write_json(list(faults))
    else:
        click.echo("\n".join(faults) or "Every document is as it was printed.")
    sys.exit(1 if faults else 0)


@store_command.command("prune")
@click.option(
    "--days", type=click.IntRange(0), default=30, show_default=True, help="Keep what was printed in these last days."
)
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@as_format
def prune_command(days: int, form: str, *, dry_run: bool) -> None:
    """Take out the documents that no draft and no edition leads to; they are printed again when they are wanted."""
    from workbench.roles.printing import keys_in_use, store_of

    upgrade()
    store = store_of(read())
    with writing("work") as session:
        pruned = store.prune(session, keys_in_use(session, store), days, dry=dry_run)
    swept = 0 if dry_run else store.sweep()
    if form == "json":
        write_json({"documents": pruned.documents, "bytes": pruned.size, "left_behind": swept, "dry_run": dry_run})
    else:
        verb = "would go" if dry_run else "went"
        click.echo(f"{pruned.documents} documents {verb} ({pruned.size / 1e6:.1f} MB).")
