"""Names and texts that break toolkits, on every pane: shown exactly, and nothing falls."""

from __future__ import annotations

from pathlib import Path

import pytest

from escape_tui.store.acts.notes import set_goal
from tests.screens.session.hall import HOSTILE, SMALL, VAST, Hall, make_home, play

EVERY_PANE = (
    ("register", ("g", "3", "x", "escape", "1", "l", "p", "escape", "2", "y", "4")),
    ("talk", ("t", "1", "escape", "c", "escape", "7")),
    ("assessment", ("b", "o", "5", "k", "c", "escape", "s", "l", "l")),
    ("wrap_up", ("w",)),
)


@pytest.mark.parametrize("size", [SMALL, VAST])
def test_nothing_falls_over_a_name_on_any_pane(tmp_path: Path, size: tuple[int, int]) -> None:
    async def then(hall: Hall) -> None:
        for one in hall.guide.people:
            set_goal(hall.guide.cohort, one.id, "goal", "[b]walk[/] [/", hall.guide.number)
        await hall.press("a")
        for name, keys in EVERY_PANE:
            await hall.press(*keys)
            assert hall.screen.pane is not None
            assert hall.screen.pane.id == name
        assert "[b]walk[/] [/" not in hall.words

    play(make_home(tmp_path / "home", HOSTILE), then, size=size)


def test_every_name_stands_exactly_on_the_register_and_in_what_is_said_back(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a")
        for one in hall.guide.people:
            assert one.desk[:30].strip() in hall.words
            await hall.press("0" if one.number == 10 else str(one.number), "l")
            assert hall.echo.startswith(f"{one.number} {one.desk}:")

    play(make_home(tmp_path / "home", HOSTILE), then, size=VAST)


def test_a_goal_stands_exactly_as_it_was_said(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        set_goal(hall.guide.cohort, hall.guide.people[0].id, "goal", "[b]walk[/] [/", hall.guide.number)
        await hall.press("t", "1")
        assert "[b]walk[/] [/" in hall.words

    play(make_home(tmp_path / "home", HOSTILE), then)
