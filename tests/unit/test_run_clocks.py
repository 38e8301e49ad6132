"""What lets the clocks of a run go and stand: pauses, emergencies, sleeps, crashes, the end."""

from __future__ import annotations

from functools import partial

from sessions.clock import Instant, gap_between
from sessions.run import begin, fold, state_at
from sessions.run_events import (
    Answered,
    Ended,
    Event,
    Held,
    JumpedToStep,
    Paused,
    Released,
    Reopened,
    Resumed,
    SatOut,
    Slept,
    Started,
    TimeAdded,
    WentOn,
)
from sessions.run_steps import Kind, Phase
from tests.unit.run_plans import Hall, a_circuit, an_evening, seconds

YEAR = 365 * 24 * 3600.0


def continue_from_then(at: Instant) -> Event:
    return Answered(at, time_counts=False)


def take_it_as_gone(at: Instant) -> Event:
    return Answered(at, time_counts=True)


def test_before_the_start_no_time_goes_by() -> None:
    state = Hall(an_evening(), started=False).after(100)
    assert (state.started, state.running, state.remaining) == (False, False, seconds(600))


def test_a_second_start_changes_nothing() -> None:
    hall = Hall(an_evening())
    hall.after(100)
    assert hall.do(Started).elapsed == seconds(100)


def test_the_session_goes_through_its_steps_by_itself() -> None:
    hall = Hall(a_circuit())
    assert hall.state.step.kind is Kind.READY
    assert hall.after(10).step.kind is Kind.WORK
    state = hall.after(59.5)
    assert (state.elapsed, state.remaining) == (seconds(59.5), seconds(0.5))
    state = hall.after(5.5)
    assert (state.step.kind, state.elapsed) == (Kind.CHANGE, seconds(5))


def test_what_is_next_is_always_told() -> None:
    hall = Hall(an_evening())
    assert hall.state.next_step == an_evening().steps[1]
    last = hall.do(lambda at: JumpedToStep(at, len(an_evening().steps) - 1))
    assert last.next_step is None


def test_the_next_bout_is_the_one_people_move_to_after_this() -> None:
    hall = Hall(a_circuit(3))
    bouts = [
        (state.step.kind, state.step.bout, state.next_bout) for state in (hall.after(80), hall.after(10))
    ]
    assert bouts == [(Kind.CHANGE, 2, 3), (Kind.READY, 2, 3)]
    assert hall.do(lambda at: JumpedToStep(at, 7)).next_bout == 1
    assert hall.do(lambda at: JumpedToStep(at, len(a_circuit(3).steps) - 1)).next_bout is None


def test_a_talk_that_runs_over_shows_over_time_and_stays_until_somebody_goes_on() -> None:
    hall = Hall(an_evening())
    state = hall.after(11 * 60)
    assert (state.step.phase, state.remaining, state.over_time) == (Phase.ARRIVAL, seconds(0), seconds(60))
    assert hall.do(WentOn).step.phase is Phase.EDUCATION


def test_over_time_is_not_taken_from_the_rest_of_the_session() -> None:
    hall = Hall(an_evening())
    on_time = hall.after(10 * 60).session_remaining
    assert hall.after(60).session_remaining == on_time
    assert on_time == sum((step.length for step in an_evening().steps[1:]), seconds(0))


def test_a_pause_stands_still_and_going_on_takes_up_the_same_second() -> None:
    hall = Hall(a_circuit())
    hall.after(30)
    hall.do(Paused)
    state = hall.after(500)
    assert (state.running, state.paused, state.elapsed) == (False, True, seconds(20))
    assert hall.do(Resumed).elapsed == seconds(20)
    assert hall.after(5).elapsed == seconds(25)


def test_resuming_what_was_never_paused_changes_nothing() -> None:
    hall = Hall(a_circuit())
    hall.after(30)
    before = hall.state
    assert hall.do(Resumed) == before


def test_an_emergency_stops_the_clocks_until_it_is_over() -> None:
    hall = Hall(a_circuit())
    hall.after(30)
    hall.do(Held)
    assert hall.after(900).elapsed == seconds(20)
    hall.do(Released)
    assert hall.after(5).elapsed == seconds(25)


def test_a_pause_outlasts_an_emergency() -> None:
    hall = Hall(a_circuit())
    hall.after(30)
    hall.do(Paused)
    hall.do(Held)
    hall.do(Released)
    assert hall.after(60).elapsed == seconds(20)


def test_stray_keys_during_an_emergency_move_nothing() -> None:
    hall = Hall(a_circuit())
    hall.after(30)
    held = hall.do(Held)
    hall.do(WentOn)
    assert hall.do(lambda at: TimeAdded(at, -30)) == held


def test_after_a_sleep_the_session_stands_where_it_was_last_seen_and_asks() -> None:
    hall = Hall(a_circuit())
    hall.after(30)
    since = hall.clock.now()
    hall.clock.sleep(600)
    state = hall.do(partial(Slept, since=since))
    assert (state.running, state.elapsed, state.asking) == (False, seconds(20), seconds(600))
    assert hall.after(15).asking == seconds(615)


def test_after_a_sleep_the_session_can_go_on_from_where_it_was() -> None:
    hall = Hall(a_circuit())
    hall.after(30)
    since = hall.clock.now()
    hall.clock.sleep(600)
    hall.do(partial(Slept, since=since))
    hall.after(15)
    state = hall.do(continue_from_then)
    assert (state.running, state.asking, state.elapsed) == (True, None, seconds(20))
    assert hall.after(5).elapsed == seconds(25)


def test_after_a_sleep_the_time_can_be_taken_as_gone() -> None:
    hall = Hall(a_circuit())
    hall.after(30)
    since = hall.clock.now()
    hall.clock.sleep(70)
    hall.do(partial(Slept, since=since))
    hall.after(20)
    gone = hall.do(take_it_as_gone)
    awake = Hall(a_circuit()).after(120)
    assert gone == awake


def test_a_second_sleep_before_the_answer_is_added_to_the_first() -> None:
    hall = Hall(a_circuit())
    for _ in range(2):
        since = hall.clock.advance(30)
        hall.clock.sleep(600)
        hall.do(partial(Slept, since=since))
    assert hall.state.asking == seconds(600 + 30 + 600)


def test_a_sleep_during_a_pause_is_not_asked_about() -> None:
    hall = Hall(a_circuit())
    hall.do(Paused)
    since = hall.clock.now()
    hall.clock.sleep(600)
    assert hall.do(partial(Slept, since=since)).asking is None


def test_nothing_moves_while_a_sleep_is_unanswered() -> None:
    hall = Hall(a_circuit())
    since = hall.clock.advance(30)
    hall.clock.sleep(600)
    asked = hall.do(partial(Slept, since=since))
    assert hall.do(WentOn) == asked


def test_a_process_stopped_for_five_seconds_goes_on_at_the_right_second() -> None:
    hall = Hall(a_circuit())
    before = hall.clock.now()
    state = hall.after(5)
    assert gap_between(before, hall.clock.now()) is None
    assert state.elapsed == seconds(5)


def test_a_wall_clock_set_back_a_year_leaves_the_remaining_time_unharmed() -> None:
    hall = Hall(a_circuit())
    hall.after(30)
    hall.clock.set_wall(-YEAR)
    assert hall.after(10).remaining == seconds(30)


def test_after_a_crash_the_session_is_at_the_second_the_wall_clock_says() -> None:
    hall = Hall(a_circuit())
    hall.after(30)
    hall.do(Paused)
    hall.do(Resumed)
    hall.clock.restart("second", 12)
    state = hall.do(Reopened)
    assert state.elapsed == seconds(32)
    hall.clock.set_wall(-YEAR)
    assert hall.after(8).elapsed == seconds(40)


def test_after_a_crash_with_the_clock_set_back_the_session_is_where_it_was_at_its_last_event() -> None:
    hall = Hall(a_circuit())
    hall.after(30)
    hall.do(lambda at: SatOut(at, "P1"))
    hall.clock.restart("second", -YEAR)
    assert hall.do(Reopened).elapsed == seconds(20)
    assert hall.after(5).elapsed == seconds(25)


def test_a_session_broken_off_for_an_hour_asks_and_can_go_on_at_the_same_second() -> None:
    hall = Hall(a_circuit())
    since = hall.clock.advance(30)
    hall.clock.restart("second", 3600)
    assert hall.do(partial(Slept, since=since)).asking == seconds(3600)
    hall.after(5)
    assert hall.do(continue_from_then).elapsed == seconds(20)
    assert hall.after(5).elapsed == seconds(25)


def test_a_session_that_asked_when_it_was_killed_still_asks_afterwards() -> None:
    hall = Hall(a_circuit())
    since = hall.clock.advance(30)
    hall.clock.sleep(600)
    hall.do(partial(Slept, since=since))
    hall.clock.restart("second", 60)
    assert hall.do(Reopened).asking == seconds(660)


def test_a_circuit_that_has_run_out_is_finished_and_counts_no_over_time() -> None:
    state = Hall(a_circuit()).after(3600)
    assert (state.finished, state.running, state.remaining) == (True, False, seconds(0))
    assert (state.over_time, state.worked) == (seconds(0), seconds(2 * 4 * 60))


def test_after_the_end_nothing_changes_any_more() -> None:
    hall = Hall(an_evening())
    hall.after(30)
    ended = hall.do(Ended)
    assert ended.ended
    assert hall.do(WentOn) == ended
    assert hall.after(100) == ended


def test_a_session_ended_by_mistake_can_be_taken_up_again() -> None:
    hall = Hall(an_evening())
    hall.after(30)
    hall.do(Ended)
    hall.after(100)
    assert hall.do(Reopened).running
    assert hall.after(5).elapsed == seconds(35)


def test_asking_about_an_instant_before_the_last_event_gives_the_state_of_that_event() -> None:
    hall = Hall(an_evening())
    early = hall.clock.now()
    hall.after(30)
    hall.do(Paused)
    assert state_at(hall.run, early) == hall.state


def test_without_events_a_run_has_not_begun() -> None:
    assert fold(an_evening(), []) == begin(an_evening())


def test_a_pause_after_the_end_is_not_kept_for_when_the_session_is_taken_up_again() -> None:
    hall = Hall(an_evening())
    hall.do(Ended)
    hall.do(Paused)
    assert hall.do(Reopened).running


def test_a_closing_that_runs_over_is_not_finished_until_somebody_ends_it() -> None:
    hall = Hall(an_evening())
    hall.do(lambda at: JumpedToStep(at, len(an_evening().steps) - 1))
    state = hall.after(301)
    assert (state.finished, state.running, state.over_time) == (False, True, seconds(1))
