"""`escape facilitator …`: who may be on duty.

Not for: signing keys (`escape signer`).
"""

from __future__ import annotations

import click

from escape_tui.cli.acting import by_option
from escape_tui.cli.context import settled
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.facilitators import (
    Scope,
    add_facilitator,
    facilitator_of,
    read_facilitators,
    replace_facilitator,
    who_acts,
)
from escape_tui.store.opening import require_home


@click.group("facilitator")
def facilitators() -> None:
    """Who may be on duty: add somebody, list them."""


@facilitators.command("add")
@click.argument("facilitator_id", metavar="ID")
@click.option("--name", required=True, help="Their name, as it stands on paper.")
@click.option("--role", required=True, help="Their role, such as physiotherapist.")
@click.option(
    "--scope",
    type=click.Choice(["all", "exercise"]),
    default="all",
    show_default=True,
    help="What they may lead: all of a session, or the exercise alone.",
)
@click.option(
    "--replace", is_flag=True, help="Correct the name, role or scope of the one who has this ID already."
)
@by_option
@json_option
def add(
    facilitator_id: str, name: str, role: str, scope: Scope, replace: bool, by: str | None, as_json: bool
) -> None:
    """Add somebody who may be on duty, or correct an entry. The same again changes nothing."""
    folder = settled().folder
    require_home(folder)
    facilitator = facilitator_of(facilitator_id, name, role, scope)
    # Before there is a first one nobody could be named.
    if read_facilitators(folder):
        who_acts(folder, by)
    changed = (replace_facilitator if replace else add_facilitator)(folder, facilitator)
    done = "Corrected." if replace else "Added."
    aside(done if changed else "That facilitator is there already; nothing was changed.")
    if as_json:
        answer_json(
            {
                "facilitator": facilitator.model_dump(mode="json"),
                "added": changed and not replace,
                "replaced": changed and replace,
            }
        )


@facilitators.command("list")
@json_option
def list_facilitators(as_json: bool) -> None:
    """List who may be on duty."""
    folder = settled().folder
    require_home(folder)
    present = read_facilitators(folder)
    if as_json:
        answer_json({"facilitators": [one.model_dump(mode="json") for one in present]})
        return
    if not present:
        aside("Nobody has been added yet. Add somebody with `escape facilitator add`.")
    for one in present:
        click.echo(f"{one.id:<16} {one.name}, {one.role}{'  (exercise alone)' if one.scope != 'all' else ''}")
