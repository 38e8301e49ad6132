"""`escape central …`: the clinic's side; each of its commands has a module of its own.

Not for: sites, which need none of it.
"""

from __future__ import annotations

import click

from escape_tui.cli.lazy import LazyCommand, LazyGroup

COMMANDS = (
    LazyCommand("init", "escape_tui.cli.central_init:init", "The centre's keys, and the lines for sites."),
    LazyCommand(
        "receive", "escape_tui.cli.central_receive:receive", "Take returns in, file and answer them."
    ),
    LazyCommand("report", "escape_tui.cli.central_report:report", "The report over all returns."),
    LazyCommand(
        "settle", "escape_tui.cli.central_settle:settle", "Say which return of a fork is the true one."
    ),
)


@click.group("central", cls=LazyGroup, commands_later=COMMANDS)
def central() -> None:
    """The clinic's side: the centre's keys, taking returns in, the report over all."""
