"""What can be done to a plan, and what is refused because it makes no sense."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.errors import Refused
from sessions.plan import CohortPlan, SessionStatus
from sessions.plan_acts import (
    add_extra_session,
    cancel_session,
    cut_session_short,
    deliver_session,
    merge_session,
    move_session,
)
from tests.unit.plans import MONDAY, autumn

TUESDAY = date(2026, 9, 22)
Act = Callable[[CohortPlan], CohortPlan]


def test_a_moved_session_shows_both_its_days() -> None:
    moved = move_session(move_session(autumn(), 3, TUESDAY), 3, date(2026, 9, 23)).session(3)
    assert (moved.moved_from, moved.on) == (date(2026, 9, 21), date(2026, 9, 23))
    assert moved.status is SessionStatus.PLANNED


def test_a_session_can_be_put_off_by_a_year_at_most() -> None:
    year = MONDAY + timedelta(days=366)
    assert move_session(autumn(), 6, year).session(6).on == year
    with pytest.raises(Refused, match="Check the year"):
        move_session(autumn(), 6, year + timedelta(days=1))


def test_a_session_moved_back_to_its_day_is_not_moved() -> None:
    back = move_session(move_session(autumn(), 3, TUESDAY), 3, date(2026, 9, 21))
    assert back == autumn()


def test_moving_the_first_session_earlier_moves_the_start() -> None:
    assert move_session(autumn(), 1, MONDAY - timedelta(days=3)).start == date(2026, 9, 11)


def test_cancelling_the_first_session_makes_the_next_one_the_start() -> None:
    assert cancel_session(autumn(), 1, "no heating").start == date(2026, 9, 17)


def test_a_cancelled_session_keeps_its_reason() -> None:
    cancelled = cancel_session(autumn(), 4, "  the hall was flooded ").session(4)
    assert (cancelled.status, cancelled.reason) == (SessionStatus.CANCELLED, "the hall was flooded")


def test_a_merged_session_names_the_one_it_is_held_with() -> None:
    merged = merge_session(autumn(), 4, into=5).session(4)
    assert (merged.status, merged.merged_into) == (SessionStatus.MERGED, 5)


def test_an_extra_session_gets_the_next_number_and_names_what_it_replaces() -> None:
    extra = add_extra_session(cancel_session(autumn(), 4, "no room"), TUESDAY, replaces=4).session(13)
    assert (extra.on, extra.extra, extra.replaces) == (TUESDAY, True, 4)


def test_an_extra_session_has_its_place_by_its_day() -> None:
    assert add_extra_session(autumn(4), TUESDAY).running_order == (1, 2, 3, 5, 4)


def test_the_day_of_a_cancelled_session_is_free() -> None:
    plan = cancel_session(autumn(), 4, "no room")
    assert add_extra_session(plan, plan.session(4).on).session(13).on == plan.session(4).on


def test_a_delivered_session_has_the_day_it_took_place() -> None:
    delivered = deliver_session(autumn(), 3, on=TUESDAY).session(3)
    assert (delivered.planned_date, delivered.delivered_date) == (date(2026, 9, 21), TUESDAY)


def test_a_session_delivered_as_planned_keeps_its_day() -> None:
    assert deliver_session(autumn(), 3, on=date(2026, 9, 21)) == deliver_session(autumn(), 3)


def test_a_planned_session_has_no_day_it_took_place() -> None:
    assert autumn().session(3).delivered_date is None


@pytest.mark.parametrize("before", [autumn, lambda: deliver_session(autumn(), 2)])
def test_a_session_can_be_cut_short_while_it_runs_and_put_right_afterwards(
    before: Callable[[], CohortPlan],
) -> None:
    short = cut_session_short(before(), 2, "fire alarm").session(2)
    assert (short.status, short.reason) == (SessionStatus.CUT_SHORT, "fire alarm")
    assert short.delivered_date == date(2026, 9, 17)


def _settled(plan: CohortPlan) -> CohortPlan:
    """Session 1 delivered, 2 cut short, 3 cancelled and replaced by 13, 4 merged into 5."""
    plan = cut_session_short(deliver_session(plan, 1), 2, "fire alarm")
    plan = merge_session(cancel_session(plan, 3, "no room"), 4, into=5)
    return add_extra_session(plan, TUESDAY, replaces=3)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "act",
    [
        lambda plan, number: move_session(plan, number, date(2026, 9, 30)),
        lambda plan, number: cancel_session(plan, number, "no room"),
        lambda plan, number: merge_session(plan, number, into=6),
        deliver_session,
    ],
)
def test_what_took_place_was_cancelled_or_merged_stays_so(
    act: Callable[[CohortPlan, int], CohortPlan], number: int
) -> None:
    with pytest.raises(Refused, match=rf"Session {number} is (delivered|cut short|cancelled|merged) already"):
        act(_settled(autumn()), number)


@pytest.mark.parametrize("number", [2, 3, 4])
def test_only_a_session_planned_or_delivered_can_be_cut_short(number: int) -> None:
    with pytest.raises(Refused, match="cannot be cut short"):
        cut_session_short(_settled(autumn()), number, "fire alarm")


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda plan: move_session(plan, 0, TUESDAY), "no session 0"),
        (lambda plan: deliver_session(plan, 14), "no session 14"),
        (lambda plan: merge_session(plan, 6, into=14), "no session 14"),
        (lambda plan: add_extra_session(plan, date(2026, 9, 30), replaces=14), "no session 14"),
        (lambda plan: move_session(plan, 6, plan.session(6).on), "is on .* already"),
        (lambda plan: move_session(plan, 6, plan.session(7).on), "Session 7 is on .* already"),
        (lambda plan: move_session(plan, 6, TUESDAY), "Session 13 is on .* already"),
        (lambda plan: deliver_session(plan, 6, on=TUESDAY), "Session 13 is on .* already"),
        (lambda plan: add_extra_session(plan, plan.session(7).on), "Session 7 is on .* already"),
        (lambda plan: move_session(plan, 6, date(2026, 9, 13)), "before the cohort's start"),
        (lambda plan: add_extra_session(plan, date(2026, 9, 13)), "before the cohort's start"),
        (lambda plan: move_session(plan, 6, date(2027, 10, 1)), "more than a year"),
        (lambda plan: add_extra_session(plan, date(2027, 10, 1)), "more than a year"),
        (lambda plan: merge_session(plan, 6, into=6), "into itself"),
        (lambda plan: merge_session(plan, 6, into=3), "Session 3 is cancelled"),
        (lambda plan: merge_session(plan, 6, into=4), "Session 4 is merged"),
        (lambda plan: add_extra_session(plan, date(2026, 9, 30), replaces=6), "not cancelled"),
        (lambda plan: add_extra_session(plan, date(2026, 9, 30), replaces=3), "replaced by session 13"),
        (lambda plan: add_extra_session(plan, date(2026, 9, 30), replaces=13), "extra session itself"),
        (lambda plan: cancel_session(plan, 6, "  "), "reason has 0 characters"),
        (lambda plan: cancel_session(plan, 6, "x" * 201), "reason has 201 characters"),
        (lambda plan: cancel_session(plan, 6, "a\x1bb"), "cannot be shown"),
        (lambda plan: cut_session_short(plan, 6, ""), "reason has 0 characters"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(act: Act, said: str) -> None:
    with pytest.raises(Refused, match=said):
        act(_settled(autumn()))


def test_a_replacement_that_was_cancelled_itself_can_be_replaced() -> None:
    plan = cancel_session(_settled(autumn()), 13, "no room again")
    assert add_extra_session(plan, date(2026, 9, 30), replaces=3).session(14).replaces == 3


_NUMBERS = st.integers(1, 15)
_DAYS = st.integers(-3, 60).map(lambda days: MONDAY + timedelta(days=days))
ACTS: st.SearchStrategy[Act] = st.one_of(
    st.builds(lambda n, day: lambda plan: move_session(plan, n, day), _NUMBERS, _DAYS),
    st.builds(lambda n: lambda plan: cancel_session(plan, n, "no room"), _NUMBERS),
    st.builds(lambda n, m: lambda plan: merge_session(plan, n, into=m), _NUMBERS, _NUMBERS),
    st.builds(
        lambda day, n: lambda plan: add_extra_session(plan, day, replaces=n), _DAYS, st.none() | _NUMBERS
    ),
    st.builds(lambda n: lambda plan: cut_session_short(plan, n, "fire alarm"), _NUMBERS),
    st.builds(lambda n: lambda plan: deliver_session(plan, n), _NUMBERS),
)


def done(plan: CohortPlan, acts: list[Act]) -> CohortPlan:
    """The plan after the acts, those refused left out."""
    for act in acts:
        try:
            plan = act(plan)
        except Refused:
            continue
    return plan


@settings(max_examples=80, deadline=None)
@given(st.lists(ACTS, max_size=25))
def test_whatever_is_done_numbers_stay_dense_and_no_two_sessions_share_a_day(acts: list[Act]) -> None:
    plan = done(autumn(), acts)
    days = [session.on for session in plan.standing()]
    assert [session.number for session in plan.sessions] == list(range(1, len(plan.sessions) + 1))
    assert len(set(days)) == len(days)
    assert not [session for session in plan.sessions[:12] if session.extra]
