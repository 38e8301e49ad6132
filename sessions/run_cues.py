"""When a cue is due: the instants at which something sounds or flashes if nothing more happens.

Not for: what a cue sounds like, nor for playing it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sessions.clock import ZERO, Instant, difference
from sessions.run import Run, run_on
from sessions.run_moves import step_after
from sessions.run_steps import Kind, Step

LAST_SECONDS = (3, 2, 1)


class CueKind(StrEnum):
    """What a cue tells: `LAST_SECONDS` comes three times, before work ends; `END` when a phase is over."""

    GET_READY = "get_ready"
    START = "start"
    LAST_SECONDS = "last_seconds"
    CHANGE = "change"
    END = "end"


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue, the instant it is due, and for the last seconds how many are left (3 to 1), else 0."""

    kind: CueKind
    at: Instant
    seconds_left: int = 0


def cues_ahead(run: Run, now: Instant) -> Iterator[Cue]:
    """The cues from `now` on, `now` included, in order, up to where the run waits for somebody.

    Nothing is ahead while the clocks stand. One boundary gives one cue.
    """
    run = run_on(run, now)
    if run.anchor is None or not run.counts or run.unanswered is not None:
        return
    for offset, kind, seconds_left in _cues_from(run):
        yield Cue(kind, run.anchor.plus(offset), seconds_left)


def cues_between(run: Run, after: Instant, until: Instant) -> tuple[Cue, ...]:
    """The cues due later than `after` and not later than `until`: what a refresh has to play.

    Ask up to an event's instant before folding it: what the run did before an event is no longer known.
    """
    due: list[Cue] = []
    for cue in cues_ahead(run, after):
        if difference(cue.at, until) < ZERO:
            break
        if difference(after, cue.at) > ZERO:
            due.append(cue)
    return tuple(due)


def _cues_from(run: Run) -> Iterator[tuple[timedelta, CueKind, int]]:
    index: int | None = run.index
    before = _step_that_was(run)
    spent, given, waits, offset = run.spent, run.given, run.finish_when_ready, ZERO
    while index is not None:
        step = run.steps[index]
        if spent == ZERO and (kind := _cue_between(before, step)) is not None:
            yield offset, kind, 0
        left = given - spent
        if step.kind is Kind.WORK:
            yield from _last_seconds(offset, left)
        if step.ends_by_hand or waits:
            return
        before, index = step, step_after(run.steps, index)
        offset += left
        if index is not None:
            spent, given, waits = ZERO, run.steps[index].length, False
    if left > ZERO:
        yield offset, CueKind.END, 0


def _step_that_was(run: Run) -> Step | None:
    earlier = (step for step in reversed(run.steps[: run.index]) if not step.passes_unseen)
    return next(earlier, None)


def _cue_between(before: Step | None, step: Step) -> CueKind | None:
    if step.kind is Kind.READY:
        return CueKind.GET_READY
    if step.kind is Kind.WORK:
        return CueKind.START
    if step.kind in (Kind.CHANGE, Kind.REST):
        return CueKind.CHANGE
    if before is not None and not before.ends_by_hand and before.phase is not step.phase:
        return CueKind.END
    if step.ends_by_hand:
        return None
    return CueKind.START if before is None or before.ends_by_hand else CueKind.CHANGE


def _last_seconds(offset: timedelta, left: timedelta) -> Iterator[tuple[timedelta, CueKind, int]]:
    for seconds in LAST_SECONDS:
        before_end = timedelta(seconds=seconds)
        if before_end <= left:
            yield offset + left - before_end, CueKind.LAST_SECONDS, seconds
