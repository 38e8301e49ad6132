"""The end of a session: what was done, who moved, what is missing, what is next. Nothing needs saving.

Not for: the return's own gaps (`exports.completeness`); this is what can be put right before people leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from escape_tui.guiding.advising import Advised
from escape_tui.guiding.assessment import Owed, owed_today
from escape_tui.guiding.circuit_log import Place, did_nothing
from escape_tui.guiding.emergency import emergencies
from escape_tui.guiding.expected import Expected
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.register import Arrived
from escape_tui.guiding.where_today import to_ask_where
from escape_tui.store.read import cohort_head, incidents, plan_of
from sessions.levels import Since
from sessions.records import Incident
from sessions.run_steps import Phase
from sessions.run_times import PhaseTimes, phase_times

MissingKind = Literal["unmarked", "not_asked", "unlogged", "not_said", "measure", "where", "no_incident"]


@dataclass(frozen=True, slots=True)
class DoneExercise:
    """One exercise of this session: how many did it by the log, and how many are not recorded.

    `observed` were seen, `as_planned` taken as planned, `sat_out` did none of it, `stood_in` did another
    instead; `not_recorded` were at it and nobody said what they did.
    """

    exercise: str
    name: str
    observed: int = 0
    as_planned: int = 0
    sat_out: int = 0
    stood_in: int = 0
    not_recorded: int = 0

    @property
    def words(self) -> str:
        """The counts in words, of those that are not 0."""
        counts = (
            (self.as_planned, "as planned"),
            (self.observed, "seen"),
            (self.stood_in, "did another instead"),
            (self.sat_out, "sat out"),
            (self.not_recorded, "NOT recorded"),
        )
        return f"{self.name}: " + ", ".join(f"{count} {words}" for count, words in counts if count)


@dataclass(frozen=True, slots=True)
class Moved:
    """A level that holds from today or from the next session on, and was another before."""

    person: Expected
    exercise: str
    from_level: int
    to_level: int
    since: Since

    @property
    def words(self) -> str:
        """As it is read out: "Bridge: level 3 instead of 2, from session 6"."""
        return f"{self.exercise}: level {self.to_level} instead of {self.from_level}, {self.since.in_words}"


@dataclass(frozen=True, slots=True)
class Missing:
    """One kind of thing that is missing, in words, and the people it is missing of."""

    kind: MissingKind
    words: str
    people: tuple[Expected, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What people do until next time, by topic."""

    title: str
    task: str


@dataclass(frozen=True, slots=True)
class Next:
    """The next session that stands: its number, day and time of the clock (`HH:MM`)."""

    number: int
    on: date
    time: str


@dataclass(frozen=True, slots=True)
class WrapUp:
    """A session as it stands at its end. `next` is None after the last one."""

    times: PhaseTimes
    came: tuple[Expected, ...]
    away: tuple[Arrived, ...]
    stopped: tuple[Arrived, ...]
    done: tuple[DoneExercise, ...]
    moved: tuple[Moved, ...]
    missing: tuple[Missing, ...]
    incidents: tuple[Incident, ...]
    tasks: tuple[Task, ...]
    next: Next | None
    advice: tuple[Advised, ...]

    @property
    def exercise_minutes(self) -> int:
        """Minutes of exercise, warm-up and winding down included."""
        return self.times.minutes(Phase.WARM_UP, Phase.CIRCUIT, Phase.COOL_DOWN, Phase.RELAXATION)


def wrap_up(guide: Guide) -> WrapUp:
    """What is so now; asked again after anything is put right."""
    rows = guide.register.rows
    return WrapUp(
        times=phase_times(guide.keeper.plan, guide.keeper.events),
        came=tuple(row.person for row in rows if row.came),
        away=tuple(row for row in rows if row.mark is not None and not row.came),
        stopped=tuple(row for row in rows if row.came and row.flags),
        done=exercises_done(guide),
        moved=levels_moved(guide),
        missing=tuple(what_is_missing(guide)),
        incidents=incidents_today(guide),
        tasks=tuple(Task(topic.title, topic.task) for topic in guide.plan.topics),
        next=next_session(guide),
        advice=advice_waiting(guide),
    )


def exercises_done(guide: Guide) -> tuple[DoneExercise, ...]:
    """What was done at each exercise, in the circuit's order; stand-ins after the stations' own."""
    own = tuple(exercise.id for exercise in guide.exercises)
    unlogged = [place.exercise.id for place in places_unlogged(guide)]
    logged = {row.exercise for row in guide.log.rows}
    others = sorted((logged | set(unlogged)) - set(own))
    told = (_done(guide, name, unlogged.count(name)) for name in (*own, *others))
    return tuple(one for one in told if one != DoneExercise(one.exercise, one.name))


def places_unlogged(guide: Guide) -> tuple[Place, ...]:
    """Where somebody was at an exercise, took part, and nobody has said what they did."""
    return tuple(
        place
        for place in guide.came_to()
        if not place.sits_out and guide.log.entry(place.person, place.exercise.id) is None
    )


def levels_moved(guide: Guide) -> tuple[Moved, ...]:
    """The levels that change with this session or the next one, by the register."""
    known = {one.id: one for one in guide.people}
    following = next_number(guide)
    rows = (
        row
        for row in guide.log.all_levels
        if row.person in known and row.from_session in {guide.number, following}
    )
    moved = [
        Moved(
            known[row.person],
            guide.pack.exercise(row.exercise).name,
            row.from_level,
            row.level,
            Since(row.from_session, row.from_round),
        )
        for row in rows
    ]
    return tuple(sorted(moved, key=lambda one: (one.person.number, one.exercise, one.since.session)))


def what_is_missing(guide: Guide) -> Iterator[Missing]:
    """Everything that can still be put right here, the gravest first; nothing where all is there."""
    rows = guide.register.rows
    if emergencies(guide) and not incidents_today(guide):
        yield Missing("no_incident", "The clocks were held for an emergency, and no incident is written down")
    yield from _of_people("unmarked", "not marked", (row.person for row in rows if row.mark is None))
    yield from _of_people(
        "not_asked", "not asked on arrival", (one.person for one in guide.register.not_asked)
    )
    yield from _of_people("where", "not asked where they are", (one.person for one in to_ask_where(guide)))
    unlogged = places_unlogged(guide)
    if unlogged:
        people = {place.person for place in unlogged}
        whose = (row.person for row in rows if row.person.id in people)
        yield from _of_people("unlogged", f"exercises not logged ({len(unlogged)})", whose)
    yield from _of_people("not_said", "effort or pain not said", not_said(guide))
    yield from _measures(owed_today(guide))


def not_said(guide: Guide) -> tuple[Expected, ...]:
    """Who exercised and has not said both effort and pain."""
    exercised = {place.person for place in guide.came_to() if not place.sits_out}
    exercised |= {row.person for row in guide.log.rows if not did_nothing(row)}
    said = {one.id: guide.log.said(one.id) for one in guide.people if one.id in exercised}
    return tuple(one for one in guide.people if one.id in said and None in said[one.id])


def incidents_today(guide: Guide) -> tuple[Incident, ...]:
    """The incidents of this session."""
    return tuple(one for one in incidents(guide.cohort) if one.session == guide.number)


def advice_waiting(guide: Guide) -> tuple[Advised, ...]:
    """Advice for another level that nobody has taken yet, for those who did the exercise today."""
    did = {(row.person, row.exercise) for row in guide.log.rows if not did_nothing(row)}
    people = [one.id for one in guide.people if any(person == one.id for person, _ in did)]
    return tuple(
        advised
        for advised in guide.advising.of(people, guide.exercises)
        if advised.moves and (advised.person, advised.exercise.id) in did
    )


def next_session(guide: Guide) -> Next | None:
    """When the group meets again; None after the last session."""
    number = next_number(guide)
    if number is None:
        return None
    return Next(number, plan_of(guide.cohort).session(number).on, cohort_head(guide.cohort).start_time)


def next_number(guide: Guide) -> int | None:
    """The number of the next session that stands, by day; None after the last."""
    order = guide.advising.order
    place = order.index(guide.number) + 1 if guide.number in order else len(order)
    return order[place] if place < len(order) else None


def _done(guide: Guide, exercise: str, unlogged: int) -> DoneExercise:
    rows = [row for row in guide.log.rows if row.exercise == exercise]
    stood_in = sum(row.decision == "substitute" for row in rows)
    nothing = sum(did_nothing(row) for row in rows)
    did = [row for row in rows if row.decision != "substitute" and not did_nothing(row)]
    return DoneExercise(
        exercise=exercise,
        name=guide.pack.exercise(exercise).name,
        observed=sum(row.basis == "observed" for row in did),
        as_planned=sum(row.basis == "as_planned" for row in did),
        sat_out=nothing,
        stood_in=stood_in,
        not_recorded=unlogged + sum(row.basis == "not_recorded" for row in did),
    )


def _measures(owed: tuple[Owed, ...]) -> Iterator[Missing]:
    paper = [one for one in owed if one.on_paper]
    done = [one for one in owed if not one.on_paper]
    for words, some in (
        ("papers not looked through", [one for one in paper if one.state != "checked"]),
        ("papers to be entered", [one for one in paper if one.state == "checked"]),
        ("measures not done", done),
    ):
        if some:
            people = {one.person.id: one.person for one in some}
            yield from _of_people("measure", f"{words} ({len(some)})", people.values())


def _of_people(kind: MissingKind, words: str, people: Iterable[Expected]) -> Iterator[Missing]:
    everyone = tuple(people)
    if everyone:
        yield Missing(kind, words, everyone)
