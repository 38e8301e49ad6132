"""On which dates a cohort meets, which it passes over, and what it is told about them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.dates import WEEKDAYS, day_in_words, week_of, weekday_of, weekdays_in_order
from sessions.errors import Refused
from sessions.plan import plan_cohort
from sessions.public_holidays import REGIONS_OF_THE_UK, public_holidays
from tests.unit.plans import MONDAY, autumn

EASTER_MONDAY = date(2026, 4, 6)


def test_twelve_sessions_twice_a_week_fill_six_weeks() -> None:
    days = [session.on for session in autumn().sessions]
    assert days[:3] == [date(2026, 9, 14), date(2026, 9, 17), date(2026, 9, 21)]
    assert days[-1] == date(2026, 10, 22)


def test_a_public_holiday_is_passed_over_by_its_name() -> None:
    plan = plan_cohort(date(2026, 3, 30), ["mon", "fri"], 4, "GB-ENG")
    assert [(passed.day, passed.why) for passed in plan.passed_over] == [
        (date(2026, 4, 3), "Good Friday"),
        (EASTER_MONDAY, "Easter Monday"),
    ]
    assert [session.on.day for session in plan.sessions] == [30, 10, 13, 17]


def test_a_date_asked_to_be_skipped_is_passed_over_as_asked() -> None:
    plan = plan_cohort(MONDAY, ["mon"], 2, "GB-ENG", skip=[date(2026, 9, 21)])
    assert [session.on for session in plan.sessions] == [MONDAY, date(2026, 9, 28)]
    assert [passed.why for passed in plan.passed_over] == ["asked to be skipped"]
    assert plan.notes == ()


def test_a_skipped_date_that_no_session_would_have_is_said() -> None:
    plan = plan_cohort(MONDAY, ["mon"], 2, "GB-ENG", skip=[date(2026, 9, 16)])
    assert plan.notes == (
        "Wednesday 16 September 2026 was to be skipped, but no session would have fallen on it.",
    )


def test_a_start_between_the_days_begins_on_the_next_one_and_says_so() -> None:
    plan = plan_cohort(date(2026, 9, 15), ["thu", "mon"], 12, "GB-ENG")
    assert plan.start == date(2026, 9, 17)
    assert plan.notes == (
        "Tuesday 15 September 2026 is not a day the group meets on (Monday and Thursday): "
        "the first session is on Thursday 17 September 2026.",
    )


def test_a_start_on_one_of_the_days_needs_no_note() -> None:
    assert autumn().notes == ()


@pytest.mark.parametrize(
    ("region", "meets"),
    [("GB-ENG", False), ("GB-WLS", False), ("GB-NIR", False), ("IE", False), ("GB-SCT", True)],
)
def test_easter_monday_is_a_holiday_except_in_scotland(region: str, meets: bool) -> None:
    plan = plan_cohort(EASTER_MONDAY, ["mon"], 1, region)
    assert (plan.start == EASTER_MONDAY) is meets


def test_a_substitute_day_is_passed_over() -> None:
    plan = plan_cohort(date(2026, 12, 28), ["mon"], 1, "GB-ENG")
    assert plan.start == date(2027, 1, 4)


@pytest.mark.parametrize("region", ["GB", "GB-QQ", "XX", "England", "gb-eng", "", "GB-", "ECB", "IE-ZZ"])
def test_a_region_that_is_not_known_is_refused(region: str) -> None:
    with pytest.raises(Refused, match="GB-ENG, GB-WLS, GB-SCT, GB-NIR"):
        plan_cohort(MONDAY, ["mon"], 1, region)


def test_a_year_without_known_holidays_is_refused() -> None:
    with pytest.raises(Refused, match="not known for the year 2101"):
        plan_cohort(date(2101, 1, 3), ["mon"], 1, "GB-ENG")


def test_holidays_are_named_in_english_whatever_the_machine_speaks() -> None:
    asked = "from datetime import date; from sessions.public_holidays import public_holidays as p; "
    said = subprocess.run(
        [sys.executable, "-c", f"{asked}import sys; sys.stdout.write(p('FR')(date(2026, 12, 25)))"],
        env={**os.environ, "LANG": "fr_FR.UTF-8", "LANGUAGE": "fr"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "Christmas Day"


def test_a_region_without_english_names_keeps_its_own() -> None:
    assert public_holidays("DE-BY")(date(2026, 1, 6)) is not None


@pytest.mark.parametrize("weekdays", [[], ["mon", "mon"], ["mon", "Mon "], ["monday"], [""]])
def test_no_weekday_one_twice_or_an_unknown_one_is_refused(weekdays: list[str]) -> None:
    with pytest.raises(Refused):
        plan_cohort(MONDAY, weekdays, 12, "GB-ENG")


def test_weekdays_are_put_in_the_order_of_the_week() -> None:
    assert weekdays_in_order(["thu", " MON"]) == ("mon", "thu")


@pytest.mark.parametrize("sessions", [-1, 0, 41])
def test_a_number_of_sessions_that_no_cohort_has_is_refused(sessions: int) -> None:
    with pytest.raises(Refused, match=f"cannot have {sessions} sessions"):
        plan_cohort(MONDAY, ["mon"], sessions, "GB-ENG")


@pytest.mark.parametrize(("days", "week"), [(-8, -2), (-7, -1), (-1, -1), (0, 0), (6, 0), (7, 1), (41, 5)])
def test_weeks_are_counted_whole_from_the_start_and_negative_before(days: int, week: int) -> None:
    assert week_of(MONDAY, MONDAY + timedelta(days=days)) == week


def test_a_date_is_read_out_in_full() -> None:
    assert day_in_words(date(2027, 2, 3)) == "Wednesday 3 February 2027"


@settings(max_examples=60, deadline=None)
@given(
    start=st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    weekdays=st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True),
    sessions=st.integers(1, 14),
    region=st.sampled_from([*REGIONS_OF_THE_UK, "IE"]),
    skipped=st.sets(st.integers(0, 60), max_size=8),
)
def test_every_plan_keeps_to_its_days_and_leaves_none_out(
    start: date, weekdays: list[str], sessions: int, region: str, skipped: set[int]
) -> None:
    skip = {start + timedelta(days=days) for days in skipped}
    plan = plan_cohort(start, weekdays, sessions, region, skip)
    days = [session.on for session in plan.sessions]
    passed = {date_passed.day for date_passed in plan.passed_over}
    holiday_on = public_holidays(region)
    assert [session.number for session in plan.sessions] == list(range(1, sessions + 1))
    assert days == sorted(set(days))
    assert not [day for day in days if weekday_of(day) not in weekdays or day in skip or holiday_on(day)]
    every_day = {start + timedelta(days=n) for n in range((days[-1] - start).days + 1)}
    assert {day for day in every_day if weekday_of(day) in weekdays} == set(days) | passed
