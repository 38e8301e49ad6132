"""The words of a run on a screen: phases, times, what comes next; and the tone of each.

Not for: drawing them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sessions.run import RunState
from sessions.run_steps import Kind, Phase, Step
from widgets.tones import Tone

PHASE_WORDS: Final = {
    Phase.ARRIVAL: "Arrival",
    Phase.REVIEW: "Looking back",
    Phase.EDUCATION: "Talk",
    Phase.ASSESSMENT: "Measures",
    Phase.WARM_UP: "Warm-up",
    Phase.CIRCUIT: "Circuit",
    Phase.COOL_DOWN: "Cool-down",
    Phase.RELAXATION: "Relaxation",
    Phase.CLOSING: "Closing",
}
_KIND_LOOKS: Final = {
    Kind.READY: ("GET READY", Tone.READY),
    Kind.WORK: ("WORK", Tone.WORK),
    Kind.CHANGE: ("CHANGE", Tone.CHANGE),
    Kind.REST: ("REST", Tone.REST),
}
_PHASE_LOOKS: Final = {
    Phase.WARM_UP: ("WARM UP", Tone.WARM_UP),
    Phase.COOL_DOWN: ("COOL DOWN", Tone.COOL_DOWN),
    Phase.RELAXATION: ("RELAX", Tone.RELAX),
}


_EXERCISE: Final = frozenset({Phase.WARM_UP, Phase.CIRCUIT})


@dataclass(frozen=True, slots=True)
class Look:
    """The big word of a moment and its tone."""

    word: str
    tone: Tone


def look_of(state: RunState) -> Look:
    """The word and tone of this moment; what holds the clocks goes before the step."""
    if state.held:
        return Look("EMERGENCY", Tone.EMERGENCY)
    if state.ended or state.finished:
        return Look("FINISH", Tone.FINISH)
    if state.paused or state.asking is not None:
        return Look("PAUSED", Tone.PAUSED)
    return look_of_step(state.step)


def look_of_step(step: Step) -> Look:
    """The word and tone of a step."""
    if step.kind in _KIND_LOOKS:
        return Look(*_KIND_LOOKS[step.kind])
    if step.phase in _PHASE_LOOKS:
        return Look(*_PHASE_LOOKS[step.phase])
    return Look("TALK", Tone.TALK)


def begins_exercise(step: Step, following: Step) -> bool:
    """Whether exercise begins with the step that follows."""
    return following.phase in _EXERCISE and step.phase not in _EXERCISE


def step_words(step: Step) -> str:
    """A step in words: "Warm-up: Heel digs", "Work, round 1, station 3 of the way"."""
    if step.kind in _KIND_LOOKS:
        return f"{_KIND_LOOKS[step.kind][0].capitalize()}, round {step.round}, bout {step.bout}"
    words = PHASE_WORDS[step.phase]
    return f"{words}: {step.title}" if step.title else words


def next_words(state: RunState) -> tuple[str, str, Tone]:
    """What comes next, how long until then ("" where somebody goes on by hand), and its tone."""
    if state.ended:
        return "nothing more", "", Tone.FINISH
    if state.next_step is None:
        return "the end of the session", "", Tone.FINISH
    waits = state.step.ends_by_hand or state.finish_when_ready
    at = "" if waits else time_words(state.remaining, up=True)
    return step_words(state.next_step), at, look_of_step(state.next_step).tone


def time_shown(state: RunState) -> timedelta:
    """The time of the big clock: what is left, or the time over, negative."""
    return -state.over_time if state.over_time else state.remaining


def time_words(length: timedelta, *, up: bool = False) -> str:
    """Minutes and seconds: "0:20", "-1:05" for time over. `up` rounds a begun second up, for a countdown."""
    seconds = length.total_seconds()
    whole = -int(-seconds // 1) if up and seconds > 0 else int(seconds)
    minutes, rest = divmod(abs(whole), 60)
    return f"{'-' if whole < 0 else ''}{minutes}:{rest:02}"
