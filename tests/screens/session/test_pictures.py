"""Pictures of every pane in three sizes and both themes, each read before it was kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.pictures import looks_as_before
from tests.screens.session.hall import LARGE, SMALL, VAST, Hall, make_home, play

SIZES = (SMALL, LARGE, VAST)
PANES: dict[str, tuple[str, ...]] = {
    "register-arriving": ("1", "2", "3", "5", "x", "i"),
    "register-red-flag": ("a", "4", "y", "4"),
    "register-questions": ("a", "4", "y"),
    "talk": ("a", "n", "space", "pagedown", "pagedown", "pagedown"),
    "talk-themes": ("a", "n", "space", "pagedown", "pagedown", "c"),
    "bench": ("a", "b", "o", "2", "k"),
    "bench-chair-stand": ("a", "b", "s", "1", "2"),
    "wrap-up": ("1", "2", "3", "space", "w"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", PANES)
def test_a_pane_looks_as_it_was_read(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    async def then(hall: Hall) -> None:
        await hall.press(*PANES[name])
        await _still(hall)
        assert looks_as_before(hall.app, f"session-{name}-{size[0]}x{size[1]}")

    play(make_home(tmp_path / "home", close=1), then, size=size)


@pytest.mark.parametrize("name", ["register-red-flag", "talk", "wrap-up"])
def test_a_pane_looks_as_it_was_read_in_high_contrast(tmp_path: Path, name: str) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("f8", *PANES[name])
        await _still(hall)
        assert looks_as_before(hall.app, f"session-{name}-high-contrast")

    play(make_home(tmp_path / "home", close=1), then)


async def _still(hall: Hall) -> None:
    """Let the screen's own clock draw once more, so that nothing is under way."""
    hall.screen._tick()  # noqa: SLF001 - as its timer does, without waiting
    await hall.pilot.pause()
