"""Keys on the session's screen: taken in their order, kept out by the lock, refused at the wrong time."""

from __future__ import annotations

from pathlib import Path

from textual import events

from escape_tui.screens.session.typed import Typed
from tests.screens.session.hall import Hall, make_home, play


async def press_ahead(hall: Hall, *keys: str) -> None:
    """Press keys faster than the screen can follow."""
    for key in keys:
        hall.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await hall.pilot.pause(0.3)


def test_a_number_pressed_right_after_a_mark_does_not_take_the_mark(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("3")
        await press_ahead(hall, "x", "4", "l")
        marks = {row.person.number: row.mark.status for row in hall.guide.register.rows if row.mark}
        assert marks == {3: "absent", 4: "late"}

    play(make_home(tmp_path / "home"), then)


def test_a_key_typed_ahead_of_a_box_does_nothing_behind_it(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "t")
        await press_ahead(hall, "n", "g", "w")
        assert isinstance(hall.app.screen, Typed)
        assert hall.screen.pane is not None
        assert hall.screen.pane.id == "talk"

    play(make_home(tmp_path / "home"), then)


def test_another_pane_and_its_key_can_be_typed_at_once(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a")
        await press_ahead(hall, "b", "o")
        assert "handed out" in hall.echo

    play(make_home(tmp_path / "home"), then)


def test_locked_keys_mark_nobody_and_the_emergency_works(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("ctrl+k", "a")
        assert hall.guide.register.here == ()
        await hall.press("e")
        assert hall.app.screen.id == "emergency"

    play(make_home(tmp_path / "home"), then)


def test_nothing_moves_before_the_session_has_begun(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("pagedown", "plus", "f")
        assert "Space begins" in hall.echo
        assert hall.guide.keeper.events == ()

    play(make_home(tmp_path / "home", ()), then)
