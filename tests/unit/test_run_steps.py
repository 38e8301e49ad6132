"""The steps of a run: what a pack's circuit and sequences become."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.pack import Circuit, Sequence, SequenceStep, Station
from sessions.run_steps import (
    BoutTimes,
    Kind,
    Phase,
    RunPlan,
    circuit_steps,
    sequence_steps,
    talk,
    with_bouts,
)
from tests.unit.run_plans import TIMES, a_circuit, an_evening, stations

parts = st.integers(0, 300)


@given(st.builds(BoutTimes, parts, st.integers(10, 300), parts, parts), st.integers(2, 16), st.integers(1, 4))
def test_the_steps_of_a_circuit_last_exactly_as_long_as_the_pack_says(
    times: BoutTimes, number: int, rounds: int
) -> None:
    circuit = Circuit(
        id="first",
        name="First circuit",
        ready_seconds=times.ready,
        work_seconds=times.work,
        change_seconds=times.change,
        rest_seconds=times.rest,
        stations=tuple(Station(exercise="sit-to-stand") for _ in range(number)),
    )
    steps = circuit_steps(times, rounds, number)
    assert sum(step.seconds for step in steps) == circuit.seconds(rounds)


def test_a_change_and_a_rest_belong_to_the_bout_they_lead_to() -> None:
    laid_out = [(step.kind, step.round, step.bout) for step in circuit_steps(TIMES, 2, 2)]
    assert laid_out == [
        (Kind.READY, 1, 1),
        (Kind.WORK, 1, 1),
        (Kind.CHANGE, 1, 2),
        (Kind.READY, 1, 2),
        (Kind.WORK, 1, 2),
        (Kind.REST, 2, 1),
        (Kind.READY, 2, 1),
        (Kind.WORK, 2, 1),
        (Kind.CHANGE, 2, 2),
        (Kind.READY, 2, 2),
        (Kind.WORK, 2, 2),
    ]


def test_a_sequence_gives_a_step_for_each_of_its_parts() -> None:
    sequence = Sequence(
        id="warm-up",
        name="Warm-up",
        kind="warm_up",
        seconds=90,
        steps=(
            SequenceStep(name="March", seconds=60, say="March on the spot."),
            SequenceStep(name="Shoulders", seconds=30, say="Roll your shoulders."),
        ),
    )
    steps = sequence_steps(sequence)
    assert [(step.phase, step.title, step.seconds) for step in steps] == [
        (Phase.WARM_UP, "March", 60),
        (Phase.WARM_UP, "Shoulders", 30),
    ]
    assert not any(step.ends_by_hand for step in steps)


def test_a_talk_is_given_minutes_and_ends_by_hand() -> None:
    step = talk(Phase.EDUCATION, 15, "Pacing")
    assert (step.seconds, step.ends_by_hand, step.title) == (900, True, "Pacing")


def test_a_longer_ring_gets_more_bouts_of_the_same_times() -> None:
    longer = with_bouts(an_evening(4).steps, 6)
    assert longer[4:-2] == circuit_steps(TIMES, 2, 6)
    assert (longer[:4], longer[-2:]) == (an_evening(4).steps[:4], an_evening(4).steps[-2:])


def test_a_session_without_a_circuit_has_no_bouts_to_lay_out() -> None:
    steps = (talk(Phase.EDUCATION, 15),)
    assert with_bouts(steps, 6) == steps


@pytest.mark.parametrize(
    ("plan", "fault"),
    [
        (lambda: RunPlan(()), "at least one step"),
        (lambda: RunPlan(a_circuit(4).steps, stations(5)), "one bout for each station"),
        (
            lambda: RunPlan((*a_circuit(4).steps, talk(Phase.CLOSING, 5), *a_circuit(4).steps), stations(4)),
            "follow each other",
        ),
    ],
)
def test_a_plan_that_cannot_be_run_is_refused(plan: Callable[[], RunPlan], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        plan()


def test_parts_of_no_seconds_stand_among_the_steps() -> None:
    steps = circuit_steps(BoutTimes(ready=0, work=60, change=0, rest=0), 1, 2)
    assert [step.kind for step in steps] == [Kind.READY, Kind.WORK, Kind.CHANGE, Kind.READY, Kind.WORK]
