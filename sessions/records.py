"""The records of a cohort that pass between rooms: people, register, log, measures, incidents, sign-offs.

Not for: storing them (`store`), the rules that judge them, or the plan of dates as a whole (`plan`). Identity
and contacts are records of their own, so that clinical work never carries a name along.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sessions.dates import Weekday
from sessions.rules import PainSite, Timepoint

Programme = Literal["knees-hips", "backs"]
DeliveryForm = Literal["in_person", "virtual", "hybrid"]
CohortState = Literal["open", "closed", "signed"]
Sex = Literal["female", "male", "other", "not_stated"]
Side = Literal["left", "right", "both", "none"]
Joint = Literal["knee", "hip", "back"]
ReferralSource = Literal["self", "gp", "physiotherapist", "msk_triage", "orthopaedics", "other"]
ConsentKind = Literal["programme", "sharing", "contact"]
ConsentHow = Literal["written", "spoken", "list", "not_stated"]
"""How consent was given: on paper, in words, as the referral list says, or not told."""
Verdict = Literal["yes", "no", "not_judged"]
Eligible = Literal["yes", "no", "accepted", "not_judged"]
WithdrawalReason = Literal[
    "better",
    "joined_gym",
    "work",
    "surgery",
    "adverse_event",
    "transferred",
    "unwell",
    "caring",
    "transport",
    "other",
    "unknown",
]
AttendanceStatus = Literal["present", "late", "left_early", "excused", "absent"]
AbsenceReason = Literal["ill", "flare_up", "work", "caring", "transport", "holiday", "other", "unknown"]
ATTENDED: frozenset[AttendanceStatus] = frozenset({"present", "late", "left_early"})
Decision = Literal["up", "hold", "ease", "substitute"]
Basis = Literal["observed", "as_planned", "not_recorded"]
MissingReason = Literal["declined", "unable", "not_offered", "lost_contact", "withdrew", "other"]
Mode = Literal["self", "read_aloud", "interpreter", "phone", "post"]
ArrivalAnswer = Literal["not_asked", "no", "yes"]
IncidentCategory = Literal[
    "fall",
    "pain",
    "cardiac_symptom",
    "dizziness",
    "breathing",
    "injury",
    "near_miss",
    "equipment",
    "other",
]
Severity = Literal["none", "minor", "moderate", "severe"]
IncidentAction = Literal[
    "rested",
    "continued_easier",
    "stopped",
    "first_aid",
    "sent_home",
    "gp",
    "urgent_care",
    "emergency_department",
    "emergency_call",
]
GoalKind = Literal["goal", "action_plan", "coping_plan"]
GoalState = Literal["open", "met", "partly_met", "dropped"]
FeedbackAnswer = Literal["very_good", "good", "neither", "poor", "very_poor", "dont_know"]
Destination = Literal[
    "leisure",
    "gym",
    "class",
    "walking_group",
    "gp",
    "physiotherapy",
    "orthopaedics",
    "online",
    "other",
    "none",
]
ReceiptVerdict = Literal["accepted", "refused"]


@dataclass(frozen=True, slots=True)
class CohortHead:
    """What a cohort is. `start_time` is `HH:MM` local time; `weekdays` are `mon` … `sun`.

    `sessions_planned` is the length of the schedule. `handed_over` says that another laptop writes it now.
    """

    code: str
    programme: Programme
    delivery: DeliveryForm
    start_date: date
    start_time: str
    weekdays: tuple[Weekday, ...]
    region: str
    sessions_planned: int
    practice: bool
    return_id: str
    state: CohortState
    closed_on: date | None
    handed_over: bool
    pack_id: str
    pack_version: str
    pack_sha256: str


@dataclass(frozen=True, slots=True)
class Person:
    """The pseudonymous record of a person. `number` is the place in the register, from 1, never reused.

    `age_band` is five years at the cohort's start (`65-69`). `came_from` and `went_to` are the codes of the
    cohorts that a person moved from and to.
    """

    id: str
    number: int
    sex: Sex
    pain_site: PainSite | None
    side: Side | None
    pain_months: int | None
    referral_source: ReferralSource | None
    needs_close_support: bool | None
    age_band: str | None
    joined_at_session: int
    index_joint: Joint | None
    index_side: Side | None
    withdrawn_on: date | None
    withdrawal_reason: WithdrawalReason | None
    withdrawn_after_session: int | None
    data_withdrawn_on: date | None
    came_from: str | None
    went_to: str | None
    erased_on: date | None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is; gone once the person is erased. `reference` is the referral list's own."""

    person: str
    reference: str | None
    given_name: str
    family_name: str
    birth_date: date | None


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person and what helps them to take part; gone once the person is erased.

    A need is `yes`, `no`, or words of its own (`loop`, `Polish`).
    """

    person: str
    phone: str | None
    emergency_contact: str | None
    emergency_phone: str | None
    language: str | None
    interpreter: str | None
    hearing_support: str | None
    sight_support: str | None


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent that was asked for; where there is no record, it was not asked or not noted."""

    person: str
    kind: ConsentKind
    given: bool
    on_date: date
    how: ConsentHow


@dataclass(frozen=True, slots=True)
class EligibilityAnswer:
    """One answer to a question of the pack's rules."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What the rules say of a person, and whether they were taken all the same."""

    person: str
    verdict: Verdict
    accepted_on: date | None
    accepted_reason: str | None

    @property
    def eligible(self) -> Eligible:
        """The code of a return: who meets the rules after all is no longer in it for a reason alone."""
        return self.verdict if self.accepted_on is None or self.verdict == "yes" else "accepted"


@dataclass(frozen=True, slots=True)
class SessionHeld:
    """How a session was held, beside its place in the plan. Minutes are None where nobody said them.

    `themes` are those covered where somebody said so; empty means as the pack has it. `facilitators` were on
    duty.
    """

    session: int
    education_minutes: int | None = None
    exercise_minutes: int | None = None
    themes: tuple[str, ...] = ()
    facilitators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunEventRow:
    """One event of a session's run, as `run_events` writes it; `seq` counts from 1 without a gap."""

    session: int
    seq: int
    event: str


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Whether a person was at a session; `reason` only where they were not."""

    person: str
    session: int
    status: AttendanceStatus
    reason: AbsenceReason | None = None

    @property
    def attended(self) -> bool:
        """Present, late or left early."""
        return self.status in ATTENDED


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """What a person did at one exercise: effort and pain from 0 to 10, `seconds` time on."""

    person: str
    session: int
    exercise: str
    level: int | None = None
    reps: int | None = None
    seconds: int | None = None
    effort: int | None = None
    pain: int | None = None
    decision: Decision | None = None
    basis: Basis = "observed"


@dataclass(frozen=True, slots=True)
class LevelRow:
    """The level a person has at an exercise from a round of a session on.

    `from_level` is the level before; `reason` stands where the decision was not as advised.
    """

    person: str
    exercise: str
    from_session: int
    level: int
    from_level: int
    from_round: int = 1
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """The answer to one question on arrival."""

    person: str
    session: int
    question: str
    answer: ArrivalAnswer


@dataclass(frozen=True, slots=True)
class ArrivalPain:
    """Pain on arrival, 0 to 10."""

    person: str
    session: int
    pain: int


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One instrument at one timepoint: taken, with its single answers, or missing for a reason.

    `answers` are the codes in the order of the items, None where an item was not answered. `joint` and `side`
    are what the answers are about. `entered_twice` says that a second typing agreed.
    """

    person: str
    instrument: str
    timepoint: Timepoint
    taken_on: date | None = None
    mode: Mode | None = None
    missing_reason: MissingReason | None = None
    joint: Joint | None = None
    side: Side | None = None
    entered_twice: bool = False
    answers: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that happened at a session. `note` stays on the laptop."""

    id: int
    session: int
    category: IncidentCategory
    severity: Severity
    action: IncidentAction
    person: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a person, on a session, or on the cohort; it never leaves the laptop."""

    id: int
    person: str | None
    session: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A person's goal, action plan or coping plan in their own words, set at a session."""

    id: int
    person: str
    session: int | None
    kind: GoalKind
    text: str
    state: GoalState


@dataclass(frozen=True, slots=True)
class FeedbackCount:
    """How often an answer was given; nothing says by whom or when."""

    question: str
    answer: FeedbackAnswer
    count: int


@dataclass(frozen=True, slots=True)
class Signpost:
    """Where a person goes on to afterwards."""

    person: str
    destination: Destination


@dataclass(frozen=True, slots=True)
class Signoff:
    """One signed revision of the return. `audit_length` and `audit_head` anchor the trail."""

    revision: int
    signed_at: datetime
    signer: str
    tagmanifest_sha256: str
    gaps_reason: str | None
    audit_length: int
    audit_head: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """Why a signed cohort was reopened after a revision."""

    after_revision: int
    reason: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the centre answered to a revision."""

    revision: int
    tagmanifest_sha256: str
    verdict: ReceiptVerdict
    reason: str | None
    received_at: datetime
