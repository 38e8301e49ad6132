"""Which bouts of a circuit were really worked, and who was where in each, from what happened in the run.

Not for: where people are now (`run`). A bout that somebody only skipped through was not worked; who came
after a bout was not at it, and who left later was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sessions.circuit import Seating
from sessions.clock import Instant
from sessions.run import Run, begin, follow, run_on
from sessions.run_events import Answered, Event, Slept
from sessions.run_steps import Kind, RunPlan, Step

LEAST_WORKED: Final = timedelta(seconds=5)
"""Less work than this is a key pressed to go on, not a bout."""


@dataclass(frozen=True, slots=True)
class WorkedBout:
    """A bout by round and number, both from 1, and the seats as they were when it was worked."""

    round: int
    bout: int
    seating: Seating


class WorkedSoFar:
    """The bouts that were worked in a run, followed event by event."""

    def __init__(self, plan: RunPlan) -> None:
        self._run = begin(plan)
        self._worked: dict[tuple[int, int], WorkedBout] = {}

    def follow(self, event: Event) -> None:
        """Take the next event in."""
        waited = run_on(self._run, event.since if isinstance(event, Slept) else event.at)
        _note(self._worked, self._run, waited)
        self._run = follow(self._run, [event])
        if isinstance(event, Answered):
            # The time away counts, so that what it went through was worked.
            _note(self._worked, waited, self._run)

    def at(self, now: Instant) -> tuple[WorkedBout, ...]:
        """The bouts that were worked up to `now`, each once, in the order they were last worked."""
        worked = dict(self._worked)
        _note(worked, self._run, run_on(self._run, now))
        return tuple(worked.values())


def _note(worked: dict[tuple[int, int], WorkedBout], before: Run, after: Run) -> None:
    for step in _steps_worked(before, after):
        key = (step.round or 1, step.bout or 1)
        worked.pop(key, None)
        worked[key] = WorkedBout(*key, after.seating)


def _steps_worked(before: Run, after: Run) -> Iterator[Step]:
    """The work that time went through between two states with no event between them."""
    for index in range(before.index, after.index + 1):
        step = after.steps[index]
        spent = after.spent if index == after.index else step.length
        if step.kind is Kind.WORK and spent >= min(LEAST_WORKED, step.length):
            yield step
