"""The row of the cohort, its incidents and its feedback.

Not for: the counts themselves, each of which has its one function (`sessions.flow`, `sessions.plan`).
"""

from __future__ import annotations

from collections.abc import Collection

from exports import rows
from exports.held import Held, Signing
from exports.schema import FORMAT_VERSION
from sessions.flow import flow
from sessions.records import Person


def cohort_row(held: Held, people: Collection[Person], signing: Signing) -> rows.Cohort:
    """What the cohort is, and its counts of the `people` in the return."""
    head, asked, plan = held.head, held.asked, held.plan
    counts = flow(plan, people, held.eligibility, held.attendance, asked.completion_share)
    return rows.Cohort(
        format_version=FORMAT_VERSION,
        return_id=head.return_id,
        revision=signing.revision,
        previous_sha256=signing.previous_sha256,
        practice="yes" if head.practice else "no",
        central_team=asked.central_team or None,
        provider=asked.provider or None,
        site_code=asked.site_code,
        site_name=asked.site_name,
        cohort_code=head.code,
        programme=head.programme,
        pack_id=head.pack_id,
        pack_version=head.pack_version,
        pack_sha256=head.pack_sha256,
        delivery=head.delivery,
        start_date=plan.start,
        end_date=max(session.on for session in plan.standing() or plan.sessions),
        sessions_planned=sum(not session.extra for session in plan.sessions),
        sessions_delivered=sum(session.took_place for session in plan.sessions),
        people_referred=counts.referred,
        people_eligible=counts.eligible,
        people_enrolled=counts.enrolled,
        people_started=counts.started,
        people_completed=counts.completed,
        people_withdrawn=counts.withdrawn,
        people_not_shared=len(held.people) - len(people),
        completion_share=asked.completion_share,
        signed_on=signing.signed_on,
        app_version=signing.app_version,
    )


def incident_rows(held: Held, people: Collection[Person]) -> tuple[rows.Incident, ...]:
    """The incidents of the `people` in the return, and those that happened to nobody in particular."""
    there = {person.id for person in people}
    return tuple(
        rows.Incident(one.session, one.category, one.severity, one.action)
        for one in held.incidents
        if one.person is None or one.person in there
    )


def feedback_rows(held: Held) -> tuple[rows.Feedback, ...]:
    """The counts of answers; nothing links one to a person."""
    return tuple(rows.Feedback(one.question, one.answer, one.count) for one in held.feedback)
