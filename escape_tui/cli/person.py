"""`escape person …`: who is in a cohort; add somebody, put entries right, accept, consent, withdraw.

Not for: lists of people (`cohort import`), attendance or measures.
"""

from __future__ import annotations

from datetime import date
from typing import get_args

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.dates import DAY, today
from escape_tui.cli.entered import clear_option, with_entered
from escape_tui.cli.erase import erase_a_person
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.person_goes import move, take_back, which_joint
from escape_tui.cli.person_rows import answer_person, person_cells, person_lines, person_row, shown_person
from escape_tui.cli.person_ruled_out import rule_one_out
from escape_tui.cli.rows import aligned
from escape_tui.entering import Entered, Leaving, add_person, put_right, refuse_to_come, withdraw
from escape_tui.known_people import known_people, known_person
from escape_tui.store.acts.people import ConsentEntry, accept_person, record_consent
from escape_tui.store.read import attendance, find_person, plan_of
from escape_tui.taking_in import same_person
from sessions.flow import attended_by
from sessions.records import ConsentHow, ConsentKind, WithdrawalReason


@click.group("person")
def persons() -> None:
    """The people of a cohort: list, show, add, edit, accept, consent, withdraw."""


@persons.command("list")
@click.argument("code", metavar="C")
@with_access
@json_option
def list_people(code: str, access: Access, as_json: bool) -> None:
    """List the people of a cohort, in the order of the register."""
    with access.cohort(code) as cohort:
        plan, known = plan_of(cohort), known_people(cohort)
        attended = attended_by(attendance(cohort))
    if as_json:
        answer_json({"people": [person_row(one, plan, attended.get(one.id, ())) for one in known]})
        return
    for line in aligned(person_cells(one, plan, attended.get(one.id, ())) for one in known):
        click.echo(line)


@persons.command("show")
@click.argument("code", metavar="C")
@click.argument("named", metavar="PERSON")
@with_access
@json_option
def show(code: str, named: str, access: Access, as_json: bool) -> None:
    """Show one person: who they are, consents, each rule's word on them, attendance, measures."""
    with access.cohort(code) as cohort:
        shown = shown_person(cohort, known_person(cohort, find_person(cohort, named)))
    if as_json:
        answer_json(shown.row())
        return
    for line in person_lines(shown):
        click.echo(line)


@persons.command("add")
@click.argument("code", metavar="C")
@with_entered
@with_access
@json_option
def add(code: str, entered: Entered, access: Access, as_json: bool) -> None:
    """Take one person into a cohort. The cohort's own programme says whether it is for them."""
    with access.cohort(code) as cohort:
        entry = entered.entry
        alike = (
            same_person(cohort, entry.given_name or "", entry.family_name or "", entry.birth_date)
            if entry.birth_date
            else ()
        )
        person = add_person(cohort, entered)
        for one in alike:
            aside(f"This may be {one.reference or one.person}, who is in the cohort already.")
        answer_person(cohort, person, as_json=as_json)


@persons.command("edit")
@click.argument("code", metavar="C")
@click.argument("named", metavar="PERSON")
@with_entered
@clear_option
@with_access
@json_option
def edit(code: str, named: str, entered: Entered, access: Access, as_json: bool) -> None:
    """Put entries of a person right. What is not said stays."""
    with access.cohort(code) as cohort:
        person = find_person(cohort, named)
        if not put_right(cohort, person, entered):
            aside("It was so already; nothing was changed.")
        answer_person(cohort, person, as_json=as_json)


@persons.command("accept")
@click.argument("code", metavar="C")
@click.argument("named", metavar="PERSON")
@click.option("--reason", required=True, help="Why they are taken all the same, in a sentence.")
@with_access
@json_option
def accept(code: str, named: str, reason: str, access: Access, as_json: bool) -> None:
    """Take someone whom the rules do not take."""
    with access.cohort(code) as cohort:
        person = find_person(cohort, named)
        accept_person(cohort, person, reason, today())
        answer_person(cohort, person, as_json=as_json)


@persons.command("consent")
@click.argument("code", metavar="C")
@click.argument("named", metavar="PERSON")
@click.argument("kind", type=click.Choice(get_args(ConsentKind)))
@click.argument("given", type=click.Choice(["yes", "no"]))
@click.option("--on", "on", type=DAY, help="The day on which it was said. Else today.")
@click.option(
    "--how",
    type=click.Choice(get_args(ConsentHow)),
    default="not_stated",
    show_default=True,
    help="How it was said.",
)
@with_access
@json_option
def consent(
    code: str,
    named: str,
    kind: ConsentKind,
    given: str,
    on: date | None,
    how: ConsentHow,
    access: Access,
    as_json: bool,
) -> None:
    """Record that a person agreed or did not: to the programme, to sharing data, to contact afterwards."""
    refuse_to_come(on, today())
    with access.cohort(code) as cohort:
        person = find_person(cohort, named)
        record_consent(cohort, person, ConsentEntry(kind, given == "yes", on or today(), how))
        answer_person(cohort, person, as_json=as_json)


@persons.command("withdraw")
@click.argument("code", metavar="C")
@click.argument("named", metavar="PERSON")
@click.option(
    "--reason", type=click.Choice(get_args(WithdrawalReason)), required=True, help="Why they leave."
)
@click.option("--data", is_flag=True, help="They withdraw their data too: from the next return on.")
@click.option("--on", "on", type=DAY, help="The day on which they left. Else today.")
@with_access
@json_option
def withdraw_one(
    code: str,
    named: str,
    reason: WithdrawalReason,
    data: bool,
    on: date | None,
    access: Access,
    as_json: bool,
) -> None:
    """Record that a person left the programme. Their record stays."""
    with access.cohort(code) as cohort:
        person = find_person(cohort, named)
        if not withdraw(cohort, person, Leaving(reason, on, data), today()):
            aside("The cohort is signed: their data are withdrawn, and nothing else was recorded.")
        answer_person(cohort, person, as_json=as_json)


persons.add_command(erase_a_person)
persons.add_command(take_back)
persons.add_command(which_joint)
persons.add_command(move)
persons.add_command(rule_one_out)
