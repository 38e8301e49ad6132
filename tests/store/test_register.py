"""The register, the exercise log, levels, arrival, and the sessions of the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from escape_tui.store.acts.attendance import correct_attendance, mark_attendance, unmark_attendance
from escape_tui.store.acts.exercise import (
    answer_on_arrival,
    log_exercise,
    move_level,
    pain_on_arrival,
    unlog_exercise,
)
from escape_tui.store.acts.session_acts import (
    Delivered,
    add_extra_session,
    cancel_session,
    cut_session_short,
    deliver_session,
    merge_session,
    move_session,
    record_run_events,
    undeliver_session,
)
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import (
    arrival_answers,
    arrival_pains,
    attendance,
    exercise_log,
    levels,
    plan_of,
    run_events,
    sessions_held,
)
from sessions.errors import Refused
from sessions.plan import SessionStatus
from sessions.records import ArrivalPain, ArrivalRow, AttendanceRow, ExerciseRow, LevelRow
from tests.store.making import START, plan, said_nothing


def test_a_mark_is_in_the_register_and_the_session_was_delivered(cohort: Cohort, person: str) -> None:
    changed = mark_attendance(cohort, AttendanceRow(person, 1, "late"))
    assert attendance(cohort) == (AttendanceRow(person, 1, "late"),)
    assert plan_of(cohort).session(1).status is SessionStatus.DELIVERED
    assert changed.people == (person,)
    assert changed.tables == {"attendance", "session"}


def test_an_excuse_is_known_beforehand_and_delivers_nothing(cohort: Cohort, person: str) -> None:
    mark_attendance(cohort, AttendanceRow(person, 5, "excused", "holiday"))
    assert plan_of(cohort).session(5).status is SessionStatus.PLANNED


def test_marking_again_counts_the_later_and_the_same_again_changes_nothing(
    cohort: Cohort, person: str
) -> None:
    mark_attendance(cohort, AttendanceRow(person, 1, "absent", "ill"))
    mark_attendance(cohort, AttendanceRow(person, 1, "present"))
    assert attendance(cohort, 1) == (AttendanceRow(person, 1, "present"),)
    assert said_nothing(mark_attendance(cohort, AttendanceRow(person, 1, "present")))


@pytest.mark.parametrize(
    ("session", "mark", "wrong"),
    [
        (1, ("present", "ill"), "no reason for being away"),
        (13, ("present", None), "no session 13"),
        (2**70, ("present", None), "rule of the record"),
        (3, ("present", None), "did not take place"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(
    cohort: Cohort, person: str, session: int, mark: tuple[str, str | None], wrong: str
) -> None:
    cancel_session(cohort, 3, "snow")
    with pytest.raises(Refused, match=wrong):
        mark_attendance(cohort, AttendanceRow(person, session, *mark))  # type: ignore[arg-type]
    assert attendance(cohort) == ()


def test_nobody_unknown_is_marked(cohort: Cohort) -> None:
    with pytest.raises(Refused, match="no such person"):
        mark_attendance(cohort, AttendanceRow("PAAAAAAAAAA", 1, "present"))


def test_a_mark_is_corrected_with_a_reason_and_only_where_there_is_one(cohort: Cohort, person: str) -> None:
    with pytest.raises(Refused, match="not marked"):
        correct_attendance(cohort, AttendanceRow(person, 1, "absent"), "wrong line")
    mark_attendance(cohort, AttendanceRow(person, 1, "present"))
    correct_attendance(cohort, AttendanceRow(person, 1, "absent", "unknown"), "wrong line")
    assert attendance(cohort) == (AttendanceRow(person, 1, "absent", "unknown"),)
    unmark_attendance(cohort, 1, person)
    assert attendance(cohort) == ()


def test_a_log_entry_grows_and_a_blank_overwrites_nothing(cohort: Cohort, person: str) -> None:
    log_exercise(cohort, ExerciseRow(person, 1, "sit-to-stand", level=3, reps=8, basis="as_planned"))
    log_exercise(cohort, ExerciseRow(person, 1, "sit-to-stand", effort=4, pain=2))
    assert exercise_log(cohort, person) == (
        ExerciseRow(person, 1, "sit-to-stand", level=3, reps=8, effort=4, pain=2),
    )
    unlog_exercise(cohort, 1, person, "sit-to-stand")
    assert exercise_log(cohort) == ()


def test_an_effort_of_eleven_is_refused(cohort: Cohort, person: str) -> None:
    with pytest.raises(Refused, match="rule of the record"):
        log_exercise(cohort, ExerciseRow(person, 1, "sit-to-stand", effort=11))


def test_levels_are_kept_over_time(cohort: Cohort, person: str) -> None:
    start = LevelRow(person, "sit-to-stand", 1, level=2, from_level=1)
    later = LevelRow(person, "sit-to-stand", 4, level=3, from_level=2, from_round=2, reason="asked for it")
    move_level(cohort, later)
    move_level(cohort, start)
    assert levels(cohort, person) == (start, later)


def test_what_is_said_on_arrival_is_kept(cohort: Cohort, person: str) -> None:
    answer_on_arrival(cohort, ArrivalRow(person, 2, "fever", "not_asked"))
    answer_on_arrival(cohort, ArrivalRow(person, 2, "fever", "no"))
    pain_on_arrival(cohort, ArrivalPain(person, 2, 6))
    assert arrival_answers(cohort, 2) == (ArrivalRow(person, 2, "fever", "no"),)
    assert arrival_pains(cohort) == (ArrivalPain(person, 2, 6),)


def test_the_plan_comes_back_as_it_was_made(cohort: Cohort) -> None:
    assert plan_of(cohort) == plan()


def test_sessions_are_moved_cancelled_merged_and_added(cohort: Cohort, person: str) -> None:
    mark_attendance(cohort, AttendanceRow(person, 4, "excused", "holiday"))
    move_session(cohort, 3, START + timedelta(days=9))
    cancel_session(cohort, 4, "burst pipe")
    merge_session(cohort, 6, 5)
    add_extra_session(cohort, START + timedelta(days=60), replaces=4)
    now = plan_of(cohort)
    assert now.session(3).moved_from == plan().session(3).on
    assert (now.session(4).status, now.session(4).reason) == (SessionStatus.CANCELLED, "burst pipe")
    assert now.session(6).merged_into == 5
    assert (now.session(13).extra, now.session(13).replaces) == (True, 4)
    assert attendance(cohort) == ()


def test_the_rules_of_a_plan_hold_in_the_store(cohort: Cohort, person: str) -> None:
    mark_attendance(cohort, AttendanceRow(person, 1, "present"))
    with pytest.raises(Refused, match="delivered already"):
        cancel_session(cohort, 1, "too late")
    with pytest.raises(Refused, match="already"):
        move_session(cohort, 2, plan().session(3).on)


def test_a_delivered_session_says_more_later_and_stays_cut_short(cohort: Cohort) -> None:
    cut_session_short(cohort, 2, "fire alarm")
    deliver_session(cohort, 2, Delivered(education_minutes=20, facilitators=["jk", "ab"], themes=["pacing"]))
    deliver_session(
        cohort, 2, Delivered(on=START + timedelta(days=4), exercise_minutes=15, facilitators=["jk"])
    )
    session, held = plan_of(cohort).session(2), sessions_held(cohort)[1]
    assert (session.status, session.on, session.reason) == (
        SessionStatus.CUT_SHORT,
        START + timedelta(days=4),
        "fire alarm",
    )
    assert (held.education_minutes, held.exercise_minutes) == (20, 15)
    assert (held.facilitators, held.themes) == (("jk",), ("pacing",))


def test_a_session_held_by_mistake_is_planned_again_once_its_register_is_empty(
    cohort: Cohort, person: str
) -> None:
    mark_attendance(cohort, AttendanceRow(person, 7, "present"))
    with pytest.raises(Refused, match="marks in its register"):
        undeliver_session(cohort, 7)
    unmark_attendance(cohort, 7, person)
    undeliver_session(cohort, 7)
    assert plan_of(cohort) == plan()
    with pytest.raises(Refused, match="not recorded as held"):
        undeliver_session(cohort, 7)


@pytest.mark.parametrize("event", ["", "started", "[]", "1"])
def test_what_is_no_event_is_not_kept(cohort: Cohort, event: str) -> None:
    with pytest.raises(Refused, match="not an event"):
        record_run_events(cohort, 1, ['{"kind":"started"}', event])
    assert run_events(cohort, 1) == ()


def test_a_name_never_passes_for_a_code(cohort: Cohort, person: str) -> None:
    with pytest.raises(Refused, match="facilitator"):
        deliver_session(cohort, 1, Delivered(facilitators=["Jo King"]))
    with pytest.raises(Refused, match="exercise"):
        log_exercise(cohort, ExerciseRow(person, 1, "Ann's own"))
    with pytest.raises(Refused, match="facilitator"):
        replace(cohort.actor, by="Jo King")


def test_events_of_a_run_keep_their_order(cohort: Cohort) -> None:
    record_run_events(cohort, 1, ['{"kind":"started"}', '{"kind":"paused"}'])
    record_run_events(cohort, 1, ['{"kind":"resumed"}'])
    assert [(row.seq, row.event) for row in run_events(cohort, 1)] == [
        (1, '{"kind":"started"}'),
        (2, '{"kind":"paused"}'),
        (3, '{"kind":"resumed"}'),
    ]
