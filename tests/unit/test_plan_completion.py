"""What counts towards completing: every change of a plan, and what it does to the count."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.completion import (
    completed,
    needed_to_complete,
    sessions_attended,
    sessions_counted,
    sessions_offered,
)
from sessions.errors import Refused
from sessions.plan import SessionStatus
from sessions.plan_acts import (
    add_extra_session,
    cancel_session,
    cut_session_short,
    merge_session,
    move_session,
)
from tests.unit.plans import autumn
from tests.unit.test_plan_acts import ACTS, Act, done

TUESDAY = date(2026, 9, 22)


@pytest.mark.parametrize(("sessions", "needed"), [(12, 9), (10, 8), (11, 9), (9, 7), (1, 1)])
def test_three_quarters_rounded_up_complete(sessions: int, needed: int) -> None:
    assert needed_to_complete(autumn(sessions)) == needed


def test_nine_of_twelve_complete_and_eight_do_not() -> None:
    assert completed(autumn(), range(1, 10))
    assert not completed(autumn(), range(1, 9))


def test_another_share_can_be_set() -> None:
    assert needed_to_complete(autumn(), Fraction(2, 3)) == 8


@pytest.mark.parametrize("share", [Fraction(0), Fraction(-1, 2), Fraction(101, 100)])
def test_a_share_that_cannot_complete_is_refused(share: Fraction) -> None:
    with pytest.raises(Refused, match="cannot complete"):
        needed_to_complete(autumn(), share)


def test_a_cancelled_session_leaves_the_count() -> None:
    assert sessions_counted(cancel_session(autumn(), 4, "no room")) == 11


def test_a_cancelled_session_that_is_replaced_stays_in_the_count() -> None:
    plan = add_extra_session(cancel_session(autumn(), 4, "no room"), TUESDAY, replaces=4)
    assert sessions_counted(plan) == 12


def test_a_replacement_cancelled_in_turn_takes_both_out() -> None:
    plan = add_extra_session(cancel_session(autumn(), 4, "no room"), TUESDAY, replaces=4)
    assert sessions_counted(cancel_session(plan, 13, "no room again")) == 11


def test_two_merged_sessions_count_as_one() -> None:
    assert sessions_counted(merge_session(autumn(), 4, into=5)) == 11


def test_three_sessions_merged_one_after_the_other_count_as_one() -> None:
    assert sessions_counted(merge_session(merge_session(autumn(), 4, into=5), 5, into=6)) == 10


def test_a_planned_session_merged_into_an_extra_one_still_counts() -> None:
    plan = merge_session(add_extra_session(autumn(), TUESDAY), 4, into=13)
    assert sessions_counted(plan) == 12


def test_a_replacement_merged_into_a_planned_session_counts_as_one_with_it() -> None:
    plan = add_extra_session(cancel_session(autumn(), 4, "no room"), TUESDAY, replaces=4)
    assert sessions_counted(merge_session(plan, 13, into=5)) == 11


def test_an_evening_cancelled_with_a_merged_session_takes_both_out_until_replaced() -> None:
    plan = cancel_session(merge_session(autumn(), 4, into=5), 5, "no room")
    assert sessions_counted(plan) == 10
    assert sessions_counted(add_extra_session(plan, TUESDAY, replaces=5)) == 11


def test_moved_and_cut_short_sessions_count_whole() -> None:
    plan = cut_session_short(move_session(autumn(), 4, TUESDAY), 5, "fire alarm")
    assert sessions_counted(plan) == 12


def test_an_extra_session_counts_for_who_came_and_not_in_the_denominator() -> None:
    plan = add_extra_session(autumn(), TUESDAY)
    assert needed_to_complete(plan) == 9
    assert completed(plan, [*range(1, 9), 13])


def test_both_numbers_of_a_merged_pair_are_one_attendance() -> None:
    assert sessions_attended(merge_session(autumn(), 4, into=5), [4, 5]) == 1


def test_the_same_session_twice_is_one_attendance() -> None:
    assert sessions_attended(autumn(), [3, 3]) == 1


def test_a_cancelled_session_is_no_attendance_even_where_replaced() -> None:
    plan = add_extra_session(cancel_session(autumn(), 4, "no room"), TUESDAY, replaces=4)
    assert sessions_attended(plan, [4]) == 0
    assert sessions_attended(plan, [13]) == 1


def test_attendance_at_a_session_that_is_not_in_the_plan_is_refused() -> None:
    with pytest.raises(Refused, match="no session 13"):
        sessions_attended(autumn(), [13])


def test_nobody_completes_a_programme_of_which_nothing_is_left() -> None:
    plan = cancel_session(autumn(1), 1, "no room")
    assert not completed(plan, [])


def test_who_joins_late_is_offered_the_sessions_from_then_on_and_needs_as_many_as_the_others() -> None:
    assert sessions_offered(autumn(), joined_at=3) == tuple(range(3, 13))
    assert not completed(autumn(), range(5, 13))


def test_offered_sessions_leave_out_cancelled_ones_and_extras_not_come_to() -> None:
    plan = add_extra_session(cancel_session(autumn(), 4, "no room"), TUESDAY)
    assert sessions_offered(plan, joined_at=11) == (11, 12)
    assert sessions_offered(plan, joined_at=11, attended=[13]) == (13, 11, 12)


def test_a_replacement_is_offered_by_its_day_to_who_had_joined_by_then() -> None:
    plan = add_extra_session(cancel_session(autumn(), 4, "no room"), date(2026, 10, 23), replaces=4)
    assert sessions_offered(plan, joined_at=11) == (11, 12, 13)


def test_who_joined_at_a_merged_session_joined_at_the_one_it_was_held_with() -> None:
    assert sessions_offered(merge_session(autumn(6), 2, into=4), joined_at=2) == (4, 5, 6)


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=20), st.integers(1, 12))
def test_cancelling_never_raises_what_is_needed(acts: list[Act], number: int) -> None:
    plan = done(autumn(), acts)
    if plan.session(number).status is not SessionStatus.PLANNED:
        return
    assert needed_to_complete(cancel_session(plan, number, "no room")) <= needed_to_complete(plan)


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=20), st.sets(st.integers(1, 12)), st.integers(1, 12))
def test_nobody_attends_more_than_was_offered(acts: list[Act], attended: set[int], joined_at: int) -> None:
    plan = done(autumn(), acts)
    assert sessions_attended(plan, attended) <= len(sessions_offered(plan, joined_at, attended))


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=20))
def test_the_count_is_never_more_than_was_planned_nor_than_stands(acts: list[Act]) -> None:
    plan = done(autumn(), acts)
    assert sessions_counted(plan) <= min(12, len(plan.standing()))
