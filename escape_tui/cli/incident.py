"""`escape incident …`: what happened at a session and what was done.

Not for: signs that stop exercise, which stand in the programme.
"""

from __future__ import annotations

from typing import get_args

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.naming import Named
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.store.acts.incidents import IncidentEntry, add_incident
from escape_tui.store.read import find_person
from sessions.records import IncidentAction, IncidentCategory, Severity


@click.group("incident")
def incident_book() -> None:
    """Incidents at a session."""


@incident_book.command("add")
@click.argument("code", metavar="C")
@click.argument("session", type=click.INT)
@click.option(
    "--category", required=True, type=click.Choice(get_args(IncidentCategory)), help="What happened."
)
@click.option("--severity", required=True, type=click.Choice(get_args(Severity)), help="How grave it was.")
@click.option("--action", required=True, type=click.Choice(get_args(IncidentAction)), help="What was done.")
@click.option("--person", "named", metavar="PERSON", help="Whom it happened to: reference or id.")
@json_option
@with_access
def add(
    access: Access,
    code: str,
    session: int,
    category: IncidentCategory,
    severity: Severity,
    action: IncidentAction,
    named: str | None,
    as_json: bool,
) -> None:
    """Record an incident at SESSION. Each call records one."""
    with access.cohort(code) as cohort:
        person = None if named is None else find_person(cohort, named)
        changed = add_incident(cohort, session, IncidentEntry(category, severity, action), person)
        names = Named(cohort)
    aside(f"Recorded at session {session}.")
    if as_json:
        answer_json(
            {
                "id": changed.touched[0].row[0],
                "session": session,
                "category": category,
                "severity": severity,
                "action": action,
                **names.row(person),
            }
        )
