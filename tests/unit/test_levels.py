"""Where a level starts, what a decision changes, and which level holds when."""

from __future__ import annotations

import pytest

from sessions.errors import Refused
from sessions.levels import LevelChange, Since, change_level, choose_start, current_level
from tests.unit.exercises import exercise


def test_without_a_change_the_packs_start_holds() -> None:
    assert current_level(exercise(), [], session=1) == 2


def test_a_chosen_start_holds_from_the_first_session() -> None:
    assert current_level(exercise(), [choose_start(exercise(), 1)], session=1) == 1


def test_a_start_can_be_chosen_for_who_joins_late() -> None:
    assert choose_start(exercise(), 4, session=3).since == Since(3)


@pytest.mark.parametrize(("session", "level"), [(5, 2), (6, 3), (7, 3)])
def test_a_change_for_the_next_session_holds_from_there(session: int, level: int) -> None:
    change = change_level(exercise(), at=2, to=3, since=Since(6))
    assert current_level(exercise(), [change], session) == level


@pytest.mark.parametrize(("session", "round_number", "level"), [(5, 1, 2), (5, 2, 1), (5, 3, 1), (6, 1, 1)])
def test_a_change_for_the_next_round_holds_from_there(session: int, round_number: int, level: int) -> None:
    change = change_level(exercise(), at=2, to=1, since=Since(5, round_number=2))
    assert current_level(exercise(), [change], session, round_number) == level


def test_a_later_decision_overrules_one_that_has_yet_to_hold() -> None:
    up = change_level(exercise(), at=2, to=3, since=Since(6))
    ease = change_level(exercise(), at=2, to=1, since=Since(5, round_number=3))
    assert current_level(exercise(), [up, ease], session=6) == 1


def test_a_change_of_another_exercise_changes_nothing_here() -> None:
    other = change_level(exercise("step-up"), at=2, to=5, since=Since(1))
    assert current_level(exercise(), [other], session=4) == 2


def test_an_extra_session_counts_by_its_day() -> None:
    running_order = (1, 2, 4, 3)
    change = change_level(exercise(), at=2, to=3, since=Since(4))
    assert current_level(exercise(), [change], 3, running_order=running_order) == 3
    assert current_level(exercise(), [change], 2, running_order=running_order) == 2


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (Since(6), "Level 3 instead of 2, from session 6"),
        (Since(5, round_number=2), "Level 3 instead of 2, from round 2 of session 5"),
    ],
)
def test_a_change_says_from_when_it_holds(since: Since, said: str) -> None:
    assert change_level(exercise(), at=2, to=3, since=since).in_words == said


@pytest.mark.parametrize("level", [0, 6])
def test_a_level_that_the_exercise_does_not_have_is_refused(level: int) -> None:
    with pytest.raises(Refused, match=f"no level {level}"):
        change_level(exercise(), at=2, to=level, since=Since(3))


def test_the_level_a_person_is_at_is_no_change() -> None:
    with pytest.raises(Refused, match="the level the person is at"):
        change_level(exercise(), at=2, to=2, since=Since(3))


def test_up_on_a_balance_exercise_is_refused_until_it_is_confirmed() -> None:
    balance = exercise(balance=True)
    with pytest.raises(Refused, match="confirmed first"):
        change_level(balance, at=2, to=3, since=Since(3))
    confirmed = change_level(balance, at=2, to=3, since=Since(3), confirmed=True)
    assert confirmed == LevelChange("sit-to-stand", 2, 3, Since(3))


def test_ease_on_a_balance_exercise_needs_no_confirming() -> None:
    assert change_level(exercise(balance=True), at=2, to=1, since=Since(3)).to_level == 1
