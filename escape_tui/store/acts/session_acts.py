"""The sessions of the plan: moved, cancelled, merged, added, delivered, cut short; and the events of a run.

Not for: what makes sense in a plan, which `sessions.plan_acts` says and which is asked here inside the act.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from escape_tui.store.act import Act, Changed
from escape_tui.store.acts.checks import code, the_session
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import Row, whole
from escape_tui.store.read import plan_of
from sessions import plan_acts
from sessions.errors import Refused
from sessions.plan import CohortPlan, SessionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What is said of a session that took place; None says nothing.

    `facilitators` were on duty; `themes` were covered, where they are not the pack's.
    """

    on: date | None = None
    education_minutes: int | None = None
    exercise_minutes: int | None = None
    facilitators: Sequence[str] | None = None
    themes: Sequence[str] | None = None


def move_session(cohort: Cohort, number: int, to: date) -> Changed:
    """Give a session that is still planned another day; the one first planned stays known."""
    with cohort.act("move_session") as act:
        write_plan(act, plan_acts.move_session(plan_of(cohort), number, to))
    return act.changed


def cancel_session(cohort: Cohort, number: int, reason: str) -> Changed:
    """Take a session that is still planned out, for a typed reason; excuses for it fall away."""
    with cohort.act("cancel_session") as act:
        write_plan(act, plan_acts.cancel_session(plan_of(cohort), number, reason))
        _drop_excuses(act, number)
    return act.changed


def merge_session(cohort: Cohort, number: int, into: int) -> Changed:
    """Hold a session that is still planned together with another; excuses for it fall away."""
    with cohort.act("merge_session") as act:
        write_plan(act, plan_acts.merge_session(plan_of(cohort), number, into))
        _drop_excuses(act, number)
    return act.changed


def add_extra_session(cohort: Cohort, on: date, replaces: int | None = None) -> Changed:
    """Add a session with the next number; `replaces` names a cancelled one that it makes good."""
    with cohort.act("add_extra_session") as act:
        write_plan(act, plan_acts.add_extra_session(plan_of(cohort), on, replaces))
    return act.changed


def deliver_session(cohort: Cohort, number: int, said: Delivered, *, undoable: bool = True) -> Changed:
    """Record that a session took place, or say more of one that did; one cut short stays so."""
    minutes = {"education_minutes": said.education_minutes, "exercise_minutes": said.exercise_minutes}
    with cohort.act("deliver_session", undoable=undoable) as act:
        write_plan(act, _delivered(plan_of(cohort), number, said.on))
        _put_said(act, number, {name: value for name, value in minutes.items() if value is not None})
        _set(act, "on_duty", "facilitator", number, said.facilitators)
        _set(act, "session_theme", "theme", number, said.themes)
    return act.changed


def cut_session_short(cohort: Cohort, number: int, reason: str) -> Changed:
    """Record that a session began and ended early, for a typed reason."""
    with cohort.act("cut_session_short") as act:
        write_plan(act, plan_acts.cut_session_short(plan_of(cohort), number, reason))
    return act.changed


def undeliver_session(cohort: Cohort, number: int) -> Changed:
    """Say that a session recorded as held was not; its register has to have no mark any more."""
    with cohort.act("undeliver_session") as act:
        plan = plan_of(cohort)
        if not plan.session(number).took_place:
            raise Refused(f"Session {number} is not recorded as held.", "There is nothing to take back.")
        if act.rows("SELECT 1 FROM attendance WHERE session = ? AND status <> 'excused'", number):
            raise Refused(f"Session {number} has marks in its register.", "Take them out first.")
        write_plan(act, _with(plan, number, SessionStatus.PLANNED))
    return act.changed


def record_run_events(cohort: Cohort, number: int, events: Sequence[str]) -> Changed:
    """Keep events of a session's run, in the order they happened, each as `run_events` writes it."""
    with cohort.act("record_run_events", undoable=False) as act:
        the_session(act, number)
        (row,) = act.rows("SELECT coalesce(max(seq), 0) AS last FROM run_event WHERE session = ?", number)
        if not all(_is_event(event) for event in events):
            raise Refused("This is not an event of a session.", "Update the program.")
        for seq, event in enumerate(events, start=whole(row["last"]) + 1):
            act.put("run_event", session=number, seq=seq, event=event)
    return act.changed


def write_plan(act: Act, plan: CohortPlan) -> None:
    """Write every session of a plan as it is now; what is so already is not written."""
    for session in plan.sessions:
        act.put(
            "session",
            number=session.number,
            planned_date=session.planned_date.isoformat(),
            on_date=session.on.isoformat(),
            status=session.status.value,
            reason=session.reason,
            merged_into=session.merged_into,
            extra=int(session.extra),
            replaces=session.replaces,
        )


def _delivered(plan: CohortPlan, number: int, on: date | None) -> CohortPlan:
    before = plan.session(number)
    if not before.took_place:
        return plan_acts.deliver_session(plan, number, on)
    if on is None or on == before.on:
        return plan
    # Another day for one that took place is a slip put right: the plan's rules for days hold all the same.
    again = plan_acts.deliver_session(_with(plan, number, SessionStatus.PLANNED), number, on)
    return _with(again, number, before.status)


def _with(plan: CohortPlan, number: int, status: SessionStatus) -> CohortPlan:
    sessions = tuple(replace(s, status=status) if s.number == number else s for s in plan.sessions)
    return replace(plan, sessions=sessions)


def _is_event(event: str) -> bool:
    try:
        return isinstance(json.loads(event), dict)
    except ValueError:
        return False


def _drop_excuses(act: Act, number: int) -> None:
    for row in act.rows("SELECT person FROM attendance WHERE session = ?", number):
        act.remove("attendance", row["person"], number)


def _put_said(act: Act, number: int, said: dict[str, int]) -> None:
    if said:
        act.put("session", number=number, **said)


def _set(act: Act, table: str, column: str, number: int, names: Sequence[str] | None) -> None:
    if names is None:
        return
    for kept in act.rows(f"SELECT {column} AS name FROM {table} WHERE session = ?", number):  # noqa: S608
        if kept["name"] not in names:
            act.remove(table, number, kept["name"])
    for name in names:
        row: Row = {"session": number, column: code(name, column)}
        act.put(table, **row)
