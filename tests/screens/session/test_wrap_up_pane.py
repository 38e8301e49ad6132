"""The wrap-up pane and the end of a session."""

from __future__ import annotations

from pathlib import Path

from escape_tui.screens.ask import Ask
from escape_tui.store.read import incidents, plan_of
from sessions.plan import SessionStatus
from tests.screens.session.hall import Hall, make_home, play


def test_what_is_missing_stands_with_the_key_that_leads_to_it(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("1", "space", "w")
        assert "g Register: not asked on arrival 1 Pat Kerr" in hall.words
        await hall.press("g", "a", "n", "w")
        assert "not asked on arrival" not in hall.words
        assert "session 3" in hall.words

    play(make_home(tmp_path / "home"), then, number=2)


def test_ending_asks_where_something_is_missing_and_says_that_all_is_saved(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "space", "w", "x")
        assert isinstance(hall.app.screen, Ask)
        await hall.press("n")
        assert not hall.guide.state().ended
        await hall.press("x", "y")
        assert hall.guide.state().ended
        assert "Everything is saved" in hall.words

    play(make_home(tmp_path / "home"), then, number=2)


def test_an_end_by_mistake_can_be_taken_up_again(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "space", "w", "x", "y", "space", "y")
        assert not hall.guide.state().ended
        assert hall.guide.state().running

    play(make_home(tmp_path / "home"), then, number=2)


def test_a_session_that_had_to_stop_early_keeps_the_reason(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "space", "w", "k")
        await hall.type("fire alarm")
        planned = plan_of(hall.guide.cohort).session(2)
        assert (planned.status, planned.reason) == (SessionStatus.CUT_SHORT, "fire alarm")
        assert hall.guide.state().ended

    play(make_home(tmp_path / "home"), then, number=2)


def test_an_incident_is_written_down_with_a_key_for_each_thing(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "space", "w", "i", "3", "1", "2", "4")
        await hall.press("enter")
        (kept,) = incidents(hall.guide.cohort)
        assert (kept.category, kept.severity, kept.action) == ("fall", "minor", "first_aid")
        assert "3 Ann [/b] x: a fall, first aid" in hall.words

    play(make_home(tmp_path / "home"), then, number=2)
