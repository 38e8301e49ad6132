"""Leaving the session's screen and coming back, a process killed in any phase, a laptop that slept."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest

from escape_tui.screens.ask import Ask
from escape_tui.screens.today import TodayScreen
from sessions.clock import FakeClock
from sessions.run import RunState
from sessions.run_events import WentOn
from sessions.run_steps import Phase
from tests.screens.session.hall import MORNING, Hall, make_home, play, session

A_SECOND = timedelta(seconds=1)
LIVED = 2
PHASES = (Phase.ARRIVAL, Phase.EDUCATION, Phase.WARM_UP, Phase.CIRCUIT, Phase.COOL_DOWN, Phase.CLOSING)


def test_escape_twice_leads_to_today_the_clock_runs_on_and_b_takes_it_up(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "space", "pagedown")
        before = hall.guide.state()
        await hall.press("escape")
        assert "Esc again" in hall.echo
        await hall.press("escape")
        assert isinstance(hall.app.screen, TodayScreen)
        assert "takes it up" in hall.words
        hall.clock.advance(20)
        await hall.press("b")
        now = hall.guide.state()
        assert now.step == before.step
        assert abs(now.elapsed - before.elapsed - timedelta(seconds=20)) <= A_SECOND
        assert now.seating.people == before.seating.people

    play(make_home(tmp_path / "home"), then, number=2)


@pytest.mark.parametrize("phase", PHASES)
def test_killed_in_any_phase_it_begins_again_where_it_was(tmp_path: Path, phase: Phase) -> None:
    folder = make_home(tmp_path / "home")
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        _live_until_killed(folder, phase, write)
    os.close(write)
    with os.fdopen(read) as said:
        elapsed, people = said.readline().strip().split("|")
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == -9

    async def again() -> None:
        clock = FakeClock(MORNING + timedelta(seconds=LIVED), era="second")
        async with session(folder, 2, clock=clock) as hall:
            state = hall.guide.state()
            assert state.step.phase is phase
            assert ",".join(state.seating.people) == people
            assert abs(state.elapsed.total_seconds() - float(elapsed)) <= A_SECOND.total_seconds()

    asyncio.run(again())


def test_after_a_sleep_it_asks_and_the_answer_counts(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "space", "pagedown")
        await hall.pass_seconds(5)
        hall.clock.sleep(90)
        await hall.pilot.pause(0.3)
        assert isinstance(hall.app.screen, Ask)
        assert hall.guide.state().elapsed < timedelta(seconds=10)
        await hall.press("y")
        assert hall.guide.state().elapsed >= timedelta(seconds=90)

    play(make_home(tmp_path / "home"), then, number=2)


def _live_until_killed(folder: Path, phase: Phase, write: int) -> None:
    async def evening() -> None:
        async with session(folder, 2) as hall:
            await hall.press("a", "n", "space")
            while hall.guide.state().step.phase is not phase:
                hall.guide.tell(WentOn(hall.guide.keeper.now()))
            await hall.pass_seconds(LIVED)
            os.write(write, _said(hall.guide.state()))
            os.kill(os.getpid(), 9)

    try:
        asyncio.run(evening())
    finally:
        os._exit(1)


def _said(state: RunState) -> bytes:
    return f"{state.elapsed.total_seconds()}|{','.join(state.seating.people)}\n".encode()
