"""A session brought to its circuit on the screen.

Not for: checking anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from textual.widgets import Static

from sessions.run_events import WentOn
from sessions.run_steps import Kind, Phase, Step
from sessions.run_worked import LEAST_WORKED
from tests.screens.session.hall import Hall
from widgets.flash import Flash


async def to_step(hall: Hall, wanted: Callable[[Step], bool]) -> None:
    """Begin with all here and asked, and go on by hand, step by step, to the first step that is wanted."""
    if not hall.guide.state().started:
        await hall.press("a", "n", "space")
    _go_on(hall)
    while not wanted(hall.guide.state().step):
        _go_on(hall)
    await seen(hall)


async def to_work(hall: Hall) -> None:
    """To the next time people work."""
    await to_step(hall, lambda step: step.kind is Kind.WORK)


async def to_cool_down(hall: Hall) -> None:
    """To the end of the circuit."""
    await to_step(hall, lambda step: step.phase is Phase.COOL_DOWN)


async def seen(hall: Hall) -> None:
    """Let the screen see the clock, as its timer does, and draw; a flash is over by then."""
    hall.screen._tick()  # noqa: SLF001 - as its timer does, without waiting
    await hall.pilot.pause()
    hall.screen.query_exactly_one(Flash).display = False
    await hall.pilot.pause()


def _go_on(hall: Hall) -> None:
    """On to the next step; a turn that took no time would be none that anybody worked."""
    if hall.guide.state().step.kind is Kind.WORK:
        hall.clock.advance(LEAST_WORKED.total_seconds())
    hall.guide.tell(WentOn(hall.guide.keeper.now()))


def text_of(hall: Hall, selector: str) -> str:
    """What stands in one part of the screen, line ends as blanks."""
    return " ".join(str(hall.screen.query_one(selector, Static).content).split())


class Presses:
    """How many keys were pressed."""

    def __init__(self) -> None:
        self.count = 0


@contextmanager
def counted(hall: Hall) -> Iterator[Presses]:
    """Count the keys pressed meanwhile."""
    presses, press = Presses(), hall.pilot.press

    async def counting(*keys: str) -> None:
        presses.count += len(keys)
        await press(*keys)

    hall.pilot.press = counting  # type: ignore[method-assign]
    try:
        yield presses
    finally:
        hall.pilot.press = press  # type: ignore[method-assign]
