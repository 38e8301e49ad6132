"""Advice on the levels of the people in a session: what it rests on, and taking it.

Not for: the rules of the advice (`sessions.advice`). Nothing moves by itself: a facilitator accepts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from escape_tui.guiding.circuit_log import CircuitLog
from escape_tui.store.acts.exercise import move_level
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import arrival_answers, arrival_pains, attendance
from sessions.advice import Advice, advise
from sessions.errors import Refused
from sessions.exercise import Exercise
from sessions.levels import Since, change_level
from sessions.pack import Pack
from sessions.pictures import Known, picture_of
from sessions.records import LevelRow


@dataclass(frozen=True, slots=True)
class Advised:
    """Advice for one person at one exercise, and from when it would hold.

    `since` is this session before the exercise was done in it, the next one afterwards; None where there is
    no session left.
    """

    person: str
    exercise: Exercise
    level: int
    advice: Advice
    since: Since | None

    @property
    def moves(self) -> bool:
        """Whether it is for another level than the present one."""
        return self.since is not None and self.advice.to_level != self.level


class Advising:
    """Advice in session `number`; `order` are the sessions that stand, by day."""

    def __init__(
        self, cohort: Cohort, number: int, pack: Pack, order: tuple[int, ...], log: CircuitLog
    ) -> None:
        self._cohort = cohort
        self._number = number
        self._pack = pack
        self._order = order
        self._log = log

    @property
    def order(self) -> tuple[int, ...]:
        """The sessions that stand, by day."""
        return self._order

    def of(
        self, people: Iterable[str], exercises: Iterable[Exercise], round_number: int = 1
    ) -> tuple[Advised, ...]:
        """Advice for each of these people at each of these exercises, in that order."""
        everything, everyone = tuple(exercises), self._known()
        found: list[Advised] = []
        for person in people:
            known = everyone.only(person)
            for exercise in everything:
                since = self._since(person, exercise, round_number)
                level = self._level_then(person, exercise, since, round_number)
                advice = advise(self._pack.advice, picture_of(known, exercise, self._number, level))
                found.append(Advised(person, exercise, level, advice, since))
        return tuple(found)

    def accept(self, advised: Advised, *, confirmed: bool = False) -> LevelRow:
        """Take the advice: the level moves from then on. `Refused` where there is nothing to take.

        `Refused` too where a step up has to be confirmed first and was not.
        """
        if advised.since is None or not advised.moves:
            raise Refused("The advice is to stay at this level.", "There is nothing to move.")
        change = change_level(
            advised.exercise, advised.level, advised.advice.to_level, advised.since, confirmed=confirmed
        )
        row = LevelRow(
            advised.person,
            advised.exercise.id,
            advised.since.session,
            change.to_level,
            change.from_level,
            advised.since.round_number,
        )
        move_level(self._cohort, row)
        self._log.refresh()
        return row

    def _known(self) -> Known:
        return Known(
            self._order,
            self._log.all_rows,
            self._log.all_levels,
            attendance(self._cohort),
            tuple(row for session in self._order for row in arrival_answers(self._cohort, session)),
            arrival_pains(self._cohort),
        )

    def _since(self, person: str, exercise: Exercise, round_number: int) -> Since | None:
        if self._log.entry(person, exercise.id) is None:
            return Since(self._number, round_number)
        place = self._order.index(self._number) if self._number in self._order else len(self._order)
        following = self._order[place + 1 : place + 2]
        return Since(following[0]) if following else None

    def _level_then(self, person: str, exercise: Exercise, since: Since | None, round_number: int) -> int:
        if since is None or since.session == self._number:
            return self._log.level(person, exercise, round_number)
        return self._log.level_in(person, exercise, since)
