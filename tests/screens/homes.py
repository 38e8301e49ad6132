"""Homes to run the app on, made once and copied, and what a screen says.

Not for: checking anything.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec

from textual.pilot import Pilot

from escape_tui.cohorts import make_cohort
from escape_tui.desk import home_in
from escape_tui.facilitators import Scope, add_facilitator, facilitator_of
from escape_tui.screens.app import EscapeApp
from escape_tui.screens.way_in import Begin
from escape_tui.store.cohort import Actor
from escape_tui.store.keys import Home
from escape_tui.store.opening import make_plain_home
from sessions.clock import FakeClock
from tests.store.making import Clock, new_cohort, someone
from tests.unit.home_fixtures import PASSPHRASE
from widgets.key_echo import Echo

_Given = ParamSpec("_Given")

HOSTILE = ("Ann [/b] x", "[red]", "[/", "שרה", "😀", "A" * 60, "é̂ö", "$name")
"""Given names that a toolkit may take for something else."""
MORNING = datetime(2026, 10, 5, 8, 55, tzinfo=UTC)
"""The day of the first session, before it begins."""
SMALL, LARGE = (80, 24), (120, 40)


@dataclass(frozen=True, slots=True)
class On:
    """The app while it runs, and who presses its keys."""

    app: EscapeApp
    pilot: Pilot[None]
    clock: FakeClock

    async def press(self, *keys: str) -> None:
        """Press keys and let all that follows come to rest."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        """The lines of the screen that is seen."""
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001 - what the terminal would get
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    @property
    def words(self) -> str:
        """All that the screen shows, blanks and line ends as one blank each."""
        return " ".join(" ".join(self.lines).split())

    @property
    def echo(self) -> str:
        """What the echo says."""
        return self.app.screen.query_exactly_one(Echo).text


def on_a_screen(test: Callable[_Given, Awaitable[None]]) -> Callable[_Given, None]:
    """Let a test of the app run to its end."""

    @functools.wraps(test)
    def ran(*given: _Given.args, **named: _Given.kwargs) -> None:
        async def whole() -> None:
            await test(*given, **named)

        asyncio.run(whole())

    return ran


def fill(
    folder: Path, *, facilitators: int = 1, codes: tuple[str, ...] = ("K26-1",), practice: bool = False
) -> Path:
    """A plain home with so many facilitators, and cohorts of people with hostile names."""
    home = make_plain_home(folder, practice=practice)
    put_into(home, facilitators, codes)
    return folder


def put_into(home: Home, facilitators: int, codes: tuple[str, ...]) -> None:
    """Fill a home that is there."""
    for number in range(1, facilitators + 1):
        scope: Scope = "all" if number == 1 else "exercise"
        name = "Jo [b]King" if number == 1 else f"Helper {number}"
        add_facilitator(home.folder, facilitator_of(f"f{number}", name, "physiotherapist", scope))
    for code in codes:
        new = new_cohort(code=code, practice=home.practice)
        with make_cohort(home, new, Actor("f1", Clock())) as cohort:
            for number, name in enumerate(HOSTILE, start=1):
                someone(cohort, f"R{number}", given_name=name, family_name="Quastenfloss")


@asynccontextmanager
async def running(
    folder: Path, size: tuple[int, int] = SMALL, *, locked: bool = False, cohort: str | None = None
) -> AsyncIterator[On]:
    """The app on the home in `folder`; with `locked` its passphrase is still to be typed."""
    clock = FakeClock(MORNING)
    home = folder if locked else home_in(folder, lambda: PASSPHRASE)
    app = EscapeApp(Begin(home, clock=clock, cohort=cohort))
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield On(app, pilot, clock)
    finally:
        app.leave_all_closed()
