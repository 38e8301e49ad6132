"""From a session's plan to the steps that its run goes through, in the order an evening has.

Not for: the plan's words (`session_plan`), or what happens to the steps once the session has begun (`run`).
"""

from __future__ import annotations

from sessions.circuit import StationPlan
from sessions.run_steps import BoutTimes, Phase, RunPlan, Step, circuit_steps, sequence_steps, talk
from sessions.session_plan import PlannedCircuit, SessionPlan


def run_plan(plan: SessionPlan) -> RunPlan:
    """The steps of a session: arrival, looking back, topics, measures, exercise, closing."""
    return RunPlan(
        steps=(*_talks(plan), *_exercise(plan), talk(Phase.CLOSING, plan.minutes.closing)),
        stations=tuple(
            StationPlan(station.exercise.id, station.capacity, station.exercise.hand)
            for station in plan.circuit.stations
        ),
    )


def _talks(plan: SessionPlan) -> tuple[Step, ...]:
    review = (talk(Phase.REVIEW, plan.minutes.review),) if plan.reviews else ()
    assessment = (talk(Phase.ASSESSMENT, plan.minutes.assessment),) if plan.assess else ()
    return (
        talk(Phase.ARRIVAL, plan.minutes.arrival),
        *review,
        *(talk(Phase.EDUCATION, topic.minutes.total, topic.title) for topic in plan.topics),
        *assessment,
    )


def _exercise(plan: SessionPlan) -> tuple[Step, ...]:
    return (
        *sequence_steps(plan.warm_up),
        *_circuit(plan.circuit),
        *sequence_steps(plan.cool_down),
        *(sequence_steps(plan.relaxation) if plan.relaxation is not None else ()),
    )


def _circuit(circuit: PlannedCircuit) -> tuple[Step, ...]:
    times = BoutTimes(
        circuit.ready_seconds, circuit.work_seconds, circuit.change_seconds, circuit.rest_seconds
    )
    return circuit_steps(times, circuit.rounds, len(circuit.stations))
