"""A cohort as a return needs it, complete and without a fault, to be changed by a test in one thing.

Not for: checking anything.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import Final

from exports.held import Asked, Held, Signing
from exports.rows import Tables
from exports.tables import tables_of
from sessions.instrument_files import load_instrument
from sessions.pack import Pack
from sessions.pack_files import shipped_pack
from sessions.plan import CohortPlan
from sessions.plan_acts import deliver_session
from sessions.records import (
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
    SessionHeld,
    Signpost,
)
from sessions.rules import Timepoint
from tests.unit.plans import MONDAY, autumn

TODAY: Final = date(2026, 11, 10)
"""After the last session, while the measures of the end still count."""
FIRST, LAST = MONDAY, date(2026, 10, 22)
SIGNING = Signing(1, None, datetime(2026, 11, 10, 18, 30, 5, tzinfo=UTC), "1.0.0")
ANN, BEN, CAT = "PAAAAAAAAAA", "PBBBBBBBBBB", "PCCCCCCCCCC"
PEOPLE = (ANN, BEN, CAT)
ASKED = ("koos", "chair-stand-30s", "activity-days", "pain-nrs")
"""What the programme for knees asks at baseline and at the end."""


@cache
def pack() -> Pack:
    return shipped_pack("knees-hips")


@cache
def plan() -> CohortPlan:
    made = autumn()
    for number in range(1, 13):
        made = deliver_session(made, number)
    return made


def person(name: str, number: int) -> Person:
    return Person(
        id=name,
        number=number,
        sex="female",
        pain_site="knee",
        side="left",
        pain_months=30,
        referral_source="gp",
        needs_close_support=False,
        age_band="65-69",
        joined_at_session=1,
        index_joint="knee",
        index_side="left",
        withdrawn_on=None,
        withdrawal_reason=None,
        withdrawn_after_session=None,
        data_withdrawn_on=None,
        came_from=None,
        went_to=None,
        erased_on=None,
    )


def measure(name: str, instrument: str, timepoint: Timepoint, answers: tuple[str | None, ...]) -> MeasureRow:
    on = FIRST if timepoint == "baseline" else LAST
    return MeasureRow(name, instrument, timepoint, on, "self", joint="knee", side="left", answers=answers)


def sheets(name: str, number: int) -> tuple[MeasureRow, ...]:
    """Everything that is asked of a person: the higher the number, the more they gain."""
    found = []
    for instrument in ASKED:
        items = load_instrument(instrument).item_count
        before = {"koos": "3", "chair-stand-30s": "8", "activity-days": "2", "pain-nrs": "7"}[instrument]
        after = {"koos": "2", "chair-stand-30s": str(8 + number), "activity-days": "4", "pain-nrs": "5"}
        found.append(measure(name, instrument, "baseline", (before,) * items))
        # One answer more each makes the changes of people differ.
        end = (after[instrument],) * items
        kept = ("1",) * number + end[number:] if instrument == "koos" else end
        found.append(measure(name, instrument, "end", kept))
    return tuple(found)


@cache
def held() -> Held:
    """Three people who came to everything and answered everything, and a plan without a hitch."""
    of_pack = pack()
    return Held(
        today=TODAY,
        head=CohortHead(
            code="K26-1",
            programme="knees-hips",
            delivery="in_person",
            start_date=FIRST,
            start_time="10:00",
            weekdays=("mon", "thu"),
            region="GB-ENG",
            sessions_planned=12,
            practice=False,
            return_id="2c6f0b9e-0000-4000-8000-00000000000a",
            state="open",
            closed_on=None,
            handed_over=False,
            pack_id=of_pack.id,
            pack_version=of_pack.version,
            pack_sha256="ab" * 32,
        ),
        plan=plan(),
        pack=of_pack,
        asked=Asked(
            site_code="S042",
            site_name="Môn Hall",
            provider="Ynys Leisure",
            central_team="Central team",
            completion_share=Fraction(3, 4),
            in_use=(),
            responses=True,
            attendance_reasons=True,
        ),
        people=tuple(person(name, number) for number, name in enumerate(PEOPLE, start=1)),
        consents=tuple(
            Consent(name, kind, True, FIRST, "written")
            for name in PEOPLE
            for kind in ("programme", "sharing", "contact")
        ),
        eligibility=tuple(Eligibility(name, "yes", None, None) for name in PEOPLE),
        sessions=tuple(SessionHeld(number, 20, 45, (), ("jk",)) for number in range(1, 13)),
        run_events=(),
        attendance=tuple(
            AttendanceRow(name, number, "present") for number in range(1, 13) for name in PEOPLE
        ),
        exercise=tuple(
            ExerciseRow(name, number, "sit-to-stand", 2, 10, None, 4, 2, "hold")
            for number in range(1, 13)
            for name in PEOPLE
        ),
        levels=tuple(LevelRow(name, "sit-to-stand", 1, 2, 1) for name in PEOPLE),
        measures=tuple(row for number, name in enumerate(PEOPLE, start=1) for row in sheets(name, number)),
        incidents=(Incident(1, 3, "fall", "minor", "rested", BEN, None),),
        feedback=(FeedbackCount("fft", "very_good", 2),),
        signposts=tuple(Signpost(name, "gym") for name in PEOPLE),
        signoffs=(),
        amendments=(),
    )


def tables(of: Held | None = None) -> Tables:
    return tables_of(held() if of is None else of, SIGNING)


def without_consent(of: Held, name: str) -> Held:
    """The cohort in which a person said no to sharing."""
    said = tuple(
        replace(one, given=False) if (one.person, one.kind) == (name, "sharing") else one
        for one in of.consents
    )
    return replace(of, consents=said)


def with_person(of: Held, name: str, **said: object) -> Held:
    """The cohort in which something else is so of a person."""
    people = tuple(replace(one, **said) if one.id == name else one for one in of.people)  # type: ignore[arg-type]
    return replace(of, people=people)


def with_measure(of: Held, name: str, instrument: str, timepoint: Timepoint, **said: object) -> Held:
    """The cohort in which something else is so of a measure."""
    key = (name, instrument, timepoint)
    rows = tuple(
        replace(one, **said) if (one.person, one.instrument, one.timepoint) == key else one  # type: ignore[arg-type]
        for one in of.measures
    )
    return replace(of, measures=rows)


def without_measure(of: Held, name: str, instrument: str, timepoint: Timepoint) -> Held:
    """The cohort in which a measure was never entered."""
    key = (name, instrument, timepoint)
    rows = tuple(one for one in of.measures if (one.person, one.instrument, one.timepoint) != key)
    return replace(of, measures=rows)


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)
