"""The command line: the same work without a browser, for scripts."""

from importlib import import_module

import click

COMMANDS = {
    "run": ("serve", "Start the web server and one worker."),
    "web": ("serve", "Start the web server alone."),
    "work": ("serve", "Start one worker alone."),
    "seed": ("admin", "Fill an empty database with the example company."),
    "db": ("admin", "Upgrade the database."),
    "store": ("store", "Verify the stored documents, and prune unused ones."),
    "people": ("admin", "Add people who may sign in."),
    "doctor": ("doctor", "Report what is missing, and how to fix it."),
    "library": ("role", "List, check and show the ready-made roles."),
    "review": ("role", "Show what a role still needs."),
    "print": ("role", "Print one document of a role."),
    "packet": ("packet", "Print the packets of one interview round."),
    "metrics": ("metrics", "Show a role's starter metrics, or look up the catalogue."),
    "plan": ("plan", "Work back from a target to the week, and other calculations."),
}


class Lazy(click.Group):
    """A group that imports each command when it is used, so that every command starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the help text."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and return the command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"workbench.cli.{COMMANDS[cmd_name][0]}")
        found = getattr(module, f"{cmd_name}_command")
        assert isinstance(found, click.Command)  # noqa: S101 - the table above and the modules are one thing
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with a line each, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="role-workbench", message="%(version)s")
def commands() -> None:
    """Write what a role owns, and print its documents and metrics.

    ROLE is the name of a file in the role library (see `workbench library list`); FILE is your own role as a TOML
    file. Exit codes: 0 success, 1 a finding or a failure, 2 wrong use of the command.
    """


def main() -> None:
    """Run the command line; the entry point of the `workbench` program."""
    commands(prog_name="workbench")
