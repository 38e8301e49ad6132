"""`escape return …`: the group; each of its commands has a module of its own.

Not for: `escape verify`, which needs no home.
"""

from __future__ import annotations

import click

from escape_tui.cli.lazy import LazyCommand, LazyGroup

COMMANDS = (
    LazyCommand(
        "check", "escape_tui.cli.return_check:check", "What is missing, and what contradicts itself."
    ),
    LazyCommand("sign", "escape_tui.cli.return_sign:sign", "Seal and sign a return, and lock the cohort."),
    LazyCommand("amend", "escape_tui.cli.return_amend:amend", "Reopen a signed cohort for a reason."),
    LazyCommand("list", "escape_tui.cli.return_list:list_returns", "The returns that were signed."),
)


@click.group("return", cls=LazyGroup, commands_later=COMMANDS)
def returns() -> None:
    """Returns: what is missing in one, signing it, reopening it, listing those that were signed."""
