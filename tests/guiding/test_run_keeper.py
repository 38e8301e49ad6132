"""The run while it is guided: what is kept, what is taken up after a crash, which cues fall due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sessions.run_cues import CueKind
from sessions.run_events import Answered, Paused, WentOn
from sessions.run_steps import Kind, Phase
from tests.guiding.evenings import Hall, go_to


@pytest.mark.parametrize("phase", [*list(Phase)[:2], Phase.WARM_UP, Phase.CIRCUIT, Phase.CLOSING])
def test_a_session_broken_off_is_taken_up_at_the_second_the_clock_has_reached(
    hall: Hall, phase: Phase
) -> None:
    hall.number = 5 if phase is Phase.REVIEW else 1
    guide = hall.open()
    guide.mark_all_here()
    guide.start()
    go_to(guide, phase)
    hall.clock.advance(4)
    guide.tick()
    before = guide.state()
    guide.cohort.close()
    hall.clock.restart("second", seconds=5)
    after = hall.reopen().state()
    assert (after.step, after.elapsed) == (before.step, before.elapsed + timedelta(seconds=5))
    assert after.seating == before.seating


def test_after_a_long_time_away_the_session_asks_and_can_go_on_where_it_was(hall: Hall) -> None:
    guide = hall.open()
    guide.mark_all_here()
    guide.start()
    go_to(guide, Phase.CIRCUIT)
    hall.clock.advance(3)
    guide.tick()
    before = guide.state()
    guide.cohort.close()
    hall.clock.restart("second", seconds=300)
    again = hall.reopen()
    asking = again.state().asking
    assert asking is not None
    assert timedelta(seconds=299) < asking < timedelta(seconds=304)
    state = again.tell(Answered(again.keeper.now(), time_counts=False))
    assert (state.step, state.asking) == (before.step, None)
    assert abs(state.elapsed - before.elapsed) <= timedelta(seconds=2)


def test_a_laptop_that_slept_asks(hall: Hall) -> None:
    guide = hall.open()
    guide.start()
    go_to(guide, Phase.WARM_UP)
    guide.tick()
    hall.clock.sleep(120)
    assert guide.tick().state.asking == timedelta(seconds=120)


def test_a_stop_of_five_seconds_leaves_the_cues_after_it_on_time(hall: Hall) -> None:
    guide = hall.open()
    guide.mark_all_here()
    guide.start()
    go_to(guide, Phase.CIRCUIT)
    while guide.state().step.kind is not Kind.WORK:
        guide.tell(WentOn(guide.keeper.now()))
    guide.tick()
    begun = hall.clock.now()
    work = guide.state().step.seconds
    hall.clock.advance(5)
    assert guide.tick().cues == ()
    heard = []
    for _ in range(work * 10):
        now = hall.clock.advance(0.1)
        heard += [
            (cue.kind, cue.at.monotonic - begun.monotonic, now.monotonic - cue.at.monotonic)
            for cue in guide.tick().cues
        ]
        if guide.state().step.kind is not Kind.WORK:
            break
    last = [at for kind, at, _ in heard if kind is CueKind.LAST_SECONDS]
    assert last == [timedelta(seconds=work - left) for left in (3, 2, 1)]
    assert all(late < timedelta(seconds=0.1) for _, _, late in heard)


def test_going_on_by_hand_into_work_sounds_its_start_once(hall: Hall) -> None:
    guide = hall.open()
    guide.mark_all_here()
    guide.start()
    go_to(guide, Phase.CIRCUIT)
    guide.tick()
    while guide.state().step.kind is not Kind.WORK:
        guide.tell(WentOn(guide.keeper.now()))
    kinds = [cue.kind for cue in guide.tick().cues]
    assert kinds.count(CueKind.START) == 1
    assert guide.tick().cues == ()


def test_nothing_sounds_while_the_clock_is_held(hall: Hall) -> None:
    guide = hall.open()
    guide.mark_all_here()
    guide.start()
    go_to(guide, Phase.WARM_UP)
    guide.tell(Paused(guide.keeper.now()))
    guide.tick()
    for _ in range(40):
        hall.clock.advance(5)
        assert guide.tick().cues == ()


def test_a_session_that_ended_is_no_longer_broken_off(hall: Hall) -> None:
    guide = hall.open()
    guide.start()
    assert guide.keeper.broken_off
    guide.end()
    assert not guide.keeper.broken_off
