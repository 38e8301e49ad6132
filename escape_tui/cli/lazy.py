"""A click group that knows the names of its commands and imports one only when it runs.

Not for: the commands themselves. `escape --help` must not wait for packs, screens or documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

import click


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """Where a command is found (`module:attribute`) and its line in the help."""

    name: str
    where: str
    help: str


class LazyGroup(click.Group):
    """A group whose commands are `LazyCommand`s."""

    def __init__(self, *args: object, commands_later: tuple[LazyCommand, ...] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # click's own signature, handed through
        self._later = {command.name: command for command in commands_later}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order they were given."""
        return [*self._later, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and give the command of that name, or None."""
        if cmd_name not in self._later:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self._later[cmd_name].where.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self._later[cmd_name].where} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands from what is known of them, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl([(command.name, command.help) for command in self._later.values()])
