"""`escape session …`: the sessions of a cohort, and what changes in their plan.

Not for: what a session holds in full (`escape pack show`), nor for guiding one (`guiding`, `screens`).
"""

from __future__ import annotations

import contextlib
from dataclasses import asdict
from datetime import date

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.dates import DAY
from escape_tui.cli.naming import Named
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.session_rows import (
    session_lines,
    session_rows,
    session_shown,
    shown_document,
    shown_lines,
)
from escape_tui.store.acts.session_acts import add_extra_session, cancel_session, move_session
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import plan_of
from sessions.dates import day_in_words
from sessions.errors import Refused
from sessions.plan import CohortPlan
from sessions.plan_concerns import concerns

_number = click.argument("number", metavar="N", type=click.INT)


@click.group("session")
def sessions() -> None:
    """The sessions of a cohort: list them, show, move, cancel, add or run one."""


@sessions.command("list")
@click.argument("code", metavar="C")
@json_option
@with_access
def list_sessions(access: Access, code: str, as_json: bool) -> None:
    """List the sessions with their days and what became of each."""
    with access.cohort(code) as cohort:
        rows = session_rows(cohort)
    if as_json:
        answer_json({"sessions": [asdict(row) for row in rows]})
        return
    for line in session_lines(rows):
        click.echo(line)


@sessions.command("show")
@click.argument("code", metavar="C")
@_number
@json_option
@with_access
def show(access: Access, code: str, number: int, as_json: bool) -> None:
    """Show session N: its days, topics, who was there and what happened."""
    with access.cohort(code) as cohort:
        shown, names = session_shown(cohort, number), Named(cohort)
    if as_json:
        answer_json(shown_document(shown, names))
        return
    for line in shown_lines(shown, names):
        click.echo(line)


@sessions.command("move")
@click.argument("code", metavar="C")
@_number
@click.argument("to", metavar="DATE", type=DAY)
@json_option
@with_access
def move(access: Access, code: str, number: int, to: date, as_json: bool) -> None:
    """Give session N, which is still to come, another day."""
    with access.cohort(code) as cohort:
        before = plan_of(cohort)
        move_session(cohort, number, to)
        _tell(cohort, before, number, f"Session {number} is on {day_in_words(to)} now.", as_json=as_json)


@sessions.command("cancel")
@click.argument("code", metavar="C")
@_number
@click.option("--reason", required=True, help="Why it does not take place.")
@json_option
@with_access
def cancel(access: Access, code: str, number: int, reason: str, as_json: bool) -> None:
    """Cancel session N, which is still to come. `session extra --replaces N` makes it good."""
    with access.cohort(code) as cohort:
        before = plan_of(cohort)
        cancel_session(cohort, number, reason)
        _tell(cohort, before, number, f"Session {number} is cancelled.", as_json=as_json)


@sessions.command("extra")
@click.argument("code", metavar="C")
@click.argument("on", metavar="DATE", type=DAY)
@click.option("--replaces", metavar="N", type=click.INT, help="The cancelled session that it makes good.")
@json_option
@with_access
def extra(access: Access, code: str, on: date, replaces: int | None, as_json: bool) -> None:
    """Add a session on DATE. It has the next number."""
    with access.cohort(code) as cohort:
        before = plan_of(cohort)
        add_extra_session(cohort, on, replaces)
        number = len(before.sessions) + 1
        _tell(cohort, before, number, f"Session {number} is on {day_in_words(on)}.", as_json=as_json)


@sessions.command("run")
@click.argument("code", metavar="C")
@_number
@click.option("--plain", is_flag=True, help="Line by line, for a screen reader.")
@with_access
def run(access: Access, code: str, number: int, plain: bool) -> None:
    """Guide session N: opens the app there, or guides line by line."""
    if plain:
        from escape_tui.cli.open_app import guide_line_by_line

        guide_line_by_line(access, code, number)
        return
    from escape_tui.cli.open_app import open_app_at

    open_app_at(access, code, number)


def _tell(cohort: Cohort, before: CohortPlan, number: int, words: str, *, as_json: bool) -> None:
    aside(words)
    # The act is kept: holidays that nobody knows must not make a failure of it now.
    with contextlib.suppress(Refused):
        known = concerns(before)
        for concern in concerns(plan_of(cohort)):
            if concern not in known:
                aside(concern)
    if as_json:
        answer_json(asdict(session_rows(cohort)[number - 1]))
