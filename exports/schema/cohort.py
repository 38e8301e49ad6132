"""The tables of the cohort as a whole: its one row, its sessions, incidents and feedback.

Not for: how their rows come about (`exports.tables`).
"""

from __future__ import annotations

from typing import get_args

from exports.columns import (
    HASH,
    LIST_MARK,
    MOST_MINUTES,
    YES_NO,
    Column,
    Reference,
    Table,
    count,
    id_of,
    session_number,
)
from sessions.pack import Delivery
from sessions.plan import SessionStatus
from sessions.records import FeedbackAnswer, IncidentAction, IncidentCategory, Programme, Severity
from sessions.text import CODE_PATTERN, ID_PATTERN
from sessions.topic import Theme

COHORT = Table(
    "cohort",
    "One row: which cohort this is, who runs it, and its counts.",
    (
        Column("format_version", "integer", "Version of this format.", lowest=1, highest=1, required=True),
        Column(
            "return_id",
            "code",
            "The cohort's own random sign, the same in every revision.",
            pattern=r"[A-Za-z0-9][A-Za-z0-9-]{0,63}",
            required=True,
        ),
        Column(
            "revision", "integer", "Which revision of the return this is, from 1.", lowest=1, required=True
        ),
        Column(
            "previous_sha256",
            "code",
            "SHA-256 of the tagmanifest of the revision before.",
            pattern=HASH,
            empty="the first revision",
        ),
        Column(
            "practice", "code", "Whether this is practice with invented people.", codes=YES_NO, required=True
        ),
        Column("central_team", "text", "The central team that the return is made for.", empty="not set"),
        Column("provider", "text", "The organisation that provides the programme.", empty="not set"),
        Column("site_code", "code", "The site's code.", pattern=CODE_PATTERN.pattern, required=True),
        Column("site_name", "text", "The site's name.", required=True),
        Column("cohort_code", "code", "The cohort's code.", pattern=CODE_PATTERN.pattern, required=True),
        Column("programme", "code", "Which programme.", codes=get_args(Programme), required=True),
        id_of("pack_id", "The content that the cohort was run with."),
        Column("pack_version", "code", "Its version.", pattern=r"[0-9]{4}\.[0-9]{1,3}", required=True),
        Column("pack_sha256", "code", "Its SHA-256.", pattern=HASH, required=True),
        Column("delivery", "code", "How the sessions reached people.", codes=tuple(Delivery), required=True),
        Column("start_date", "date", "The day of the first session.", required=True),
        Column("end_date", "date", "The day of the last session.", required=True),
        Column(
            "sessions_planned",
            "integer",
            "Sessions of the programme's schedule, without extra ones.",
            unit="sessions",
            lowest=0,
            highest=99,
            required=True,
        ),
        Column(
            "sessions_delivered",
            "integer",
            "Sessions that took place, extra ones and those cut short too.",
            unit="sessions",
            lowest=0,
            highest=99,
            required=True,
        ),
        count("people_referred", "People on the list."),
        count("people_eligible", "Of them, people who met the programme's rules."),
        count("people_enrolled", "People taken into the cohort, those accepted for a reason too."),
        count("people_started", "People who attended at least once."),
        count("people_completed", "People who attended at least the share that completes."),
        count("people_withdrawn", "People who left the programme."),
        count(
            "people_not_shared",
            "People who have not agreed to sharing, or withdrew their data: in no other count and no row.",
        ),
        Column(
            "completion_share",
            "number",
            "The share of sessions that completes the programme.",
            unit="share",
            lowest=0,
            highest=1,
            required=True,
        ),
        Column("signed_on", "instant", "The instant at which the signer says to have signed.", required=True),
        Column(
            "app_version",
            "code",
            "Version of the program that wrote this.",
            pattern=r"[0-9A-Za-z][0-9A-Za-z.+-]{0,39}",
            required=True,
        ),
    ),
    key=("return_id",),
)

SESSIONS = Table(
    "sessions",
    "One row a session of the plan, whatever became of it.",
    (
        session_number("session", "Its number in the plan."),
        Column(
            "topic",
            "code",
            f"What the schedule has it discuss; `{LIST_MARK}` between two topics.",
            pattern=f"{ID_PATTERN}({LIST_MARK}{ID_PATTERN})*",
            empty="an extra session without a topic of its own",
        ),
        Column(
            "themes_covered",
            "code",
            f"Themes of the education that were covered, `{LIST_MARK}` between them: {', '.join(Theme)}.",
            pattern=f"{ID_PATTERN}({LIST_MARK}{ID_PATTERN})*",
            empty="none, or it did not take place",
        ),
        Column("planned_date", "date", "The day it was first planned for.", required=True),
        Column("delivered_date", "date", "The day it took place.", empty="it did not take place"),
        Column(
            "status",
            "code",
            "What became of it; a moved session shows by its two dates.",
            codes=tuple(SessionStatus),
            required=True,
        ),
        Column("extra", "code", "Whether it came on top of the schedule.", codes=YES_NO, required=True),
        Column(
            "education_minutes",
            "integer",
            "Time spent on education.",
            unit="minutes",
            lowest=0,
            highest=MOST_MINUTES,
            empty="not known",
        ),
        Column(
            "exercise_minutes",
            "integer",
            "Time spent on exercise, from warm-up to cool-down.",
            unit="minutes",
            lowest=0,
            highest=MOST_MINUTES,
            empty="not known",
        ),
        Column(
            "facilitators",
            "integer",
            "How many facilitators were on duty.",
            unit="people",
            lowest=0,
            highest=99,
            empty="not recorded",
        ),
        Column(
            "people_present",
            "integer",
            "People in this return who attended.",
            unit="people",
            lowest=0,
            empty="it did not take place",
        ),
    ),
    key=("session",),
)

INCIDENTS = Table(
    "incidents",
    "One row an incident; it does not say to whom.",
    (
        session_number("session", "At which session."),
        Column("category", "code", "What happened.", codes=get_args(IncidentCategory), required=True),
        Column("severity", "code", "How grave it was.", codes=get_args(Severity), required=True),
        Column("action", "code", "What was done.", codes=get_args(IncidentAction), required=True),
    ),
    references=(Reference("session", "sessions", "session"),),
)

FEEDBACK = Table(
    "feedback",
    "One row an answer that somebody gave; anonymous counts.",
    (
        Column("question", "code", "`fft`: the NHS Friends and Family Test.", codes=("fft",), required=True),
        Column("answer", "code", "The answer.", codes=get_args(FeedbackAnswer), required=True),
        Column("count", "integer", "How many people gave it.", unit="people", lowest=0, required=True),
    ),
    key=("question", "answer"),
)
