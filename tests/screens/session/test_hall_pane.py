"""The hall: what everyone reads from four metres, and nothing that is private."""

from __future__ import annotations

from pathlib import Path

import pytest

from sessions.pack import Delivery
from sessions.run_steps import Kind, Phase
from tests.screens.session.circuits import seen, to_cool_down, to_step, to_work
from tests.screens.session.hall import HOSTILE, LARGE, SMALL, VAST, Hall, make_home, play
from widgets.hall_clock import LEAST_ROWS, HallClock
from widgets.next_up import NextUp
from widgets.station_board import StationBoard

PRIVATE = ("Kerr", "Kane", "red flag", "stopped", "close support", "pain", "owe", "effort")


@pytest.mark.parametrize("size", [SMALL, LARGE, VAST])
def test_the_time_has_seven_rows_at_least_in_every_step_and_what_comes_next_is_there(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async def then(hall: Hall) -> None:
        await to_step(hall, lambda step: step.phase is Phase.WARM_UP)
        left = {Kind.SEQUENCE, Kind.READY, Kind.WORK, Kind.CHANGE, Kind.REST}
        while left and hall.guide.state().step.phase is not Phase.COOL_DOWN:
            if hall.guide.state().step.kind in left:
                left.remove(hall.guide.state().step.kind)
                await seen(hall)
                clock = hall.screen.query_exactly_one(HallClock)
                assert clock.layout_now.time_rows >= LEAST_ROWS, hall.guide.state().step
                assert hall.screen.query_exactly_one(NextUp).what
                assert "Next " in hall.words
            await to_step(hall, lambda _: True)

    play(make_home(tmp_path / "home"), then, size=size)


def test_what_comes_next_says_what_and_where(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_step(hall, lambda step: step.title.startswith("Brisk") or step.phase is Phase.CIRCUIT)
        said = hall.screen.query_exactly_one(NextUp)
        if hall.guide.state().step.phase is Phase.WARM_UP:
            assert said.what == "Get ready: everyone to their first station"
        await to_work(hall)
        assert said.what == "Change: everyone one station on"
        assert said.at
        await to_step(hall, lambda step: step.kind is Kind.CHANGE)
        assert said.what.endswith("where you stand now")

    play(make_home(tmp_path / "home"), then)


def test_where_all_do_the_same_the_next_exercise_is_named(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        assert hall.guide.delivery is Delivery.VIRTUAL
        await to_work(hall)
        await to_step(hall, lambda step: step.kind is Kind.WORK)
        assert hall.guide.exercises[hall.guide.state().step.bout or 0].name in hall.words

    play(make_home(tmp_path / "home", delivery="virtual"), then)


@pytest.mark.parametrize("size", [SMALL, VAST])
def test_nothing_private_stands_in_the_hall(tmp_path: Path, size: tuple[int, int]) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "4", "y", "4", "n")
        for row in hall.guide.register.rows:
            hall.guide.register.pain(row.person.id, 9)
        await hall.press("space")
        await to_work(hall)
        hall.guide.log.as_planned(hall.guide.places())
        hall.guide.log.effort_and_pain(hall.guide.came_to(), effort=9, pain=8)
        await hall.press("h")
        await seen(hall)
        body = hall.words.replace("Effort", "")  # the key of the sweep
        for words in PRIVATE:
            assert words not in body
        assert hall.guide.register.stopped

    play(make_home(tmp_path / "home", close=2), then, size=size)


def test_the_stations_stand_below_from_thirty_rows_with_first_name_and_initial(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        assert hall.screen.query_exactly_one(StationBoard).display
        for name in ("Pat Ke", "Pat Ka", "Dee M"):
            assert name in hall.words

    play(make_home(tmp_path / "home"), then, size=(100, 30))


def test_held_clocks_are_a_word_and_a_shape_in_the_hall_and_a_word_at_the_desk(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        clock = hall.screen.query_exactly_one(HallClock)
        assert clock.word == "WORK"
        await hall.press("space")
        await seen(hall)
        assert (clock.word, clock.tone) == ("PAUSED", "paused")
        assert "PAUSED" in hall.words
        await hall.press("d")
        assert "PAUSED" in hall.words

    play(make_home(tmp_path / "home"), then)


def test_tab_goes_from_hall_to_desk_and_back(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        for name in ("desk", "hall"):
            await hall.press("tab")
            assert hall.screen.pane is not None
            assert hall.screen.pane.id == name

    play(make_home(tmp_path / "home"), then)


def test_who_writes_at_the_desk_is_left_there_and_offered_the_sweep(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("d")
        await to_cool_down(hall)
        assert hall.screen.pane is not None
        assert hall.screen.pane.id == "desk"
        assert "s asks effort and pain" in hall.echo

    play(make_home(tmp_path / "home"), then)


def test_hostile_names_stand_exactly_in_the_hall(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        for one in hall.guide.people:
            assert one.hall[:24].strip() in hall.words

    play(make_home(tmp_path / "home", HOSTILE), then, size=VAST)


def test_what_was_said_of_a_person_at_the_desk_does_not_follow_into_the_hall(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("g", "4", "o")
        assert hall.guide.people[3].desk in hall.echo
        await hall.press("h")
        assert hall.echo == ""
        await hall.press("u")
        assert hall.guide.people[3].desk not in hall.words
        assert "at the desk" in hall.echo

    play(make_home(tmp_path / "home"), then)
