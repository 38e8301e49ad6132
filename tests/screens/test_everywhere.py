"""What holds on every screen: help, undo, locks, palette, sizes, colours, and an end by an error."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from textual.widgets import Input

from escape_tui import app as starting
from escape_tui.desk import home_in
from escape_tui.screens.app import EscapeApp
from escape_tui.screens.ask import Ask
from escape_tui.screens.commands import commands_of
from escape_tui.screens.curtain import Curtain
from escape_tui.screens.guards import Idle
from escape_tui.screens.help import HelpScreen
from escape_tui.screens.today import TodayScreen
from escape_tui.screens.too_small import TooSmall
from escape_tui.screens.way_in import Begin
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.keys import UnlockedHome
from escape_tui.store.read import attendance, people
from sessions.errors import MachineFailed, Refused
from sessions.records import AttendanceRow
from tests.screens.homes import On, fill, on_a_screen, put_into, running
from tests.unit.home_fixtures import PASSPHRASE, WORDS, cheap_home


def _mark_first(on: On) -> None:
    first = people(on.app.desk.cohort)[0]
    mark_attendance(on.app.desk.cohort, AttendanceRow(first.id, 1, "present"))


@on_a_screen
async def test_help_explains_the_screen_and_lists_its_keys(home: Path) -> None:
    async with running(home) as on:
        await on.press("question_mark")
        assert isinstance(on.app.screen, HelpScreen)
        assert "Today shows the next session" in on.words
        assert "Begin the session" in on.words
        await on.press("escape")
        assert isinstance(on.app.screen, TodayScreen)


@on_a_screen
async def test_undo_says_whose_and_what_was_taken_back(home: Path) -> None:
    async with running(home) as on:
        _mark_first(on)
        await on.press("u")
        assert on.echo == "Taken back: a mark in the register (1 Ann [/b] x Quastenfloss)."
        assert attendance(on.app.desk.cohort) == ()


@on_a_screen
async def test_an_entry_from_before_this_sitting_is_asked_about_before_it_is_taken_back(home: Path) -> None:
    async with running(home) as on:
        before = len(people(on.app.desk.cohort))
        await on.press("u")
        assert isinstance(on.app.screen, Ask)
        await on.press("n")
        assert len(people(on.app.desk.cohort)) == before
        await on.press("u", "y")
        assert len(people(on.app.desk.cohort)) == before - 1
        _mark_first(on)
        await on.press("u")
        assert not isinstance(on.app.screen, Ask)


@on_a_screen
async def test_locked_keys_let_nothing_through_but_unlocking(home: Path) -> None:
    async with running(home) as on:
        await on.press("ctrl+k", "b", "question_mark", "u")
        assert isinstance(on.app.screen, TodayScreen)
        assert "Ctrl+K unlocks" in on.echo
        assert "KEYS LOCKED" in on.lines[0]
        await on.press("ctrl+k", "question_mark")
        assert isinstance(on.app.screen, HelpScreen)


@pytest.mark.parametrize("key", ["e", "f12"])
@on_a_screen
async def test_the_emergency_works_under_the_key_lock(
    home: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    led: list[str] = []
    monkeypatch.setattr(EscapeApp, "leads_to", lambda _app, room: room == "emergency")
    monkeypatch.setattr(EscapeApp, "lead_to", lambda _app, room: led.append(room))
    async with running(home) as on:
        await on.press("ctrl+k", key)
        assert led == ["emergency"]


@on_a_screen
async def test_f12_reaches_the_emergency_over_a_dialog_too(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    led: list[str] = []
    monkeypatch.setattr(EscapeApp, "leads_to", lambda _app, room: room == "emergency")
    monkeypatch.setattr(EscapeApp, "lead_to", lambda _app, room: led.append(room))
    async with running(home) as on:
        await on.press("question_mark", "f12")
        assert led == ["emergency"]


def test_the_idle_lock_waits_its_minutes_and_never_comes_during_a_running_clock() -> None:
    now = [0.0]
    idle = Idle(lambda: now[0])
    now[0] = 599
    assert not idle.is_over(10, clock_runs=False)
    now[0] = 600
    assert idle.is_over(10, clock_runs=False)
    assert not idle.is_over(0, clock_runs=False)
    assert not idle.is_over(10, clock_runs=True)
    now[0] = 1100
    assert not idle.is_over(10, clock_runs=False)


@on_a_screen
async def test_the_curtain_hides_everyone_and_a_key_lifts_it_in_a_plain_home(home: Path) -> None:
    async with running(home) as on:
        await on.press("ctrl+l")
        assert isinstance(on.app.screen, Curtain)
        assert "Session 1" not in on.words
        assert "In an emergency call 999" in on.words
        await on.press("enter")
        assert isinstance(on.app.screen, TodayScreen)


@on_a_screen
async def test_the_curtain_asks_for_the_passphrase_of_an_encrypted_home(tmp_path: Path) -> None:
    made, _ = cheap_home(tmp_path / "home")
    assert isinstance(made, UnlockedHome)
    put_into(made, 1, ("K26-1",))
    async with running(made.folder) as on:
        await on.press("ctrl+l", "enter", "escape", *"wrong", "enter")
        await on.app.workers.wait_for_complete()
        await on.pilot.pause()
        assert isinstance(on.app.screen, Curtain)
        on.app.screen.query_exactly_one(Input).value = WORDS
        await on.press("enter")
        await on.app.workers.wait_for_complete()
        await on.pilot.pause()
        assert isinstance(on.app.screen, TodayScreen)


@on_a_screen
async def test_the_palette_has_our_commands_and_no_picture_outside_practice(home: Path) -> None:
    async with running(home) as on:
        titles = {command.title for command in commands_of(on.app, on.app.screen)}
        assert {"Help", "Undo", "Begin the session", "Lock keys", "Lock the screen", "Leave"} <= titles
        listed = {command.title for command in on.app.get_system_commands(on.app.screen)}
        assert listed == titles
        assert not [title for title in listed if "shot" in title.lower() or "icture" in title]


@on_a_screen
async def test_practice_is_marked_and_has_a_picture(tmp_path: Path) -> None:
    folder = fill(tmp_path / "practice", codes=("K26-1",), practice=True)
    async with running(folder) as on:
        assert "PRACTICE" in on.lines[0]
        assert "Picture of this screen" in {c.title for c in commands_of(on.app, on.app.screen)}


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (40, 10)])
@on_a_screen
async def test_a_window_too_small_is_told_and_nothing_is_lost(home: Path, size: tuple[int, int]) -> None:
    async with running(home, size) as on:
        assert on.app.screen.query_exactly_one(TooSmall).display
        assert "Please make it 80 by 24 or larger" in on.words
        await on.pilot.resize_terminal(80, 24)
        await on.pilot.pause()
        assert "Session 1 of 12" in on.words


@on_a_screen
async def test_f8_changes_the_colours_and_back(home: Path) -> None:
    async with running(home) as on:
        first = on.app.theme
        await on.press("f8")
        assert on.app.theme == "high-contrast" != first
        await on.press("f8")
        assert on.app.theme == first


@on_a_screen
async def test_the_settings_choose_the_colours(home: Path) -> None:
    (home / "escape.toml").write_text('[display]\ntheme = "high_contrast"\n', encoding="utf-8")
    async with running(home) as on:
        assert on.app.theme == "high-contrast"


@on_a_screen
async def test_without_colour_everything_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(home) as on:
        assert "Session 1 of 12" in on.words
        strips = on.app.screen._compositor.render_strips()  # noqa: SLF001 - what the terminal would get
        inks = {segment.style.color for strip in strips for segment in strip if segment.style}
        assert not any(ink and ink.triplet and len({*ink.triplet}) > 1 for ink in inks)


@on_a_screen
async def test_what_a_key_is_refused_is_said_and_the_app_goes_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_screen: TodayScreen) -> None:
        raise Refused("It cannot be.", "Do another thing.")

    monkeypatch.setattr(TodayScreen, "action_begin", refuse)
    async with running(home) as on:
        await on.press("b")
        assert on.echo == "It cannot be. Do another thing."


@on_a_screen
async def test_a_help_that_is_longer_than_the_screen_can_be_read_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(home) as on:
        monkeypatch.setattr(TodayScreen, "HELP", "Line by line.\n" * 12)
        await on.press("question_mark")
        assert "↑↓ Read on" in on.words
        assert "^P" not in on.words
        await on.press(*["down"] * 14)
        assert "^P" in on.words


@on_a_screen
async def test_a_long_refusal_moves_nothing_and_gives_way_to_the_next_key(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remedy = "Do another thing, and look whether the day and the year on this laptop are right."

    def refuse(_screen: TodayScreen) -> None:
        raise Refused("It cannot be, for the clock of this laptop is behind the last entry.", remedy)

    monkeypatch.setattr(TodayScreen, "action_begin", refuse)
    async with running(home) as on:
        before = on.lines
        await on.press("b")
        assert remedy in on.words
        assert on.lines[: len(before) - 3] == before[: len(before) - 3]
        await on.press("f8")
        assert on.lines[-2:] == before[-2:]


def _fallen(home: Path, monkeypatch: pytest.MonkeyPatch) -> MachineFailed:
    def fall(_screen: TodayScreen) -> None:
        zwanhild = "a name that must not be seen"
        raise ValueError(f"SELECT * FROM person -- {zwanhild}")  # noqa: S608 - what must not be printed

    def run_without_a_terminal(app: EscapeApp) -> None:
        async def press(pilot: object) -> None:
            await pilot.press("b")  # type: ignore[attr-defined]

        asyncio.run(app.run_async(headless=True, auto_pilot=press))

    monkeypatch.setattr(TodayScreen, "action_begin", fall)
    monkeypatch.setattr(EscapeApp, "run", run_without_a_terminal)
    with pytest.raises(MachineFailed) as failed:
        starting.run_app(home_in(home, lambda: PASSPHRASE))
    return failed.value


def test_an_end_by_an_error_tells_no_value_no_name_and_no_sql(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    error = _fallen(home, monkeypatch)
    told = str(error) + "".join(capfd.readouterr())
    assert "did not foresee (ValueError at" in told
    assert "What was entered is safe" in told
    for secret in ("must not be seen", "SELECT", "zwanhild", "Quastenfloss", "locals"):
        assert secret not in told


def test_an_end_by_an_error_leaves_the_cohort_closed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fallen(home, monkeypatch)
    app = EscapeApp(Begin(home_in(home, lambda: PASSPHRASE)))
    assert app.desk.code == "K26-1"
    app.leave_all_closed()


def test_variables_that_write_screens_to_files_are_not_heeded(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(EscapeApp, "run", lambda _app: None)
    for name in starting.NOT_HEEDED:
        monkeypatch.setenv(name, str(tmp_path / "written"))
    starting.run_app(home_in(home, lambda: PASSPHRASE))
    assert not [name for name in starting.NOT_HEEDED if name in os.environ]
