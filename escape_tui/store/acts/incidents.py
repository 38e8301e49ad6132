"""Incidents: what happened at a session and what was done.

Not for: signs that stop exercise, which the pack holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from escape_tui.store.act import Changed
from escape_tui.store.acts.checks import LONGEST_NOTE, known_person, the_person, the_session, typed_or_none
from escape_tui.store.cohort import Cohort
from sessions.errors import Refused
from sessions.records import IncidentAction, IncidentCategory, Severity


@dataclass(frozen=True, slots=True)
class IncidentEntry:
    """What happened, how grave it was and what was done; `note` stays on the laptop."""

    category: IncidentCategory
    severity: Severity
    action: IncidentAction
    note: str | None = None


def add_incident(cohort: Cohort, session: int, entry: IncidentEntry, person: str | None = None) -> Changed:
    """Record an incident at a session, to a person or to nobody."""
    with cohort.act("add_incident") as act:
        the_session(act, session)
        if person is not None:
            (the_person if entry.note is None else known_person)(act, person)
        act.add(
            "incident",
            session=session,
            person=person,
            category=entry.category,
            severity=entry.severity,
            action=entry.action,
            note=typed_or_none(entry.note, "note", LONGEST_NOTE),
        )
    return act.changed


def correct_incident(cohort: Cohort, incident: int, entry: IncidentEntry) -> Changed:
    """Put an incident right; whom it happened to stays."""
    with cohort.act("correct_incident") as act:
        row = act.row("incident", incident)
        if row is None:
            raise Refused("There is no such incident.", "Look its number up in the list.")
        if row["person"] is not None and entry.note is not None:
            known_person(act, str(row["person"]))
        act.put(
            "incident",
            id=incident,
            category=entry.category,
            severity=entry.severity,
            action=entry.action,
            note=typed_or_none(entry.note, "note", LONGEST_NOTE),
        )
    return act.changed


def remove_incident(cohort: Cohort, incident: int) -> Changed:
    """Take out an incident that did not happen; the trail keeps that it was there."""
    with cohort.act("remove_incident") as act:
        act.remove("incident", incident)
    return act.changed
