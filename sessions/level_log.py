"""The levels that an exercise log shows: a log kept on paper moves levels as its entries and decisions say.

Not for: advice on a level (`advice`), or a change decided on the spot (`levels`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sessions.exercise import Exercise
from sessions.levels import LevelChange, Since, current_level, level_above, level_below
from sessions.records import Decision, ExerciseRow, LevelRow

_Place = tuple[int, int]


def levels_shown(
    exercise: Exercise,
    log: Sequence[ExerciseRow],
    known: Sequence[LevelRow],
    sessions: Sequence[int],
    decided_in: Collection[int],
) -> tuple[LevelRow, ...]:
    """The changes of one person's level at one exercise that their `log` shows and `known` does not have.

    The level that an entry names is the level the person had from that session on. Its decision, where the
    session is one of `decided_in`, holds from the next of `sessions` on (the numbers of those that stand, by
    day): "up" is the next harder level, "ease" the next easier one, "hold" and "substitute" move nothing; nor
    does a decision that the next session's own entry or an earlier change has overtaken. Of an exercise that
    another stood in for, the entry says nothing.
    """
    told = {entry.session: entry for entry in log if entry.decision != "substitute"}
    ladder = _Ladder(exercise, known, sessions)
    for place, session in enumerate(sessions):
        entry = told.get(session)
        if entry is None:
            continue
        if entry.level is not None and entry.level not in ladder.levels_in(session):
            ladder.move(entry.person, session, entry.level)
        following = next(iter(sessions[place + 1 :]), None)
        if session not in decided_in or following is None or ladder.is_decided(following):
            continue
        to = _led_to(exercise, entry.level or ladder.level_at(session), entry.decision)
        told_then = following in told and told[following].level is not None
        if to is not None and not told_then and to != ladder.level_at(following):
            ladder.move(entry.person, following, to)
    return tuple(ladder.moved.values())


class _Ladder:
    """One person's levels at one exercise: what is known, and what was shown so far."""

    def __init__(self, exercise: Exercise, known: Sequence[LevelRow], sessions: Sequence[int]) -> None:
        self._exercise = exercise
        self._sessions = sessions
        self._rows = {(row.from_session, row.from_round): row for row in known}
        self.moved: dict[_Place, LevelRow] = {}

    def level_at(self, session: int) -> int:
        """The level with which the person begins that session."""
        return self._level(session, self._rows)

    def levels_in(self, session: int) -> set[int]:
        """Every level that the person had in that session, for a round may have moved it."""
        moved = {row.level for row in self._rows.values() if row.from_session == session}
        return {self.level_at(session), *moved}

    def is_decided(self, session: int) -> bool:
        """Whether a change holds from the beginning of that session."""
        return (session, 1) in self._rows

    def move(self, person: str, session: int, level: int) -> None:
        """Have the level begin with that session, whatever was to begin with it before."""
        earlier = {place: row for place, row in self._rows.items() if place != (session, 1)}
        row = LevelRow(person, self._exercise.id, session, level, self._level(session, earlier))
        self._rows[session, 1] = self.moved[session, 1] = row

    def _level(self, session: int, rows: dict[_Place, LevelRow]) -> int:
        in_order = sorted(rows.values(), key=lambda row: (self._place(row.from_session), row.from_round))
        changes = [
            LevelChange(row.exercise, row.from_level, row.level, Since(row.from_session, row.from_round))
            for row in in_order
        ]
        return current_level(self._exercise, changes, session, running_order=self._sessions)

    def _place(self, session: int) -> int:
        return self._sessions.index(session) if session in self._sessions else len(self._sessions) + session


def _led_to(exercise: Exercise, level: int, decision: Decision | None) -> int | None:
    if decision == "up":
        return level_above(exercise, level)
    if decision == "ease":
        return level_below(exercise, level)
    return None
