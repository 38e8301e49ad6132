"""The trail: who did what and why, and any rewriting with an SQL tool shows."""

from __future__ import annotations

import json

import pytest

from escape_tui.store.acts.attendance import correct_attendance, mark_attendance
from escape_tui.store.acts.erasing import erase_person
from escape_tui.store.acts.measures import correct_measure
from escape_tui.store.acts.people import PersonEntry, edit_person
from escape_tui.store.acts.signoff import amend, record_signoff
from escape_tui.store.audit import Head, entries, head, verify_chain
from escape_tui.store.cohort import Cohort
from escape_tui.store.shapes import SHAPES
from sessions.records import AttendanceRow
from tests.store.every_act import EVERY_ACT, NEED_ANOTHER_STATE, measure, something_of_everything
from tests.store.making import START, signed, someone

UNLOCKED = "DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_cut"


def test_an_entry_says_who_when_what_old_new_and_why(cohort: Cohort, person: str) -> None:
    mark_attendance(cohort, AttendanceRow(person, 1, "present"))
    correct_attendance(cohort, AttendanceRow(person, 1, "absent", "ill"), "wrong line")
    last = entries(cohort.connection)[-1]
    assert (last.at, last.by, last.act) == ("2026-10-05T09:00:00.000Z", "jk", "correct_attendance")
    assert last.reason == "wrong line"
    (change,) = last.changes
    assert (change.table, change.row) == ("attendance", (person, 1))
    assert dict(change.old or ()) == {"status": "present", "reason": None}
    assert dict(change.new or ()) == {"status": "absent", "reason": "ill"}


@pytest.mark.parametrize("name", sorted(EVERY_ACT.keys() - NEED_ANOTHER_STATE))
def test_the_trail_is_sound_after(cohort: Cohort, name: str) -> None:
    EVERY_ACT[name](cohort, something_of_everything(cohort))
    report = verify_chain(cohort.connection)
    assert report.breaks == ()
    assert report.head == head(cohort.connection)


def test_identity_and_free_text_never_stand_in_the_trail(cohort: Cohort) -> None:
    person = something_of_everything(cohort)
    edit_person(cohort, person, PersonEntry(family_name="Xylandra", phone="0123456789"))
    correct_measure(cohort, measure(person, "9"), "Xylandra told me")
    trail = json.dumps(cohort.connection.rows("SELECT * FROM audit"))
    for planted in ("Quastenfloss", "Xylandra", "0123456789", "07700900123", "1957-03-14", "a note", "R1"):
        assert planted not in trail


def test_the_same_name_of_two_people_is_masked_apart(cohort: Cohort) -> None:
    someone(cohort, "R1")
    someone(cohort, "R2")
    masks = [
        dict(change.new or ())["family_name"]
        for entry in entries(cohort.connection)
        for change in entry.changes
        if change.table == "identity"
    ]
    assert len(set(masks)) == 2


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit SET by = 'ab' WHERE id = 3",
        "UPDATE audit SET at = '2026-10-05T09:00:01.000Z' WHERE id = 3",
        "UPDATE audit SET changes = '[]' WHERE id = 3",
        "UPDATE audit SET changes = 'x' WHERE id = 3",
        "UPDATE audit SET detail = 'x' WHERE id = 3",
        "UPDATE audit SET hash = hex(zeroblob(32)) WHERE id = 3",
        "DELETE FROM audit WHERE id = 3",
        "DELETE FROM audit WHERE id = 1",
        "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",
        "UPDATE audit SET id = 99 WHERE id = (SELECT max(id) FROM audit)",
        "INSERT INTO audit SELECT 99, at, by, act, detail, reason, changes, hash FROM audit WHERE id = 3",
        "UPDATE reason SET text = 'another'",
        "UPDATE attendance SET status = 'late'",
        "UPDATE answer SET value = '30'",
        "DELETE FROM exercise_log",
        "UPDATE identity SET family_name = 'Another'",
        "UPDATE note SET text = 'another'",
        "UPDATE session SET on_date = '2027-01-01' WHERE number = 12",
        "UPDATE cohort SET state = 'closed'",
        "UPDATE pack SET content = '{}'",
        "INSERT INTO signpost SELECT id, 'gym' FROM person",
        "INSERT INTO note (text) VALUES ('slipped in')",
    ],
)
def test_an_edit_with_an_sql_tool_shows(cohort: Cohort, tampering: str) -> None:
    person = something_of_everything(cohort)
    correct_attendance(cohort, AttendanceRow(person, 1, "left_early"), "went home at half past")
    assert verify_chain(cohort.connection).sound
    for statement in (*UNLOCKED.split(";"), "PRAGMA foreign_keys = OFF", tampering):
        cohort.connection.run(statement)
    assert not verify_chain(cohort.connection).sound


@pytest.mark.parametrize("table", sorted(SHAPES.keys() - {"cohort", "feedback"}))
def test_rows_taken_out_of_a_table_show(cohort: Cohort, table: str) -> None:
    person = something_of_everything(cohort)
    for name in ("judge_eligibility", "move_level", "answer_on_arrival", "pain_on_arrival", "signpost"):
        EVERY_ACT[name](cohort, person)
    for name in ("record_consent", "deliver_session", "record_run_events", "record_signoff", "amend"):
        EVERY_ACT[name](cohort, person)
    EVERY_ACT["record_receipt"](cohort, person)
    assert verify_chain(cohort.connection).sound
    cohort.connection.run("PRAGMA foreign_keys = OFF")
    cohort.connection.run(f"DELETE FROM {table}")  # noqa: S608
    assert not verify_chain(cohort.connection).sound


def test_entries_cut_off_before_a_sign_off_show_by_its_anchor(cohort: Cohort, person: str) -> None:
    mark_attendance(cohort, AttendanceRow(person, 1, "present"))
    elsewhere = head(cohort.connection)
    record_signoff(cohort, signed(cohort))
    amend(cohort, "a late form")
    assert verify_chain(cohort.connection, [elsewhere]).sound
    report = verify_chain(cohort.connection, [Head(elsewhere.length, "0" * 64), Head(999, "1" * 64)])
    assert [one.kind for one in report.breaks] == ["anchor", "anchor"]


def test_a_trail_written_anew_still_breaks_at_the_anchor_of_the_sign_off(cohort: Cohort, person: str) -> None:
    record_signoff(cohort, signed(cohort))
    kept = head(cohort.connection)
    for statement in (*UNLOCKED.split(";"), "UPDATE audit SET hash = hex(randomblob(32)) WHERE id = 2"):
        cohort.connection.run(statement)
    kinds = {one.kind for one in verify_chain(cohort.connection, [kept]).breaks}
    assert kinds == {"chain", "anchor"}


def test_the_trail_is_sound_after_an_erasure_and_the_typed_reason_is_gone(cohort: Cohort) -> None:
    person = something_of_everything(cohort)
    correct_attendance(cohort, AttendanceRow(person, 1, "absent"), "Zwanhild was not there")
    erase_person(cohort, person, START)
    assert verify_chain(cohort.connection).sound
    assert [entry.reason for entry in entries(cohort.connection) if entry.act == "correct_attendance"] == [
        None
    ]
