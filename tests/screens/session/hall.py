"""A session on the screen: a plain home with one cohort, the app in it, keys pressed, a clock set by hand.

Not for: checking anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from escape_tui.cohorts import make_cohort
from escape_tui.desk import home_in
from escape_tui.facilitators import Facilitator, add_facilitator
from escape_tui.guiding.guide import Guide
from escape_tui.screens.app import EscapeApp
from escape_tui.screens.session.session_screen import SessionScreen
from escape_tui.screens.way_in import Begin
from escape_tui.store.acts.people import PersonEntry, enrol
from escape_tui.store.cohort import Actor
from escape_tui.store.opening import make_plain_home
from escape_tui.store.passphrase import Passphrase
from sessions.clock import FakeClock
from sessions.records import DeliveryForm
from tests.guiding.evenings import NAMES
from tests.store.making import new_cohort
from widgets.key_echo import Echo

CODE = "K26-1"
MORNING = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
ON_DUTY = Facilitator(id="jk", name="Jo Kay", role="physiotherapist")
HELPER = Facilitator(id="sa", name="Sam Ash", role="therapy assistant")
HOSTILE = (
    ("Ann [/b]", "x"),
    ("[red]", ""),
    ("[/", ""),
    ("שרה", "כהן"),
    ("🤸🏽", "Dee"),
    ("$name", "{0}"),
    ("E" * 60, "F" * 60),
    ("Ana\u0301i\u0308s", "\u0308Q"),
    ("日本", "太郎"),
    ("\\[x]", "</b>"),
)
"""Names that a toolkit may take for something else."""
SMALL, LARGE, VAST = (80, 24), (120, 40), (240, 70)


@dataclass(frozen=True, slots=True)
class Hall:
    """The app while a session is on its screen."""

    app: EscapeApp
    pilot: Pilot[None]
    clock: FakeClock

    @property
    def screen(self) -> SessionScreen:
        """The session's screen, wherever it is in the pile."""
        return next(one for one in self.app.screen_stack if isinstance(one, SessionScreen))

    @property
    def guide(self) -> Guide:
        """The evening as the screen works on it."""
        return self.screen.guide

    @property
    def echo(self) -> str:
        """What was said back last."""
        return self.screen.query_exactly_one(Echo).text

    @property
    def words(self) -> str:
        """All that the screen shows, blanks and line ends as one blank each."""
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001 - the cells as they are
        return " ".join(" ".join(strip.text for strip in strips).replace("│", " ").split())

    async def press(self, *keys: str) -> None:
        """Press keys and let all that follows come to rest."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a line and press Enter."""
        await self.pilot.press(*("space" if letter == " " else letter for letter in text), "enter")
        await self.pilot.pause()

    async def pass_seconds(self, seconds: float) -> None:
        """Let time go by, watched, and the screen see it."""
        for _ in range(int(seconds)):
            self.clock.advance(1)
            self.screen._tick()  # noqa: SLF001 - as its timer does, without waiting
        await self.pilot.pause(0.15)


def make_home(
    folder: Path,
    names: Sequence[tuple[str, str]] = NAMES[:10],
    *,
    close: int = 0,
    delivery: DeliveryForm = "in_person",
    facilitators: tuple[Facilitator, ...] = (ON_DUTY,),
) -> Path:
    """A plain home with a cohort of these people, the first `close` of them needing close support."""
    home = make_plain_home(folder)
    for one in facilitators:
        add_facilitator(folder, one)
    new = replace(new_cohort(code=CODE), delivery=delivery)
    with make_cohort(home, new, Actor(ON_DUTY.id, lambda: MORNING)) as cohort:
        for place, (given, family) in enumerate(names):
            person = PersonEntry(
                given_name=given,
                family_name=family,
                sex="female",
                pain_site="knee",
                side="left",
                needs_close_support=place < close,
            )
            enrol(cohort, person)
    return folder


@asynccontextmanager
async def session(
    folder: Path,
    number: int = 1,
    size: tuple[int, int] = SMALL,
    *,
    clock: FakeClock | None = None,
) -> AsyncIterator[Hall]:
    """The app begun in session `number` of the home in `folder`."""
    ticking = clock or FakeClock(MORNING)
    home = home_in(folder, _no_passphrase)
    app = EscapeApp(Begin(home, cohort=CODE, session=number, clock=ticking, by=ON_DUTY.id))
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Hall(app, pilot, ticking)
    finally:
        app.leave_all_closed()


def play(
    folder: Path, then: Callable[[Hall], Awaitable[None]], number: int = 1, size: tuple[int, int] = SMALL
) -> None:
    """Begin the session in `folder` and do what the test does."""

    async def evening() -> None:
        async with session(folder, number, size) as hall:
            await then(hall)

    asyncio.run(evening())


def _no_passphrase() -> Passphrase:
    raise AssertionError("a plain home asks for no passphrase")
