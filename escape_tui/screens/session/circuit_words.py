"""The words of the exercise part, as a group understands them: what happens now, what comes next, where.

Not for: parts that are talked through, nor the look of a moment (`words`).
"""

from __future__ import annotations

from escape_tui.guiding.guide import Guide
from escape_tui.screens.session.words import PHASE_WORDS, look_of_step, step_words, time_words
from sessions.pack import SequenceStep
from sessions.run import RunState
from sessions.run_moves import step_after
from sessions.run_steps import Kind, Phase, Step
from widgets.tones import Tone


def turns_of(guide: Guide) -> tuple[int, int]:
    """How many turns a round has, and how many rounds there are."""
    steps = [step for step in guide.keeper.run.steps if step.phase is Phase.CIRCUIT]
    return max((step.bout or 0 for step in steps), default=0), max(
        (step.round or 0 for step in steps), default=0
    )


def turn_words(guide: Guide, step: Step) -> str:
    """Which turn a step of the circuit belongs to: "turn 3 of 8", "turn 3 of 8, round 2 of 2"."""
    turns, rounds = turns_of(guide)
    which = f", round {step.round} of {rounds}" if rounds > 1 else ""
    return f"turn {step.bout} of {turns}{which}"


def now_words(guide: Guide, state: RunState) -> str:
    """What happens now, for the line above: "Work, turn 3 of 8"."""
    step = state.step
    if step.kind in _MOVING:
        return f"{_MOVING[step.kind].capitalize()}, {turn_words(guide, step)}"
    return f"{PHASE_WORDS[step.phase]}: {step.title}" if step.title else PHASE_WORDS[step.phase]


def next_of(guide: Guide, state: RunState) -> tuple[str, str, Tone, str]:
    """What comes next and where, how long until then, its tone, and what follows that."""
    coming = state.next_step
    if coming is None:
        return "the end of the session", "", Tone.FINISH, ""
    waits = state.step.ends_by_hand or state.finish_when_ready or state.waiting
    at = "" if waits else time_words(state.remaining, up=True)
    steps = guide.keeper.run.steps
    following = step_after(steps, state.index)
    second = None if following is None else step_after(steps, following)
    then = "" if second is None else look_of_step(steps[second]).word.capitalize()
    if second is not None and then == look_of_step(coming).word.capitalize():
        then = ""  # more of the same tells nobody anything
    return _coming_words(guide, state.step, coming), at, look_of_step(coming).tone, then


def sequence_step(guide: Guide, state: RunState) -> SequenceStep | None:
    """The step of warm-up, cool-down or relaxation that all are at; None elsewhere."""
    sequences = {
        Phase.WARM_UP: guide.plan.warm_up,
        Phase.COOL_DOWN: guide.plan.cool_down,
        Phase.RELAXATION: guide.plan.relaxation,
    }
    sequence = sequences.get(state.step.phase)
    if sequence is None:
        return None
    first = next(index for index, step in enumerate(guide.keeper.run.steps) if step.phase is state.step.phase)
    return sequence.steps[state.index - first]


_MOVING = {Kind.READY: "get ready", Kind.WORK: "work", Kind.CHANGE: "change", Kind.REST: "rest"}


def _coming_words(guide: Guide, now: Step, coming: Step) -> str:
    """The next step with the place of it: everyone can act on the words alone."""
    where = _where(guide, coming)
    match coming.kind:
        case Kind.CHANGE:
            return f"Change: {where}"
        case Kind.REST:
            return f"Rest, then round {coming.round}: {where}"
        case Kind.READY | Kind.WORK:
            if now.kind in (Kind.READY, Kind.CHANGE, Kind.REST):
                place = where if guide.plan.circuit.together else "where you stand now"
            else:
                place = where
            return f"{_MOVING[coming.kind].capitalize()}: {place}"
        case _:
            return step_words(coming)


def _where(guide: Guide, step: Step) -> str:
    """Where people go for a turn."""
    if guide.plan.circuit.together:
        stations = guide.plan.circuit.stations
        number = step.bout or 1
        return stations[number - 1].exercise.name if number <= len(stations) else "together"
    if (step.round, step.bout) == (1, 1):
        return "everyone to their first station"
    return "everyone one station on"
