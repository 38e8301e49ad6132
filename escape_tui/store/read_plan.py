"""A cohort's plan and the words of its heading, read without the programme's records: what is shown first.

Not for: anything else of a cohort (`read`). The rows are few and the store wrote them, so they become plain
dataclasses at once; what judges records takes longer to load than the rest of the start.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from escape_tui.store.connect import Row, Value, text, whole
from sessions.dates import weekdays_in_order
from sessions.errors import CannotOpen
from sessions.plan import CohortPlan, PlannedSession, SessionStatus

if TYPE_CHECKING:
    from escape_tui.store.connect import Connection

_TITLE: Final = """
SELECT json_extract(session.value, '$.title')
FROM pack, json_each(content, '$.schedules') AS schedule, json_each(schedule.value, '$.sessions') AS session
WHERE json_array_length(schedule.value, '$.sessions') = ? AND json_extract(session.value, '$.number') = ?
"""
_OPENED: Final = """
SELECT number FROM session
WHERE on_date = ? AND status = 'delivered' AND number IN (SELECT session FROM run_event)
AND number NOT IN (SELECT session FROM run_event WHERE json_extract(event, '$.kind') = 'started')
ORDER BY number LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Outline:
    """A cohort in a few words. `start_time` is `HH:MM` local; `sessions_planned` is the schedule's length."""

    code: str
    practice: bool
    start_time: str
    sessions_planned: int


def outline_in(connection: Connection) -> Outline:
    """The outline of the cohort in a file. `CannotOpen` where the file holds none."""
    row = connection.row("SELECT code, practice, start_time, sessions_planned FROM cohort")
    if row is None:
        raise no_cohort()
    return Outline(
        code=text(row["code"]),
        practice=bool(row["practice"]),
        start_time=text(row["start_time"]),
        sessions_planned=whole(row["sessions_planned"]),
    )


def plan_in(connection: Connection) -> CohortPlan:
    """The plan as it stands, with what became of each session; without what was said when it was made."""
    head = connection.row("SELECT region, weekdays FROM cohort")
    if head is None:
        raise no_cohort()
    rows = connection.rows(
        "SELECT number, planned_date, on_date, status, merged_into, extra, replaces, reason"
        " FROM session ORDER BY number"
    )
    weekdays = weekdays_in_order(text(head["weekdays"]).split(","))
    return CohortPlan(text(head["region"]), weekdays, tuple(_session(row) for row in rows))


def title_in(connection: Connection, sessions_planned: int, number: int) -> str | None:
    """The title that the cohort's pack gives a session of that schedule; None where it has none."""
    value = connection.value(_TITLE, (sessions_planned, number))
    return None if value is None else text(value)


def opened_in(connection: Connection, day: date) -> int | None:
    """The session of `day` whose register was begun on the screen and whose clock was not; None for none."""
    value = connection.value(_OPENED, (day.isoformat(),))
    return None if value is None else whole(value)


def no_cohort() -> CannotOpen:
    """The error of a file without a cohort."""
    return CannotOpen("This file holds no cohort.", "Restore the cohort from its last backup.")


def _session(row: Row) -> PlannedSession:
    return PlannedSession(
        number=whole(row["number"]),
        planned_date=date.fromisoformat(text(row["planned_date"])),
        on=date.fromisoformat(text(row["on_date"])),
        status=SessionStatus(text(row["status"])),
        merged_into=_maybe(row["merged_into"]),
        extra=bool(row["extra"]),
        replaces=_maybe(row["replaces"]),
        reason=None if row["reason"] is None else text(row["reason"]),
    )


def _maybe(value: Value) -> int | None:
    return None if value is None else whole(value)
