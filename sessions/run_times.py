"""How long each part of a session took, from what happened in its run.

Not for: the present state (`run`). Time that the clocks stood is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sessions.clock import ZERO
from sessions.run import fold
from sessions.run_events import Event
from sessions.run_steps import Phase, RunPlan


@dataclass(frozen=True, slots=True)
class PhaseTimes:
    """The time spent in each phase, in the order of `Phase`."""

    spent: tuple[tuple[Phase, timedelta], ...]

    def of(self, phase: Phase) -> timedelta:
        """The time spent in a phase."""
        return next((time for name, time in self.spent if name is phase), ZERO)

    def minutes(self, *phases: Phase) -> int:
        """The time spent in these phases together, in whole minutes, rounded."""
        seconds = sum((self.of(phase) for phase in phases), ZERO).total_seconds()
        return int(seconds / 60 + 0.5)


def phase_times(plan: RunPlan, events: Iterable[Event]) -> PhaseTimes:
    """The time spent in each phase up to the last event."""
    return PhaseTimes(fold(plan, events).times)
