"""What a facilitator hears where a plan departs from twice a week over at least five weeks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sessions.plan import CohortPlan, plan_cohort
from sessions.plan_acts import (
    add_extra_session,
    cancel_session,
    deliver_session,
    merge_session,
    move_session,
)
from sessions.plan_concerns import concerns
from tests.unit.plans import MONDAY, autumn


@pytest.mark.parametrize("sessions", [10, 12])
@pytest.mark.parametrize("start", [MONDAY, MONDAY + timedelta(days=1)])
def test_twice_a_week_over_five_or_six_weeks_raises_no_concern(sessions: int, start: date) -> None:
    assert concerns(plan_cohort(start, ["mon", "thu"], sessions, "GB-ENG")) == ()


def test_eight_sessions_twice_a_week_are_too_few_weeks() -> None:
    assert concerns(autumn(8)) == (
        "All sessions lie within 4 weeks: the programme is meant to run over at least 5 weeks.",
    )


def test_nine_sessions_twice_a_week_reach_into_the_fifth_week() -> None:
    assert concerns(autumn(9)) == ()


def test_once_a_week_is_said_in_one_sentence() -> None:
    assert concerns(autumn(12, ("mon",))) == (
        "The 11 weeks from Monday 14 September 2026 have fewer than two sessions each: "
        "the programme is meant to meet at least twice a week.",
    )


def test_a_week_thinned_by_a_holiday_names_it() -> None:
    assert concerns(plan_cohort(date(2026, 4, 20), ["mon", "thu"], 12, "GB-ENG")) == (
        "The week from Monday 4 May 2026 has 1 session (Monday 4 May 2026: May Day): "
        "the programme is meant to meet at least twice a week.",
        "The week from Monday 25 May 2026 has 1 session (Monday 25 May 2026: Spring Bank Holiday): "
        "the programme is meant to meet at least twice a week.",
    )


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        (move_session(autumn(), 3, date(2026, 9, 29)), "session 3 was moved"),
        (cancel_session(autumn(), 3, "the hall was flooded"), "session 3 is cancelled"),
        (merge_session(autumn(), 3, into=4), "session 3 is merged"),
    ],
)
def test_a_week_thinned_by_a_change_names_it(plan: CohortPlan, why: str) -> None:
    assert concerns(plan)[0].startswith(f"The week from Monday 21 September 2026 has 1 session ({why})")


def test_an_extra_session_mends_a_thin_week() -> None:
    cancelled = cancel_session(autumn(), 7, "the hall was flooded")
    assert len(concerns(cancelled)) == 1
    assert concerns(add_extra_session(cancelled, date(2026, 10, 7), replaces=7)) == ()


def test_a_session_moved_past_the_next_is_said() -> None:
    moved = move_session(autumn(), 3, date(2026, 9, 25))
    assert concerns(moved) == ("Session 3 now comes after session 4.",)


def test_a_session_moved_on_to_a_public_holiday_is_said() -> None:
    plan = plan_cohort(date(2026, 4, 7), ["tue", "thu"], 12, "GB-ENG")
    moved = move_session(plan, 9, date(2026, 5, 4))
    assert "Session 9 is on Monday 4 May 2026, a public holiday (May Day)." in concerns(moved)


def test_a_session_that_took_place_on_a_holiday_is_no_longer_a_concern() -> None:
    plan = plan_cohort(date(2026, 4, 7), ["tue", "thu"], 12, "GB-ENG")
    held = deliver_session(plan, 9, on=date(2026, 5, 4))
    assert not [concern for concern in concerns(held) if "public holiday" in concern]


def test_a_plan_with_everything_cancelled_says_so() -> None:
    assert concerns(cancel_session(autumn(1), 1, "no room")) == ("No session of the plan is left to meet.",)
