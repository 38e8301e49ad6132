"""When something sounds: every cue at its instant, once, and none while the clocks stand."""

from __future__ import annotations

from functools import partial
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.run_cues import Cue, CueKind, cues_ahead, cues_between
from sessions.run_events import (
    FinishWhenReady,
    Held,
    JumpedToStep,
    Paused,
    Resumed,
    Slept,
    TimeAdded,
    WentOn,
)
from sessions.run_steps import BoutTimes
from tests.unit.run_plans import BEGIN, Hall, a_circuit, an_evening, seconds

LAST_WARM_UP, FIRST_READY, LAST_WORK, COOL_DOWN = 3, 4, -3, -2


def ahead(hall: Hall, number: int) -> list[tuple[CueKind, float]]:
    """The next cues, each with the seconds until it is due."""
    now = hall.clock.now()
    cues = islice(cues_ahead(hall.run, now), number)
    return [(cue.kind, (cue.at.monotonic - now.monotonic).total_seconds()) for cue in cues]


def test_a_bout_sounds_get_ready_start_three_last_seconds_and_change() -> None:
    assert ahead(Hall(a_circuit()), 7) == [
        (CueKind.GET_READY, 0),
        (CueKind.START, 10),
        (CueKind.LAST_SECONDS, 67),
        (CueKind.LAST_SECONDS, 68),
        (CueKind.LAST_SECONDS, 69),
        (CueKind.CHANGE, 70),
        (CueKind.GET_READY, 90),
    ]


def test_the_last_seconds_are_counted_down() -> None:
    cues = islice(cues_ahead(Hall(a_circuit()).run, Hall(a_circuit()).clock.now()), 6)
    assert [cue.seconds_left for cue in cues] == [0, 0, 3, 2, 1, 0]


def test_the_circuit_ends_with_an_end() -> None:
    hall = Hall(a_circuit())
    *_, last = cues_ahead(hall.run, hall.clock.now())
    length = sum(step.seconds for step in a_circuit().steps)
    assert (last.kind, last.at.wall) == (CueKind.END, BEGIN + seconds(length))


def test_a_talk_sounds_nothing_when_its_time_is_up() -> None:
    assert ahead(Hall(an_evening()), 5) == []


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (2, CueKind.START),
        (LAST_WARM_UP, CueKind.CHANGE),
        (FIRST_READY, CueKind.GET_READY),
        (len(an_evening().steps) + COOL_DOWN, CueKind.END),
        (len(an_evening().steps) - 1, CueKind.END),
    ],
)
def test_each_step_begins_with_its_own_cue(step: int, kind: CueKind) -> None:
    hall = Hall(an_evening())
    hall.do(partial(JumpedToStep, step=step))
    assert ahead(hall, 1) == [(kind, 0)]


def test_a_boundary_gives_one_cue_though_two_phases_meet_there() -> None:
    hall = Hall(an_evening())
    hall.do(partial(JumpedToStep, step=len(an_evening().steps) + LAST_WORK))
    assert ahead(hall, 9) == [
        (CueKind.START, 0),
        (CueKind.LAST_SECONDS, 57),
        (CueKind.LAST_SECONDS, 58),
        (CueKind.LAST_SECONDS, 59),
        (CueKind.END, 60),
        (CueKind.END, 120),
    ]


def test_parts_of_no_seconds_sound_nothing() -> None:
    hall = Hall(a_circuit(2, times=BoutTimes(ready=0, work=10, change=0, rest=0), rounds=1))
    assert [kind for kind, _ in ahead(hall, 20)] == [
        CueKind.START,
        *[CueKind.LAST_SECONDS] * 3,
        CueKind.START,
        *[CueKind.LAST_SECONDS] * 3,
        CueKind.END,
    ]


@pytest.mark.parametrize("stop", [Paused, Held])
def test_nothing_is_due_while_the_clocks_stand(stop: type[Paused] | type[Held]) -> None:
    hall = Hall(a_circuit())
    hall.do(stop)
    assert ahead(hall, 5) == []


def test_a_pause_puts_off_every_cue_by_its_length() -> None:
    hall = Hall(a_circuit())
    hall.after(5)
    hall.do(Paused)
    hall.after(100)
    hall.do(Resumed)
    assert ahead(hall, 1) == [(CueKind.START, 5)]


def test_time_added_puts_off_the_last_seconds() -> None:
    hall = Hall(a_circuit())
    hall.after(69)
    hall.do(partial(TimeAdded, seconds=30))
    assert ahead(hall, 1) == [(CueKind.LAST_SECONDS, 28)]


def test_a_step_that_waits_for_somebody_gives_no_cue_beyond_its_last_seconds() -> None:
    hall = Hall(a_circuit())
    hall.after(60)
    hall.do(FinishWhenReady)
    assert ahead(hall, 5) == [(CueKind.LAST_SECONDS, number) for number in (7, 8, 9)]


def test_going_on_is_heard_at_the_next_refresh() -> None:
    hall = Hall(a_circuit())
    last_refresh = hall.clock.now()
    hall.after(0.1)
    hall.do(WentOn)
    hall.after(0.1)
    (cue,) = cues_between(hall.run, last_refresh, hall.clock.now())
    assert (cue.kind, cue.at.wall) == (CueKind.START, BEGIN + seconds(0.1))


def test_taking_up_a_pause_does_not_repeat_the_cue_of_the_step() -> None:
    hall = Hall(a_circuit())
    hall.after(12)
    hall.do(Paused)
    hall.after(5)
    last_refresh = hall.clock.now()
    hall.do(Resumed)
    hall.after(1)
    assert cues_between(hall.run, last_refresh, hall.clock.now()) == ()


@given(st.lists(st.floats(0.01, 40), min_size=1, max_size=80))
@settings(max_examples=40)
def test_whenever_the_screen_is_refreshed_each_cue_is_played_once_and_in_order(waits: list[float]) -> None:
    hall = Hall(a_circuit(8))
    begun = hall.clock.now()
    played: list[Cue] = []
    for wait in waits:
        last_refresh = hall.clock.now()
        hall.clock.advance(wait)
        due = cues_between(hall.run, last_refresh, hall.clock.now())
        assert all(last_refresh.monotonic < cue.at.monotonic <= hall.clock.now().monotonic for cue in due)
        played += due
    assert tuple(played) == cues_between(hall.run, begun, hall.clock.now())


def test_through_a_whole_circuit_with_the_process_stopped_for_five_seconds_every_later_cue_is_on_time() -> (
    None
):
    hall = Hall(a_circuit(8))
    wanted = [cue.at.monotonic for cue in cues_ahead(hall.run, hall.clock.now())][1:]
    heard = []
    for refresh in range(4 * 1500):
        last_refresh = hall.clock.now()
        hall.clock.advance(5 if refresh == 1234 else 0.25)
        due = cues_between(hall.run, last_refresh, hall.clock.now())
        heard += [(cue.at.monotonic, hall.clock.now().monotonic - cue.at.monotonic) for cue in due]
    assert [at for at, _ in heard] == wanted
    late = [delay for _, delay in heard if delay >= seconds(0.25)]
    assert len(late) <= 5


def test_a_circuit_that_has_run_out_sounds_nothing_more() -> None:
    hall = Hall(a_circuit())
    hall.after(3600)
    assert ahead(hall, 5) == []


def test_nothing_is_due_while_a_sleep_is_unanswered() -> None:
    hall = Hall(a_circuit())
    since = hall.clock.advance(5)
    hall.clock.sleep(600)
    hall.do(partial(Slept, since=since))
    assert ahead(hall, 5) == []


def test_only_the_seconds_that_are_left_are_counted_down() -> None:
    hall = Hall(a_circuit())
    hall.after(67.5)
    assert ahead(hall, 3) == [
        (CueKind.LAST_SECONDS, 0.5),
        (CueKind.LAST_SECONDS, 1.5),
        (CueKind.CHANGE, 2.5),
    ]
