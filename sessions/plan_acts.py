"""What can be done to a plan: move, cancel, merge, add, cut short, deliver. Each gives a new plan.

Not for: storing a plan or asking whether an act was meant; what makes no sense is refused in a sentence.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sessions.dates import day_in_words
from sessions.errors import Refused
from sessions.plan import CohortPlan, PlannedSession, SessionStatus
from sessions.text import without_control_characters

LONGEST_REASON = 200
"""Characters of a reason."""
FARTHEST = timedelta(days=366)
"""From the cohort's start; a day farther off is a slip in the year."""


def move_session(plan: CohortPlan, number: int, to: date) -> CohortPlan:
    """Give a planned session another day.

    `Refused` for a session that took place, was cancelled or merged, for the day it has already, for a day
    that another session has, for one before the cohort's start (the first session may move to one), and for
    one more than a year away from it.
    """
    session = _still_planned(plan, number, "moved")
    if to == session.on:
        raise Refused(f"Session {number} is on {day_in_words(to)} already.", "Choose another day.")
    _refuse_taken(plan, to)
    _refuse_far(plan, to)
    if session.on != plan.start:
        _refuse_before_start(plan, to)
    return _with(plan, replace(session, on=to))


def cancel_session(plan: CohortPlan, number: int, reason: str) -> CohortPlan:
    """Take a planned session out, for a reason of at most 200 characters.

    It leaves the count for completion unless an extra session replaces it. `Refused` for a session that took
    place, or was cancelled or merged already.
    """
    session = _still_planned(plan, number, "cancelled")
    return _with(plan, replace(session, status=SessionStatus.CANCELLED, reason=_reason(reason)))


def merge_session(plan: CohortPlan, number: int, into: int) -> CohortPlan:
    """Hold a planned session together with another, on the other's day; the two count as one.

    `Refused` for a session that took place, was cancelled or merged, for itself, and where `into` was
    cancelled or merged.
    """
    session = _still_planned(plan, number, "merged")
    if number == into:
        raise Refused(f"Session {number} cannot be merged into itself.", "Name the other session.")
    if not plan.session(into).stands:
        raise Refused(
            f"Session {into} is {plan.session(into).status.value}, so no other can be held with it.",
            "Merge into a session that takes place.",
        )
    return _with(plan, replace(session, status=SessionStatus.MERGED, merged_into=into))


def add_extra_session(plan: CohortPlan, on: date, replaces: int | None = None) -> CohortPlan:
    """Add a session with the next free number; `replaces` names a cancelled session that it makes good.

    `Refused` for a day that another session has, that is before the cohort's start or more than a year after
    it, and where `replaces` was not cancelled, is an extra itself or is replaced already.
    """
    _refuse_taken(plan, on)
    _refuse_far(plan, on)
    _refuse_before_start(plan, on)
    if replaces is not None:
        _refuse_replacing(plan, replaces)
    extra = PlannedSession(len(plan.sessions) + 1, on, on, extra=True, replaces=replaces)
    return replace(plan, sessions=(*plan.sessions, extra))


def deliver_session(plan: CohortPlan, number: int, on: date | None = None) -> CohortPlan:
    """Record that a planned session took place, on its day or on another.

    `Refused` for a session that took place already, was cancelled or merged, and for a day as in
    `move_session`.
    """
    session = _still_planned(plan, number, "delivered")
    if on is not None and on != session.on:
        plan = move_session(plan, number, on)
    return _with(plan, replace(plan.session(number), status=SessionStatus.DELIVERED))


def cut_session_short(plan: CohortPlan, number: int, reason: str) -> CohortPlan:
    """Record that a session began and ended early, for a reason of at most 200 characters; it counts whole.

    A session recorded as delivered can still be put right so. `Refused` for one cut short already, cancelled
    or merged.
    """
    session = plan.session(number)
    if session.status is not SessionStatus.DELIVERED:
        session = _still_planned(plan, number, "cut short")
    return _with(plan, replace(session, status=SessionStatus.CUT_SHORT, reason=_reason(reason)))


def _still_planned(plan: CohortPlan, number: int, act: str) -> PlannedSession:
    session = plan.session(number)
    if session.status is SessionStatus.PLANNED:
        return session
    if session.took_place:
        remedy = "What took place stays as it was; add an extra session where another is wanted."
    else:
        remedy = "Add an extra session where another is wanted."
    state = session.status.value.replace("_", " ")
    raise Refused(f"Session {number} is {state} already, so it cannot be {act}.", remedy)


def _refuse_taken(plan: CohortPlan, day: date) -> None:
    for other in plan.standing():
        if other.on == day:
            raise Refused(
                f"Session {other.number} is on {day_in_words(day)} already.",
                "Choose another day, or merge the two sessions.",
            )


def _refuse_before_start(plan: CohortPlan, day: date) -> None:
    if day < plan.start:
        raise Refused(
            f"{day_in_words(day)} is before the cohort's start.",
            f"Choose a day after {day_in_words(plan.start)}.",
        )


def _refuse_far(plan: CohortPlan, day: date) -> None:
    if abs(day - plan.start) > FARTHEST:
        raise Refused(
            f"{day_in_words(day)} is more than a year away from the cohort's start.",
            "Check the year.",
        )


def _refuse_replacing(plan: CohortPlan, number: int) -> None:
    if plan.session(number).extra:
        raise Refused(
            f"Session {number} is an extra session itself.",
            "Name the planned session that is made good, or none.",
        )
    if plan.session(number).status is not SessionStatus.CANCELLED:
        raise Refused(
            f"Session {number} is not cancelled, so nothing can replace it.",
            "Cancel it first, or add the extra session without replacing one.",
        )
    for session in plan.sessions:
        if session.replaces == number and session.status is not SessionStatus.CANCELLED:
            raise Refused(
                f"Session {number} is replaced by session {session.number} already.",
                "Add the extra session without replacing one.",
            )


def _reason(reason: str) -> str:
    said = reason.strip()
    try:
        without_control_characters(said)
    except ValueError:
        raise Refused(
            "The reason holds a character that cannot be shown.", "Write it in plain text."
        ) from None
    if not 1 <= len(said) <= LONGEST_REASON:
        raise Refused(
            f"The reason has {len(said)} characters.", f"Give a reason of 1 to {LONGEST_REASON} characters."
        )
    return said


def _with(plan: CohortPlan, changed: PlannedSession) -> CohortPlan:
    sessions = tuple(changed if s.number == changed.number else s for s in plan.sessions)
    return replace(plan, sessions=sessions)
