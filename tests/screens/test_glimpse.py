"""What stands on the screen at once, while a plain home is opened behind it, and what is loaded for it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from escape_tui.app import run_app
from escape_tui.desk import Desk, home_in
from escape_tui.glimpse import Glimpse, glimpse_of
from escape_tui.screens.app import EscapeApp
from escape_tui.screens.duty import DutyScreen
from escape_tui.screens.today import TodayScreen
from escape_tui.screens.way_in import Begin
from escape_tui.settings import FaultySettings
from escape_tui.store.acts.session_acts import Delivered, cancel_session, deliver_session
from sessions.clock import FakeClock
from tests.screens.homes import MORNING, SMALL, On, on_a_screen, put_into
from tests.unit.home_fixtures import PASSPHRASE, cheap_home

ROOT = Path(__file__).parents[2]
DAY = MORNING.date()
LATE = {"pydantic", "sqlite_utils", "sqlcipher3"}
"""What opening a home takes, which nobody waits for before something stands on the screen."""
NEVER = {"exports", "reportlab", "holidays", "mpmath", "cryptography", "argon2", "bcrypt", "numpy", "scipy"}
"""What Today of a plain home never needs."""
WHAT_IS_LOADED = """
import asyncio, json, sys
from pathlib import Path
import escape_tui.cli.main
from escape_tui.cli.open_app import open_app
from escape_tui.screens.app import EscapeApp

def names():
    return sorted({name.partition(".")[0] for name in sys.modules})

def open_behind(app):
    opened(app)
    print(json.dumps({"seen": seen, "open": names()}))
    app.exit()

def load_behind(app):
    seen.extend(names())
    loaded(app)

seen = []
opened, EscapeApp._open_behind = EscapeApp._open_behind, open_behind
loaded, EscapeApp.load_behind = EscapeApp.load_behind, load_behind
EscapeApp.run = lambda app: asyncio.run(app.run_async(headless=True))
open_app(Path(sys.argv[1]))
"""
WORDS_AND_LEAVE = "print(json.dumps([type(app.screen).__name__, *seen])); app.exit()"


def _glimpse(folder: Path, day: date = DAY) -> Glimpse:
    glimpse = glimpse_of(folder, day)
    assert glimpse is not None
    return glimpse


@asynccontextmanager
async def _opening(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[On]:
    """The app with nothing but the glimpse of a home, which is not opened until somebody says so."""
    monkeypatch.setattr(EscapeApp, "load_behind", lambda _app: None)
    clock = FakeClock(MORNING)
    app = EscapeApp(Begin(folder, clock=clock, glimpse=_glimpse(folder)))
    try:
        async with app.run_test(size=SMALL) as pilot:
            await pilot.pause()
            yield On(app, pilot, clock)
    finally:
        app.leave_all_closed()


async def _open(on: On) -> None:
    on.app._open_behind()  # noqa: SLF001 - what follows once all is loaded
    await on.pilot.pause()
    await on.pilot.pause()


@on_a_screen
async def test_heading_strip_and_keys_stand_before_the_home_is_open(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _opening(home, monkeypatch) as on:
        assert not on.app.is_ready
        assert "Session 1 of 12 Monday 5 October 2026, 10:00 today" in on.words
        assert "►1" in on.words
        assert "b Begin the session" in on.words
        assert "Expected" not in on.words
        before = on.lines
        await _open(on)
        assert "Expected 8 people" in on.words
        heading, strip = before[2:4], before[-6:-3]
        assert on.lines[2:4] == heading
        assert on.lines[-6:-3] == strip


@on_a_screen
async def test_a_key_pressed_before_the_home_is_open_is_heeded_then(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _opening(home, monkeypatch) as on:
        await on.press("d")
        assert isinstance(on.app.screen, TodayScreen)
        await _open(on)
        assert isinstance(on.app.screen, DutyScreen)


@on_a_screen
async def test_leaving_need_not_wait_for_the_home_to_open(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _opening(home, monkeypatch) as on:
        await on.press("ctrl+q")
        assert not on.app.is_running


def test_the_glimpse_says_what_today_says(home: Path) -> None:
    desk = Desk(home_in(home, lambda: PASSPHRASE), FakeClock(datetime(2026, 10, 14, 9, tzinfo=UTC)))
    desk.open("K26-1")
    deliver_session(desk.cohort, 1, Delivered(on=date(2026, 10, 5)))
    cancel_session(desk.cohort, 2, "hall closed")
    today = desk.today()
    desk.close()
    glimpse = _glimpse(home, date(2026, 10, 14))
    assert today.next is not None
    assert today.next.heading.number == 3
    assert (glimpse.heading, glimpse.sessions) == (today.next.heading, today.sessions)


def test_a_home_where_something_is_asked_first_gives_no_glimpse(busy_home: Path, tmp_path: Path) -> None:
    made, _ = cheap_home(tmp_path / "encrypted")
    put_into(made, 1, ("K26-1",))
    assert glimpse_of(made.folder, DAY) is None
    assert glimpse_of(busy_home, DAY) is None


@pytest.mark.parametrize("file", ["keys.json", "cohorts/K26-1.db", "escape.toml"])
def test_a_home_with_a_damaged_file_gives_no_glimpse(home: Path, file: str) -> None:
    (home / file).write_bytes(b"\xff[damaged")
    assert glimpse_of(home, DAY) is None


def test_no_home_gives_no_glimpse(tmp_path: Path) -> None:
    assert glimpse_of(tmp_path / "nowhere", DAY) is None


def test_a_home_that_cannot_be_opened_behind_its_glimpse_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "escape.toml").write_text("[idle]\nlock_minutes = -1\n", encoding="utf-8")
    monkeypatch.setattr(EscapeApp, "run", lambda app: asyncio.run(app.run_async(headless=True)))
    with pytest.raises(FaultySettings):
        run_app(home, glimpse=_glimpse(home))


def test_the_settings_choose_the_colours_of_the_glimpse(home: Path) -> None:
    (home / "escape.toml").write_text('[display]\ntheme = "high_contrast"\n', encoding="utf-8")
    assert EscapeApp(Begin(home, glimpse=_glimpse(home))).theme == "high-contrast"
    assert EscapeApp(Begin(home, glimpse=replace(_glimpse(home), theme=""))).theme == "calm"


def test_a_locked_home_asks_for_its_passphrase_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    made, _ = cheap_home(tmp_path / "encrypted")
    put_into(made, 1, ("K26-1",))
    script = WHAT_IS_LOADED.replace("load_behind", "load").replace("loaded(app)", WORDS_AND_LEAVE)
    run = subprocess.run(
        [sys.executable, "-c", script, made.folder], cwd=ROOT, capture_output=True, text=True, check=True
    )
    screen, *seen = json.loads(run.stdout)
    assert screen == "UnlockScreen"
    assert not {*seen} & (LATE | NEVER)


def test_nothing_heavy_is_loaded_before_today_stands(home: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", WHAT_IS_LOADED, home], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = json.loads(run.stdout)
    assert {"escape_tui", "textual", "sqlite3"} <= {*loaded["seen"]}
    assert not {*loaded["seen"]} & (LATE | NEVER)
    assert not {*loaded["open"]} & NEVER
