"""The run of a session while it is guided: each event kept durably as it happens, the state at any instant.

Not for: what an event does (`sessions.run`), nor for people's marks and log. Whoever guides calls `tick` at
least once a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from escape_tui.guiding.last_seen import LastSeen
from escape_tui.store.acts.session_acts import record_run_events
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import run_events
from sessions.clock import ZERO, Clock, Gap, GapKind, Instant, difference, gap_between
from sessions.run import Run, RunState, fold, follow, state_at
from sessions.run_cues import Cue, cues_ahead, cues_between
from sessions.run_events import Ended, Event, MoveEvent, Reopened, Slept, Started, from_json, to_json
from sessions.run_steps import RunPlan
from sessions.run_worked import WorkedBout, WorkedSoFar


@dataclass(frozen=True, slots=True)
class Tick:
    """What one look at the clock tells: the state, the cues that fell due, and a wall clock set back.

    A sleep is no part of it: it stands in the state as `asking`, until it is answered.
    """

    state: RunState
    cues: tuple[Cue, ...] = ()
    set_back: timedelta | None = None


class RunKeeper:
    """The run of session `number`; `plan` is laid out as the session has it."""

    def __init__(
        self, cohort: Cohort, number: int, plan: RunPlan, clock: Clock, seen: LastSeen | None = None
    ) -> None:
        self._cohort = cohort
        self._number = number
        self._clock = clock
        self._seen = seen
        self.plan = plan
        self._events = [from_json(row.event) for row in run_events(cohort, number)]
        self._run = fold(plan, self._events)
        self._worked = WorkedSoFar(plan)
        for event in self._events:
            self._worked.follow(event)
        self._last = clock.now()
        self._due: list[Cue] = []

    @property
    def run(self) -> Run:
        """The run as the last event left it."""
        return self._run

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event so far."""
        return tuple(self._events)

    @property
    def broken_off(self) -> bool:
        """Whether the session began and nobody ended it."""
        return self._run.anchor is not None and not self._run.ended

    def now(self) -> Instant:
        """The present instant."""
        return self._clock.now()

    def state(self) -> RunState:
        """What is so at this instant."""
        return state_at(self._run, self._clock.now())

    def worked(self) -> tuple[WorkedBout, ...]:
        """The bouts that were worked so far, with the seats of then; one skipped through is none."""
        return self._worked.at(self._clock.now())

    def take_up(self) -> RunState:
        """Go on with a session that was broken off: the clocks ran on, and a longer gap is asked about."""
        now = self._clock.now()
        if self.broken_off and self._run.anchor is not None and self._run.anchor.era != now.era:
            last = self._last_watched(self._run.anchor)
            gap = gap_between(last, now)
            away = gap is not None and gap.kind is GapKind.AWAY
            self.tell(Slept(now, last) if away else Reopened(now))
        self._last = now
        return self.state()

    def tell(self, *events: Event) -> RunState:
        """Keep what happened, durably before this returns. Raises as any act, and then nothing happened."""
        if not events:
            return self.state()
        record_run_events(self._cohort, self._number, [to_json(event) for event in events])
        for event in events:
            self._due.extend(self._cues_until(event.since if isinstance(event, Slept) else event.at))
            self._run = follow(self._run, [event])
            self._events.append(event)
            self._worked.follow(event)
            if isinstance(event, Started | MoveEvent):
                self._due.extend(self._cues_at(event.at))
            self._last = event.at
        if isinstance(events[-1], Ended) and self._seen is not None:
            self._seen.forget()
        return self.state()

    def tick(self) -> Tick:
        """Look at the clock: keep a sleep that is noticed, and give what fell due since the last look."""
        now = self._clock.now()
        gap = gap_between(self._last, now) if self.broken_off else None
        if gap is not None and gap.kind is GapKind.AWAY and self._run.counts:
            self.tell(Slept(now, gap.since))
        self._due.extend(self._cues_until(now))
        cues, self._due = tuple(self._due), []
        if self._seen is not None and self.broken_off:
            self._seen.write(now)
        return Tick(state_at(self._run, now), cues, _set_back(gap))

    def _cues_until(self, instant: Instant) -> tuple[Cue, ...]:
        after = self._last
        if difference(after, instant) <= ZERO:
            return ()
        self._last = instant
        return cues_between(self._run, after, instant)

    def _cues_at(self, instant: Instant) -> tuple[Cue, ...]:
        """The cue of a step that an event itself has begun."""
        first = next(cues_ahead(self._run, instant), None)
        begun = self._run.spent == ZERO and first is not None and difference(first.at, instant) == ZERO
        return (first,) if begun and first is not None else ()

    def _last_watched(self, last_event: Instant) -> Instant:
        seen = self._seen.read() if self._seen is not None else None
        return seen if seen is not None and difference(last_event, seen) > ZERO else last_event


def _set_back(gap: Gap | None) -> timedelta | None:
    return gap.length if gap is not None and gap.kind is GapKind.SET_BACK else None
