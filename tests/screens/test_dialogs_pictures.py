"""Pictures of what stands over a screen: help, a choice, who is on duty, the covered screen, unlocking."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.screens.homes import LARGE, SMALL, On, on_a_screen, put_into, running
from tests.screens.pictures import looks_as_before
from tests.unit.home_fixtures import cheap_home

LOOKS = [(SMALL, "calm"), (SMALL, "high-contrast"), (LARGE, "calm")]
SITE = """
[site]
code = "STM"
name = "St Mary's Hall"
address = ["St Mary's Hall", "12 Church Lane, [red] entrance", "Otley LS21 3AB"]
defibrillator = "In the porch, left of the door; code C159"
"""


@pytest.fixture(scope="session")
def _encrypted_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made, _ = cheap_home(tmp_path_factory.mktemp("encrypted") / "home")
    put_into(made, 1, ("K26-1",))
    (made.folder / "escape.toml").write_text(SITE, encoding="utf-8")
    return made.folder


@pytest.fixture
def encrypted_home(_encrypted_made: Path, tmp_path: Path) -> Path:
    """One facilitator, one cohort, a site with an address."""
    return Path(shutil.copytree(_encrypted_made, tmp_path / "home"))


async def _looks(on: On, name: str) -> bool:
    """Whether a dialog looks as it was read, in each size and colour of `LOOKS`."""
    for field in on.app.screen.query(Input):
        field.cursor_blink = False
    for size, theme in LOOKS:
        on.app.theme = theme
        await on.pilot.resize_terminal(*size)
        await on.pilot.pause()
        assert looks_as_before(on.app, f"{name}-{theme}-{size[0]}x{size[1]}")
    return True


@on_a_screen
async def test_help_looks_as_it_was_read(home: Path) -> None:
    async with running(home) as on:
        await on.press("question_mark")
        assert await _looks(on, "help")


@on_a_screen
async def test_the_choice_of_a_cohort_looks_as_it_was_read(busy_home: Path) -> None:
    async with running(busy_home) as on:
        await on.press("1", "enter")
        assert await _looks(on, "pick")


@on_a_screen
async def test_who_is_on_duty_looks_as_it_was_read(busy_home: Path) -> None:
    async with running(busy_home) as on:
        await on.press("1", "3")
        assert await _looks(on, "duty")


@on_a_screen
async def test_helpers_alone_on_duty_look_as_they_were_read(busy_home: Path) -> None:
    async with running(busy_home) as on:
        await on.press("3")
        assert await _looks(on, "duty-alone")


@on_a_screen
async def test_the_curtain_of_a_plain_home_looks_as_it_was_read(home: Path) -> None:
    (home / "escape.toml").write_text(SITE, encoding="utf-8")
    async with running(home) as on:
        await on.press("ctrl+l")
        assert await _looks(on, "curtain")


@on_a_screen
async def test_the_curtain_that_asks_looks_as_it_was_read(encrypted_home: Path) -> None:
    async with running(encrypted_home) as on:
        await on.press("ctrl+l")
        assert await _looks(on, "curtain-asks")


@on_a_screen
async def test_unlocking_looks_as_it_was_read(encrypted_home: Path) -> None:
    async with running(encrypted_home, locked=True) as on:
        await on.press(*"three", "space")
        assert await _looks(on, "unlock")
