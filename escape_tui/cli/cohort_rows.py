"""A cohort as rows for people and as JSON: in a list, shown in full, newly planned.

Not for: its people (`person_rows`), or working the counts out (`sessions.flow`, `sessions.completion`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from escape_tui.cli.rows import aligned
from escape_tui.cohorts import ListedCohort
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import attendance, cohort_head, eligibility, people, plan_of
from sessions.completion import needed_to_complete, sessions_counted
from sessions.dates import day_in_words, weekdays_in_words
from sessions.flow import Flow, flow
from sessions.plan import CohortPlan, PlannedSession
from sessions.plan_concerns import concerns
from sessions.records import CohortHead


@dataclass(frozen=True, slots=True)
class ShownCohort:
    """All that is shown of one cohort; `share` is the part of the sessions that completes the programme."""

    head: CohortHead
    plan: CohortPlan
    counts: Flow
    share: Fraction

    def row(self) -> dict[str, Any]:
        """The cohort as JSON."""
        return {
            **cohort_row(self.head),
            "sessions_delivered": _delivered(self.plan),
            "people_referred": self.counts.referred,
            "people_eligible": self.counts.eligible,
            "people_enrolled": self.counts.enrolled,
            "people_started": self.counts.started,
            "people_completed": self.counts.completed,
            "people_withdrawn": self.counts.withdrawn,
            "completion_share": float(self.share),
            "sessions_counted": sessions_counted(self.plan),
            "sessions_to_complete": needed_to_complete(self.plan, self.share),
            "sessions": [_session_row(session) for session in self.plan.sessions],
            "concerns": list(concerns(self.plan)),
        }


def shown_cohort(cohort: Cohort, share: Fraction) -> ShownCohort:
    """What is shown of a cohort, its counts worked out."""
    plan = plan_of(cohort)
    counts = flow(plan, people(cohort), eligibility(cohort), attendance(cohort), share)
    return ShownCohort(cohort_head(cohort), plan, counts, share)


def cohort_row(head: CohortHead) -> dict[str, Any]:
    """What a cohort is, as JSON."""
    return {
        "cohort": head.code,
        "programme": head.programme,
        "delivery": head.delivery,
        "start_date": head.start_date.isoformat(),
        "start_time": head.start_time,
        "days": list(head.weekdays),
        "region": head.region,
        "sessions_planned": head.sessions_planned,
        "state": head.state,
        "closed_on": head.closed_on.isoformat() if head.closed_on else None,
        "handed_over": head.handed_over,
        "practice": head.practice,
        "return_id": head.return_id,
        "pack_id": head.pack_id,
        "pack_version": head.pack_version,
        "pack_sha256": head.pack_sha256,
    }


def new_plan_row(plan: CohortPlan) -> dict[str, Any]:
    """A plan that was made just now, as JSON: its dates, those passed over, what is to be heard of it."""
    return {
        "sessions": [_session_row(session) for session in plan.sessions],
        "passed_over": [
            {"date": passed.day.isoformat(), "holiday": passed.holiday, "why": passed.why}
            for passed in plan.passed_over
        ],
        "notes": list(plan.notes),
        "concerns": list(concerns(plan)),
    }


def plan_lines(plan: CohortPlan) -> Iterator[str]:
    """The dates of a plan, a session a line."""
    return aligned((str(one.number), day_in_words(one.on), _status(one)) for one in plan.sessions)


def glance_row(listed: ListedCohort) -> dict[str, Any]:
    """One cohort of the list as JSON; `cannot_open` says why one shows nothing else."""
    if listed.glance is None:
        return {"cohort": listed.code, "cannot_open": str(listed.cannot_open)}
    return {
        **cohort_row(listed.glance.head),
        "people_enrolled": listed.glance.people_enrolled,
        "sessions_delivered": listed.glance.sessions_delivered,
        "cannot_open": None,
    }


def glance_lines(listed: Iterable[ListedCohort]) -> Iterator[str]:
    """The cohorts of a list, one a line."""
    return aligned(_glance_cells(one) for one in listed)


def cohort_lines(shown: ShownCohort) -> Iterator[str]:
    """A cohort in full, for people."""
    head, counts = shown.head, shown.counts
    needed, counted = needed_to_complete(shown.plan, shown.share), sessions_counted(shown.plan)
    yield from aligned(
        (
            ("cohort", head.code),
            ("programme", f"{head.programme} ({head.pack_id}, version {head.pack_version})"),
            ("delivery", head.delivery.replace("_", " ")),
            ("meets", f"{weekdays_in_words(head.weekdays)}, {head.start_time}"),
            ("start", day_in_words(head.start_date)),
            ("state", _state(head)),
            ("sessions", f"{_delivered(shown.plan)} delivered of {head.sessions_planned}"),
            ("referred", str(counts.referred)),
            ("eligible", str(counts.eligible)),
            ("enrolled", str(counts.enrolled)),
            ("started", str(counts.started)),
            ("completed", f"{counts.completed} (attended {needed} of {counted} sessions or more)"),
            ("withdrawn", str(counts.withdrawn)),
        )
    )
    yield ""
    yield from plan_lines(shown.plan)
    for sentence in concerns(shown.plan):
        yield f"! {sentence}"


def _glance_cells(listed: ListedCohort) -> tuple[str, ...]:
    if listed.glance is None:
        return (listed.code, "cannot be opened", "", "", "", "")
    head = listed.glance.head
    return (
        head.code,
        head.programme,
        f"from {head.start_date.isoformat()}",
        f"{listed.glance.people_enrolled} people",
        f"{listed.glance.sessions_delivered} of {head.sessions_planned} sessions",
        _state(head),
    )


def _state(head: CohortHead) -> str:
    closed = f" on {head.closed_on.isoformat()}" if head.closed_on and head.state == "closed" else ""
    away = ", handed over" if head.handed_over else ""
    return f"{head.state}{closed}{away}{', practice' if head.practice else ''}"


def _status(session: PlannedSession) -> str:
    moved = f", moved from {session.moved_from.isoformat()}" if session.moved_from else ""
    into = f" into {session.merged_into}" if session.merged_into else ""
    return f"{session.status.value.replace('_', ' ')}{into}{moved}{', extra' if session.extra else ''}"


def _delivered(plan: CohortPlan) -> int:
    return sum(session.took_place for session in plan.sessions)


def _session_row(session: PlannedSession) -> dict[str, Any]:
    return {
        "session": session.number,
        "planned_date": session.planned_date.isoformat(),
        "date": session.on.isoformat(),
        "status": session.status.value,
        "extra": session.extra,
    }
