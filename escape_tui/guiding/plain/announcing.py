"""What is told unasked while a session runs: a new step, time that is nearly up; never each second.

Not for: how the lines read (`words`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from escape_tui.guiding.circuit_log import Bout
from escape_tui.guiding.education import pages_now
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.plain.words import board_lines, clock_words, length, page_lines, step_words
from sessions.run import RunState
from sessions.run_steps import Kind, Phase

_NEARLY_UP: Final = (
    # (a step at least this long, is told when so much is left), in seconds
    (900, 300),
    (180, 60),
    (40, 10),
)


class Announcer:
    """Keeps in mind what was told, so that each thing is told once."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._told: RunState | None = None
        self._left: timedelta | None = None

    def due(self) -> tuple[str, ...]:
        """The lines that are due now, most often none. Of several steps gone by, only the present is told."""
        state, before = self._guide.state(), self._told
        self._told = state
        if not state.started or state.ended or state.held:
            return ()
        if state.asking is not None:
            asked = before is not None and before.asking is not None
            return () if asked else (away_question(state.asking),)
        if before is None or not before.started or before.index != state.index:
            self._left = state.remaining
            return tuple(self._new_step(state))
        return (*self._clock_stopped(before, state), *self._time_left(state))

    def _new_step(self, state: RunState) -> Iterator[str]:
        steps = self._guide.keeper.run.steps
        timed = "" if state.step.passes_unseen else f", {length(state.remaining)}"
        yield f"{step_words(state.step, steps)}{timed}."
        if state.step.phase is Phase.CIRCUIT and self._show_board(state):
            yield from board_lines(self._guide, Bout(state.step.round or 1, state.step.bout or 1))
        if (pages := pages_now(self._guide)) and state.step.phase is not Phase.CLOSING:
            yield from page_lines(pages[0], 1, len(pages))
        yield from _what_to_do(state)
        if state.next_step is not None and state.step.kind is not Kind.READY:
            yield f"Next: {step_words(state.next_step, steps)}."

    def _show_board(self, state: RunState) -> bool:
        """Whether people are just told where to go: at a change, and where no change went before."""
        if state.step.kind in {Kind.CHANGE, Kind.REST}:
            return True
        before = self._guide.keeper.run.steps[state.index - 1]
        here = (before.round, before.bout) == (state.step.round, state.step.bout)
        return not here and state.step.kind in {Kind.READY, Kind.WORK}

    def _clock_stopped(self, before: RunState, state: RunState) -> Iterator[str]:
        if before.paused != state.paused:
            yield f"{'Paused' if state.paused else 'The clock goes on'}: {clock_words(state)}."
        elif before.held:
            yield f"{step_words(state.step, self._guide.keeper.run.steps)}: {clock_words(state)}."

    def _time_left(self, state: RunState) -> Iterator[str]:
        left, before = state.remaining, self._left
        self._left = left
        if before is None or not state.running:
            return
        zero = timedelta(0)
        if left == zero < before and (state.step.ends_by_hand or state.finish_when_ready):
            yield "The time for this is up. Type next when the group is ready."
            return
        for least, seconds in _NEARLY_UP:
            mark = timedelta(seconds=seconds)
            if state.step.seconds >= least and left <= mark < before:
                yield f"{length(left)} left."
                return


def away_question(away: timedelta) -> str:
    """What is asked after a time that nobody watched."""
    return f"Nobody watched for {length(away)}. Type counts if the group went on, or stood if it waited."


def _what_to_do(state: RunState) -> Iterator[str]:
    if state.step.phase is Phase.ARRIVAL:
        yield "Mark who comes: here 3, or all. Ask each: asked, or yes 4. Type next to go on."
    elif state.step.phase is Phase.ASSESSMENT:
        yield "Papers: give, checked 3. The chair stand: bench. What is owed: owed. Type next to go on."
    elif state.step.phase is Phase.CLOSING:
        yield "Effort and pain of each: sweep. Advice: advice. What is missing: wrap. Then: end."
