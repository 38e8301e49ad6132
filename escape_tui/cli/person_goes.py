"""`escape person return|joint|move …`: taking part again, the joint that is measured, another cohort.

Not for: leaving the programme or withdrawing data (`person withdraw`).
"""

from __future__ import annotations

from typing import get_args

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.dates import today
from escape_tui.cli.output import aside, json_option
from escape_tui.cli.person_rows import answer_person
from escape_tui.moving import move_to
from escape_tui.store.acts.leaving import return_person
from escape_tui.store.acts.people import correct_index, fix_index
from escape_tui.store.read import find_person
from sessions.records import Joint, Side


@click.command("return")
@click.argument("code", metavar="C")
@click.argument("named", metavar="PERSON")
@with_access
@json_option
def take_back(code: str, named: str, access: Access, as_json: bool) -> None:
    """Take a withdrawal back: PERSON takes part again. Withdrawn data stay withdrawn."""
    with access.cohort(code) as cohort:
        person = find_person(cohort, named)
        return_person(cohort, person)
        answer_person(cohort, person, as_json=as_json)


@click.command("joint")
@click.argument("code", metavar="C")
@click.argument("named", metavar="PERSON")
@click.argument("joint", type=click.Choice(get_args(Joint)))
@click.argument("side", type=click.Choice(get_args(Side)))
@click.option("--reason", help="Why, where another joint or side was fixed before.")
@with_access
@json_option
def which_joint(
    code: str, named: str, joint: Joint, side: Side, reason: str | None, access: Access, as_json: bool
) -> None:
    """Fix the joint and side that all measures of PERSON are about; another one needs --reason."""
    with access.cohort(code) as cohort:
        person = find_person(cohort, named)
        if reason is None:
            fix_index(cohort, person, joint, side)
        else:
            correct_index(cohort, person, joint, side, reason)
        answer_person(cohort, person, as_json=as_json)


@click.command("move")
@click.argument("code", metavar="C")
@click.argument("named", metavar="PERSON")
@click.argument("to", metavar="TO")
@with_access
@json_option
def move(code: str, named: str, to: str, access: Access, as_json: bool) -> None:
    """Move PERSON to the cohort TO. The record here stays; there, all but name and contacts begins anew."""
    home = access.home()
    with access.cohort_in(home, code) as cohort:
        person = find_person(cohort, named)
        moved = move_to(home, cohort, person, to, today())
        aside(f"Number {moved.number} in {moved.cohort}, where their consents are asked anew.")
        answer_person(cohort, person, as_json=as_json)
