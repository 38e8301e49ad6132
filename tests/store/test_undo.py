"""Undo and batches: what is taken back is as it was, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from escape_tui.store.act import KEPT_STEPS
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.exercise import pain_on_arrival
from escape_tui.store.acts.session_acts import add_extra_session, record_run_events
from escape_tui.store.acts.undoing import undo
from escape_tui.store.audit import entries, verify_chain
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import Row
from escape_tui.store.read import attendance, people
from escape_tui.store.shapes import SHAPES
from sessions.errors import Refused
from sessions.records import ArrivalPain, AttendanceRow
from tests.store.every_act import EVERY_ACT, NEED_ANOTHER_STATE, NEVER_UNDONE, something_of_everything
from tests.store.making import START, reopen, someone


def everything(cohort: Cohort) -> dict[str, list[Row]]:
    return {table: cohort.connection.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in SHAPES}  # noqa: S608


@pytest.mark.parametrize("name", sorted(EVERY_ACT.keys() - NEVER_UNDONE - NEED_ANOTHER_STATE))
def test_everything_is_as_before_after_undoing(cohort: Cohort, name: str) -> None:
    person = something_of_everything(cohort)
    before = everything(cohort)
    EVERY_ACT[name](cohort, person)
    assert everything(cohort) != before
    undo(cohort)
    assert everything(cohort) == before
    assert verify_chain(cohort.connection).sound


@pytest.mark.parametrize("name", ["add_feedback", "record_run_events", "hand_over"])
def test_what_must_stay_is_not_undone(cohort: Cohort, person: str, name: str) -> None:
    mark_attendance(cohort, AttendanceRow(person, 1, "present"))
    before = everything(cohort)
    EVERY_ACT[name](cohort, person)
    if name == "hand_over":
        EVERY_ACT["take_back"](cohort, person)
    after = everything(cohort)
    undo(cohort)
    assert attendance(cohort) == ()
    changed = {table for table in SHAPES if everything(cohort)[table] != after[table]}
    assert changed == {"attendance", "session"}
    assert before.keys() == after.keys()


def test_undo_goes_back_act_by_act_and_is_in_the_trail(cohort: Cohort, person: str) -> None:
    mark_attendance(cohort, AttendanceRow(person, 1, "absent"))
    mark_attendance(cohort, AttendanceRow(person, 1, "present"))
    undo(cohort)
    assert attendance(cohort) == (AttendanceRow(person, 1, "absent"),)
    undo(cohort)
    assert attendance(cohort) == ()
    undo(cohort)
    assert people(cohort) == ()
    with pytest.raises(Refused, match="nothing to take back"):
        undo(cohort)
    assert [(one.act, one.detail) for one in entries(cohort.connection)[-3:]] == [
        ("undo", "entry 4"),
        ("undo", "entry 3"),
        ("undo", "entry 2"),
    ]


def test_undo_outlives_a_restart(cohort: Cohort, person: str, path: Path, key: bytes | None) -> None:
    mark_attendance(cohort, AttendanceRow(person, 1, "present"))
    cohort.close()
    with reopen(path, key) as again:
        undo(again)
        assert attendance(again) == ()


def test_undo_is_refused_where_a_later_entry_rests_on_the_act(cohort: Cohort) -> None:
    add_extra_session(cohort, START.replace(month=12))
    record_run_events(cohort, 13, ['{"kind":"started"}'])
    before = everything(cohort)
    with pytest.raises(Refused):
        undo(cohort)
    assert everything(cohort) == before


def test_undo_writes_over_nothing_that_it_does_not_know(cohort: Cohort, person: str) -> None:
    mark_attendance(cohort, AttendanceRow(person, 1, "present"))
    cohort.connection.run("UPDATE attendance SET status = 'late'")
    with pytest.raises(Refused, match="later entry"):
        undo(cohort)
    assert attendance(cohort) == (AttendanceRow(person, 1, "late"),)


def test_what_was_signed_is_not_undone_after_reopening(cohort: Cohort, person: str) -> None:
    EVERY_ACT["record_signoff"](cohort, person)
    EVERY_ACT["amend"](cohort, person)
    with pytest.raises(Refused, match="nothing to take back"):
        undo(cohort)


def test_only_the_last_acts_are_kept_for_undoing(cohort: Cohort, person: str) -> None:
    for pain in range(KEPT_STEPS + 5):
        pain_on_arrival(cohort, ArrivalPain(person, 1, pain % 11))
    assert cohort.connection.value("SELECT count(*) FROM undo") == KEPT_STEPS


def test_a_batch_is_kept_whole_and_undone_whole(cohort: Cohort) -> None:
    with cohort.batch():
        for number in range(KEPT_STEPS + 5):
            someone(cohort, f"R{number}")
    assert len(people(cohort)) == KEPT_STEPS + 5
    undo(cohort)
    assert people(cohort) == ()
    assert entries(cohort.connection)[-1].detail == f"entries 2 to {KEPT_STEPS + 6}"


def test_a_batch_kept_for_good_is_where_undo_ends(cohort: Cohort) -> None:
    someone(cohort, "R1")
    with cohort.batch(undoable=False):
        someone(cohort, "R2")
    someone(cohort, "R3")
    undo(cohort)
    with pytest.raises(Refused, match="nothing to take back"):
        undo(cohort)
    assert len(people(cohort)) == 2


def test_a_batch_that_fails_leaves_nothing(cohort: Cohort) -> None:
    def half_an_import() -> None:
        with cohort.batch():
            someone(cohort, "R1")
            someone(cohort, "R1")

    with pytest.raises(Refused):
        half_an_import()
    assert people(cohort) == ()
    assert len(entries(cohort.connection)) == 1


def test_an_act_refused_in_a_batch_leaves_the_others(cohort: Cohort) -> None:
    with cohort.batch():
        someone(cohort, "R1")
        with pytest.raises(Refused):
            someone(cohort, "R1")
        someone(cohort, "R2")
    assert len(people(cohort)) == 2
    assert verify_chain(cohort.connection).sound
