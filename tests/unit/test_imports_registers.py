"""Registers, exercise logs and measures kept on paper or elsewhere, read whole or with every fault."""

from __future__ import annotations

from datetime import date

import pytest

from escape_tui.store.imports.attendance import AttendanceList, read_attendance
from escape_tui.store.imports.exercise import ExerciseList, read_exercise
from escape_tui.store.imports.measures import MeasureList, read_measures
from tests.unit.lists import TODAY, faults_of, lines, places_of

EXERCISES = {"sit-to-stand": "Sit to stand", "step-up": "Step on to a low step"}
INSTRUMENTS = ("koos-12", "chair-stand-30s", "msk-hq")
LOG = ("person", "session", "exercise", "level", "reps", "seconds", "effort", "pain", "decision", "basis")
MEASURES = ("person", "timepoint", "instrument", "taken_on", "answers", "missing_reason", "mode")
ANSWERS = '"1,2,,3"'


def register(*rows: tuple[str, ...]) -> AttendanceList:
    return read_attendance(lines(("person", "session", "status", "reason"), *rows))


def log(*rows: tuple[str, ...]) -> ExerciseList:
    return read_exercise(lines(LOG, *rows), EXERCISES)


def measures(*rows: tuple[str, ...]) -> MeasureList:
    return read_measures(lines(MEASURES, *rows), TODAY, INSTRUMENTS)


def test_a_register_is_read_with_its_usual_words() -> None:
    read = register(("A1", "3", "P", ""), ("A2", "Session 3", "DNA", "Flare-up"), ("A3", "3", "excused", ""))
    assert [(mark.person, mark.session, mark.status, mark.reason) for mark in read.marks] == [
        ("A1", 3, "present", None),
        ("A2", 3, "absent", "flare_up"),
        ("A3", 3, "excused", None),
    ]


def test_a_register_needs_no_column_of_reasons() -> None:
    assert read_attendance(b"Ref;Session no.;Attended?\nA1;1;Y\n").marks[0].status == "present"


@pytest.mark.parametrize("status", ["present", "late", "left_early"])
def test_a_reason_beside_somebody_who_attended_is_a_fault(status: str) -> None:
    assert places_of(lambda: register(("A1", "3", status, "ill"))) == [(2, "column reason")]


@pytest.mark.parametrize("session", ["0", "-1", "1.5", "100", "three", ""])
def test_a_session_is_a_whole_number_from_1(session: str) -> None:
    assert places_of(lambda: register(("A1", session, "present", ""))) == [(2, "column session")]


def test_every_fault_of_a_register_is_told_at_once() -> None:
    rows = (("", "x", "?", "?"), ("A2", "3", "present", ""), ("A3", "3", "", "ill"))
    assert places_of(lambda: register(*rows)) == [
        (2, "column person"),
        (2, "column session"),
        (2, "column status"),
        (2, "column reason"),
        (4, "column status"),
    ]


def test_the_same_mark_twice_is_one_and_two_that_differ_are_a_fault() -> None:
    assert len(register(("A1", "3", "present", ""), ("a1", "3", "P", "")).marks) == 1
    (fault,) = faults_of(lambda: register(("A1", "3", "present", ""), ("A1", "3", "late", "")))
    assert (fault.line, "line 2" in fault.wrong) == (3, True)


def test_a_log_is_read_with_its_blanks_as_nothing() -> None:
    read = log(
        ("A1", "3", "sit-to-stand", "4", "10", "", "6", "3", "Up", "observed"),
        ("A1", "3", "Step on to a low step", "", "", "", "", "", "", "not recorded"),
    )
    first, second = read.entries
    assert (first.exercise, first.level, first.reps, first.seconds) == ("sit-to-stand", 4, 10, None)
    assert (first.effort, first.pain, first.decision, first.basis) == (6, 3, "up", "observed")
    assert (second.exercise, second.level, second.decision, second.basis) == (
        "step-up",
        None,
        None,
        "not_recorded",
    )


@pytest.mark.parametrize(
    ("field", "least", "most"),
    [("level", 1, 9), ("reps", 0, 999), ("seconds", 0, 3600), ("effort", 0, 10), ("pain", 0, 10)],
)
def test_the_numbers_of_a_log_are_taken_to_their_bounds_and_no_further(
    field: str, least: int, most: int
) -> None:
    def row(number: int) -> tuple[str, ...]:
        cells = dict.fromkeys(LOG, "") | {"person": "A1", "session": "3", "exercise": "step-up"}
        return tuple((cells | {field: str(number)}).values())

    for number in (least, most):
        assert getattr(log(row(number)).entries[0], field) == number
    for number in (least - 1, most + 1):
        assert places_of(lambda number=number: log(row(number))) == [(2, f"column {field}")]  # type: ignore[misc]


def test_an_exercise_that_the_programme_has_not_is_a_fault_that_names_those_it_has() -> None:
    (fault,) = faults_of(lambda: log(("A1", "3", "handstand", "", "", "", "", "", "", "")))
    assert "sit-to-stand" in fault.remedy
    assert "handstand" not in fault.sentence()


def test_an_entry_of_a_log_that_differs_from_an_earlier_one_is_a_fault() -> None:
    entry = ("A1", "3", "step-up", "2", "8", "", "5", "2", "hold", "observed")
    assert len(log(entry, entry).entries) == 1
    assert places_of(lambda: log(entry, (*entry[:4], "9", *entry[5:]))) == [(3, "column person")]


def test_measures_keep_their_answers_as_text() -> None:
    (measure,) = measures(("A1", "Baseline", "KOOS12", "05/10/2026", ANSWERS, "", "")).measures
    assert (measure.instrument, measure.timepoint) == ("koos-12", "baseline")
    assert (measure.taken_on, measure.answers) == (date(2026, 10, 5), "1,2,,3")
    assert (measure.missing_reason, measure.mode) == (None, None)


def test_a_missing_measure_needs_its_reason_and_no_date() -> None:
    (measure,) = measures(("A1", "6 months", "msk-hq", "", "", "Lost contact", "post")).measures
    assert (measure.timepoint, measure.missing_reason) == ("follow_up_6", "lost_contact")
    assert (measure.taken_on, measure.answers, measure.mode) == (None, None, "post")


def test_a_measure_without_answers_and_reason_is_a_fault() -> None:
    assert places_of(lambda: measures(("A1", "end", "msk-hq", "2026-10-05", "", "", ""))) == [
        (2, "column answers")
    ]


def test_a_reason_that_is_not_known_is_one_fault_alone() -> None:
    assert places_of(lambda: measures(("A1", "end", "msk-hq", "", "", "because", ""))) == [
        (2, "column missing_reason")
    ]


def test_answers_need_the_day_they_were_given() -> None:
    assert places_of(lambda: measures(("A1", "end", "msk-hq", "", ANSWERS, "", ""))) == [
        (2, "column taken_on")
    ]


def test_answers_given_today_are_taken_and_tomorrows_are_not() -> None:
    assert measures(("A1", "end", "msk-hq", "22/11/2026", ANSWERS, "", "")).measures[0].taken_on == TODAY
    (fault,) = faults_of(lambda: measures(("A1", "end", "msk-hq", "23/11/2026", ANSWERS, "", "")))
    assert "future" in fault.wrong


def test_every_fault_of_a_list_of_measures_is_told_at_once() -> None:
    rows = (
        ("A1", "6 weeks", "koos", "5/10/26", ANSWERS, "?", "fax"),
        ("", "end", "msk-hq", "", "", "other", ""),
    )
    assert places_of(lambda: measures(*rows)) == [
        (2, "column timepoint"),
        (2, "column instrument"),
        (2, "column taken_on"),
        (2, "column missing_reason"),
        (2, "column mode"),
        (3, "column person"),
    ]


def test_a_measure_recorded_twice_with_other_answers_is_a_fault() -> None:
    row = ("A1", "end", "msk-hq", "2026-10-05", ANSWERS, "", "")
    assert len(measures(row, row).measures) == 1
    assert places_of(lambda: measures(row, (*row[:4], '"1,2,4,3"', "", ""))) == [(3, "column person")]
