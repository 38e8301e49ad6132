"""The run of a session: events folded into a state, which at any instant follows from plan, events and now.

Not for: storing events, sounding cues (`run_cues` says when), or what stands on a screen. No tick is counted:
between two events the state is worked out from the instant of the last one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

from sessions.circuit import (
    Seating,
    come_back,
    drop_stand_in,
    leave,
    nobody,
    seat,
    seat_late,
    sit_out,
    take_stand_in,
)
from sessions.clock import ZERO, Instant, away, difference, elapsed
from sessions.run_events import (
    Answered,
    CameBack,
    ClockEvent,
    Ended,
    Event,
    FinishWhenReady,
    Held,
    JumpedToStation,
    JumpedToStep,
    LeftGroup,
    MoveEvent,
    Paused,
    PeopleEvent,
    Released,
    Reopened,
    Resumed,
    SatOut,
    Seated,
    SeatedLate,
    Slept,
    StandInDropped,
    StandInTaken,
    Started,
    TimeAdded,
    TimeEvent,
    TimesChanged,
    WentBack,
    WentOn,
)
from sessions.run_moves import step_after, step_before, step_of_station
from sessions.run_steps import LIMITS, Kind, Phase, RunPlan, Step, circuit_span, with_bouts, with_seconds

MOST_ADDED = 3600
"""The most seconds that one event may add to a step, or take from it."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run as its last event left it: the position at `anchor`, which is None before the start.

    `spent` is the time counted in the present step, `added` what it was given beyond its length.
    `unanswered` is the time away that nobody has yet said counts or not. `worked` is all time counted in
    work, `times` all time counted in each phase so far. Screens read `RunState` instead.
    """

    steps: tuple[Step, ...]
    seating: Seating
    anchor: Instant | None = None
    index: int = 0
    spent: timedelta = ZERO
    added: timedelta = ZERO
    finish_when_ready: bool = False
    paused: bool = False
    held: bool = False
    ended: bool = False
    unanswered: timedelta | None = None
    worked: timedelta = ZERO
    times: tuple[tuple[Phase, timedelta], ...] = ()

    @property
    def step(self) -> Step:
        """The present step."""
        return self.steps[self.index]

    @property
    def given(self) -> timedelta:
        """The time the present step has in all."""
        return self.step.length + self.added

    @property
    def counts(self) -> bool:
        """Whether time that goes by is the session's; not yet settled while a sleep is unanswered."""
        return self.anchor is not None and not (self.paused or self.held or self.ended)

    @property
    def finished(self) -> bool:
        """Whether the last step ended by itself."""
        waits = self.step.ends_by_hand or self.finish_when_ready
        return self.index == len(self.steps) - 1 and not waits and self.spent >= self.given


@dataclass(frozen=True, slots=True)
class RunState:
    """What a screen shows of a run at one instant.

    `elapsed`, `remaining` and `over_time` are the present step's; `remaining` is never under 0, and
    `over_time` counts up from there where the step waits for somebody. `session_remaining` is the time of
    this and all later steps. `next_bout` is the bout that people move to after the present one. `asking` is
    the time away after a sleep that is to be answered for, still growing. `waiting`: the step was to finish
    when ready, and its time is up. `finished`: the last step ended by itself; `ended`: somebody ended it.
    """

    step: Step
    index: int
    next_step: Step | None
    next_bout: int | None
    elapsed: timedelta
    remaining: timedelta
    over_time: timedelta
    session_remaining: timedelta
    worked: timedelta
    seating: Seating
    started: bool
    running: bool
    paused: bool
    held: bool
    asking: timedelta | None
    finish_when_ready: bool
    waiting: bool
    finished: bool
    ended: bool


def begin(plan: RunPlan) -> Run:
    """A run of which nothing has happened yet, with nobody seated."""
    return Run(plan.steps, nobody(plan.stations))


def fold(plan: RunPlan, events: Iterable[Event]) -> Run:
    """The run after these events, in the order they happened; an event out of place changes nothing."""
    return follow(begin(plan), events)


def follow(run: Run, events: Iterable[Event]) -> Run:
    """The run after further events: the same as folding all of them from the beginning."""
    for event in events:
        run = run_on(run, event.since if isinstance(event, Slept) else event.at)
        run = _let_pass(_apply(run, event), ZERO)
    return run


def run_on(run: Run, now: Instant) -> Run:
    """The run at `now` if nothing more has happened; an instant before the last event changes nothing."""
    if run.anchor is None:
        return run
    if run.anchor.era == now.era and difference(run.anchor, now) <= ZERO:
        return run
    return _let_pass(replace(run, anchor=now), elapsed(run.anchor, now))


def state_at(run: Run, now: Instant) -> RunState:
    """What is so at `now`: a pure function of the plan, the events folded, and `now`."""
    run = run_on(run, now)
    remaining = max(ZERO, run.given - run.spent)
    over_time = max(ZERO, run.spent - run.given)
    following = step_after(run.steps, run.index)
    return RunState(
        step=run.step,
        index=run.index,
        next_step=None if following is None else run.steps[following],
        next_bout=_next_bout(run),
        elapsed=run.spent,
        remaining=remaining,
        over_time=over_time,
        session_remaining=remaining + sum((step.length for step in run.steps[run.index + 1 :]), ZERO),
        worked=run.worked,
        seating=run.seating,
        started=run.anchor is not None,
        running=run.counts and run.unanswered is None and not run.finished,
        paused=run.paused,
        held=run.held,
        asking=run.unanswered,
        finish_when_ready=run.finish_when_ready,
        waiting=run.finish_when_ready and run.spent >= run.given,
        finished=run.finished,
        ended=run.ended,
    )


def back_to(state: RunState, at: Instant) -> JumpedToStep:
    """The event that brings a run back to where it was at `state`: a slip of going on, undone."""
    given = state.elapsed + state.remaining - state.over_time
    return JumpedToStep(at, state.index, state.elapsed, given - state.step.length)


def _let_pass(run: Run, passed: timedelta) -> Run:
    if not run.counts:
        return run
    if run.unanswered is not None:
        return replace(run, unanswered=run.unanswered + passed)
    return _spend(run, passed)


def _spend(run: Run, passed: timedelta) -> Run:
    index, spent, given, worked = run.index, run.spent, run.given, run.worked
    times = dict(run.times)
    while True:
        step = run.steps[index]
        goes_by_itself = not (step.ends_by_hand or run.finish_when_ready)
        here = min(passed, given - spent) if goes_by_itself else passed
        spent += here
        worked += here if step.kind is Kind.WORK else ZERO
        times[step.phase] = times.get(step.phase, ZERO) + here
        if not goes_by_itself or spent < given or index == len(run.steps) - 1:
            break
        passed -= here
        index, spent, given = index + 1, ZERO, run.steps[index + 1].length
    added = given - run.steps[index].length
    return replace(run, index=index, spent=spent, added=added, worked=worked, times=tuple(times.items()))


def _apply(run: Run, event: Event) -> Run:
    if isinstance(event, ClockEvent):
        return _start_or_stop(run, event)
    if isinstance(event, Seated):
        return _seat_everyone(run, event)
    if isinstance(event, PeopleEvent):
        return replace(run, seating=_reseat_one(run.seating, event))
    if run.anchor is None or run.held or run.ended or run.unanswered is not None:
        return run
    if isinstance(event, MoveEvent):
        return _move(run, event)
    return _give_time(run, event)


def _start_or_stop(run: Run, event: ClockEvent) -> Run:
    if isinstance(event, Started):
        return replace(run, anchor=event.at) if run.anchor is None else run
    anchor = run.anchor
    if anchor is None or (run.ended and not isinstance(event, Reopened)):
        return run
    match event:
        case Paused() | Resumed():
            run = replace(run, paused=isinstance(event, Paused))
        case Held() | Released():
            run = replace(run, held=isinstance(event, Held))
        case Ended() | Reopened():
            run = replace(run, ended=isinstance(event, Ended))
        case Slept():
            run = _ask(run, anchor, event)
        case Answered():
            run = _answer(run, event)
        case _:
            assert_never(event)
    return run


def _ask(run: Run, last_seen: Instant, event: Slept) -> Run:
    if run.counts:
        run = replace(run, unanswered=(run.unanswered or ZERO) + away(last_seen, event.at))
    return replace(run, anchor=event.at)


def _answer(run: Run, event: Answered) -> Run:
    gone = run.unanswered
    run = replace(run, unanswered=None)
    return run if gone is None or not event.time_counts else _spend(run, gone)


def _move(run: Run, event: MoveEvent) -> Run:
    into = added = ZERO
    match event:
        case WentOn():
            target = step_after(run.steps, run.index)
        case WentBack():
            target = step_before(run.steps, run.index)
        case JumpedToStep():
            target = event.step if 0 <= event.step < len(run.steps) else None
            into, added = max(ZERO, event.into), event.added
        case JumpedToStation():
            target = step_of_station(run.steps, run.seating, run.index, event)
        case _:
            assert_never(event)
    if target is None:
        return run
    added = max(added, -run.steps[target].length)
    moved = replace(run, index=target, spent=into, added=added, finish_when_ready=False)
    return _never_under_zero(moved)


def _give_time(run: Run, event: TimeEvent) -> Run:
    match event:
        case TimeAdded():
            run = _add_time(run, event.seconds)
        case TimesChanged():
            least, most = LIMITS.get(event.part, (1, 0))
            if not least <= event.seconds <= most:
                return run
            run = replace(run, steps=with_seconds(run.steps, event.part, event.seconds))
        case FinishWhenReady():
            run = replace(run, finish_when_ready=event.on and not run.step.ends_by_hand)
        case _:
            assert_never(event)
    return _never_under_zero(run)


def _add_time(run: Run, seconds: int) -> Run:
    if abs(seconds) > MOST_ADDED:
        return run
    more = timedelta(seconds=seconds)
    if more > ZERO:
        given = max(run.given, run.spent) + more
    else:
        given = max(min(run.given, run.spent), run.given + more)
    return replace(run, added=given - run.step.length)


def _never_under_zero(run: Run) -> Run:
    """Time taken away leaves the present step at zero, not in the middle of those that follow."""
    if run.step.ends_by_hand or run.finish_when_ready or run.spent <= run.given:
        return run
    return replace(run, added=run.spent - run.step.length)


def _seat_everyone(run: Run, event: Seated) -> Run:
    start, end = circuit_span(run.steps)
    known = run.seating
    begun = run.anchor is not None and run.index >= start
    if begun and (known.people or known.gone):
        return run
    seating = seat(
        known.stations, event.people, together=event.together, close_support=frozenset(event.close_support)
    )
    steps = with_bouts(run.steps, seating.bouts)
    return replace(
        run,
        steps=steps,
        index=_same_step(run, steps, start, end),
        seating=replace(seating, sitting_out=known.sitting_out, stand_ins=known.stand_ins),
    )


def _same_step(run: Run, steps: tuple[Step, ...], start: int, end: int) -> int:
    if run.index < start:
        return run.index
    return run.index + len(steps) - len(run.steps) if run.index >= end else steps.index(run.step)


def _reseat_one(seating: Seating, event: PeopleEvent) -> Seating:
    match event:
        case SeatedLate():
            return seat_late(
                seating, event.person, over_screen=event.over_screen, close_support=event.close_support
            )
        case LeftGroup():
            return leave(seating, event.person)
        case SatOut():
            return sit_out(seating, event.person)
        case CameBack():
            return come_back(seating, event.person)
        case StandInTaken():
            return take_stand_in(seating, event.person, event.station, event.exercise)
        case StandInDropped():
            return drop_stand_in(seating, event.person, event.station)
        case _:
            assert_never(event)


def _next_bout(run: Run) -> int | None:
    now = (run.step.round, run.step.bout)
    later = (step for step in run.steps[run.index + 1 :] if step.kind is Kind.WORK)
    return next((step.bout for step in later if (step.round, step.bout) != now), None)
