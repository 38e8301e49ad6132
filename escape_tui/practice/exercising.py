"""How an invented person comes to a session and gets on at each station, and what a facilitator decides then.

Not for: writing any of it down (`evening`). Advice is the program's own (`sessions.advice`); the facilitator
here follows every "ease" and most of the "up".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from escape_tui.practice.attending import Coming
from escape_tui.practice.chance import pick
from escape_tui.practice.people import Character
from sessions.advice import Advice, Arrival, ExerciseEntry, Picture, advise
from sessions.exercise import Exercise, Level
from sessions.levels import level_above
from sessions.pack import Pack
from sessions.pictures import NEW_PAIN, UNSETTLED
from sessions.records import Basis, Decision
from sessions.session_plan import PlannedStation, SessionPlan

_FLARE, _NEW_PAIN = 0.09, 0.02
_UNFIT: Final = {"unwell-today": 0.012, "fall-since": 0.006}
"""Chance of a yes to what keeps a person from exercise that evening. The graver signs belong to scenarios."""
_FOLLOWS_UP = 0.7
"""Share of the advice to go up that is decided at once; the rest waits for the next time."""
_UNSETTLING_RISE = 5
_OTHERWISE = 2
"""Points off the evening as a whole from which a station is told singly."""
_UNSAID = 0.06
_MOST_PAIN = 9
"""Before it is worse, people stop."""
_BASES: dict[Basis, float] = {"observed": 0.62, "as_planned": 0.33, "not_recorded": 0.05}


@dataclass(frozen=True, slots=True)
class Done:
    """What one person did at one exercise of an evening.

    `to_level` is where the decision leads from the next session on. `station` is that of the circuit, and
    `instead_of` the exercise that this one stands in for.
    """

    station: int
    exercise: str
    level: int
    basis: Basis
    reps: int | None = None
    seconds: int | None = None
    effort: int | None = None
    pain: int | None = None
    decision: Decision | None = None
    to_level: int | None = None
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Evening:
    """One person's evening: pain on arrival, the questions answered with yes, and what they did."""

    session: int
    pain: int
    yes: frozenset[str]
    sits_out: bool
    done: tuple[Done, ...]


@dataclass(slots=True)
class Way:
    """One person's way from session to session: levels, what is known for advice, and how they are."""

    character: Character
    pack: Pack
    rng: Random
    starts: dict[str, int] = field(default_factory=dict)
    _levels: dict[str, int] = field(default_factory=dict)
    _next_levels: dict[str, int] = field(default_factory=dict)
    _entries: dict[str, list[ExerciseEntry]] = field(default_factory=dict)
    _arrivals: list[Arrival] = field(default_factory=list)
    _liking: dict[str, float] = field(default_factory=dict)
    _attended: int = 0
    _missed: int = 0
    _ill: bool = False
    _flare: int = 0
    _unsettled: bool = False

    def __post_init__(self) -> None:
        for exercise in self.pack.exercises:
            self._liking[exercise.id] = self.rng.gauss(0, 0.7)
            level = exercise.start_level
            if self.character.strength > 1.2 and self.rng.random() < 0.5:
                level = level_above(exercise, level) or level
            if self.character.entry.needs_close_support:
                level = min(rung.number for rung in exercise.levels)
            if level != exercise.start_level:
                self.starts[exercise.id] = level
            self._levels[exercise.id] = level

    def stays_away(self, coming: Coming) -> None:
        """They miss a session."""
        self._missed += 1
        self._ill = self._ill or coming.reason == "ill"
        if coming.reason == "flare_up":
            self._flare = 1

    def comes(self, plan: SessionPlan, coming: Coming) -> Evening:
        """They come to a session, and do what they can."""
        if self.rng.random() < _FLARE and not self._flare:
            self._flare = self.rng.choice((1, 1, 2))
        evening = self._exercise(plan, self._arrive(plan), coming)
        self._attended += 1
        self._missed, self._ill = 0, False
        self._flare = max(0, self._flare - 1)
        self._levels.update(self._next_levels)
        self._next_levels.clear()
        return evening

    def _arrive(self, plan: SessionPlan) -> Evening:
        eased = self.character.learning * self._attended * 0.35
        pain = self.character.usual_pain - eased + 2.2 * bool(self._flare) + self.rng.gauss(0, 0.8)
        asked = {question.id for question in plan.arrival}
        unfit = {name for name, share in _UNFIT.items() if self.rng.random() < share} & asked
        yes = set(unfit)
        if self.rng.random() < _NEW_PAIN:
            yes.add(NEW_PAIN)
        if self._unsettled:
            yes.add(UNSETTLED)
        yes &= asked
        told = round(min(10, max(0, pain)))
        self._arrivals.append(Arrival(plan.number, told, NEW_PAIN in yes, UNSETTLED in yes))
        return Evening(plan.number, told, frozenset(yes), bool(unfit), ())

    def _exercise(self, plan: SessionPlan, evening: Evening, coming: Coming) -> Evening:
        self._unsettled = False
        if evening.sits_out:
            return evening
        stations = plan.circuit.stations
        if coming.status == "left_early":
            stations = stations[: len(stations) // 2]
        tried = tuple(self._try(stations, evening))
        done = tuple(self._settled(evening.session, one) for one in _as_told(tried))
        rise = max((one.pain - evening.pain for one in done if one.pain is not None), default=0)
        self._unsettled = rise >= _UNSETTLING_RISE and self.rng.random() < 0.6
        return replace(evening, done=done)

    def _try(self, stations: Sequence[PlannedStation], evening: Evening) -> Iterator[Done]:
        mood = self.rng.gauss(0, 0.6)
        taken = {station.exercise.id for station in stations}
        for station in stations:
            own = station.exercise
            gentler = next((name for name in own.stand_ins if name not in taken), None)
            if gentler is None or not (self._flare and own.hand and self.rng.random() < 0.5):
                yield self._tried(station.number, own, evening, mood)
                continue
            taken.add(gentler)
            yield Done(station.number, own.id, self._levels[own.id], "observed", decision="substitute")
            instead = self._tried(station.number, self.pack.exercise(gentler), evening, mood)
            yield replace(instead, instead_of=own.id)

    def _tried(self, station: int, exercise: Exercise, evening: Evening, mood: float) -> Done:
        level = self._levels[exercise.id]
        basis = pick(self.rng, _BASES)
        effort = min(10, max(0, round(self._effort(exercise, level) + mood)))
        pain = min(_MOST_PAIN, max(0, evening.pain + self._rise(effort)))
        reps, seconds = self._dose(exercise.level(level), effort)
        return Done(
            station,
            exercise.id,
            level,
            basis,
            reps=reps if basis == "observed" else None,
            seconds=seconds if basis == "observed" else None,
            effort=None if basis == "not_recorded" or self.rng.random() < _UNSAID else effort,
            pain=None if basis == "not_recorded" or self.rng.random() < _UNSAID else pain,
        )

    def _settled(self, session: int, done: Done) -> Done:
        """What is known of it from now on, and what is decided."""
        self._entries.setdefault(done.exercise, []).append(
            ExerciseEntry(
                session,
                done.level,
                done.reps,
                done.seconds,
                done.effort,
                done.pain,
                done.decision,
                done.basis,
            )
        )
        if done.decision == "substitute":
            return done
        return self._decided(self.pack.exercise(done.exercise), session, done)

    def _effort(self, exercise: Exercise, level: int) -> float:
        """How hard it is, 0 to 10: 5 at what they can just do, and harder or easier by level."""
        able = (
            exercise.start_level
            + 0.2
            + 0.6 * self.character.strength
            + self._liking[exercise.id]
            + self.character.learning * self._attended
            - 1.3 * bool(self._flare)
        )
        return 5 + 1.1 * (level - able) + self.rng.gauss(0, 0.8)

    def _rise(self, effort: int) -> int:
        more = 1.2 if self._flare else 0.0
        return max(-1, round(self.rng.gauss(0.1 + 0.3 * max(0, effort - 5) + more, 0.8)))

    def _dose(self, level: Level, effort: int) -> tuple[int | None, int | None]:
        short = effort > 7 and self.rng.random() < 0.6
        share = self.rng.uniform(0.6, 0.9) if short else 1.0
        return (
            None if level.reps is None else max(1, round(level.reps * share)),
            None if level.seconds is None else max(5, round(level.seconds * share)),
        )

    def _decided(self, exercise: Exercise, session: int, done: Done) -> Done:
        advice = self._advice(exercise, session, done.level)
        if advice.kind == "hold" or advice.to_level == done.level:
            return replace(done, decision="hold") if self.rng.random() < 0.1 else done
        if advice.kind == "up" and self.rng.random() > _FOLLOWS_UP:
            return done
        self._next_levels[exercise.id] = advice.to_level
        return replace(done, decision=advice.kind, to_level=advice.to_level)

    def _advice(self, exercise: Exercise, session: int, level: int) -> Advice:
        return advise(
            self.pack.advice,
            Picture(
                exercise,
                level,
                session,
                entries=tuple(self._entries.get(exercise.id, ())),
                arrivals=tuple(self._arrivals),
                missed=self._missed,
                ill=self._ill,
            ),
        )


def _as_told(tried: Sequence[Done]) -> Iterator[Done]:
    """Effort and pain as they are told at the end: once for the evening, singly where otherwise."""
    efforts = sorted(one.effort for one in tried if one.effort is not None)
    pains = sorted(one.pain for one in tried if one.pain is not None)
    for one in tried:
        yield replace(one, effort=_nearly(one.effort, efforts), pain=_nearly(one.pain, pains))


def _nearly(value: int | None, others: Sequence[int]) -> int | None:
    middle = others[len(others) // 2] if others else None
    if value is None or middle is None or abs(value - middle) >= _OTHERWISE:
        return value
    return middle
