"""The rows of a return's tables, typed: what is written into its files and what is read out of them again.

Not for: what the columns mean (`schema`), or how rows come about (`tables`). The fields of a row are the
columns of its table, in their order; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

Number = Fraction | float
"""Exact where it can be; written with at most 6 decimals."""
Cell = str | int | Fraction | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cohort:
    """The row of `cohort`."""

    format_version: int
    return_id: str
    revision: int
    previous_sha256: str | None
    practice: str
    central_team: str | None
    provider: str | None
    site_code: str
    site_name: str
    cohort_code: str
    programme: str
    pack_id: str
    pack_version: str
    pack_sha256: str
    delivery: str
    start_date: date
    end_date: date
    sessions_planned: int
    sessions_delivered: int
    people_referred: int
    people_eligible: int
    people_enrolled: int
    people_started: int
    people_completed: int
    people_withdrawn: int
    people_not_shared: int
    completion_share: Number
    signed_on: datetime
    app_version: str


@dataclass(frozen=True, slots=True)
class Participant:
    """A row of `participants`."""

    person_id: str
    age_band: str | None
    sex: str
    pain_site: str | None
    side: str | None
    pain_duration: str | None
    referral_source: str | None
    eligible: str
    needs_close_support: str | None
    joined_at_session: int
    sessions_offered: int
    sessions_attended: int
    completed: str
    withdrew_after_session: int | None
    withdrawal_reason: str | None
    signposted_to: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """A row of `sessions`."""

    session: int
    topic: str | None
    themes_covered: str | None
    planned_date: date
    delivered_date: date | None
    status: str
    extra: str
    education_minutes: int | None
    exercise_minutes: int | None
    facilitators: int | None
    people_present: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A row of `attendance`."""

    person_id: str
    session: int
    status: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Exercise:
    """A row of `exercise`."""

    person_id: str
    session: int
    exercise: str
    level: int | None
    reps: int | None
    seconds: int | None
    effort: int | None
    pain: int | None
    decision: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of `measures`."""

    person_id: str
    timepoint: str
    instrument: str
    scale: str
    score: Fraction | None
    category: str | None
    better: str
    answered: int | None
    items: int | None
    week: int | None
    mode: str | None
    in_window: str | None
    used_in_pair: str
    missing_reason: str | None


@dataclass(frozen=True, slots=True)
class Response:
    """A row of `responses`."""

    person_id: str
    timepoint: str
    instrument: str
    item: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Incident:
    """A row of `incidents`."""

    session: int
    category: str
    severity: str
    action: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """A row of `feedback`."""

    question: str
    answer: str
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A row of `summary`; what is not defined is None, never 0."""

    instrument: str
    scale: str
    better: str
    n_enrolled: int
    n_baseline: int
    n_end: int
    n_paired: int
    mean_baseline: Number | None
    sd_baseline: Number | None
    mean_end: Number | None
    sd_end: Number | None
    mean_change: Number | None
    sd_change: Number | None
    ci95_low: Number | None
    ci95_high: Number | None
    dz: Number | None
    n_better: int
    n_same: int
    n_worse: int
    share_better: Number | None
    share_better_low: Number | None
    share_better_high: Number | None
    mcid: Number | None
    mcid_source: str | None
    n_mcid: int | None


Row = Cohort | Participant | Session | Mark | Exercise | Measure | Response | Incident | Feedback | Summary


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of one return. `responses` is None where the site's settings do not ask for them."""

    cohort: tuple[Cohort, ...]
    participants: tuple[Participant, ...]
    sessions: tuple[Session, ...]
    attendance: tuple[Mark, ...]
    exercise: tuple[Exercise, ...]
    measures: tuple[Measure, ...]
    responses: tuple[Response, ...] | None
    incidents: tuple[Incident, ...]
    feedback: tuple[Feedback, ...]
    summary: tuple[Summary, ...]


ROW_OF: dict[str, type[Row]] = {
    "cohort": Cohort,
    "participants": Participant,
    "sessions": Session,
    "attendance": Mark,
    "exercise": Exercise,
    "measures": Measure,
    "responses": Response,
    "incidents": Incident,
    "feedback": Feedback,
    "summary": Summary,
}
"""The kind of row of each table, by the table's name."""
