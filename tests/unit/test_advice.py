"""What the log of an exercise speaks for: each rule at its threshold and on either side of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.advice import Advice, Arrival, ExerciseEntry, Kind, Picture, advise
from tests.unit.exercises import RULES, exercise

EASY = ExerciseEntry(session=4, level=3, reps=10, effort=2, pain=2, decision="hold")
LAST = replace(EASY, session=5)
TWICE_EASY = Picture(
    exercise=exercise(),
    level=3,
    session=5,
    entries=(EASY, LAST),
    arrivals=(Arrival(4, pain=2), Arrival(5, pain=2)),
)
"""Everything speaks for "up": each test takes one thing away."""


def last_time(entry: ExerciseEntry) -> Picture:
    return replace(TWICE_EASY, entries=(EASY, entry))


def arriving(arrival: Arrival) -> Picture:
    return replace(TWICE_EASY, arrivals=(Arrival(4, pain=2), arrival))


def advice(picture: Picture) -> Advice:
    return advise(RULES, picture)


def test_easy_twice_in_a_row_speaks_for_the_next_level() -> None:
    assert advice(TWICE_EASY) == Advice(
        "up", 4, "It was easy in the last 2 sessions.", confirm=False, tell=()
    )


@pytest.mark.parametrize(
    ("easy", "kind", "reason"),
    [
        (1, "hold", "It was easy in 1 session; 2 in a row speak for a step up."),
        (2, "up", "It was easy in the last 2 sessions."),
        (3, "up", "It was easy in the last 2 sessions."),
    ],
)
def test_easy_has_to_be_often_enough(easy: int, kind: Kind, reason: str) -> None:
    entries = tuple(replace(EASY, session=session) for session in range(6 - easy, 6))
    said = advice(replace(TWICE_EASY, entries=entries))
    assert (said.kind, said.reason) == (kind, reason)


def test_a_hard_time_in_between_begins_the_row_anew() -> None:
    entries = (EASY, replace(EASY, effort=5), LAST)
    assert advice(replace(TWICE_EASY, entries=entries)).kind == "hold"


@pytest.mark.parametrize(
    ("pain", "kind", "to_level", "reason"),
    [
        (0, "up", 4, "It was easy in the last 2 sessions."),
        (5, "up", 4, "It was easy in the last 2 sessions."),
        (6, "hold", 3, "Pain rose by 4; up to 3 is safe for a step up."),
        (7, "hold", 3, "Pain rose by 5; up to 3 is safe for a step up."),
        (8, "ease", 2, "Pain rose by 6; from a rise of 6 on, ease off."),
        (9, "ease", 2, "Pain rose by 7; from a rise of 6 on, ease off."),
    ],
)
def test_pain_is_read_as_the_rise_over_a_pain_of_two_on_arrival(
    pain: int, kind: Kind, to_level: int, reason: str
) -> None:
    said = advice(last_time(replace(LAST, pain=pain)))
    assert (said.kind, said.to_level, said.reason) == (kind, to_level, reason)


@pytest.mark.parametrize(("pain", "kind"), [(3, "up"), (4, "hold"), (5, "hold"), (6, "ease")])
@pytest.mark.parametrize("arrivals", [(), (Arrival(4), Arrival(5))])
def test_without_the_pain_on_arrival_the_pain_itself_is_the_most_it_can_have_risen(
    arrivals: tuple[Arrival, ...], pain: int, kind: Kind
) -> None:
    assert advice(replace(last_time(replace(LAST, pain=pain)), arrivals=arrivals)).kind == kind


def test_the_rise_is_over_the_arrival_of_the_session_it_was_in() -> None:
    picture = replace(
        last_time(replace(LAST, pain=8)), session=6, arrivals=(Arrival(5, pain=2), Arrival(6, pain=8))
    )
    assert advice(picture).kind == "ease"


@pytest.mark.parametrize(
    ("pain", "told"), [(5, ()), (6, ("Pain on arrival was 6.",)), (7, ("Pain on arrival was 7.",))]
)
def test_a_high_usual_pain_is_told_and_does_not_alone_forbid_up(pain: int, told: tuple[str, ...]) -> None:
    picture = replace(
        last_time(replace(LAST, pain=pain)), arrivals=(Arrival(4, pain=2), Arrival(5, pain=pain))
    )
    said = advice(picture)
    assert (said.kind, said.tell) == ("up", told)


def test_a_new_pain_never_gives_up() -> None:
    said = advice(arriving(Arrival(5, pain=2, new_pain=True)))
    assert (said.kind, said.reason) == ("hold", "There is a new or different pain.")
    assert said.tell == ("A new or different pain was told on arrival: ask about it before the exercise.",)


def test_pain_that_has_not_settled_never_gives_up() -> None:
    said = advice(arriving(Arrival(5, pain=2, unsettled=True)))
    assert said.kind == "hold"
    assert said.reason == "Pain after the last session had not settled within 24 hours."
    assert said.tell == ("Ask which exercise the lasting pain came from, and ease that one.",)


def test_a_new_pain_is_told_where_another_rule_eases() -> None:
    picture = replace(
        arriving(Arrival(5, pain=2, new_pain=True)), entries=last_time(replace(LAST, pain=9)).entries
    )
    said = advice(picture)
    assert said.kind == "ease"
    assert len(said.tell) == 1


@pytest.mark.parametrize(
    ("effort", "kind", "reason"),
    [
        (3, "up", "It was easy in the last 2 sessions."),
        (4, "hold", "Effort was 4; up to 3 is easy."),
        (7, "hold", "Effort was 7; up to 3 is easy."),
        (8, "ease", "Effort was 8; from 8 on it is too hard."),
        (9, "ease", "Effort was 9; from 8 on it is too hard."),
    ],
)
def test_effort_decides_at_its_thresholds(effort: int, kind: Kind, reason: str) -> None:
    said = advice(last_time(replace(LAST, effort=effort)))
    assert (said.kind, said.reason) == (kind, reason)


@pytest.mark.parametrize(
    ("missed", "kind", "reason"),
    [
        (1, "up", "It was easy in the last 2 sessions."),
        (2, "hold", "2 sessions in a row missed just before."),
        (3, "hold", "3 sessions in a row missed just before."),
        (4, "ease", "4 sessions in a row were missed, so start again gently."),
        (5, "ease", "5 sessions in a row were missed, so start again gently."),
    ],
)
def test_missed_sessions_hold_and_then_ease(missed: int, kind: Kind, reason: str) -> None:
    said = advice(replace(TWICE_EASY, session=6 + missed, missed=missed))
    assert (said.kind, said.reason) == (kind, reason)


def test_a_long_absence_eases_once_and_then_holds() -> None:
    away = replace(TWICE_EASY, session=10, missed=4)
    assert advice(replace(away, level=2)).kind == "hold"
    tried_again = replace(EASY, session=10)
    assert advice(replace(away, entries=(EASY, tried_again))).kind == "hold"


def test_after_an_illness_the_level_holds() -> None:
    said = advice(replace(TWICE_EASY, ill=True))
    assert (said.kind, said.reason) == ("hold", "The person has been ill since they last came.")


@pytest.mark.parametrize(
    ("reps", "kind", "reason"),
    [
        (9, "hold", "9 of 10 repetitions were done."),
        (10, "up", "It was easy in the last 2 sessions."),
        (11, "up", "It was easy in the last 2 sessions."),
        (None, "hold", "What was done was not recorded."),
    ],
)
def test_the_repetitions_of_the_level_have_to_be_reached(reps: int | None, kind: Kind, reason: str) -> None:
    said = advice(last_time(replace(LAST, reps=reps)))
    assert (said.kind, said.reason) == (kind, reason)


@pytest.mark.parametrize(("seconds", "kind"), [(29, "hold"), (30, "up"), (31, "up"), (None, "hold")])
def test_the_seconds_of_the_level_have_to_be_reached(seconds: int | None, kind: Kind) -> None:
    entries = tuple(replace(EASY, session=s, reps=None, seconds=done) for s, done in ((4, 30), (5, seconds)))
    picture = replace(TWICE_EASY, exercise=exercise(seconds=30), entries=entries)
    assert advice(picture).kind == kind


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (last_time(replace(LAST, basis="not_recorded")), "The last time was not recorded."),
        (last_time(replace(LAST, basis="as_planned", effort=None)), "The effort was not recorded."),
        (last_time(replace(LAST, effort=None)), "The effort was not recorded."),
        (last_time(replace(LAST, pain=None)), "The pain was not recorded."),
        (last_time(replace(LAST, decision="substitute")), "Another exercise stood in the last time."),
        (last_time(replace(LAST, level=2)), "Level 3 has not been tried yet."),
        (replace(TWICE_EASY, entries=()), "Nothing is recorded for this exercise yet."),
    ],
)
def test_what_was_not_recorded_never_speaks_for_up(entry: Picture, reason: str) -> None:
    said = advice(entry)
    assert (said.kind, said.to_level, said.reason) == ("hold", 3, reason)


def test_as_planned_with_effort_and_pain_speaks_for_up() -> None:
    assert advice(last_time(replace(LAST, basis="as_planned", reps=None))).kind == "up"


def test_an_unrecorded_time_in_between_begins_the_row_anew() -> None:
    entries = (EASY, replace(EASY, basis="not_recorded"), LAST)
    assert advice(replace(TWICE_EASY, entries=entries)).kind == "hold"


def test_the_highest_level_holds_with_the_reason() -> None:
    entries = tuple(replace(entry, level=5) for entry in TWICE_EASY.entries)
    said = advice(replace(TWICE_EASY, level=5, entries=entries))
    assert (said.kind, said.to_level) == ("hold", 5)
    assert said.reason == "It was easy, and this is the highest level."


def test_below_the_lowest_level_the_facilitator_is_told_what_else_there_is() -> None:
    said = advice(replace(last_time(replace(LAST, level=1, pain=9)), level=1))
    assert (said.kind, said.to_level) == ("ease", 1)
    assert said.tell == ("This is the lowest level: do less of it, or choose another exercise.",)


@pytest.mark.parametrize("picture", [last_time(replace(LAST, pain=9)), last_time(replace(LAST, effort=9))])
def test_one_hard_time_eases_once(picture: Picture) -> None:
    assert advice(picture).kind == "ease"
    eased = advice(replace(picture, level=2))
    assert (eased.kind, eased.reason) == ("hold", "Level 2 has not been tried yet.")


def test_red_pain_at_an_easier_level_eases_the_one_chosen_since() -> None:
    assert advice(replace(last_time(replace(LAST, pain=9)), level=4)).to_level == 3


def test_up_on_a_balance_exercise_is_to_be_confirmed() -> None:
    assert advice(replace(TWICE_EASY, exercise=exercise(balance=True))).confirm


def test_only_up_is_to_be_confirmed() -> None:
    assert not advice(replace(last_time(replace(LAST, effort=9)), exercise=exercise(balance=True))).confirm


def test_before_the_arrival_is_known_up_comes_with_a_question() -> None:
    said = advice(replace(TWICE_EASY, session=6))
    assert said.kind == "up"
    assert said.tell == ("Ask about new pain, and pain that did not settle, before a step up.",)


SCALE = st.none() | st.integers(0, 10)
ENTRIES = st.lists(
    st.builds(
        ExerciseEntry,
        session=st.just(5),
        level=st.integers(1, 5),
        reps=st.none() | st.integers(0, 20),
        effort=SCALE,
        pain=SCALE,
        decision=st.sampled_from(["up", "hold", "ease", "substitute"]),
        basis=st.sampled_from(["observed", "as_planned", "not_recorded"]),
    ),
    max_size=4,
).map(tuple)
PICTURES = st.builds(
    Picture,
    exercise=st.builds(exercise, balance=st.booleans()),
    level=st.integers(1, 5),
    session=st.just(5),
    entries=ENTRIES | st.just(TWICE_EASY.entries),
    arrivals=st.tuples(
        st.builds(Arrival, st.just(5), pain=SCALE, new_pain=st.booleans(), unsettled=st.booleans())
    ),
    missed=st.integers(0, 5),
    ill=st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(PICTURES)
def test_advice_never_leaves_the_ladder_nor_goes_more_than_one_step(picture: Picture) -> None:
    said = advice(picture)
    steps = {"up": {1}, "hold": {0}, "ease": {-1} if picture.level > 1 else {0}}
    assert said.to_level - picture.level in steps[said.kind]
    assert said.reason.endswith(".")


@settings(max_examples=150, deadline=None)
@given(PICTURES, st.sampled_from(["new_pain", "unsettled", "ill", "missed", "basis"]))
def test_nothing_that_forbids_up_is_ever_outweighed(picture: Picture, forbids: str) -> None:
    forbidden = {
        "new_pain": replace(picture, arrivals=(replace(picture.arrivals[0], new_pain=True),)),
        "unsettled": replace(picture, arrivals=(replace(picture.arrivals[0], unsettled=True),)),
        "ill": replace(picture, ill=True),
        "missed": replace(picture, missed=2),
        "basis": replace(
            picture, entries=tuple(replace(entry, basis="not_recorded") for entry in picture.entries)
        ),
    }
    assert advice(forbidden[forbids]).kind != "up"


@settings(max_examples=150, deadline=None)
@given(PICTURES, st.integers(0, 10), st.integers(0, 10))
def test_more_pain_never_gives_a_higher_level(picture: Picture, one: int, other: int) -> None:
    if not picture.entries:
        return
    milder, worse = (
        advice(replace(picture, entries=(*picture.entries[:-1], replace(picture.entries[-1], pain=pain))))
        for pain in sorted((one, other))
    )
    assert worse.to_level <= milder.to_level
