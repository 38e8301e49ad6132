"""The run of a session as it would have gone: the events of an evening, each at its instant.

Not for: keeping them, nor for what people did at the stations (`exercising`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from sessions.circuit import PersonId
from sessions.clock import ZERO, Instant
from sessions.run import Run, RunState, begin, follow, state_at
from sessions.run_events import (
    Ended,
    Event,
    Held,
    LeftGroup,
    Paused,
    Released,
    Resumed,
    SatOut,
    Seated,
    SeatedLate,
    StandInTaken,
    Started,
    TimeAdded,
    WentOn,
)
from sessions.run_steps import Phase, RunPlan

_Happening = tuple[float, Callable[[], None]]
"""How far into the exercise, from 0 to 1, and what happens then."""


@dataclass(frozen=True, slots=True)
class Here:
    """Who is there, by id. `late` come after the others were seated, `leaving` go in the middle."""

    hall: tuple[PersonId, ...]
    together: tuple[PersonId, ...] = ()
    late: tuple[PersonId, ...] = ()
    leaving: tuple[PersonId, ...] = ()
    close_support: tuple[PersonId, ...] = ()
    sitting_out: tuple[PersonId, ...] = ()
    stand_ins: tuple[tuple[PersonId, int, str], ...] = ()
    over_screen: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True)
class Ran:
    """A session that is over. `exercise_from` and `exercise_to` are the instants it was done between."""

    events: tuple[Event, ...]
    exercise_from: Instant
    exercise_to: Instant

    @property
    def started(self) -> Instant:
        """When the session was started."""
        return self.events[0].at

    @property
    def ended(self) -> Instant:
        """When the session was ended."""
        return self.events[-1].at


def ran(rng: Random, plan: RunPlan, started: Instant, here: Here, *, held: bool) -> Ran:
    """Let a session go by from its start to its end; `held` where something happened in the exercise."""
    return _Guided(rng, plan, started, here).to_the_end(held=held)


class _Guided:
    """The hand that goes on, seats people and stops the clocks."""

    def __init__(self, rng: Random, plan: RunPlan, started: Instant, here: Here) -> None:
        self._rng = rng
        self._here = here
        self._now = started
        self._run: Run = begin(plan)
        self._events: list[Event] = []

    def to_the_end(self, *, held: bool) -> Ran:
        self._tell(Started(self._now))
        while self._state().step.ends_by_hand:
            self._talk()
        began = self._now
        self._exercise(self._happenings(held=held))
        finished = self._now
        self._wait(self._state().remaining.total_seconds() * self._rng.uniform(0.7, 1.2))
        self._tell(Ended(self._now))
        return Ran(tuple(self._events), began, finished)

    def _talk(self) -> None:
        """A step that lasts as long as people talk."""
        step = self._state().step
        takes = step.seconds * self._rng.uniform(0.85, 1.2)
        late = self._here.late if step.phase is not Phase.ARRIVAL else ()
        self._here_late(late, takes / 2)
        self._wait(takes / 2 if late else takes)
        if step.phase is Phase.ARRIVAL:
            self._seat()
        self._tell(WentOn(self._now))

    def _seat(self) -> None:
        present = tuple(person for person in self._here.hall if person not in self._here.late)
        over_screen = tuple(person for person in self._here.together if person not in self._here.late)
        close = tuple(one for one in self._here.close_support if one in {*present, *over_screen})
        self._tell(Seated(self._now, present, over_screen, close))

    def _here_late(self, late: tuple[PersonId, ...], after: float) -> None:
        seated = set(self._run.seating.people)
        coming = [person for person in late if person not in seated]
        if late:
            self._wait(after)
        for person in coming:
            self._tell(
                SeatedLate(
                    self._now,
                    person,
                    over_screen=person in self._here.over_screen,
                    close_support=person in self._here.close_support,
                )
            )

    def _happenings(self, *, held: bool) -> list[_Happening]:
        found: list[_Happening] = [(0.0, self._people_first)]
        if self._rng.random() < 0.5:
            found.append((self._rng.uniform(0.3, 0.8), lambda: self._stop_for(self._rng.uniform(15, 80))))
        if self._rng.random() < 0.3:
            found.append((self._rng.uniform(0.3, 0.8), lambda: self._tell(TimeAdded(self._now, 30))))
        if held:
            found.append((self._rng.uniform(0.4, 0.7), self._hold))
        if self._here.leaving:
            found.append((0.55, self._people_leave))
        return sorted(found, key=lambda happening: happening[0])

    def _exercise(self, happenings: list[_Happening]) -> None:
        whole = self._until_closing().total_seconds()
        for share, happen in happenings:
            done = whole - self._until_closing().total_seconds()
            self._wait(max(0.0, share * whole - done))
            happen()
        self._now = self._now.plus(self._until_closing())

    def _until_closing(self) -> timedelta:
        state = self._state()
        closing = self._run.steps[-1].length
        return ZERO if state.next_step is None else state.session_remaining - closing

    def _people_first(self) -> None:
        for person in self._here.sitting_out:
            self._tell(SatOut(self._now, person))
        for person, station, exercise in self._here.stand_ins:
            self._tell(StandInTaken(self._now, person, station, exercise))

    def _people_leave(self) -> None:
        for person in self._here.leaving:
            self._tell(LeftGroup(self._now, person))

    def _stop_for(self, seconds: float) -> None:
        self._tell(Paused(self._now))
        self._wait(seconds)
        self._tell(Resumed(self._now))

    def _hold(self) -> None:
        self._tell(Held(self._now))
        self._wait(self._rng.uniform(60, 240))
        self._tell(Released(self._now))

    def _tell(self, event: Event) -> None:
        self._run = follow(self._run, [event])
        self._events.append(event)

    def _wait(self, seconds: float) -> None:
        self._now = self._now.plus(timedelta(seconds=round(seconds, 1)))

    def _state(self) -> RunState:
        return state_at(self._run, self._now)
