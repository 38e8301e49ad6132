"""The bench of the chair stand: who is next, thirty seconds on the clock, the number of stands.

Not for: what the number comes to (`sessions.scoring`), or sounding the start and the stop.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from escape_tui.guiding.assessment import Owed, owed_today
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.recording import Sheet, record_sheet
from sessions.clock import ZERO, GapKind, Instant, elapsed, gap_between
from sessions.errors import Refused

CHAIR_STAND: Final = "chair-stand-30s"
THIRTY_SECONDS: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class StandTimer:
    """Thirty seconds from `since` on; None until it was started. `broken` once nobody watched it run.

    A count made while the laptop slept is no count: it is done again.
    """

    since: Instant | None = None
    seen: Instant | None = None
    broken: bool = False

    def start(self, now: Instant) -> StandTimer:
        """The thirty seconds begin, or begin again."""
        return StandTimer(now, now)

    def stop(self) -> StandTimer:
        """Nothing is timed any more."""
        return StandTimer()

    def tick(self, now: Instant) -> StandTimer:
        """Look at the clock, at least once a second while it runs."""
        if self.since is None or self.seen is None or self.is_over(self.seen):
            return self
        gap = gap_between(self.seen, now)
        away = gap is not None and gap.kind is GapKind.AWAY
        return replace(self, seen=now, broken=self.broken or away)

    def remaining(self, now: Instant) -> timedelta:
        """What is left of the thirty seconds; all of it before the start."""
        gone = ZERO if self.since is None else elapsed(self.since, now)
        return max(ZERO, THIRTY_SECONDS - gone)

    def is_running(self, now: Instant) -> bool:
        """Whether a person is standing up and sitting down just now."""
        return self.since is not None and self.remaining(now) > ZERO

    def is_over(self, now: Instant) -> bool:
        """Whether the thirty seconds have gone by: say stop, and ask for the number."""
        return self.since is not None and self.remaining(now) == ZERO

    @property
    def ends(self) -> Instant | None:
        """The instant of the stop; None before the start."""
        return None if self.since is None else self.since.plus(THIRTY_SECONDS)


@dataclass(frozen=True, slots=True)
class Bench:
    """Who still has to do the chair stand today, the next one first. `later` were put to the end."""

    waiting: tuple[Owed, ...]
    later: tuple[str, ...] = ()

    @property
    def next(self) -> Owed | None:
        """Who is next; None where everyone here has done it."""
        return self.waiting[0] if self.waiting else None

    def put_off(self) -> Bench:
        """The next one goes to the end: still filling in a paper, or not ready."""
        if self.next is None:
            return self
        person = self.next.person.id
        return Bench((*self.waiting[1:], self.waiting[0]), (*(p for p in self.later if p != person), person))

    def choose(self, person: str) -> Bench:
        """A person goes first; where they do not wait, nothing changes."""
        first = tuple(one for one in self.waiting if one.person.id == person)
        rest = tuple(one for one in self.waiting if one.person.id != person)
        return Bench((*first, *rest), tuple(one for one in self.later if one != person))


def bench(guide: Guide, later: tuple[str, ...] = ()) -> Bench:
    """Who has to do the chair stand today, in the order of the register; those of `later` at the end.

    Who told a red flag today is not in it: thirty seconds of standing up are exercise.
    """
    owing = tuple(owed for owed in _stands_owed(guide) if owed.person.id not in guide.register.stopped)
    put_off = {person: place for place, person in enumerate(later)}
    return Bench(tuple(sorted(owing, key=lambda owed: put_off.get(owed.person.id, -1))), later)


def refuse_if_flagged(guide: Guide, person: str) -> None:
    """Keep a person off the bench: `Refused` where they told a red flag today."""
    if person in guide.register.stopped:
        number = guide.row(person).person.number
        raise Refused(
            f"A red flag was told today: no chair stand for {number}.", "Do what the register says of it."
        )


def nobody_next(guide: Guide) -> str:
    """Why the bench is empty, in a sentence."""
    if _stands_owed(guide):
        return "Nobody else may do the chair stand: a red flag was told today."
    return "Everyone here has done the chair stand."


def record_stands(guide: Guide, owed: Owed, stands: int, *, arms: bool = False) -> Told:
    """Record the stands of thirty seconds; who had to use the arms has 0, flagged, whatever was counted.

    `Refused` below 0, above what the instrument allows, and over a number that is recorded. Source: CDC
    STEADI, 30-Second Chair Stand.
    """
    answers = "0 arms" if arms else str(stands)
    record_sheet(guide.cohort, Sheet(owed.person.id, CHAIR_STAND, owed.timepoint, answers))
    words = "0 stands, the arms were used" if arms else f"{stands} stands"
    return guide.register.said(owed.person.id, f"chair stand: {words}", undo=True)


def _stands_owed(guide: Guide) -> tuple[Owed, ...]:
    return tuple(owed for owed in owed_today(guide) if owed.instrument == CHAIR_STAND)
