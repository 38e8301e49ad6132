"""A session of a shipped pack becomes steps that last as long as its plan says."""

from __future__ import annotations

import itertools

import pytest

from sessions.pack import Delivery
from sessions.pack_files import shipped_pack, shipped_packs
from sessions.run_steps import Kind, Phase
from sessions.session_plan import session_plan
from sessions.session_run import run_plan

FORMS = list(itertools.product(shipped_packs(), (12, 10)))


@pytest.mark.parametrize(("name", "sessions"), FORMS)
def test_the_steps_last_as_long_as_the_session_says(name: str, sessions: int) -> None:
    for number in range(1, sessions + 1):
        plan = session_plan(shipped_pack(name), sessions, number, Delivery.IN_PERSON)
        steps = run_plan(plan).steps
        talks = sum(step.seconds for step in steps if step.kind is Kind.TALK)
        exercise = sum(step.seconds for step in steps if step.kind is not Kind.TALK)
        assert talks == 60 * (plan.length - plan.minutes.exercise)
        assert 60 * (plan.minutes.exercise - 1) < exercise <= 60 * plan.minutes.exercise


@pytest.mark.parametrize(("name", "sessions"), FORMS)
def test_every_round_has_a_bout_for_each_station(name: str, sessions: int) -> None:
    for number in range(1, sessions + 1):
        plan = session_plan(shipped_pack(name), sessions, number, Delivery.IN_PERSON)
        work = [step for step in run_plan(plan).steps if step.kind is Kind.WORK]
        assert len(work) == plan.circuit.rounds * len(plan.circuit.stations)
        in_circuit = [step.seconds for step in run_plan(plan).steps if step.phase is Phase.CIRCUIT]
        assert sum(in_circuit) == plan.circuit.seconds


def test_the_phases_come_in_the_order_of_an_evening() -> None:
    plan = session_plan(shipped_pack("backs"), 12, 12, Delivery.IN_PERSON)
    phases = [phase for phase, _ in itertools.groupby(run_plan(plan).steps, key=lambda step: step.phase)]
    assert phases == [
        Phase.ARRIVAL,
        Phase.REVIEW,
        Phase.EDUCATION,
        Phase.ASSESSMENT,
        Phase.WARM_UP,
        Phase.CIRCUIT,
        Phase.COOL_DOWN,
        Phase.CLOSING,
    ]


@pytest.mark.parametrize("name", ["knees-hips", "backs"])
def test_a_question_on_arrival_has_the_same_number_in_every_session(name: str) -> None:
    plans = [session_plan(shipped_pack(name), 12, number, Delivery.IN_PERSON) for number in range(1, 13)]
    for earlier, later in itertools.pairwise(plans):
        asked = [question.id for question in earlier.arrival]
        assert [question.id for question in later.arrival][: len(asked)] == asked
