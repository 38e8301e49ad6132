"""The acts of one evening: the register, what was said on arrival, the run, the log, what was written down.

Not for: measures (`sheets`), nor for what people do there (`exercising`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from escape_tui.practice.exercising import Done, Evening
from escape_tui.practice.members import EveningOf, Member, Moment
from escape_tui.practice.running import Here, Ran, ran
from escape_tui.practice.words import GOALS, INCIDENTS, PERSON_NOTES, SAT_OUT, SESSION_NOTES
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.exercise import answer_on_arrival, log_exercise, move_level, pain_on_arrival
from escape_tui.store.acts.incidents import IncidentEntry, add_incident
from escape_tui.store.acts.notes import review_goal, set_goal, write_note
from escape_tui.store.acts.session_acts import Delivered, deliver_session, record_run_events
from escape_tui.store.read import goals
from sessions.clock import ZERO, Instant
from sessions.pack import Delivery
from sessions.records import (
    ArrivalAnswer,
    ArrivalPain,
    ArrivalRow,
    AttendanceRow,
    AttendanceStatus,
    ExerciseRow,
    GoalKind,
    GoalState,
    LevelRow,
)
from sessions.run_events import to_json
from sessions.run_steps import Phase
from sessions.run_times import phase_times
from sessions.session_run import run_plan

_GOALS_OF: dict[str, GoalKind] = {"goal-setting": "goal", "action-and-coping-plans": "action_plan"}
_REVIEWED: dict[GoalState, float] = {"open": 5, "met": 2, "partly_met": 4, "dropped": 1}
_INCIDENT, _PERSON_NOTE, _SESSION_NOTE = 0.2, 0.4, 0.35
"""Chance of each in one evening."""


def evening_acts(evening: EveningOf) -> Iterator[Moment]:
    """Every act of the evening, each at its instant, in no order."""
    ways = {one.id: one.way.comes(evening.plan, evening.comings[one.id]) for one in evening.here}
    for one in evening.members:
        coming = evening.comings.get(one.id)
        if coming is not None and not coming.attends:
            one.way.stays_away(coming)
    happens = evening.rng.random() < _INCIDENT
    started = evening.begins + timedelta(seconds=evening.rng.randrange(-30, 240))
    run = ran(
        evening.rng,
        run_plan(evening.plan),
        Instant(started, ZERO, f"practice-{evening.number}"),
        _here(evening, ways),
        held=happens,
    )
    yield from _register(evening, run)
    yield from _arrivals(evening, ways, run)
    yield from _run(evening, run)
    yield from _log(evening, ways, run)
    yield from _written(evening, ways, run)
    if happens:
        yield _incident(evening, run)


def _here(evening: EveningOf, ways: dict[str, Evening]) -> Here:
    by_status: dict[AttendanceStatus, list[str]] = {"late": [], "left_early": []}
    for one in evening.here:
        by_status.setdefault(evening.comings[one.id].status, []).append(one.id)
    over_screen = frozenset(one.id for one in evening.here if _over_screen(evening, one))
    return Here(
        hall=tuple(one.id for one in evening.here if one.id not in over_screen),
        together=tuple(one.id for one in evening.here if one.id in over_screen),
        late=tuple(by_status["late"]),
        leaving=tuple(by_status["left_early"]),
        close_support=tuple(one.id for one in evening.here if one.character.entry.needs_close_support),
        sitting_out=tuple(person for person, way in ways.items() if way.sits_out),
        stand_ins=tuple(
            (person, done.station, done.exercise)
            for person, way in ways.items()
            for done in way.done
            if done.instead_of is not None
        ),
        over_screen=over_screen,
    )


def _over_screen(evening: EveningOf, member: Member) -> bool:
    delivery = evening.plan.delivery
    return delivery is Delivery.VIRTUAL or (delivery is Delivery.HYBRID and member.character.over_screen)


def _register(evening: EveningOf, run: Ran) -> Iterator[Moment]:
    """Marks as people come through the door; who has not come is marked once the talk has begun."""
    for place, one in enumerate(evening.members):
        coming = evening.comings.get(one.id)
        if coming is None or coming.told_before:
            continue
        row = AttendanceRow(one.id, evening.number, coming.status, coming.reason)
        if coming.status == "late":
            at = evening.begins + timedelta(minutes=14, seconds=7 * place)
        elif coming.status == "left_early":
            came = AttendanceRow(one.id, evening.number, "present")
            yield Moment(_door(evening, place), partial(mark_attendance, evening.cohort, came))
            at = run.ended.wall
        else:
            at = _door(evening, place) if coming.attends else evening.begins + timedelta(minutes=10)
        yield Moment(at, partial(mark_attendance, evening.cohort, row))


def _door(evening: EveningOf, place: int) -> datetime:
    return evening.begins - timedelta(minutes=12) + timedelta(seconds=61 * place)


def _arrivals(evening: EveningOf, ways: dict[str, Evening], run: Ran) -> Iterator[Moment]:
    for place, one in enumerate(evening.here):
        late = evening.comings[one.id].status == "late"
        asked = evening.begins + timedelta(minutes=15 if late else 2, seconds=9 * place)
        at = min(asked, run.exercise_from.wall)
        for question in evening.plan.arrival:
            said: ArrivalAnswer = "yes" if question.id in ways[one.id].yes else "no"
            row = ArrivalRow(one.id, evening.number, question.id, said)
            yield Moment(at, partial(answer_on_arrival, evening.cohort, row))
        pain = ArrivalPain(one.id, evening.number, ways[one.id].pain)
        yield Moment(at, partial(pain_on_arrival, evening.cohort, pain))


def _run(evening: EveningOf, run: Ran) -> Iterator[Moment]:
    for event in run.events:
        keep = partial(record_run_events, evening.cohort, evening.number, [to_json(event)])
        yield Moment(event.at.wall, keep)
    deliver = partial(deliver_session, evening.cohort, evening.number)
    spent = phase_times(run_plan(evening.plan), run.events)
    minutes = Delivered(
        education_minutes=spent.minutes(Phase.EDUCATION),
        exercise_minutes=spent.minutes(Phase.WARM_UP, Phase.CIRCUIT, Phase.COOL_DOWN, Phase.RELAXATION),
    )
    yield Moment(run.started.wall, partial(deliver, Delivered(facilitators=evening.on_duty)))
    yield Moment(run.ended.wall, partial(deliver, minutes))


def _log(evening: EveningOf, ways: dict[str, Evening], run: Ran) -> Iterator[Moment]:
    """Stations as they are done; effort, pain and decisions in a sweep at the end."""
    begins, ends = run.exercise_from.wall, run.exercise_to.wall
    stations = max(1, len(evening.plan.circuit.stations))
    for place, (person, way) in enumerate(ways.items()):
        for done in way.done:
            share = 0.25 + 0.5 * done.station / stations
            at = begins + (ends - begins) * share
            yield Moment(at, partial(log_exercise, evening.cohort, _as_done(person, way, done)))
            swept = ends + timedelta(seconds=8 * place)
            if (done.effort, done.pain, done.decision) != (None, None, None):
                yield Moment(swept, partial(log_exercise, evening.cohort, _as_swept(person, way, done)))
            if done.to_level is not None and evening.number < evening.plan.sessions:
                row = LevelRow(person, done.exercise, evening.number + 1, done.to_level, done.level)
                yield Moment(swept, partial(move_level, evening.cohort, row))


def _as_done(person: str, way: Evening, done: Done) -> ExerciseRow:
    return ExerciseRow(
        person,
        way.session,
        done.exercise,
        level=None if done.decision == "substitute" else done.level,
        reps=done.reps,
        seconds=done.seconds,
        basis=done.basis,
    )


def _as_swept(person: str, way: Evening, done: Done) -> ExerciseRow:
    return ExerciseRow(
        person,
        way.session,
        done.exercise,
        effort=done.effort,
        pain=done.pain,
        decision=done.decision,
        basis=done.basis,
    )


def _written(evening: EveningOf, ways: dict[str, Evening], run: Ran) -> Iterator[Moment]:
    after = run.ended.wall + timedelta(minutes=6)
    rng, cohort, number = evening.rng, evening.cohort, evening.number
    for topic in evening.plan.topics:
        kind = _GOALS_OF.get(topic.id)
        for one in evening.here if kind else ():
            if kind and rng.random() < 0.85:
                text = rng.choice(GOALS[kind])
                yield Moment(run.exercise_from.wall, partial(set_goal, cohort, one.id, kind, text, number))
            if kind == "action_plan" and rng.random() < 0.4:
                text = rng.choice(GOALS["coping_plan"])
                yield Moment(
                    run.exercise_from.wall, partial(set_goal, cohort, one.id, "coping_plan", text, number)
                )
    if any(review.topic == "goal-setting" for review in evening.plan.reviews):
        yield Moment(run.exercise_from.wall, partial(_review_goals, evening))
    for person, way in ways.items():
        if way.sits_out:
            yield Moment(run.exercise_from.wall, partial(write_note, cohort, SAT_OUT, person, number))
    if evening.here and rng.random() < _PERSON_NOTE:
        person = rng.choice(evening.here).id
        yield Moment(after, partial(write_note, cohort, rng.choice(PERSON_NOTES), person, number))
    if rng.random() < _SESSION_NOTE:
        yield Moment(after, partial(write_note, cohort, rng.choice(SESSION_NOTES), None, number))


def _review_goals(evening: EveningOf) -> None:
    """Look back at what people set themselves."""
    here = {one.id for one in evening.here}
    for goal in goals(evening.cohort):
        if goal.person in here and goal.kind == "goal" and goal.state == "open":
            state = evening.rng.choices(list(_REVIEWED), list(_REVIEWED.values()))[0]
            if state != "open":
                review_goal(evening.cohort, goal.id, state)


def _incident(evening: EveningOf, run: Ran) -> Moment:
    category, severity, action, note, _ = evening.rng.choices(INCIDENTS, [one[-1] for one in INCIDENTS])[0]
    person = evening.rng.choice(evening.here).id if evening.here and category != "equipment" else None
    entry = IncidentEntry(category, severity, action, note)
    at = run.ended.wall + timedelta(minutes=3)
    return Moment(at, partial(add_incident, evening.cohort, evening.number, entry, person))
