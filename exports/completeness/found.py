"""What is found in a cohort before it is signed: its kind, where it is, and where it is mended.

Not for: finding it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from sessions.records import ConsentKind
from sessions.rules import Timepoint

Weight = Literal["gap", "contradiction", "note"]
"""A `gap` can be accepted with a reason, a `contradiction` has to be mended, a `note` is worth a look."""


class Kind(StrEnum):
    """Everything that can be found."""

    SESSION_NOT_RECORDED = "session_not_recorded"
    SESSION_TO_COME = "session_to_come"
    REGISTER_MISSING = "register_missing"
    REGISTER_INCOMPLETE = "register_incomplete"
    DELIVERED_WITH_NOBODY = "delivered_with_nobody"
    HELD_IN_THE_FUTURE = "held_in_the_future"
    MARKED_AT_SESSION_NOT_HELD = "marked_at_session_not_held"
    ATTENDED_AFTER_LEAVING = "attended_after_leaving"
    ATTENDED_BEFORE_JOINING = "attended_before_joining"
    NOBODY_ON_DUTY = "nobody_on_duty"
    LOG_MISSING = "log_missing"
    EXERCISE_WITHOUT_ATTENDANCE = "exercise_without_attendance"
    LEVEL_WITHOUT_EXERCISE = "level_without_exercise"
    EXERCISE_NOT_IN_PACK = "exercise_not_in_pack"
    MEASURE_MISSING = "measure_missing"
    MEASURE_OUTSIDE_WINDOW = "measure_outside_window"
    MEASURE_IN_THE_FUTURE = "measure_in_the_future"
    END_BEFORE_BASELINE = "end_before_baseline"
    PLACE_CHANGED = "place_changed"
    PLACE_NOT_FIXED = "place_not_fixed"
    SCALE_NOT_SCORED = "scale_not_scored"
    CONSENT_UNKNOWN = "consent_unknown"
    TAKES_PART_WITHOUT_CONSENT = "takes_part_without_consent"
    ELIGIBILITY_NOT_JUDGED = "eligibility_not_judged"
    NOT_ELIGIBLE_NOT_ACCEPTED = "not_eligible_not_accepted"
    DETAIL_MISSING = "detail_missing"
    SIGNPOST_MISSING = "signpost_missing"
    INCIDENT_AT_SESSION_NOT_HELD = "incident_at_session_not_held"
    INCIDENT_TO_SOMEBODY_ABSENT = "incident_to_somebody_absent"
    FEEDBACK_MISSING = "feedback_missing"
    MORE_FEEDBACK_THAN_PEOPLE = "more_feedback_than_people"
    SITE_UNKNOWN = "site_unknown"
    NOBODY_SHARED = "nobody_shared"


@dataclass(frozen=True, slots=True)
class AtSession:
    """The session's own place in the plan: held, moved, cancelled."""

    session: int


@dataclass(frozen=True, slots=True)
class AtRegister:
    """The register of a session, at the person's line where there is one."""

    session: int
    person: str | None = None


@dataclass(frozen=True, slots=True)
class AtLog:
    """The exercise log of a session, at the person's line where there is one."""

    session: int
    person: str | None = None


@dataclass(frozen=True, slots=True)
class AtMeasure:
    """One measure of one person."""

    person: str
    instrument: str
    timepoint: Timepoint


@dataclass(frozen=True, slots=True)
class AtPerson:
    """What is entered of a person; `field` is the entry meant, where it is one."""

    person: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class AtConsent:
    """One consent of a person."""

    person: str
    consent: ConsentKind


@dataclass(frozen=True, slots=True)
class AtEligibility:
    """The eligibility of a person: its questions, or taking them all the same."""

    person: str


@dataclass(frozen=True, slots=True)
class AtSignpost:
    """Where a person goes on to."""

    person: str


@dataclass(frozen=True, slots=True)
class AtIncident:
    """One incident of a session, by its number in the book."""

    session: int
    incident: int


@dataclass(frozen=True, slots=True)
class AtFeedback:
    """The counts of the feedback cards."""


@dataclass(frozen=True, slots=True)
class AtSettings:
    """A key of the site's settings, as `site.code`."""

    key: str


MendAt = (
    AtSession
    | AtRegister
    | AtLog
    | AtMeasure
    | AtPerson
    | AtConsent
    | AtEligibility
    | AtSignpost
    | AtIncident
    | AtFeedback
    | AtSettings
)
"""Where something is mended: an address for a screen to go to and for a command to name."""


@dataclass(frozen=True, slots=True)
class Found:
    """One gap, contradiction or note. The sentence names nobody: `number` is the person's in the register."""

    kind: Kind
    weight: Weight
    sentence: str
    mend: MendAt
    person: str | None = None
    number: int | None = None
    session: int | None = None
    instrument: str | None = None
    timepoint: Timepoint | None = None
