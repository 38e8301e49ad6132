"""All that a return needs of a cohort, as it is held at one moment.

Not for: reading it from the store, or what it comes to (`tables`, `completeness`). No name, birth date,
reference, contact or typed sentence on a person is in it, so that none can leave by a return.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sessions.pack import Pack
from sessions.plan import CohortPlan
from sessions.records import (
    Amendment,
    AttendanceRow,
    CohortHead,
    Consent,
    Eligibility,
    ExerciseRow,
    FeedbackCount,
    Incident,
    LevelRow,
    MeasureRow,
    Person,
    RunEventRow,
    SessionHeld,
    Signoff,
    Signpost,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the site's settings say of its returns.

    `completion_share` is above 0 and at most 1. `in_use` are the optional instruments of the pack that the
    site uses. Texts are empty where they are not set.
    """

    site_code: str
    site_name: str
    provider: str
    central_team: str
    completion_share: Fraction
    in_use: tuple[str, ...]
    responses: bool
    attendance_reasons: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A cohort as it is held on the day `today`, with everybody on its list.

    What people typed (the reason for accepting somebody, a note on an incident, why a level was set, why a
    session was cancelled) is left out, but for the reasons of amendments, which returns give.
    """

    today: date
    head: CohortHead
    plan: CohortPlan
    pack: Pack
    asked: Asked
    people: tuple[Person, ...]
    consents: tuple[Consent, ...]
    eligibility: tuple[Eligibility, ...]
    sessions: tuple[SessionHeld, ...]
    run_events: tuple[RunEventRow, ...]
    attendance: tuple[AttendanceRow, ...]
    exercise: tuple[ExerciseRow, ...]
    levels: tuple[LevelRow, ...]
    measures: tuple[MeasureRow, ...]
    incidents: tuple[Incident, ...]
    feedback: tuple[FeedbackCount, ...]
    signposts: tuple[Signpost, ...]
    signoffs: tuple[Signoff, ...]
    amendments: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class Signing:
    """Which revision a return is: `previous_sha256` is that of the tagmanifest before, None for the first.

    `signed_on` is an instant in UTC, whole seconds.
    """

    revision: int
    previous_sha256: str | None
    signed_on: datetime
    app_version: str


def shared(held: Held) -> tuple[Person, ...]:
    """The people who are in a return, in the order of the register: who agreed to sharing and still does.

    Nothing recorded is no agreement; data withdrawn are out, whatever was agreed before.
    """
    agreed = {one.person for one in held.consents if one.kind == "sharing" and one.given}
    return tuple(person for person in held.people if person.id in agreed and person.data_withdrawn_on is None)
