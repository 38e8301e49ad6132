"""The tables of what people did: participants, attendance, exercise.

Not for: how their rows come about (`exports.tables`).
"""

from __future__ import annotations

from typing import get_args

from exports.columns import (
    AGE_BANDS,
    PAIN_DURATIONS,
    YES_NO,
    Column,
    Reference,
    Table,
    id_of,
    person_id,
    session_number,
)
from sessions.records import (
    AbsenceReason,
    AttendanceStatus,
    Basis,
    Decision,
    Destination,
    Eligible,
    ReferralSource,
    Sex,
    Side,
    WithdrawalReason,
)
from sessions.rules import PainSite

PARTICIPANTS = Table(
    "participants",
    "One row a person who agreed to sharing.",
    (
        person_id(),
        Column(
            "age_band",
            "code",
            "Age at the cohort's start, in five years.",
            unit="years",
            codes=AGE_BANDS,
            empty="not known",
        ),
        Column("sex", "code", "Sex as told.", codes=get_args(Sex), required=True),
        Column("pain_site", "code", "Where the pain is.", codes=get_args(PainSite), empty="not known"),
        Column("side", "code", "On which side.", codes=get_args(Side), empty="not known"),
        Column(
            "pain_duration",
            "code",
            "How long the pain has lasted.",
            unit="months",
            codes=PAIN_DURATIONS,
            empty="not known",
        ),
        Column(
            "referral_source",
            "code",
            "Who referred the person.",
            codes=get_args(ReferralSource),
            empty="not known",
        ),
        Column(
            "eligible",
            "code",
            "Whether the rules take the person; `accepted`: taken all the same, for a reason.",
            codes=get_args(Eligible),
            required=True,
        ),
        Column(
            "needs_close_support",
            "code",
            "Whether the person needs close attention while exercising.",
            codes=YES_NO,
            empty="not known",
        ),
        session_number("joined_at_session", "The session from which the person was in the group."),
        Column(
            "sessions_offered",
            "integer",
            "Sessions that count from joining on, and extra ones that the person came to.",
            unit="sessions",
            lowest=0,
            highest=99,
            required=True,
        ),
        Column(
            "sessions_attended",
            "integer",
            "Sessions attended: present, late or left early.",
            unit="sessions",
            lowest=0,
            highest=99,
            required=True,
        ),
        Column(
            "completed",
            "code",
            "Whether the person attended the share of sessions that completes.",
            codes=YES_NO,
            required=True,
        ),
        Column(
            "withdrew_after_session",
            "integer",
            "The last session held before the person left; 0: before the first.",
            lowest=0,
            highest=99,
            empty="did not leave",
        ),
        Column(
            "withdrawal_reason",
            "code",
            "Why the person left.",
            codes=get_args(WithdrawalReason),
            empty="did not leave",
        ),
        Column(
            "signposted_to",
            "code",
            "Where the person went on to.",
            codes=get_args(Destination),
            empty="not recorded",
        ),
    ),
    key=("person_id",),
    references=(Reference("joined_at_session", "sessions", "session"),),
)

ATTENDANCE = Table(
    "attendance",
    "One row a mark in a register.",
    (
        person_id(),
        session_number("session", "Of which session."),
        Column(
            "status",
            "code",
            "Attended are `present`, `late` and `left_early`.",
            codes=get_args(AttendanceStatus),
            required=True,
        ),
        Column(
            "reason",
            "code",
            "Why the person was away, where the site's settings ask for it.",
            codes=get_args(AbsenceReason),
            empty="attended, not told, or not asked for",
        ),
    ),
    key=("person_id", "session"),
    references=(
        Reference("person_id", "participants", "person_id"),
        Reference("session", "sessions", "session"),
    ),
)

EXERCISE = Table(
    "exercise",
    "One row a person, session and exercise.",
    (
        person_id(),
        session_number("session", "In which session."),
        id_of("exercise", "Which exercise, by its id in the pack."),
        Column("level", "integer", "The person's level at it.", lowest=1, highest=9, empty="not recorded"),
        Column("reps", "integer", "Repetitions.", lowest=0, highest=999, empty="not recorded"),
        Column(
            "seconds",
            "integer",
            "Time on the exercise.",
            unit="seconds",
            lowest=0,
            highest=7200,
            empty="not recorded",
        ),
        Column(
            "effort",
            "integer",
            "Effort as the person said it, 10 the hardest.",
            lowest=0,
            highest=10,
            empty="not asked",
        ),
        Column("pain", "integer", "Pain during it, 10 the worst.", lowest=0, highest=10, empty="not asked"),
        Column(
            "decision",
            "code",
            "What was decided for the next time.",
            codes=get_args(Decision),
            empty="nothing was decided",
        ),
        Column(
            "basis",
            "code",
            "Whether it was seen, taken to be as planned, or not recorded.",
            codes=get_args(Basis),
            required=True,
        ),
    ),
    key=("person_id", "session", "exercise"),
    references=(
        Reference("person_id", "participants", "person_id"),
        Reference("session", "sessions", "session"),
    ),
)
