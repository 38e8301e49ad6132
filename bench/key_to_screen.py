"""From a key to the changed cell, the durable write included: `python -m bench.key_to_screen`.

Keys are pressed on the register and at the desk of a session with ten people; the clock stops when the frame
with the echo is handed to the terminal. Not for: the terminal's own time to show it.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from textual import events
from textual.screen import Screen

from tests.screens.session.circuits import to_work
from tests.screens.session.hall import Hall, make_home, session
from widgets.key_echo import Echo

TIMES = 100
AT_MOST_MS = 50.0
PERCENT = 95
WAIT_SECONDS = 0.03
"""After the frame before, so that each key is timed alone."""


def measured() -> dict[str, list[float]]:
    """Milliseconds of each key pressed, by what it does."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measured(make_home(Path(folder) / "home")))


def p95(times: list[float]) -> float:
    """The time that 95 of 100 keys stay within."""
    return statistics.quantiles(times, n=100)[PERCENT - 1]


async def _measured(home: Path) -> dict[str, list[float]]:
    async with session(home, size=(120, 40)) as hall:
        await hall.press("1")
        marks = [await _timed(hall, key) for _ in range(TIMES // 2) for key in ("l", "o")]
        await to_work(hall)
        await hall.press("d", "2")
        desk = [await _timed(hall, key) for _ in range(TIMES // 2) for key in ("x", "delete")]
        undo = [await _timed(hall, key) for _ in range(TIMES // 2) for key in ("x", "u")][1::2]
        return {"a mark on the register": marks, "an exception at the desk": desk, "undo at the desk": undo}


async def _timed(hall: Hall, key: str) -> float:
    """Milliseconds from the key to the frame in which the echo has changed."""
    echo = hall.screen.query_exactly_one(Echo)
    echo.text = ""
    await hall.pilot.pause()
    await asyncio.sleep(WAIT_SECONDS)
    drawn = asyncio.Event()
    display = hall.app._display  # noqa: SLF001 - what is handed to the terminal

    def seen(screen: Screen[Any], renderable: RenderableType | None) -> None:
        display(screen, renderable)
        if echo.text and renderable is not None:
            drawn.set()

    hall.app._display = seen  # type: ignore[method-assign]  # noqa: SLF001
    start = time.perf_counter()
    hall.app.post_message(events.Key(key, None))
    await asyncio.wait_for(drawn.wait(), 5)
    taken = time.perf_counter() - start
    hall.app._display = display  # type: ignore[method-assign]  # noqa: SLF001
    return taken * 1000


if __name__ == "__main__":
    for what, times in measured().items():
        worst = p95(times)
        verdict = "ok" if worst <= AT_MOST_MS else "OVER"
        middle = statistics.median(times)
        print(f"| {what} | {middle:.0f} ms, p95 {worst:.0f} ms | at most {AT_MOST_MS:g} ms | {verdict} |")
