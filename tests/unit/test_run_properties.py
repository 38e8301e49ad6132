"""What holds of every run, whatever happens in it."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.clock import Instant
from sessions.run import begin, fold, follow, state_at
from sessions.run_events import (
    Answered,
    Event,
    Held,
    JumpedToStep,
    Paused,
    Released,
    Reopened,
    Resumed,
    Slept,
)
from tests.unit.run_plans import Hall, a_circuit, an_evening, seconds
from tests.unit.run_stories import Moment, anything, evenings, instants, live

PLAN = an_evening()
stories = evenings(anything).map(lambda moments: live(moments).events)


@given(stories, st.integers(0, 20), instants)
@settings(max_examples=80)
def test_folding_in_two_goes_is_folding_in_one(story: list[Event], cut: int, now: Instant) -> None:
    in_two = follow(follow(begin(PLAN), story[:cut]), story[cut:])
    assert state_at(in_two, now) == state_at(fold(PLAN, story), now)


@given(stories, st.lists(instants, min_size=1, max_size=5))
@settings(max_examples=80)
def test_the_state_is_the_same_however_often_it_is_asked(story: list[Event], asked: list[Instant]) -> None:
    run = fold(PLAN, story)
    once = [state_at(run, now) for now in asked]
    assert [state_at(run, now) for now in asked] == once
    assert run == fold(PLAN, story)


@given(evenings(anything))
@settings(max_examples=100)
def test_no_evening_takes_any_time_under_zero_or_leaves_the_plan(moments: list[Moment]) -> None:
    hall = live(moments)
    run, state = hall.run, hall.state
    assert min(state.elapsed, state.remaining, state.over_time, state.session_remaining) >= seconds(0)
    assert seconds(0) in (state.remaining, state.over_time)
    assert state.step == run.steps[state.index]
    assert state.session_remaining >= state.remaining


@given(evenings(), st.lists(st.floats(0, 300), max_size=5))
@settings(max_examples=80)
def test_remaining_time_never_grows_unless_somebody_gives_more(
    moments: list[Moment], asked: list[float]
) -> None:
    seen = [live(moments[:number]).state for number in range(len(moments) + 1)]
    hall = live(moments)
    seen += [hall.after(later) for later in asked]
    for before, after in pairwise(seen):
        assert after.session_remaining <= before.session_remaining
        assert after.index >= before.index
        assert after.index > before.index or after.remaining <= before.remaining


@given(evenings(), st.lists(st.floats(0, 60), min_size=1, max_size=20))
@settings(max_examples=40)
def test_looking_often_leads_to_the_same_place_as_looking_once(
    moments: list[Moment], looks: list[float]
) -> None:
    often, once = live(moments), live(moments)
    for look in looks:
        state = often.after(look)
        once.clock.advance(look)
    assert state == once.state


stops = st.sampled_from(["pause", "emergency", "sleep", "crash"])
spells = st.lists(st.tuples(st.integers(0, 300_000), stops, st.integers(0, 900_000)), max_size=8)


@given(spells)
@settings(max_examples=80)
def test_whatever_the_stops_the_same_time_is_worked(times: list[tuple[int, str, int]]) -> None:
    stopped, straight = Hall(a_circuit(8)), Hall(a_circuit(8))
    for run_for, stop, stand_for in times:
        stopped.clock.advance(run_for / 1000)
        _stand_still(stopped, stop, stand_for / 1000)
        straight.clock.advance(run_for / 1000)
        assert stopped.state == straight.state
    assert stopped.after(7200).worked == seconds(2 * 8 * 60)


def _stand_still(hall: Hall, stop: str, spell: float) -> None:
    since = hall.clock.now()
    if stop == "pause":
        hall.do(Paused)
        hall.clock.advance(spell)
        hall.do(Resumed)
    elif stop == "emergency":
        hall.do(Held)
        hall.clock.advance(spell)
        hall.do(Released)
    else:
        if stop == "sleep":
            hall.clock.sleep(spell)
        else:
            hall.clock.restart(f"after {len(hall.events)}", spell)
        hall.do(partial(Slept, since=since))
        hall.do(partial(Answered, time_counts=False))


@given(st.floats(0, 1500), st.floats(0, 60), st.floats(0, 60))
@settings(max_examples=80)
def test_after_a_crash_anywhere_the_session_is_within_a_second_of_the_wall(
    before: float, down: float, after: float
) -> None:
    crashed, unharmed = Hall(a_circuit(8)), Hall(a_circuit(8))
    crashed.clock.advance(before)
    crashed.clock.restart("second", down)
    crashed.do(Reopened)
    state, truth = crashed.after(after), unharmed.after(before + down + after)
    assert abs(state.session_remaining - truth.session_remaining) < seconds(1)


@given(st.integers(0, len(PLAN.steps) - 1), st.floats(0, 500))
@settings(max_examples=40)
def test_the_rest_of_the_session_is_what_is_left_of_every_step(step: int, later: float) -> None:
    hall = Hall(PLAN)
    hall.do(partial(JumpedToStep, step=step))
    state = hall.after(later)
    ahead = sum((later_step.length for later_step in PLAN.steps[state.index + 1 :]), seconds(0))
    assert state.session_remaining == state.remaining + ahead
