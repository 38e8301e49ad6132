"""The sessions of a cohort as rows, one in full, and both as lines for people.

Not for: the plan itself (`sessions.plan`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from escape_tui.cli.naming import Named
from escape_tui.cli.rows import aligned
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import attendance, cohort_head, cohort_pack, incidents, plan_of, sessions_held
from sessions.dates import weekday_of
from sessions.pack import Pack, ScheduledSession
from sessions.plan import PlannedSession
from sessions.records import AttendanceRow, Incident, SessionHeld


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session in a list, its days as ISO dates. `title` is None for an extra one that replaces none."""

    session: int
    title: str | None
    planned_date: str
    date: str
    delivered_date: str | None
    status: str
    reason: str | None
    extra: bool
    replaces: int | None
    merged_into: int | None
    people_present: int


@dataclass(frozen=True, slots=True)
class SessionShown:
    """A session in full. `themes` are those said to be covered, else those of the pack's topics."""

    row: SessionRow
    topics: tuple[str, ...]
    themes: tuple[str, ...]
    held: SessionHeld
    register: tuple[AttendanceRow, ...]
    incidents: tuple[Incident, ...]


def session_rows(cohort: Cohort) -> tuple[SessionRow, ...]:
    """Every session in the order of the numbers."""
    plan, pack, length = plan_of(cohort), cohort_pack(cohort), cohort_head(cohort).sessions_planned
    came = [mark.session for mark in attendance(cohort) if mark.attended]
    return tuple(
        SessionRow(
            session=session.number,
            title=scheduled.title if (scheduled := _scheduled(pack, length, session)) else None,
            planned_date=session.planned_date.isoformat(),
            date=session.on.isoformat(),
            delivered_date=session.delivered_date.isoformat() if session.delivered_date else None,
            status=session.status.value,
            reason=session.reason,
            extra=session.extra,
            replaces=session.replaces,
            merged_into=session.merged_into,
            people_present=came.count(session.number),
        )
        for session in plan.sessions
    )


def session_shown(cohort: Cohort, number: int) -> SessionShown:
    """The session of that number; `Refused` where there is none."""
    pack = cohort_pack(cohort)
    scheduled = _scheduled(pack, cohort_head(cohort).sessions_planned, plan_of(cohort).session(number))
    topics = [pack.topic(name) for name in scheduled.topics] if scheduled else []
    held = sessions_held(cohort)[number - 1]
    planned = dict.fromkeys(theme.value for topic in topics for theme in topic.themes)
    return SessionShown(
        row=session_rows(cohort)[number - 1],
        topics=tuple(topic.title for topic in topics),
        themes=held.themes or tuple(planned),
        held=held,
        register=attendance(cohort, number),
        incidents=tuple(one for one in incidents(cohort) if one.session == number),
    )


def shown_document(shown: SessionShown, names: Named) -> dict[str, object]:
    """A session in full as JSON."""
    return {
        **asdict(shown.row),
        "topics": shown.topics,
        "themes": shown.themes,
        "education_minutes": shown.held.education_minutes,
        "exercise_minutes": shown.held.exercise_minutes,
        "facilitators": shown.held.facilitators,
        "attendance": [
            {**names.row(mark.person), "status": mark.status, "reason": mark.reason}
            for mark in shown.register
        ],
        "incidents": [
            {
                "id": one.id,
                "category": one.category,
                "severity": one.severity,
                "action": one.action,
                **names.row(one.person),
            }
            for one in shown.incidents
        ],
    }


def session_lines(rows: tuple[SessionRow, ...]) -> Iterator[str]:
    """A line for each session."""
    return aligned([(f"{row.session:>2}", _day(row), _state(row), row.title or "") for row in rows])


def shown_lines(shown: SessionShown, names: Named) -> Iterator[str]:
    """A session in full, a line for each thing that is known of it."""
    held, row = shown.held, shown.row
    yield f"Session {row.session}{f': {row.title}' if row.title else ''}"
    yield f"{_day(row)}  {_state(row)}"
    if row.date != row.planned_date:
        yield f"First planned on {row.planned_date}"
    if row.reason:
        yield f"Reason: {row.reason}"
    said = (
        ("Topics", ", ".join(shown.topics)),
        ("Themes", ", ".join(shown.themes)),
        ("Facilitators", ", ".join(held.facilitators)),
        ("Education", _minutes(held.education_minutes)),
        ("Exercise", _minutes(held.exercise_minutes)),
    )
    yield from (f"{what}: {words}" for what, words in said if words)
    yield from aligned([(names.shown(one.person), one.status, one.reason or "") for one in shown.register])
    for incident in shown.incidents:
        who = f", {names.shown(incident.person)}" if incident.person else ""
        yield f"Incident: {incident.category}, {incident.severity}, {incident.action}{who}"


def _scheduled(pack: Pack, length: int, session: PlannedSession) -> ScheduledSession | None:
    """What the pack holds for a session: its own content, or that of the session it makes good."""
    number = session.replaces if session.extra else session.number
    return None if number is None else pack.schedule(length).session(number)


def _day(row: SessionRow) -> str:
    return f"{weekday_of(dt.date.fromisoformat(row.date))} {row.date}"


def _state(row: SessionRow) -> str:
    status = row.status.replace("_", " ")
    if row.merged_into is not None:
        return f"{status} into {row.merged_into}"
    extra = f" (extra{f', for {row.replaces}' if row.replaces else ''})" if row.extra else ""
    present = f", {row.people_present} present" if row.delivered_date else ""
    return f"{status}{present}{extra}"


def _minutes(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes} minutes"
