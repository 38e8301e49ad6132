"""The levels that a log kept on paper shows."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.exercise import Exercise
from sessions.level_log import levels_shown
from sessions.pack_files import shipped_pack
from sessions.records import Decision, ExerciseRow, LevelRow

ORDER = tuple(range(1, 13))


@cache
def exercise() -> Exercise:
    """Begins at level 2 of 8."""
    return shipped_pack("knees-hips").exercise("sit-to-stand")


def entry(session: int, level: int | None = None, decision: Decision | None = None) -> ExerciseRow:
    return ExerciseRow("P1", session, "sit-to-stand", level=level, decision=decision)


def change(session: int, to: int, before: int, round_number: int = 1) -> LevelRow:
    return LevelRow("P1", "sit-to-stand", session, to, before, round_number)


def shown(*log: ExerciseRow, known: tuple[LevelRow, ...] = ()) -> tuple[LevelRow, ...]:
    return levels_shown(exercise(), log, known, ORDER, [row.session for row in log])


def test_the_level_at_which_somebody_worked_holds_from_that_session_on() -> None:
    assert shown(entry(2, level=3), entry(3, level=3), entry(4, level=2)) == (
        change(2, 3, 2),
        change(4, 2, 3),
    )


def test_the_level_that_holds_anyway_is_no_change() -> None:
    assert shown(entry(1, level=2), entry(2)) == ()
    assert shown(entry(5, level=4), known=(change(3, 4, 2),)) == ()


@pytest.mark.parametrize(
    ("decision", "moved"),
    [
        ("up", (change(4, 3, 2),)),
        ("ease", (change(4, 1, 2),)),
        ("hold", ()),
        ("substitute", ()),
        (None, ()),
    ],
)
def test_a_decision_holds_from_the_next_session_on(
    decision: Decision | None, moved: tuple[LevelRow, ...]
) -> None:
    assert shown(entry(3, level=2, decision=decision)) == moved
    assert shown(entry(3, decision=decision)) == moved


def test_an_entry_of_the_next_session_overtakes_a_decision() -> None:
    assert shown(entry(3, level=2, decision="up"), entry(4, level=2)) == ()
    assert shown(entry(3, level=2, decision="up"), entry(4, level=4)) == (change(4, 4, 2),)


def test_a_change_that_was_decided_since_overtakes_a_decision() -> None:
    decided = change(4, 2, 2)
    assert shown(entry(3, level=2, decision="up"), known=(decided,)) == ()


def test_a_later_log_overtakes_what_an_earlier_one_led_to() -> None:
    led_to = shown(entry(3, level=2, decision="up"))
    assert shown(entry(3, level=2, decision="up"), entry(4, level=2), known=led_to) == (change(4, 2, 2),)


def test_a_round_that_moved_the_level_is_no_contradiction() -> None:
    moved = change(3, 3, 2, round_number=2)
    assert shown(entry(3, level=2, decision="hold"), known=(moved,)) == ()
    assert shown(entry(3, level=3, decision="hold"), known=(moved,)) == ()


def test_a_log_that_comes_late_leaves_what_is_known_of_later_sessions() -> None:
    log = (entry(2, level=3), entry(4, level=2))
    assert levels_shown(exercise(), log, (), ORDER, [2]) == (change(2, 3, 2), change(4, 2, 3))


def test_a_stand_in_says_nothing_of_the_level() -> None:
    assert shown(entry(3, level=5, decision="substitute")) == ()


def test_the_ladder_ends_at_both_ends_and_the_programme_at_its_last_session() -> None:
    assert shown(entry(3, level=8, decision="up")) == (change(3, 8, 2),)
    assert shown(entry(3, level=1, decision="ease")) == (change(3, 1, 2),)
    assert shown(entry(12, level=2, decision="up")) == ()


def test_the_next_session_is_the_next_by_day() -> None:
    moved = (1, 2, 13, 3)
    log = (entry(2, level=2, decision="up"),)
    assert levels_shown(exercise(), log, (), moved, [2]) == (change(13, 3, 2),)


ENTRIES = st.dictionaries(
    st.integers(1, 12),
    st.tuples(
        st.none() | st.integers(1, 8), st.none() | st.sampled_from(["up", "hold", "ease", "substitute"])
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(ENTRIES)
def test_the_same_log_again_shows_nothing_new(
    entries: dict[int, tuple[int | None, Decision | None]],
) -> None:
    log = [entry(session, level, decision) for session, (level, decision) in entries.items()]
    first = shown(*log)
    assert shown(*log, known=first) == ()
