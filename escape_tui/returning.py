"""A cohort as a return needs it, read from the store: what the people typed stays behind.

Not for: what a return makes of it (`exports`), or signing one (`signing`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from escape_tui.recording import today_of
from escape_tui.settings import Settings
from escape_tui.store import read
from escape_tui.store.cohort import Cohort
from exports.held import Asked, Held
from sessions.plan import CohortPlan


def held_of(cohort: Cohort, settings: Settings) -> Held:
    """The cohort as it is held now, and what the site's settings ask of its returns."""
    plan = read.plan_of(cohort)
    return Held(
        today=today_of(cohort),
        head=read.cohort_head(cohort),
        plan=_without_reasons(plan),
        pack=read.cohort_pack(cohort),
        asked=asked_by(settings),
        people=read.people(cohort),
        consents=read.consents(cohort),
        eligibility=tuple(replace(one, accepted_reason=None) for one in read.eligibility(cohort)),
        sessions=read.sessions_held(cohort),
        run_events=tuple(
            event for session in plan.sessions for event in read.run_events(cohort, session.number)
        ),
        attendance=read.attendance(cohort),
        exercise=read.exercise_log(cohort),
        levels=tuple(replace(one, reason=None) for one in read.levels(cohort)),
        measures=read.measures(cohort),
        incidents=tuple(replace(one, note=None) for one in read.incidents(cohort)),
        feedback=read.feedback(cohort),
        signposts=read.signposts(cohort),
        signoffs=read.signoffs(cohort),
        amendments=read.amendments(cohort),
    )


def asked_by(settings: Settings) -> Asked:
    """What a site's settings say of its returns."""
    return Asked(
        site_code=settings.site.code,
        site_name=settings.site.name,
        provider=settings.site.provider,
        central_team=settings.returns.central_team,
        completion_share=Fraction(settings.cohort.completion_share),
        in_use=settings.instruments.in_use,
        responses=settings.returns.responses,
        attendance_reasons=settings.returns.attendance_reasons,
    )


@dataclass(frozen=True, slots=True)
class Revision:
    """One signed revision of a return, why it was made and what the centre answered, None for nothing yet."""

    revision: int
    signed_at: datetime
    signer: str
    tagmanifest_sha256: str
    reason_of_amendment: str | None
    gaps_reason: str | None
    verdict: str | None
    received_at: datetime | None


def revisions_of(cohort: Cohort) -> tuple[Revision, ...]:
    """Every revision that was signed, oldest first."""
    reasons = {one.after_revision: one.reason for one in read.amendments(cohort)}
    answers = {one.revision: one for one in read.receipts(cohort)}
    found: list[Revision] = []
    for one in read.signoffs(cohort):
        answer = answers.get(one.revision)
        found.append(
            Revision(
                one.revision,
                one.signed_at,
                one.signer,
                one.tagmanifest_sha256,
                reasons.get(found[-1].revision) if found else None,
                one.gaps_reason,
                answer.verdict if answer else None,
                answer.received_at if answer else None,
            )
        )
    return tuple(found)


def _without_reasons(plan: CohortPlan) -> CohortPlan:
    return replace(plan, sessions=tuple(replace(session, reason=None) for session in plan.sessions))
