"""Pictures of what stands over a screen: help, a choice, who is on duty, the covered screen, unlocking."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.screens.homes import LARGE, SMALL, on_a_screen, put_into, running
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
looks = pytest.mark.parametrize(
    ("size", "theme"), LOOKS, ids=[f"{theme}-{size[0]}x{size[1]}" for size, theme in LOOKS]
)


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


async def _looks(folder: Path, size: tuple[int, int], theme: str, keys: list[str], name: str) -> None:
    async with running(folder, size) as on:
        on.app.theme = theme
        await on.press(*keys)
        assert looks_as_before(on.app, f"{name}-{theme}-{size[0]}x{size[1]}")


@looks
@on_a_screen
async def test_help_looks_as_it_was_read(home: Path, size: tuple[int, int], theme: str) -> None:
    await _looks(home, size, theme, ["question_mark"], "help")


@looks
@on_a_screen
async def test_the_choice_of_a_cohort_looks_as_it_was_read(
    busy_home: Path, size: tuple[int, int], theme: str
) -> None:
    await _looks(busy_home, size, theme, ["1", "enter"], "pick")


@looks
@on_a_screen
async def test_who_is_on_duty_looks_as_it_was_read(
    busy_home: Path, size: tuple[int, int], theme: str
) -> None:
    await _looks(busy_home, size, theme, ["1", "3"], "duty")


@looks
@on_a_screen
async def test_helpers_alone_on_duty_look_as_they_were_read(
    busy_home: Path, size: tuple[int, int], theme: str
) -> None:
    await _looks(busy_home, size, theme, ["3"], "duty-alone")


@looks
@on_a_screen
async def test_the_curtain_of_a_plain_home_looks_as_it_was_read(
    home: Path, size: tuple[int, int], theme: str
) -> None:
    (home / "escape.toml").write_text(SITE, encoding="utf-8")
    await _looks(home, size, theme, ["ctrl+l"], "curtain")


@looks
@on_a_screen
async def test_the_curtain_that_asks_looks_as_it_was_read(
    encrypted_home: Path, size: tuple[int, int], theme: str
) -> None:
    await _looks(encrypted_home, size, theme, ["ctrl+l"], "curtain-asks")


@looks
@on_a_screen
async def test_unlocking_looks_as_it_was_read(
    encrypted_home: Path, size: tuple[int, int], theme: str
) -> None:
    async with running(encrypted_home, size, locked=True) as on:
        on.app.theme = theme
        await on.press(*"three", "space")
        assert looks_as_before(on.app, f"unlock-{theme}-{size[0]}x{size[1]}")
