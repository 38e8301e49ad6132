"""The log of a circuit by exception: "as planned" for many, exceptions singly, effort and pain at the end.

Not for: advice (`advising`) or seats. Nothing that nobody observed is filled in: `basis` of each entry says
whether it was seen, taken as planned, or not recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from escape_tui.guiding.told import Told
from escape_tui.store.acts.exercise import log_exercise, move_level, unlog_exercise
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import exercise_log, levels, ruled_out
from sessions.circuit import Seating, StandIn, Whereabouts, board
from sessions.errors import Refused
from sessions.exercise import Exercise, Tag
from sessions.levels import Since, change_level, level_above, level_below
from sessions.pack import Pack
from sessions.pictures import Known, level_of
from sessions.records import Basis, Decision, ExerciseRow, LevelRow
from sessions.ruled_out import RuledOut, in_words, is_ruled_out


@dataclass(frozen=True, slots=True)
class Bout:
    """A bout of the circuit by round and number, both from 1."""

    round: int
    bout: int


@dataclass(frozen=True, slots=True)
class Place:
    """One person at one station in one bout: the exercise they do there, and the level they have at it.

    `ruled_out` are those of its tags that are not for them: something else has to be done there.
    """

    person: str
    station: int
    exercise: Exercise
    level: int
    stand_in: bool
    sits_out: bool
    ruled_out: tuple[Tag, ...] = ()


class CircuitLog:
    """The log of session `number`; what changes something is an act, kept when it returns."""

    def __init__(self, cohort: Cohort, number: int, pack: Pack, order: tuple[int, ...]) -> None:
        self._cohort = cohort
        self._number = number
        self._pack = pack
        self._order = order
        self._log: tuple[ExerciseRow, ...] = ()
        self._levels: tuple[LevelRow, ...] = ()
        self._ruled_out: tuple[RuledOut, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Read anew: log, levels, what is ruled out."""
        self._log = exercise_log(self._cohort)
        self._levels = levels(self._cohort)
        self._ruled_out = ruled_out(self._cohort)

    @property
    def rows(self) -> tuple[ExerciseRow, ...]:
        """The entries of this session."""
        return tuple(row for row in self._log if row.session == self._number)

    @property
    def all_rows(self) -> tuple[ExerciseRow, ...]:
        """The entries of every session."""
        return self._log

    @property
    def all_levels(self) -> tuple[LevelRow, ...]:
        """Every change of a level."""
        return self._levels

    def entry(self, person: str, exercise: str) -> ExerciseRow | None:
        """What is logged of a person at an exercise in this session."""
        return next((row for row in self.rows if (row.person, row.exercise) == (person, exercise)), None)

    def ruled_out(self, person: str, exercise: Exercise) -> tuple[Tag, ...]:
        """Those of an exercise's tags that are ruled out for a person."""
        return is_ruled_out(exercise, [one.tag for one in self._ruled_out if one.person == person])

    def level(self, person: str, exercise: Exercise, round_number: int = 1) -> int:
        """The level a person has at an exercise in a round of this session."""
        return self.level_in(person, exercise, Since(self._number, round_number))

    def level_in(self, person: str, exercise: Exercise, since: Since) -> int:
        """The level a person has at an exercise in a round of any session."""
        changes = tuple(row for row in self._levels if row.person == person)
        return level_of(Known(self._order, levels=changes), exercise, since.session, since.round_number)

    def places(self, seating: Seating, at: Bout) -> tuple[Place, ...]:
        """Everyone who has a station at a bout, station by station."""
        return tuple(
            self._place(seating, one, at.round)
            for station in board(seating, at.bout)
            for one in station.people
        )

    def as_planned(self, places: Iterable[Place]) -> Told:
        """Log these as planned, but for who sits out and who has an entry: an exception stays what it is.

        For whom the exercise is ruled out it is not logged either: they need a stand-in first.
        """
        left = [one for one in places if not one.sits_out and not self.entry(one.person, one.exercise.id)]
        todo = [one for one in left if not one.ruled_out]
        not_for = tuple(one for one in left if one.ruled_out)
        if not todo:
            words = f"Nothing logged: {_left_out(not_for)}." if not_for else "All of this is logged already."
            return Told(words, "refused")
        with self._cohort.batch():
            for one in todo:
                log_exercise(self._cohort, self._row(one.person, one.exercise, one.level, "as_planned"))
        self.refresh()
        names = tuple(dict.fromkeys(one.exercise.name for one in todo))
        people = len({one.person for one in todo})
        what = names[0] if len(names) == 1 else f"{len(names)} exercises"
        but = f"; {_left_out(not_for)}" if not_for else ""
        return Told(f"{what}: as planned for {people}{but}", undo=True)

    def move(self, place: Place, to: int, round_number: int, *, confirmed: bool = False) -> LevelRow:
        """Move a person's level from this round on, and log that it was seen. `Refused` as `change_level`."""
        change = change_level(
            place.exercise, place.level, to, Since(self._number, round_number), confirmed=confirmed
        )
        row = LevelRow(
            place.person, place.exercise.id, self._number, change.to_level, change.from_level, round_number
        )
        decision: Decision = "up" if to > place.level else "ease"
        with self._cohort.batch():
            move_level(self._cohort, row)
            log_exercise(
                self._cohort,
                replace(self._row(place.person, place.exercise, to, "observed"), decision=decision),
            )
        self.refresh()
        return row

    def step(
        self, place: Place, direction: Decision, round_number: int, *, confirmed: bool = False
    ) -> LevelRow:
        """Move a level one step `up` or `ease`. `Refused` where there is no such step."""
        to = (level_above if direction == "up" else level_below)(place.exercise, place.level)
        if to is None:
            most = "highest" if direction == "up" else "lowest"
            raise Refused(
                f"Level {place.level} is the {most} level of this exercise.",
                "Do less of it, or choose a stand-in." if direction == "ease" else "Stay at this level.",
            )
        return self.move(place, to, round_number, confirmed=confirmed)

    def reps(self, place: Place, reps: int) -> None:
        """Log how many repetitions were seen, 0 to 999."""
        self._seen(place, reps=reps)

    def sat_out(self, place: Place) -> None:
        """Log that a person did none of this exercise."""
        level = place.exercise.level(place.level)
        if level.reps is not None:
            self._seen(place, reps=0)
        else:
            self._seen(place, seconds=0)

    def take_stand_in(self, place: Place, stand_in: Exercise) -> None:
        """Log that another exercise stood in for the station's own, and that it was done."""
        with self._cohort.batch():
            self._forget_stand_ins(place.person, place.exercise.stand_ins)
            own = self._row(place.person, place.exercise, None, "observed")
            log_exercise(self._cohort, replace(own, decision="substitute"))
            level = self.level(place.person, stand_in)
            log_exercise(self._cohort, self._row(place.person, stand_in, level, "observed"))
        self.refresh()

    def clear(self, person: str, exercise: str) -> None:
        """Take an entry out again."""
        unlog_exercise(self._cohort, self._number, person, exercise)
        self.refresh()

    def stand_ins(self, stations: Iterable[tuple[int, Exercise]]) -> tuple[StandIn, ...]:
        """The stand-ins that the log of this session shows, by station."""
        return tuple(self._stand_ins(tuple(stations)))

    def effort_and_pain(self, did: Iterable[Place], effort: int | None, pain: int | None) -> None:
        """Keep what a person said of the circuit as a whole: effort and the most pain, 0 to 10 each.

        It stands at every exercise they `did`. One that nobody logged gets an entry that says so:
        `not_recorded`.
        """
        with self._cohort.batch():
            for one in did:
                self._said_of(one, effort, pain)
        self.refresh()

    def said(self, person: str) -> tuple[int | None, int | None]:
        """Effort and pain that a person has said of this session's circuit."""
        own = [row for row in self.rows if row.person == person and (row.effort, row.pain) != (None, None)]
        return (own[0].effort, own[0].pain) if own else (None, None)

    def _said_of(self, one: Place, effort: int | None, pain: int | None) -> None:
        row = self.entry(one.person, one.exercise.id)
        if one.sits_out or did_nothing(row) or (row is not None and row.decision == "substitute"):
            return
        said = row or self._row(one.person, one.exercise, one.level, "not_recorded")
        log_exercise(self._cohort, replace(said, effort=effort, pain=pain))

    def _seen(self, place: Place, reps: int | None = None, seconds: int | None = None) -> None:
        row = self._row(place.person, place.exercise, place.level, "observed")
        log_exercise(self._cohort, replace(row, reps=reps, seconds=seconds))
        self.refresh()

    def _row(self, person: str, exercise: Exercise, level: int | None, basis: Basis) -> ExerciseRow:
        return ExerciseRow(person, self._number, exercise.id, level, basis=basis)

    def _forget_stand_ins(self, person: str, names: Iterable[str]) -> None:
        for name in names:
            if self.entry(person, name) is not None:
                unlog_exercise(self._cohort, self._number, person, name)

    def _stand_ins(self, stations: tuple[tuple[int, Exercise], ...]) -> Iterator[StandIn]:
        for row in self.rows:
            for station, exercise in stations:
                if row.exercise == exercise.id and row.decision == "substitute":
                    done = (name for name in exercise.stand_ins if self.entry(row.person, name) is not None)
                    name = next(done, None)
                    if name is not None:
                        yield StandIn(row.person, station, name)

    def _place(self, seating: Seating, one: Whereabouts, round_number: int) -> Place:
        own = seating.stations[(one.station or 1) - 1].exercise
        exercise = self._pack.exercise(one.exercise or own)
        level = self.level(one.person, exercise, round_number)
        not_for = self.ruled_out(one.person, exercise)
        return Place(one.person, one.station or 1, exercise, level, one.stand_in, one.sits_out, not_for)


def _left_out(places: tuple[Place, ...]) -> str:
    people = len({one.person for one in places})
    tags = in_words(tuple(dict.fromkeys(tag for one in places for tag in one.ruled_out)))
    return f"not for {people}, a stand-in first ({tags} ruled out)"


def did_nothing(row: ExerciseRow | None) -> bool:
    """Whether an entry says that the person did none of the exercise."""
    return row is not None and (row.reps == 0 or (row.reps is None and row.seconds == 0))
