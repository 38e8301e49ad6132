"""From a key to the changed cell, the durable write included: `python -m bench.key_to_screen`.

It presses keys at the desk and on the register of a session whose cohort is encrypted on this disk, and takes the time
until the screen has drawn the new word. Not for: the terminal's own time to show it.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual import events
from textual.widgets import Static

from escape_tui.screens.session.session_screen import SessionScreen
from tests.screens.session.circuits import to_work
from tests.screens.session.hall import Hall, make_home, session
from widgets.key_echo import Echo

TIMES = 100
AT_MOST_MS = 50.0
PERCENT = 95


def measured() -> dict[str, list[float]]:
    """Milliseconds of each key pressed, by what it does."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measured(make_home(Path(folder) / "home")))


def p95(times: list[float]) -> float:
    """The time that 95 of 100 keys stay within."""
    return statistics.quantiles(times, n=100)[PERCENT - 1]


async def _measured(home: Path) -> dict[str, list[float]]:
    async with session(home, size=(120, 40)) as hall:


        await to_work(hall)
        await hall.press("d", "1")
        desk: list[float] = []
        for _ in range(TIMES // 2):
            desk.append(await _timed(hall, "x"))
            desk.append(await _timed(hall, "delete"))
        undo: list[float] = []
        for _ in range(TIMES // 4):
            await _timed(hall, "x")
            undo.append(await _timed(hall, "u"))
        return {"an exception at the desk": desk, "undo at the desk": undo}


async def _timed(hall: Hall, key: str) -> float:
    """Milliseconds from the key to the frame in which the echo has changed."""
    echo = hall.screen.query_exactly_one(Echo)
    echo.text = ""
    await hall.pilot.pause()
    drawn = asyncio.Event()
    display = hall.app._display

    def seen(screen: object, renderable: object) -> None:
        display(screen, renderable)
        if echo.text and renderable is not None:
            drawn.set()

    hall.app._display = seen
    start = time.perf_counter()
    hall.app.post_message(events.Key(key, None))
    await asyncio.wait_for(drawn.wait(), 5)
    taken = time.perf_counter() - start
    hall.app._display = display
    return taken * 1000
