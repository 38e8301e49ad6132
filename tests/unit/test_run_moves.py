"""Going on, back and elsewhere in a run, and giving its steps more time or less."""

from __future__ import annotations

from functools import partial

import pytest

from sessions.circuit import where
from sessions.run import RunState, back_to
from sessions.run_events import (
    FinishWhenReady,
    JumpedToStation,
    JumpedToStep,
    LeftGroup,
    Paused,
    Resumed,
    SatOut,
    Seated,
    SeatedLate,
    TimeAdded,
    TimesChanged,
    WentBack,
    WentOn,
)
from sessions.run_steps import BoutTimes, Kind, Phase, RunPlan, Step, talk
from tests.unit.run_plans import Hall, a_circuit, an_evening, seconds

LAST = len(an_evening().steps) - 1


def place_of(state: RunState) -> tuple[Kind, int | None, int | None]:
    return state.step.kind, state.step.round, state.step.bout


def seat_eight(hall: Hall) -> None:
    hall.do(lambda at: Seated(at, tuple(f"P{number}" for number in range(1, 9))))


def test_going_on_begins_the_next_step_at_its_full_time() -> None:
    hall = Hall(an_evening())
    hall.after(100)
    state = hall.do(WentOn)
    assert (state.step.phase, state.remaining) == (Phase.EDUCATION, seconds(900))


def test_going_on_past_the_last_step_changes_nothing() -> None:
    hall = Hall(an_evening())
    hall.do(partial(JumpedToStep, step=LAST))
    before = hall.after(10)
    assert hall.do(WentOn) == before


def test_going_back_begins_the_step_before_anew() -> None:
    hall = Hall(a_circuit())
    hall.after(40)
    state = hall.do(WentBack)
    assert (state.step.kind, state.elapsed) == (Kind.READY, seconds(0))


def test_going_back_from_the_first_step_begins_it_anew() -> None:
    hall = Hall(an_evening())
    hall.after(40)
    state = hall.do(WentBack)
    assert (state.index, state.elapsed) == (0, seconds(0))


def test_parts_of_no_seconds_are_passed_over_on_the_way_and_back() -> None:
    hall = Hall(a_circuit(times=BoutTimes(ready=0, work=60, change=0, rest=0)))
    hall.do(Paused)
    assert place_of(hall.state) == (Kind.WORK, 1, 1)
    assert place_of(hall.do(WentOn)) == (Kind.WORK, 1, 2)
    assert place_of(hall.do(WentBack)) == (Kind.WORK, 1, 1)


def test_going_on_during_a_pause_stays_paused() -> None:
    hall = Hall(a_circuit())
    hall.do(Paused)
    state = hall.do(WentOn)
    assert (state.step.kind, state.paused) == (Kind.WORK, True)
    assert hall.after(30).elapsed == seconds(0)


def test_a_slip_of_going_on_can_be_undone_to_the_same_second_and_the_same_length() -> None:
    hall = Hall(a_circuit())
    hall.after(30)
    hall.do(partial(TimeAdded, seconds=30))
    before = hall.state
    hall.do(WentOn)
    assert hall.do(partial(back_to, before)) == before


@pytest.mark.parametrize("step", [-1, LAST + 1])
def test_a_jump_to_a_step_that_is_not_there_changes_nothing(step: int) -> None:
    hall = Hall(an_evening())
    before = hall.after(10)
    assert hall.do(partial(JumpedToStep, step=step)) == before


@pytest.mark.parametrize("group", [1, 2, 3, 4])
@pytest.mark.parametrize("station", [1, 2, 3, 4])
def test_a_jump_to_a_station_brings_the_group_to_it(group: int, station: int) -> None:
    hall = Hall(an_evening())
    seat_eight(hall)
    state = hall.do(partial(JumpedToStation, station=station, group=group))
    assert (state.step.kind, state.step.round, state.elapsed) == (Kind.READY, 1, seconds(0))
    assert state.step.bout is not None
    place = where(state.seating, f"P{2 * group}", state.step.bout)
    assert place is not None
    assert place.station == station


def test_a_jump_to_a_station_stays_in_the_present_round() -> None:
    hall = Hall(a_circuit())
    seat_eight(hall)
    hall.after(10 * 60)
    assert place_of(hall.do(partial(JumpedToStation, station=1))) == (Kind.READY, 2, 1)


def test_a_jump_to_a_station_that_is_not_there_changes_nothing() -> None:
    hall = Hall(a_circuit())
    before = hall.after(10)
    assert hall.do(partial(JumpedToStation, station=9)) == before


def test_thirty_seconds_more_are_given_to_the_present_step_alone() -> None:
    hall = Hall(a_circuit())
    hall.after(20)
    state = hall.do(partial(TimeAdded, seconds=30))
    assert (state.step.kind, state.remaining) == (Kind.WORK, seconds(80))
    assert hall.after(80).step.kind is Kind.CHANGE
    assert hall.after(30 + 5).remaining == seconds(55)


def test_thirty_seconds_more_than_are_left_end_the_step_and_nothing_else() -> None:
    hall = Hall(a_circuit())
    hall.after(60)
    state = hall.do(partial(TimeAdded, seconds=-30))
    assert (state.step.kind, state.elapsed) == (Kind.CHANGE, seconds(0))


def test_taking_time_away_during_a_pause_leaves_nothing_under_zero() -> None:
    hall = Hall(a_circuit())
    hall.after(60)
    hall.do(Paused)
    state = hall.do(partial(TimeAdded, seconds=-30))
    assert (state.step.kind, state.remaining, state.over_time) == (Kind.WORK, seconds(0), seconds(0))
    hall.do(Resumed)
    assert hall.after(5).elapsed == seconds(5)


def test_time_given_to_a_talk_that_has_run_over_counts_from_now() -> None:
    hall = Hall(an_evening())
    hall.after(12 * 60)
    state = hall.do(partial(TimeAdded, seconds=30))
    assert (state.remaining, state.over_time) == (seconds(30), seconds(0))


def test_time_taken_from_a_talk_that_has_run_over_does_not_add_to_the_over_time() -> None:
    hall = Hall(an_evening())
    before = hall.after(12 * 60)
    assert hall.do(partial(TimeAdded, seconds=-30)) == before


def test_time_taken_from_a_talk_leaves_it_at_zero() -> None:
    hall = Hall(an_evening())
    hall.after(590)
    state = hall.do(partial(TimeAdded, seconds=-30))
    assert (state.step.phase, state.remaining, state.over_time) == (Phase.ARRIVAL, seconds(0), seconds(0))


def test_a_longer_change_holds_for_this_and_every_later_one() -> None:
    hall = Hall(a_circuit())
    hall.after(75)
    state = hall.do(partial(TimesChanged, part=Kind.CHANGE, seconds=45))
    assert (state.step.kind, state.remaining) == (Kind.CHANGE, seconds(40))
    assert hall.after(40 + 10 + 60).remaining == seconds(45)


def test_a_longer_change_lengthens_the_session_by_every_change_still_to_come() -> None:
    hall = Hall(a_circuit())
    before = hall.state.session_remaining
    after = hall.do(partial(TimesChanged, part=Kind.CHANGE, seconds=45)).session_remaining
    assert after - before == seconds(2 * 3 * 25)


def test_a_work_time_shorter_than_what_is_done_already_ends_this_bout_and_nothing_else() -> None:
    hall = Hall(a_circuit())
    hall.after(60)
    state = hall.do(partial(TimesChanged, part=Kind.WORK, seconds=30))
    assert (state.step.kind, state.elapsed) == (Kind.CHANGE, seconds(0))


@pytest.mark.parametrize(("part", "given"), [(Kind.WORK, 5), (Kind.CHANGE, -1), (Kind.TALK, 60)])
def test_times_that_no_circuit_can_have_change_nothing(part: Kind, given: int) -> None:
    hall = Hall(a_circuit())
    before = hall.after(30)
    assert hall.do(partial(TimesChanged, part=part, seconds=given)) == before


def test_more_than_an_hour_at_once_is_not_added() -> None:
    hall = Hall(an_evening())
    before = hall.after(30)
    assert hall.do(partial(TimeAdded, seconds=10**15)) == before


def test_a_step_that_is_to_finish_when_ready_waits_at_zero_until_somebody_goes_on() -> None:
    hall = Hall(a_circuit())
    hall.after(20)
    hall.do(FinishWhenReady)
    state = hall.after(70)
    assert (state.step.kind, state.waiting, state.remaining) == (Kind.WORK, True, seconds(0))
    assert state.over_time == seconds(20)
    state = hall.do(WentOn)
    assert (state.step.kind, state.waiting, state.finish_when_ready) == (Kind.CHANGE, False, False)


def test_a_step_that_no_longer_finishes_when_ready_goes_on_from_zero() -> None:
    hall = Hall(a_circuit())
    hall.after(20)
    hall.do(FinishWhenReady)
    hall.after(200)
    state = hall.do(partial(FinishWhenReady, on=False))
    assert (state.step.kind, state.elapsed) == (Kind.CHANGE, seconds(0))


def test_more_groups_than_stations_lengthen_every_round_by_their_turns() -> None:
    hall = Hall(an_evening())
    state = hall.do(lambda at: Seated(at, tuple(f"P{number}" for number in range(1, 11))))
    assert state.seating.bouts == 5
    bouts = [step.bout for step in hall.run.steps if step.kind is Kind.WORK]
    assert bouts == [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]


def test_seating_before_anyone_has_a_place_keeps_the_present_second_of_the_circuit() -> None:
    hall = Hall(an_evening())
    hall.do(partial(JumpedToStation, station=2))
    hall.after(40)
    state = hall.do(lambda at: Seated(at, tuple(f"P{number}" for number in range(1, 11))))
    assert place_of(state) == (Kind.WORK, 1, 2)
    assert (state.elapsed, state.seating.bouts) == (seconds(30), 5)


def test_seating_again_once_the_circuit_has_begun_reshuffles_nobody() -> None:
    hall = Hall(a_circuit())
    seat_eight(hall)
    before = hall.after(30)
    assert hall.do(lambda at: Seated(at, ("P8", "P7"))) == before


def test_seating_again_before_the_circuit_starts_afresh() -> None:
    hall = Hall(an_evening())
    seat_eight(hall)
    state = hall.do(lambda at: Seated(at, ("P8", "P7")))
    assert state.seating.groups == (("P8",), ("P7",), (), ())


def test_one_who_leaves_and_comes_back_finds_the_same_group_at_its_present_station() -> None:
    hall = Hall(a_circuit())
    seat_eight(hall)
    before = hall.after(100)
    hall.do(partial(LeftGroup, person="P3"))
    assert hall.do(partial(SeatedLate, person="P3")).seating.group_of("P3") == before.seating.group_of("P3")


def test_a_jump_lands_inside_its_step_whatever_it_asks() -> None:
    hall = Hall(an_evening())
    state = hall.do(partial(JumpedToStep, step=1, into=seconds(-5), added=seconds(-5000)))
    assert (state.elapsed, state.remaining, state.over_time) == (seconds(0), seconds(0), seconds(0))
    assert hall.after(7).over_time == seconds(7)


def test_a_jump_to_a_station_during_a_pause_passes_over_a_get_ready_of_no_seconds() -> None:
    hall = Hall(a_circuit(times=BoutTimes(ready=0, work=60, change=0, rest=0)))
    hall.do(Paused)
    assert place_of(hall.do(partial(JumpedToStation, station=3))) == (Kind.WORK, 1, 3)


def test_a_talk_waits_for_somebody_anyway_and_needs_no_asking() -> None:
    hall = Hall(an_evening())
    before = hall.after(700)
    assert hall.do(FinishWhenReady) == before


def test_seating_again_once_everyone_has_left_the_circuit_changes_nothing() -> None:
    hall = Hall(a_circuit())
    hall.do(lambda at: Seated(at, ("P1",)))
    before = hall.do(partial(LeftGroup, person="P1"))
    assert hall.do(lambda at: Seated(at, ("P2",))) == before


def test_one_who_sits_out_before_the_seating_sits_out_in_it() -> None:
    hall = Hall(an_evening())
    hall.do(partial(SatOut, person="P3"))
    seat_eight(hall)
    place = where(hall.state.seating, "P3", 1)
    assert place is not None
    assert place.sits_out


def test_seating_after_the_circuit_keeps_the_present_step() -> None:
    breath = Step(Phase.RELAXATION, Kind.SEQUENCE, 60, "Breathe")
    plan = a_circuit()
    hall = Hall(RunPlan((*plan.steps, breath, breath), plan.stations))
    hall.do(partial(JumpedToStep, step=len(plan.steps) + 1))
    before = hall.after(10)
    state = hall.do(lambda at: Seated(at, tuple(f"P{number}" for number in range(1, 11))))
    assert (state.elapsed, state.session_remaining) == (before.elapsed, before.session_remaining)
    assert state.next_step is None


def test_a_session_without_a_circuit_seats_nobody_anywhere() -> None:
    hall = Hall(RunPlan((talk(Phase.EDUCATION, 15),)))
    state = hall.do(lambda at: Seated(at, ("P1",), together=("P2",)))
    assert where(state.seating, "P1", 1) is None
    over_screen = where(state.seating, "P2", 1)
    assert over_screen is not None
    assert over_screen.station is None
