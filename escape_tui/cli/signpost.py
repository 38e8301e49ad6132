"""`escape signpost …`: where a person goes on to afterwards.

Not for: leaving the programme early (`escape person withdraw`).
"""

from __future__ import annotations

from typing import get_args

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.naming import Named
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.store.acts import notes
from escape_tui.store.read import find_person
from sessions.records import Destination


@click.command("signpost")
@click.argument("code", metavar="C")
@click.argument("named", metavar="PERSON")
@click.argument("destination", type=click.Choice(get_args(Destination)))
@json_option
@with_access
def signpost(access: Access, code: str, named: str, destination: Destination, as_json: bool) -> None:
    """Record where PERSON (reference or id) goes on to; the latest counts."""
    with access.cohort(code) as cohort:
        person = find_person(cohort, named)
        changed = notes.signpost(cohort, person, destination).act is not None
        names = Named(cohort)
    aside("Recorded." if changed else "That is recorded already; nothing was changed.")
    if as_json:
        answer_json({**names.row(person), "destination": destination, "changed": changed})
