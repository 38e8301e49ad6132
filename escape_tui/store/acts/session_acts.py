"""The sessions of the plan: moved, cancelled, merged, added, delivered, cut short; and the events of a run.

Not for: whether a change makes sense in the whole plan (`sessions.plan_acts`); here a session is only what it
can be after what it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from escape_tui.store.act import Act, Changed
from escape_tui.store.acts.checks import LONGEST_REASON, day, the_session, typed, typed_or_none
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import Row, whole
from sessions.errors import Refused


def move_session(cohort: Cohort, number: int, to: date) -> Changed:
    """Give a session that is still planned another day; the one first planned stays known."""
    with cohort.act("move_session") as act:
        _still_planned(act, number)
        act.put("session", number=number, on_date=day(to))
    return act.changed


def cancel_session(cohort: Cohort, number: int, reason: str) -> Changed:
    """Take a session that is still planned out, for a typed reason."""
    with cohort.act("cancel_session") as act:
        _still_planned(act, number)
        _refuse_marks(act, number)
        act.put("session", number=number, status="cancelled", reason=typed(reason, "reason", LONGEST_REASON))
    return act.changed


def merge_session(cohort: Cohort, number: int, into: int) -> Changed:
    """Hold a session that is still planned together with another."""
    with cohort.act("merge_session") as act:
        _still_planned(act, number)
        _refuse_marks(act, number)
        if number == into or the_session(act, into)["status"] in {"cancelled", "merged"}:
            raise Refused(
                f"Session {number} cannot be held with session {into}.", "Name one that takes place."
            )
        act.put("session", number=number, status="merged", merged_into=into)
    return act.changed


def add_extra_session(cohort: Cohort, on: date, replaces: int | None = None) -> Changed:
    """Add a session with the next number; `replaces` names a cancelled one that it makes good."""
    with cohort.act("add_extra_session") as act:
        if replaces is not None and the_session(act, replaces)["status"] != "cancelled":
            raise Refused(
                f"Session {replaces} is not cancelled, so nothing can replace it.", "Cancel it first."
            )
        (row,) = act.rows("SELECT max(number) + 1 AS next FROM session")
        act.put(
            "session",
            number=row["next"],
            planned_date=day(on),
            on_date=day(on),
            extra=1,
            replaces=replaces,
        )
    return act.changed


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


def deliver_session(cohort: Cohort, number: int, said: Delivered) -> Changed:
    """Record that a session took place, or say more of one that did; one cut short stays so."""
    minutes = {"education_minutes": said.education_minutes, "exercise_minutes": said.exercise_minutes}
    with cohort.act("deliver_session") as act:
        row = _took_place_or_can(act, number)
        act.put(
            "session",
            number=number,
            status="cut_short" if row["status"] == "cut_short" else "delivered",
            on_date=row["on_date"] if said.on is None else day(said.on),
            **{name: value for name, value in minutes.items() if value is not None},
        )
        _set(act, "on_duty", "facilitator", number, said.facilitators)
        _set(act, "session_theme", "theme", number, said.themes)
    return act.changed


def cut_session_short(cohort: Cohort, number: int, reason: str | None = None) -> Changed:
    """Record that a session began and ended early."""
    with cohort.act("cut_session_short") as act:
        _took_place_or_can(act, number)
        act.put(
            "session",
            number=number,
            status="cut_short",
            reason=typed_or_none(reason, "reason", LONGEST_REASON),
        )
    return act.changed


def record_run_events(cohort: Cohort, number: int, events: Sequence[str]) -> Changed:
    """Keep events of a session's run, in the order they happened, each as `run_events` writes it."""
    with cohort.act("record_run_events", undoable=False) as act:
        the_session(act, number)
        (row,) = act.rows("SELECT coalesce(max(seq), 0) AS last FROM run_event WHERE session = ?", number)
        for seq, event in enumerate(events, start=whole(row["last"]) + 1):
            act.put("run_event", session=number, seq=seq, event=event)
    return act.changed


def _still_planned(act: Act, number: int) -> None:
    status = str(the_session(act, number)["status"])
    if status != "planned":
        raise Refused(
            f"Session {number} is {status.replace('_', ' ')} already.",
            "Add an extra session where another is wanted.",
        )


def _refuse_marks(act: Act, number: int) -> None:
    if act.rows("SELECT 1 FROM attendance WHERE session = ? LIMIT 1", number):
        raise Refused(
            f"Session {number} has marks in its register.", "Take them out first where it did not take place."
        )


def _took_place_or_can(act: Act, number: int) -> Row:
    row = the_session(act, number)
    if row["status"] in {"cancelled", "merged"}:
        raise Refused(
            f"Session {number} was {row['status']}, so it did not take place.",
            "Add an extra session where one took place.",
        )
    return row


def _set(act: Act, table: str, column: str, number: int, names: Sequence[str] | None) -> None:
    if names is None:
        return
    for row in act.rows(f"SELECT {column} AS name FROM {table} WHERE session = ?", number):  # noqa: S608
        if row["name"] not in names:
            act.remove(table, number, row["name"])
    for name in names:
        row: Row = {"session": number, column: typed(name, column)}
        act.put(table, **row)
