"""`escape cohort …`: plan one, list them, show one, close it, take a referral list into it.

Not for: single people (`person`), sessions (`session`), or how a list is matched (`taking_in`).
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.cohort_rows import (
    cohort_lines,
    cohort_row,
    glance_lines,
    glance_row,
    new_plan_row,
    plan_lines,
    shown_cohort,
)
from escape_tui.cli.context import settled
from escape_tui.cli.dates import DAY, DAYS, today
from escape_tui.cli.erase import erase_a_cohort
from escape_tui.cli.import_rows import import_lines, import_row, tell_of_list
from escape_tui.cli.importing import faults_told
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.closed_cohorts import reminder
from escape_tui.cohorts import ListedCohort, listed_cohorts, make_cohort
from escape_tui.packs import open_pack
from escape_tui.planning import AskedCohort, new_cohort
from escape_tui.settings import load_settings
from escape_tui.store.acts.cohorts import close_cohort
from escape_tui.store.imports.table import MOST_BYTES
from escape_tui.store.read import cohort_head
from escape_tui.taking_in import take_in
from sessions.dates import day_in_words
from sessions.pack import Delivery
from sessions.plan import CohortPlan
from sessions.plan_concerns import concerns
from sessions.records import DeliveryForm

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def _time(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _TIME.fullmatch(value):
        raise click.BadParameter("Write the time as 09:30.")
    return value


@click.group("cohort")
def cohorts() -> None:
    """The cohorts: plan one, list them, show one, close it, take people in from a list."""


@cohorts.command("new")
@click.argument("pack_id", metavar="P")
@click.option("--code", required=True, help="Its code: capital letters, digits, single hyphens, at most 16.")
@click.option("--start", type=DAY, required=True, help="The day from which on it meets, as 2026-10-05.")
@click.option("--days", help="The weekdays it meets on, as mon,thu. Else as the settings say.")
@click.option("--time", callback=_time, help="When a session begins, as 10:00. Else as the settings say.")
@click.option("--sessions", type=click.Choice(["12", "10"]), help="Which form. Else as the settings say.")
@click.option(
    "--delivery",
    type=click.Choice([delivery.value for delivery in Delivery]),
    help="How it reaches people. Else as the settings say.",
)
@click.option(
    "--skip", type=DAYS, multiple=True, help="A day on which it does not meet; again for another, or a comma."
)
@with_access
@json_option
def new(
    pack_id: str,
    code: str,
    start: date,
    days: str | None,
    time: str | None,
    sessions: Literal["12", "10"] | None,
    delivery: DeliveryForm | None,
    skip: tuple[tuple[date, ...], ...],
    access: Access,
    as_json: bool,
) -> None:
    """Plan a cohort of the programme P. Its dates pass over public holidays and say so."""
    home = access.home()
    asked = AskedCohort(
        code=code,
        start=start,
        days=tuple(days.split(",")) if days is not None else None,
        time=time,
        sessions=int(sessions) if sessions is not None else None,
        delivery=delivery,
        skip=tuple(day for several in skip for day in several),
    )
    planned = new_cohort(
        asked, open_pack(home.folder, pack_id), load_settings(home.folder), practice=home.practice
    )
    with make_cohort(home, planned, access.actor(home)) as cohort:
        head = cohort_head(cohort)
    _tell_of_plan(planned.plan)
    if as_json:
        answer_json({**cohort_row(head), **new_plan_row(planned.plan)})
        return
    for line in plan_lines(planned.plan):
        click.echo(line)


@cohorts.command("list")
@with_access
@json_option
def list_cohorts(access: Access, as_json: bool) -> None:
    """List the cohorts of this home. One that cannot be opened is named with why."""
    listed = listed_cohorts(access.home())
    for one in listed:
        if one.cannot_open is not None:
            aside(f"{one.code}: {one.cannot_open}")
    _remind(listed)
    if as_json:
        answer_json({"cohorts": [glance_row(one) for one in listed]})
        return
    for line in glance_lines(listed):
        click.echo(line)


@cohorts.command("show")
@click.argument("code", metavar="C")
@with_access
@json_option
def show(code: str, access: Access, as_json: bool) -> None:
    """Show a cohort: what it is, its plan, how many people came and stayed, what completes it."""
    share = Fraction(load_settings(settled().folder).cohort.completion_share)
    with access.cohort(code) as cohort:
        shown = shown_cohort(cohort, share)
    if as_json:
        answer_json(shown.row())
        return
    for line in cohort_lines(shown):
        click.echo(line)


@cohorts.command("close")
@click.argument("code", metavar="C")
@with_access
@json_option
def close(code: str, access: Access, as_json: bool) -> None:
    """Say that a cohort is over. A follow-up to come can be entered all the same."""
    with access.cohort(code) as cohort:
        was_closed = cohort_head(cohort).state == "closed"
        if not was_closed:
            close_cohort(cohort, today())
        head = cohort_head(cohort)
    aside("It was closed already; nothing was changed." if was_closed else "Closed.")
    if as_json:
        answer_json(cohort_row(head))


@cohorts.command("import")
@click.argument("code", metavar="C")
@click.argument("file", metavar="people.csv", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@with_access
@json_option
def import_people(code: str, file: Path, dry_run: bool, access: Access, as_json: bool) -> None:
    """Take the people of a list into a cohort, whole or not at all. The same again changes nothing."""
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    with access.cohort(code) as cohort, faults_told(code, as_json=as_json):
        taken = take_in(cohort, data, file.name, today(), dry_run=dry_run)
    tell_of_list(taken, dry_run=dry_run)
    if as_json:
        answer_json(import_row(code, taken, dry_run=dry_run))
        return
    for line in import_lines(taken):
        click.echo(line)


def _remind(listed: tuple[ListedCohort, ...]) -> None:
    months = load_settings(settled().folder).retention.closed_cohorts_months
    for one in listed:
        # Of one that was signed and never closed, only `escape doctor` reads when.
        words = reminder(one.glance.head, None, months, today()) if one.glance else None
        if words is not None:
            aside(words)


def _tell_of_plan(plan: CohortPlan) -> None:
    for passed in plan.passed_over:
        holiday = f"public holiday ({passed.holiday})" if passed.holiday else passed.why
        aside(f"{day_in_words(passed.day)} is passed over: {holiday}.")
    for sentence in (*plan.notes, *concerns(plan)):
        aside(sentence)


cohorts.add_command(erase_a_cohort)
