"""What tests of the people's screens share: the way there, and what is recorded.

Not for: checking anything.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events

from escape_tui.known_people import KnownPerson, known_person
from escape_tui.store.read import people
from tests.screens.homes import SMALL, On, running


@asynccontextmanager
async def on_people(
    home: Path, size: tuple[int, int] = SMALL, *keys: str, several: bool = False
) -> AsyncIterator[On]:
    """The list of the first cohort, and what follows these keys; `several` where duty is asked first."""
    async with running(home, size, cohort="K26-1") as on:
        if several:
            await on.press("1", "enter")
        await on.press("f3")
        for key in keys:
            await on.press(key)
        yield on


def known(on: On, number: int) -> KnownPerson:
    """What is kept of the person of that number."""
    cohort = on.app.desk.cohort
    return known_person(cohort, next(one.id for one in people(cohort) if one.number == number))


async def type_in(on: On, text: str) -> None:
    """Put text where it is typed, at once: key by key a form would take seconds."""
    on.app.screen.post_message(events.Paste(text))
    await on.pilot.pause()
