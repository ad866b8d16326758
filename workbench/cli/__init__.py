"""The command line: the same work without a browser, for people who script."""

from importlib import import_module

import click

COMMANDS = {
    "run": ("serve", "Start the web server and one worker."),
    "web": ("serve", "Start the web server alone."),
    "work": ("serve", "Start one worker alone."),
    "seed": ("admin", "Fill an empty database with the example company."),
    "db": ("admin", "Bring the database up to date."),
    "store": ("store", "Verify the printed documents, and prune those that nobody needs."),
    "people": ("admin", "Add people who may sign in."),
    "doctor": ("doctor", "Say what is missing, and how to mend it."),
    "library": ("library", "List, check and show the ready-made roles."),
    "review": ("role", "Say what a role still needs."),
    "print": ("role", "Print one document of a role."),
    "packet": ("packet", "Print the packets of one interview round."),
    "metrics": ("metrics", "Give a role's starter metrics, or look into the catalogue."),
    "plan": ("plan", "Work from a target back to the week, and other sums."),
}


class Lazy(click.Group):
    """A group that imports a command only when it is wanted, so that every command starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which they are told."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module that holds a command, and give the command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"workbench.cli.{COMMANDS[cmd_name][0]}")
        found = getattr(module, f"{cmd_name}_command")
        assert isinstance(found, click.Command)  # noqa: S101 - the table above and the modules are one thing
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with a line each, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="role-workbench", message="%(version)s")
def commands() -> None:
    """Write what a role owns, and print the papers and metrics that follow from it.

    ROLE is the name of a file in the role library (see `workbench library list`); FILE is a role as TOML of your own.
    Exit codes: 0 all is well, 1 something was found or failed, 2 the command was used wrongly.
    """


def main() -> None:
    """Run the command line; the entry point of the `workbench` program."""
    commands(prog_name="workbench")
