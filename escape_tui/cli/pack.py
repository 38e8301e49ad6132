"""`escape pack …`: list the programmes, show a session's plan in full, check a pack of one's own.

Not for: how a plan is laid out as text (`pack_text`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from escape_tui.cli.context import settled
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.pack_text import programme_text
from escape_tui.cli.plan_text import plan_text
from escape_tui.packs import offered_packs, open_pack
from sessions.faults import FaultyFiles
from sessions.pack import Delivery
from sessions.pack_check import check_pack
from sessions.session_plan import session_plan

Form = Literal["12", "10"]


@click.group("pack")
def packs() -> None:
    """The programmes: list them, show a session, check one of your own."""


@packs.command("list")
@json_option
def list_packs(as_json: bool) -> None:
    """List the programmes: those that come with the program and those of the home."""
    offered = offered_packs(settled().folder)
    for name in offered.faulty:
        aside(f"The pack {name} in your home has faults. See them with `escape pack check`.")
    if as_json:
        rows = [pack.model_dump(mode="json") for pack in offered.packs]
        answer_json({"packs": rows, "faulty": list(offered.faulty)})
        return
    for pack in offered.packs:
        click.echo(f"{pack.id:<20} {pack.version:<9} {pack.name}  ({pack.origin})")


@packs.command("show")
@click.argument("name", metavar="P")
@click.option("--session", "number", type=int, help="The session to show in full; without it, the programme.")
@click.option(
    "--sessions", type=click.Choice(["12", "10"]), default="12", show_default=True, help="Which form."
)
@click.option(
    "--delivery",
    type=click.Choice([delivery.value for delivery in Delivery]),
    default=Delivery.IN_PERSON.value,
    show_default=True,
    help="How the session reaches people.",
)
@json_option
def show_pack(name: str, number: int | None, sessions: Form, delivery: str, as_json: bool) -> None:
    """Show a programme, or one session of it as it is run: what is asked, said, done, for how long."""
    opened = open_pack(settled().folder, name)
    if number is None:
        if as_json:
            answer_json(opened.model_dump(mode="json"))
        else:
            click.echo(programme_text(opened, int(sessions)))
        return
    plan = session_plan(opened, int(sessions), number, Delivery(delivery))
    if as_json:
        answer_json(plan.model_dump(mode="json"))
    else:
        click.echo(plan_text(plan))


@packs.command("check")
@click.argument("folder", metavar="PATH", type=click.Path(path_type=Path))
@json_option
def check(folder: Path, as_json: bool) -> None:
    """Check the pack in the folder PATH and name every fault: file, line, place, remedy."""
    try:
        check_pack(folder)
    except FaultyFiles as error:
        if as_json:
            answer_json({"pack": str(folder), "faults": [fault.as_row() for fault in error.faults]})
        raise
    if as_json:
        answer_json({"pack": str(folder), "faults": []})
    else:
        aside("The pack has no fault.")
