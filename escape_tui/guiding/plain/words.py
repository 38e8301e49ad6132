"""What is said of a session, in plain lines: where it stands, who is where, a page, the wrap-up.

Not for: when it is said (`announcing`). A person's name is a part of a line and never anything else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from escape_tui.guiding.advising import Advised
from escape_tui.guiding.circuit_log import Bout, Place
from escape_tui.guiding.education import Page
from escape_tui.guiding.expected import Expected
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.register import REASON_WORDS, STATUS_WORDS, Arrived
from escape_tui.guiding.told import Told
from escape_tui.guiding.wrap_up import WrapUp
from sessions.dates import day_in_words
from sessions.dose import dose_words
from sessions.exercise import Exercise
from sessions.ruled_out import in_words
from sessions.run import RunState
from sessions.run_steps import Kind, Phase, Step

PHASE_WORDS = {
    Phase.ARRIVAL: "Arrival",
    Phase.REVIEW: "Looking back",
    Phase.EDUCATION: "Discussion",
    Phase.ASSESSMENT: "Measures",
    Phase.WARM_UP: "Warm-up",
    Phase.CIRCUIT: "Circuit",
    Phase.COOL_DOWN: "Cool-down",
    Phase.RELAXATION: "Relaxation",
    Phase.CLOSING: "Closing",
}
KIND_WORDS = {
    Kind.READY: "get ready",
    Kind.WORK: "WORK",
    Kind.CHANGE: "change",
    Kind.REST: "rest",
}


def told_line(told: Told) -> str:
    """What an act says back, with a word before it where it is no plain success."""
    before = {"done": "", "ask": "Question: ", "warn": "Warning: ", "refused": "Not done: "}[told.kind]
    return before + told.line


def named(person: Expected) -> str:
    """A person as they are called out: number and short name."""
    return f"{person.number} {person.hall}"


def names(people: Iterable[Expected]) -> str:
    """Several people, comma between."""
    return ", ".join(named(one) for one in people)


def length(time: timedelta) -> str:
    """A length of time, rounded up to the second: "45 seconds", "12 minutes", "1 minute 30 seconds"."""
    whole = -(-time // timedelta(seconds=1))
    minutes, seconds = divmod(whole, 60)
    parts = [f"{minutes} minute{'s' * (minutes != 1)}"] if minutes else []
    if seconds or not minutes:
        parts.append(f"{seconds} second{'s' * (seconds != 1)}")
    return " ".join(parts)


def step_words(step: Step, steps: tuple[Step, ...]) -> str:
    """A step in words: its phase, what it is, and of a circuit the round and the bout."""
    name = PHASE_WORDS[step.phase]
    if step.kind in KIND_WORDS:
        rounds = max(one.round or 0 for one in steps)
        bouts = max(one.bout or 0 for one in steps)
        place = f"round {step.round} of {rounds}, " if rounds > 1 else ""
        return f"{name}: {KIND_WORDS[step.kind]}, {place}bout {step.bout} of {bouts}"
    return f"{name}: {step.title}" if step.title else name


def clock_words(state: RunState) -> str:
    """What is left of the present step, or how far it is over."""
    if not state.started:
        return "not begun"
    if state.ended:
        return "ended"
    if state.over_time > timedelta(seconds=1):
        return f"{length(state.over_time)} over its time"
    left = f"{length(state.remaining)} left"
    return f"HELD, {left}" if state.held else f"PAUSED, {left}" if state.paused else left


def status_lines(guide: Guide) -> tuple[str, ...]:
    """Where the session stands: the step, its clock, what comes next, what is left of all."""
    state, steps = guide.state(), guide.keeper.run.steps
    lines = [f"Session {guide.number}. {step_words(state.step, steps)}: {clock_words(state)}."]
    if state.next_step is not None:
        lines.append(f"Next: {step_words(state.next_step, steps)}.")
    if state.started and not state.ended:
        lines.append(f"Left of the whole session: {length(state.session_remaining)}.")
    out = state.seating.sitting_out
    resting = [one for one in guide.people if one.id in out and one.id in state.seating.people]
    if resting:
        lines.append(f"Sitting out: {names(resting)}.")
    return tuple(lines)


def board_lines(guide: Guide, at: Bout) -> tuple[str, ...]:
    """Who is at which station in a bout, with level and dose, station by station."""
    people = {one.id: one for one in guide.people}
    stations: dict[int, list[str]] = {}
    for place in guide.places(at):
        stations.setdefault(place.station, []).append(_place_words(place, people[place.person]))
    return tuple(
        f"Station {number}, {guide.exercises[number - 1].name}: {'; '.join(told)}"
        for number, told in sorted(stations.items())
    )


def place_lines(guide: Guide, place: Place) -> tuple[str, ...]:
    """One person's place in full: the exercise, the level, the dose, the cues."""
    level = place.exercise.level(place.level)
    return (
        f"Station {place.station}: {place.exercise.name}, level {place.level}: {level.do}",
        dose_words(level),
        *((f"NOT FOR THEM: {in_words(place.ruled_out)}. Choose a stand-in.",) if place.ruled_out else ()),
        *(f"Cue: {cue}" for cue in place.exercise.cues),
        f"Watch: {place.exercise.watch}",
        *((_entry_words(guide, place),) if guide.log.entry(place.person, place.exercise.id) else ()),
    )


def stand_in_words(guide: Guide, person: str, exercise: Exercise) -> str:
    """A stand-in by its name, and what of it is not for a person."""
    tags = guide.log.ruled_out(person, exercise)
    return f"{exercise.name}, NOT FOR THEM: {in_words(tags)}" if tags else exercise.name


def register_line(row: Arrived) -> str:
    """One line of the register: number, name, mark, what helps, what was told today."""
    mark = "no mark yet"
    if row.mark is not None:
        mark = STATUS_WORDS[row.mark.status]
        mark += f", {REASON_WORDS[row.mark.reason]}" if row.mark.reason else ""
    notes = [*row.person.needs, *(["close support"] if row.person.close_support else [])]
    if row.flags:
        notes.append("NO EXERCISE today")
    return f"{row.person.number} {row.person.desk}: {mark}" + "".join(f"; {note}" for note in notes)


def page_lines(page: Page, number: int, count: int) -> tuple[str, ...]:
    """A page of the talk; what is for the facilitator alone says so."""
    minutes = f", {length(timedelta(minutes=page.minutes))}" if page.minutes is not None else ""
    lines = [f"Page {number} of {count}. {page.title}: {page.heading}{minutes}."]
    for point in page.points:
        # A worry is a sentence and ends as one.
        colon = ":" if point.label[-1:].isalnum() else ""
        label = f"{point.label}{colon} " if point.label else ""
        lines.append(f"{'- ' if point.spoken else '(for you) '}{label}{point.text}")
    return tuple(lines)


def advice_line(guide: Guide, advised: Advised, place: int) -> str:
    """One advice with its reason, numbered."""
    person = guide.row(advised.person).person
    kind = "up" if advised.advice.kind == "up" else "ease"
    since = f", {advised.since.in_words}" if advised.since else ""
    tell = " ".join(advised.advice.tell)
    return (
        f"{place}: {named(person)}, {advised.exercise.name}: {kind} to level {advised.advice.to_level}"
        f"{since}. {advised.advice.reason} {tell}".rstrip()
    )


def wrap_up_lines(told: WrapUp) -> tuple[str, ...]:
    """The wrap-up, subject by subject; nothing of anybody's pain or flags is in it."""
    lines = [f"Came: {len(told.came)}. Away: {len(told.away)}. Exercise: {told.exercise_minutes} minutes."]
    lines += [f"Done: {one.words}" for one in told.done]
    lines += [f"Moved: {named(one.person)}, {one.words}" for one in told.moved]
    lines += [
        f"MISSING: {one.words}" + (f": {names(one.people)}" if one.people else "") for one in told.missing
    ]
    lines += ["Nothing is missing."] if not told.missing else []
    lines += [f"Incident: {one.category.replace('_', ' ')}, {one.severity}" for one in told.incidents]
    if told.advice:
        lines.append(f"Advice waiting: {len(told.advice)}. Type advice.")
    lines += [f"Until next time: {one.task}" for one in told.tasks]
    if told.next is None:
        lines.append("This was the last session.")
    else:
        following = told.next
        lines.append(f"Next: session {following.number}, {day_in_words(following.on)}, {following.time}.")
    return tuple(lines)


def _place_words(place: Place, person: Expected) -> str:
    if place.sits_out:
        return f"{named(person)} sits out"
    instead = f"{place.exercise.name} instead, " if place.stand_in else ""
    dose = dose_words(place.exercise.level(place.level))
    not_for = f", NOT FOR THEM: {in_words(place.ruled_out)}" if place.ruled_out else ""
    return f"{named(person)}, {instead}level {place.level}, {dose}{not_for}"


def _entry_words(guide: Guide, place: Place) -> str:
    entry = guide.log.entry(place.person, place.exercise.id)
    basis = entry.basis.replace("_", " ") if entry else ""
    reps = f", {entry.reps} times" if entry and entry.reps is not None else ""
    return f"Logged: {basis}{reps}"
