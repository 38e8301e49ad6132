"""Keys pressed on the area Measures, counted.

Not for: checking anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from escape_tui.entry import keying
from escape_tui.screens.measures.board import MeasuresScreen
from escape_tui.screens.measures.entry import EntryScreen
from escape_tui.store.read import measures
from sessions.records import MeasureRow
from tests.screens.homes import On

KOOS = tuple("12345" * 8 + "12")
"""Keys of a whole KOOS sheet."""


class Counted:
    """Presses keys and counts them."""

    def __init__(self, on: On) -> None:
        self._on = on
        self.pressed = 0

    async def press(self, *keys: str) -> None:
        """Press keys."""
        self.pressed += len(keys)
        await self._on.press(*keys)


def board(on: On) -> MeasuresScreen:
    """The board, which has to be what is seen."""
    screen = on.app.screen
    assert isinstance(screen, MeasuresScreen)
    return screen


def entry(on: On) -> EntryScreen:
    """The sheet, which has to be what is seen."""
    screen = on.app.screen
    assert isinstance(screen, EntryScreen)
    return screen


def recorded(on: On) -> tuple[MeasureRow, ...]:
    """Every measure of the open cohort."""
    return measures(on.app.desk.cohort)


def settings(home: Path, text: str) -> None:
    """Give a home settings of its own."""
    (home / "escape.toml").write_text(text, encoding="utf-8")


def type_at_once(on: On, keys: Iterable[str]) -> None:
    """Answer items of the sheet that is seen, where the keys themselves are not what is tried."""
    screen = entry(on)
    for key in keys:
        screen.entry.put(keying.press(screen.entry.sheet, key))
    screen.look_again()
