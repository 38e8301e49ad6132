"""Notes, goals and plans, in words that never leave the laptop; and where a person goes on to.

Not for: codes of a return, which have acts of their own subject.
"""

from __future__ import annotations

from escape_tui.store.act import Act, Changed
from escape_tui.store.acts.checks import LONGEST_NOTE, known_person, the_person, the_session, typed
from escape_tui.store.cohort import Cohort
from sessions.errors import Refused
from sessions.records import Destination, GoalKind, GoalState


def write_note(cohort: Cohort, text: str, person: str | None = None, session: int | None = None) -> Changed:
    """Write a note on a person, on a session, on both, or on the cohort."""
    with cohort.act("write_note") as act:
        _check(act, person, session)
        act.add("note", person=person, session=session, text=typed(text, "note", LONGEST_NOTE))
    return act.changed


def edit_note(cohort: Cohort, note: int, text: str) -> Changed:
    """Write a note anew."""
    with cohort.act("edit_note") as act:
        if act.row("note", note) is None:
            raise Refused("There is no such note.", "Look its number up in the list.")
        act.put("note", id=note, text=typed(text, "note", LONGEST_NOTE))
    return act.changed


def remove_note(cohort: Cohort, note: int) -> Changed:
    """Take a note out; the trail keeps that there was one, not what it said."""
    with cohort.act("remove_note") as act:
        act.remove("note", note)
    return act.changed


def set_goal(cohort: Cohort, person: str, kind: GoalKind, text: str, session: int | None = None) -> Changed:
    """Write down a goal, an action plan or a coping plan in the person's own words."""
    with cohort.act("set_goal") as act:
        _check(act, person, session)
        act.add("goal", person=person, session=session, kind=kind, text=typed(text, "goal", LONGEST_NOTE))
    return act.changed


def review_goal(cohort: Cohort, goal: int, state: GoalState, text: str | None = None) -> Changed:
    """Say what became of a goal or plan, and put its words right where `text` is given."""
    with cohort.act("review_goal") as act:
        if act.row("goal", goal) is None:
            raise Refused("There is no such goal.", "Look its number up in the list.")
        act.put("goal", id=goal, state=state)
        if text is not None:
            act.put("goal", id=goal, text=typed(text, "goal", LONGEST_NOTE))
    return act.changed


def signpost(cohort: Cohort, person: str, destination: Destination) -> Changed:
    """Record where a person goes on to afterwards; the latest counts."""
    with cohort.act("signpost") as act:
        the_person(act, person)
        act.put("signpost", person=person, destination=destination)
    return act.changed


def _check(act: Act, person: str | None, session: int | None) -> None:
    if person is not None:
        known_person(act, person)
    if session is not None:
        the_session(act, session)
