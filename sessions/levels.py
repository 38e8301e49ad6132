"""The level of a person at an exercise: where it starts, what a decision changes, which one holds when.

Not for: what speaks for a change (`advice`); a level moves because a facilitator decided so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions.errors import Refused
from sessions.exercise import Exercise


@dataclass(frozen=True, slots=True)
class Since:
    """From when a change holds: a round (1 is the first) of a session."""

    session: int
    round_number: int = 1

    @property
    def in_words(self) -> str:
        """As it is read out: "from session 6", "from round 2 of session 5"."""
        if self.round_number == 1:
            return f"from session {self.session}"
        return f"from round {self.round_number} of session {self.session}"


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A facilitator's decision on one person's level at one exercise, and from when it holds."""

    exercise: str
    from_level: int
    to_level: int
    since: Since

    @property
    def in_words(self) -> str:
        """As it is read out: "Level 4 instead of 3, from session 6"."""
        return f"Level {self.to_level} instead of {self.from_level}, {self.since.in_words}"


def change_level(
    exercise: Exercise, at: int, to: int, since: Since, *, confirmed: bool = False
) -> LevelChange:
    """Decide that a person at level `at` works at level `to`.

    `Refused` for a level that the exercise does not have, for the level the person is at, and for a step up
    on a balance exercise that was not confirmed: there, a wrong step is a fall.
    """
    _refuse_unknown(exercise, to)
    if to == at:
        raise Refused(f"Level {to} is the level the person is at.", "Choose another level, or hold.")
    if to > at and exercise.up_needs_confirming and not confirmed:
        raise Refused(
            "A step up on a balance exercise is confirmed first.",
            "Confirm that the person is steady at the level they have.",
        )
    return LevelChange(exercise.id, at, to, since)


def choose_start(exercise: Exercise, level: int, session: int = 1) -> LevelChange:
    """Choose another start than the pack's for a person whose first session is `session`.

    `Refused` for a level that the exercise does not have or that is its start anyway.
    """
    return change_level(exercise, exercise.start_level, level, Since(session), confirmed=True)


def current_level(
    exercise: Exercise,
    changes: Sequence[LevelChange],
    session: int,
    round_number: int = 1,
    running_order: Sequence[int] = (),
) -> int:
    """The level that holds for a person in a round of a session; the pack's start where nothing changed it.

    `changes` are all of the person's, in the order they were decided: a later decision overrules an earlier
    one that has yet to hold. `running_order` gives the sessions by day (`CohortPlan.running_order`) where
    that differs from their numbers.
    """
    now = (_place(session, running_order), round_number)
    level = exercise.start_level
    for change in changes:
        since = (_place(change.since.session, running_order), change.since.round_number)
        if change.exercise == exercise.id and since <= now:
            level = change.to_level
    return level


def level_above(exercise: Exercise, level: int) -> int | None:
    """The next harder level; None at the highest."""
    return min((rung.number for rung in exercise.levels if rung.number > level), default=None)


def level_below(exercise: Exercise, level: int) -> int | None:
    """The next easier level; None at the lowest."""
    return max((rung.number for rung in exercise.levels if rung.number < level), default=None)


def _place(session: int, running_order: Sequence[int]) -> int:
    if session in running_order:
        return running_order.index(session)
    return len(running_order) + session


def _refuse_unknown(exercise: Exercise, level: int) -> None:
    numbers = sorted(rung.number for rung in exercise.levels)
    if level not in numbers:
        raise Refused(
            f"The exercise “{exercise.name}” has no level {level}.",
            f"Choose one from {numbers[0]} to {numbers[-1]}.",
        )
