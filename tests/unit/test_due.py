"""What is owed of which measure, on which day: windows to their borders, who has left, what is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from sessions.due import Days, Due, DueState, OnRecord, measures_due, window_of
from sessions.pack import Pack
from sessions.pack_files import shipped_pack
from sessions.plan import CohortPlan, PlannedSession, SessionStatus
from sessions.records import MeasureRow, Person
from sessions.rules import PainSite, Timepoint

START, LAST = date(2026, 10, 5), date(2026, 11, 12)
DAY = timedelta(days=1)
BASELINE = Days(date(2026, 9, 7), date(2026, 10, 12))
END = Days(date(2026, 11, 5), date(2026, 12, 10))


@cache
def pack(name: str = "knees-hips") -> Pack:
    return shipped_pack(name)


def plan() -> CohortPlan:
    days = [START + timedelta(days=7 * (n // 2) + 3 * (n % 2)) for n in range(12)]
    sessions = tuple(PlannedSession(number, on, on) for number, on in enumerate(days, start=1))
    return CohortPlan("GB-ENG", ("mon", "thu"), sessions)


def person(number: int = 1, pain_site: PainSite | None = "knee") -> Person:
    return Person(
        id=f"P{number}",
        number=number,
        sex="female",
        pain_site=pain_site,
        side="left",
        pain_months=30,
        referral_source="gp",
        needs_close_support=None,
        age_band="65-69",
        joined_at_session=1,
        index_joint=None,
        index_side=None,
        withdrawn_on=None,
        withdrawal_reason=None,
        withdrawn_after_session=None,
        data_withdrawn_on=None,
        came_from=None,
        went_to=None,
        erased_on=None,
    )


def owed(
    today: date, *measures: MeasureRow, who: Person | None = None, sessions: CohortPlan | None = None
) -> tuple[Due, ...]:
    return measures_due(pack(), OnRecord(sessions or plan(), (who or person(),), measures), today)


def state(today: date, timepoint: Timepoint, *measures: MeasureRow) -> DueState:
    (one,) = [
        due for due in owed(today, *measures) if (due.instrument, due.timepoint) == ("pain-nrs", timepoint)
    ]
    return one.state


def taken(on: date, timepoint: Timepoint = "baseline") -> MeasureRow:
    return MeasureRow("P1", "pain-nrs", timepoint, taken_on=on, mode="self", answers=("4",))


@pytest.mark.parametrize(
    ("timepoint", "first", "last"),
    [
        ("baseline", START - 28 * DAY, START + 7 * DAY),
        ("end", LAST - 7 * DAY, LAST + 28 * DAY),
        ("follow_up_6", date(2027, 5, 12) - 42 * DAY, date(2027, 5, 12) + 42 * DAY),
        ("follow_up_12", date(2027, 11, 12) - 42 * DAY, date(2027, 11, 12) + 42 * DAY),
    ],
)
def test_a_window_is_due_from_its_first_day_to_its_last(
    timepoint: Timepoint, first: date, last: date
) -> None:
    assert window_of(timepoint, pack().windows, plan()) == Days(first, last)
    assert [state(day, timepoint) for day in (first - DAY, first, last, last + DAY)] == [
        "not_yet",
        "due",
        "due",
        "overdue",
    ]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (BASELINE.first - DAY, "outside_window"),
        (BASELINE.first, "recorded"),
        (BASELINE.last, "recorded"),
        (BASELINE.last + DAY, "outside_window"),
    ],
)
def test_what_was_taken_counts_in_its_window_alone(on: date, expected: DueState) -> None:
    assert state(LAST, "baseline", taken(on)) == expected


def test_a_reason_for_nothing_settles_it_on_any_day() -> None:
    missing = MeasureRow("P1", "pain-nrs", "baseline", missing_reason="declined")
    for today in (BASELINE.first - DAY, BASELINE.last, BASELINE.last + DAY):
        assert state(today, "baseline", missing) == "missing"


def test_a_measure_settles_its_own_timepoint_and_no_other() -> None:
    assert state(LAST, "end", taken(START)) == "due"


@pytest.mark.parametrize(
    ("last_day", "months_later"),
    [(date(2026, 8, 31), date(2027, 2, 28)), (date(2027, 8, 31), date(2028, 2, 29))],
)
def test_a_month_without_that_day_ends_on_its_last(last_day: date, months_later: date) -> None:
    moved = replace(plan(), sessions=(PlannedSession(1, last_day, last_day),))
    window = window_of("follow_up_6", pack().windows, moved)
    assert (window.first + 42 * DAY, window.last - 42 * DAY) == (months_later, months_later)


def test_windows_hang_on_the_sessions_that_stand() -> None:
    first, *between, last = plan().sessions
    gone = replace(
        plan(),
        sessions=(
            replace(first, status=SessionStatus.CANCELLED),
            *between,
            replace(last, status=SessionStatus.CANCELLED),
        ),
    )
    assert window_of("baseline", pack().windows, gone) == Days(
        BASELINE.first + 3 * DAY, BASELINE.last + 3 * DAY
    )
    assert window_of("end", pack().windows, gone) == Days(END.first - 3 * DAY, END.last - 3 * DAY)


def test_windows_of_a_plan_that_was_cancelled_altogether_stay_where_they_were() -> None:
    cancelled = tuple(replace(one, status=SessionStatus.CANCELLED) for one in plan().sessions)
    gone = replace(plan(), sessions=cancelled)
    assert window_of("baseline", pack().windows, gone) == BASELINE
    assert window_of("end", pack().windows, gone) == END


def test_who_joins_later_has_their_baseline_at_their_own_first_session() -> None:
    late = replace(person(), joined_at_session=3)
    due = next(due for due in owed(START, who=late) if due.timepoint == "baseline")
    assert due.window == Days(BASELINE.first + 7 * DAY, BASELINE.last + 7 * DAY)


@pytest.mark.parametrize(
    "who",
    [
        replace(person(), withdrawn_on=START + 10 * DAY),
        replace(person(), data_withdrawn_on=START + 10 * DAY),
        replace(person(), erased_on=START + 10 * DAY),
    ],
    ids=["left", "data withdrawn", "erased"],
)
def test_who_has_left_owes_nothing_from_that_day_on_and_keeps_what_was_recorded(who: Person) -> None:
    recorded = taken(START)
    before = owed(START + 9 * DAY, recorded, who=who)
    after = owed(START + 10 * DAY, recorded, who=who)
    assert any(due.owed for due in before)
    assert [(due.instrument, due.state) for due in after] == [("pain-nrs", "recorded")]


@pytest.mark.parametrize(
    ("pain_site", "instruments"),
    [
        ("knee", {"koos", "chair-stand-30s", "activity-days", "pain-nrs"}),
        ("knee_and_hip", {"koos", "chair-stand-30s", "activity-days", "pain-nrs"}),
        ("hip", {"hoos", "chair-stand-30s", "activity-days", "pain-nrs"}),
        (None, {"chair-stand-30s", "activity-days", "pain-nrs"}),
        ("back", set()),
    ],
)
def test_what_is_asked_depends_on_where_it_hurts(pain_site: PainSite | None, instruments: set[str]) -> None:
    rows = owed(START, who=person(pain_site=pain_site))
    assert {due.instrument for due in rows if due.timepoint == "baseline"} == instruments


def test_optional_instruments_are_asked_where_the_site_uses_them() -> None:
    rows = measures_due(pack(), OnRecord(plan(), (person(),), ()), START, in_use=("hads", "hoos-12", "tug"))
    assert {due.timepoint for due in rows if due.instrument == "hads"} == {"baseline", "end"}
    assert not {due.instrument for due in rows} & {"swemwbs", "hoos-12", "tug"}


def test_the_other_programme_asks_its_own() -> None:
    record = OnRecord(plan(), (person(pain_site=None),), ())
    rows = measures_due(pack("backs"), record, START)
    assert {due.instrument for due in rows if due.timepoint == "baseline"} == {
        "start-back",
        "msk-hq",
        "activity-days",
        "chair-stand-30s",
        "pain-nrs",
    }
    assert {due.timepoint for due in rows if due.instrument == "start-back"} == {"baseline"}


def test_rows_stand_by_timepoint_then_register_then_pack() -> None:
    people = (person(2), person(1))
    rows = measures_due(pack(), OnRecord(plan(), people, ()), START)
    assert [(due.timepoint, due.person, due.instrument) for due in rows][:5] == [
        ("baseline", "P1", "koos"),
        ("baseline", "P1", "chair-stand-30s"),
        ("baseline", "P1", "activity-days"),
        ("baseline", "P1", "pain-nrs"),
        ("baseline", "P2", "koos"),
    ]
    assert [due.timepoint for due in rows] == sorted((due.timepoint for due in rows), key=ORDER.index)


ORDER = ["baseline", "end", "follow_up_6", "follow_up_12"]
