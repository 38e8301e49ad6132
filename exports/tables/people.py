"""The rows of what people did: participants, attendance, exercise.

Not for: who is in a return (`exports.held.shared`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection

from exports import rows
from exports.columns import PAIN_DURATIONS
from exports.held import Held
from sessions.completion import completed, sessions_attended, sessions_offered
from sessions.flow import attended_by
from sessions.records import Person

_DURATIONS_FROM = (6, 12, 24, 60)
"""Months from which the second and each later band of pain duration begins."""


def participant_rows(held: Held, people: Collection[Person]) -> tuple[rows.Participant, ...]:
    """One row a person."""
    attended = attended_by(held.attendance)
    eligible = {one.person: one.eligible for one in held.eligibility}
    went_on = {one.person: one.destination for one in held.signposts}
    share = held.asked.completion_share

    def row(person: Person) -> rows.Participant:
        came = attended.get(person.id, frozenset())
        return rows.Participant(
            person_id=person.id,
            age_band=person.age_band,
            sex=person.sex,
            pain_site=person.pain_site,
            side=person.side,
            pain_duration=pain_duration(person.pain_months),
            referral_source=person.referral_source,
            eligible=eligible.get(person.id, "not_judged"),
            needs_close_support=_yes_no(person.needs_close_support),
            joined_at_session=person.joined_at_session,
            sessions_offered=len(sessions_offered(held.plan, person.joined_at_session, came)),
            sessions_attended=sessions_attended(held.plan, came),
            completed="yes" if completed(held.plan, came, share) else "no",
            withdrew_after_session=person.withdrawn_after_session,
            withdrawal_reason=person.withdrawal_reason,
            signposted_to=went_on.get(person.id),
        )

    return tuple(map(row, people))


def attendance_rows(held: Held, people: Collection[Person]) -> tuple[rows.Mark, ...]:
    """One row a mark; with the reason for being away only where the site's settings ask for it."""
    there = {person.id for person in people}
    return tuple(
        rows.Mark(
            mark.person, mark.session, mark.status, mark.reason if held.asked.attendance_reasons else None
        )
        for mark in held.attendance
        if mark.person in there
    )


def exercise_rows(held: Held, people: Collection[Person]) -> tuple[rows.Exercise, ...]:
    """One row a person, session and exercise."""
    there = {person.id for person in people}
    return tuple(
        rows.Exercise(
            person_id=done.person,
            session=done.session,
            exercise=done.exercise,
            level=done.level,
            reps=done.reps,
            seconds=done.seconds,
            effort=done.effort,
            pain=done.pain,
            decision=done.decision,
            basis=done.basis,
        )
        for done in held.exercise
        if done.person in there
    )


def pain_duration(months: int | None) -> str | None:
    """The band of a return for months of pain: under 6, then from 6, 12, 24 and 60 on."""
    return None if months is None else PAIN_DURATIONS[bisect_right(_DURATIONS_FROM, months)]


def _yes_no(said: bool | None) -> str | None:
    if said is None:
        return None
    return "yes" if said else "no"
