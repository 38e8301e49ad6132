"""What tests of the people's screens share: the way there, and what is recorded.

Not for: checking anything.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from textual import events

from escape_tui.cohorts import open_by_code
from escape_tui.known_people import KnownPerson, known_people, known_person
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.exercise import log_exercise
from escape_tui.store.acts.measures import record_measure
from escape_tui.store.acts.people import ConsentEntry, fix_index, record_consent
from escape_tui.store.cohort import Actor, Cohort
from escape_tui.store.keys import Home
from escape_tui.store.read import people
from sessions.records import AttendanceRow, ExerciseRow, MeasureRow
from sessions.rules import Timepoint
from tests.screens.homes import SMALL, On, running
from tests.store.making import Clock

BASELINE, END, HALF_YEAR = date(2026, 10, 5), date(2026, 11, 12), date(2027, 5, 20)
STANDS = ((8, 12), (9, 9), (10, 8), (7, 10), (0, 4))
"""Chair stands of five people at the start and at the end; the sixth has a start alone."""


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


def _stands(cohort: Cohort, person: str, timepoint: Timepoint, on: date, answer: str) -> None:
    record_measure(cohort, MeasureRow(person, "chair-stand-30s", timepoint, on, "self", answers=(answer,)))


def live_through(cohort: Cohort) -> None:
    """Five pairs of chair stands, one start alone; the first five agreed to sharing and came once."""
    ids = [one.id for one in known_people(cohort)]
    for person in ids[:6]:
        fix_index(cohort, person, "knee", "left")
    for person, (start, end) in zip(ids, STANDS, strict=False):
        record_consent(cohort, person, ConsentEntry("sharing", given=True, on=BASELINE))
        mark_attendance(cohort, AttendanceRow(person, 1, "present"))
        _stands(cohort, person, "baseline", BASELINE, str(start) if start else "0 arms")
        _stands(cohort, person, "end", END, str(end))
    _stands(cohort, ids[5], "baseline", BASELINE, "11")
    _stands(cohort, ids[0], "follow_up_6", HALF_YEAR, "13")
    log_exercise(cohort, ExerciseRow(ids[0], 1, "sit-to-stand", level=2, reps=8))


def opened(home: Home, code: str = "K26-1") -> Cohort:
    """A cohort of that home, open."""
    return open_by_code(home, code, Actor("f1", Clock()), before_migration=lambda: None)
