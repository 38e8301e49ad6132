"""Erasing a person: who they are goes, what they did stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escape_tui.store.acts.attendance import correct_attendance, mark_attendance
from escape_tui.store.acts.erasing import erase_person
from escape_tui.store.acts.notes import write_note
from escape_tui.store.acts.people import PersonEntry, edit_person
from escape_tui.store.acts.undoing import undo
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import whole
from escape_tui.store.read import (
    attendance,
    contact_of,
    goals,
    identity_of,
    incidents,
    measures,
    notes,
    person_of,
    ruled_out,
    whereabouts,
)
from sessions.errors import Refused
from sessions.records import AttendanceRow
from tests.store.every_act import EVERY_ACT, something_of_everything
from tests.store.making import START, make, said_nothing

PLANTED = (
    "Zwanhild",
    "Quastenfloss",
    "1957-03-14",
    "07700900123",
    "a note of the person",
    "walk to the shop",
    "the caravan by the weir",
    "07700900456",
)


def test_identity_contact_and_every_sentence_go_and_the_record_stays(cohort: Cohort) -> None:
    person = something_of_everything(cohort)
    before = person_of(cohort, person)
    erase_person(cohort, person, START)
    assert identity_of(cohort, person) is None
    assert contact_of(cohort, person) is None
    assert (notes(cohort), goals(cohort, person), whereabouts(cohort)) == ((), (), ())
    assert ruled_out(cohort) == ()
    assert incidents(cohort)[0].note is None
    after = person_of(cohort, person)
    assert after.erased_on == date(2026, 10, 5)
    assert (after.age_band, after.number) == (before.age_band, before.number)
    assert attendance(cohort)[0].person == measures(cohort)[0].person == person


def test_the_key_of_the_trail_goes_so_that_nothing_in_it_can_be_guessed(cohort: Cohort) -> None:
    person = something_of_everything(cohort)
    erase_person(cohort, person, START)
    assert whole(cohort.connection.value("SELECT audit_key IS NULL FROM person WHERE id = ?", (person,)))


def test_nothing_of_the_person_is_left_in_any_byte_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "K26-1.db"
    with make(path, None) as cohort:
        person = something_of_everything(cohort)
        edit_person(cohort, person, PersonEntry(given_name="Hildwine"))
        correct_attendance(cohort, AttendanceRow(person, 1, "absent"), "Zwanhild was away")
        # The other person of this cohort has the same names: they go as well, so that a hit is a leak.
        for row in cohort.connection.rows("SELECT id FROM person"):
            erase_person(cohort, str(row["id"]), START)
        found = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert [planted for planted in (*PLANTED, "Hildwine") if planted.encode() in found] == []


def test_a_second_erasure_changes_nothing_and_undo_brings_nobody_back(cohort: Cohort, person: str) -> None:
    mark_attendance(cohort, AttendanceRow(person, 1, "present"))
    erase_person(cohort, person, START)
    assert said_nothing(erase_person(cohort, person, START))
    with pytest.raises(Refused, match="nothing to take back"):
        undo(cohort)


def test_nothing_personal_is_entered_of_someone_erased_but_their_record_can_be_put_right(
    cohort: Cohort,
) -> None:
    person = something_of_everything(cohort)
    erase_person(cohort, person, START)
    with pytest.raises(Refused, match="was erased"):
        write_note(cohort, "she came back", person)
    with pytest.raises(Refused, match="was erased"):
        EVERY_ACT["edit_person"](cohort, person)
    mark_attendance(cohort, AttendanceRow(person, 2, "present"))
    assert len(attendance(cohort)) == 2
