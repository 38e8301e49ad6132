"""The desk and Today without a screen: who acts, what undo says, what the next session is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from escape_tui.desk import Desk
from escape_tui.facilitators import add_facilitator, facilitator_of
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.session_acts import Delivered, cancel_session, deliver_session
from escape_tui.store.audit import entries
from sessions.clock import FakeClock
from sessions.errors import Refused
from sessions.records import AttendanceRow
from tests.store.homes import CODE, a_home, fill


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    home = a_home(tmp_path / "home", encrypted=False)
    fill(home, "R1", "R2", "R3", "R4")
    add_facilitator(home.folder, facilitator_of("jk", "Jo King", "physiotherapist", "all"))
    add_facilitator(home.folder, facilitator_of("sv", "Sam Vale", "assistant", "exercise"))
    return Desk(home, FakeClock(datetime(2026, 10, 5, 8, 55, tzinfo=UTC)))


def _mark(desk: Desk, number: int) -> None:
    person = desk.today().next.expected[number - 1].who.id  # type: ignore[union-attr]
    mark_attendance(desk.cohort, AttendanceRow(person, 1, "present"))


def test_acts_are_written_down_as_whoever_enters(desk: Desk) -> None:
    desk.go_on_duty(["jk", "sv"])
    desk.open(CODE)
    _mark(desk, 1)
    desk.enter_as("sv")
    _mark(desk, 2)
    assert [entry.by for entry in entries(desk.cohort.connection)][-2:] == ["jk", "sv"]
    desk.close()


def test_whoever_leaves_duty_no_longer_enters(desk: Desk) -> None:
    desk.go_on_duty(["jk", "sv"])
    desk.go_on_duty(["sv"])
    assert desk.by == "sv"
    assert not desk.may_lead_education
    with pytest.raises(Refused):
        desk.enter_as("jk")


def test_nobody_on_duty_is_refused_where_there_are_facilitators(desk: Desk) -> None:
    with pytest.raises(Refused):
        desk.go_on_duty([])


def test_opening_another_cohort_closes_the_first_and_a_failure_keeps_it(desk: Desk) -> None:
    fill(desk.home, "R1", code="K26-2")
    desk.open(CODE)
    with pytest.raises(Refused):
        desk.open("NONE")
    assert desk.code == CODE
    desk.open("K26-2")
    other = Desk(desk.home, desk.clock)
    other.open(CODE)
    assert (desk.code, other.code) == ("K26-2", CODE)
    other.close()
    desk.close()


def test_what_is_taken_back_names_few_and_counts_many(desk: Desk) -> None:
    desk.open(CODE)
    _mark(desk, 2)
    assert desk.take_back().line == "a mark in the register (2 Zwanhild Quastenfloss (2))"
    with desk.cohort.batch():
        for number in (1, 2, 3, 4):
            _mark(desk, number)
    assert desk.take_back().line == "a mark in the register, 4 times (4 people)"
    desk.close()


def test_after_taking_back_an_older_entry_a_new_one_is_of_this_sitting(desk: Desk) -> None:
    desk.open(CODE)
    assert not desk.take_back().this_sitting
    _mark(desk, 1)
    assert desk.to_take_back().this_sitting
    desk.close()


def test_the_next_session_is_the_first_that_nobody_has_held_even_if_its_day_is_past(desk: Desk) -> None:
    desk.open(CODE)
    clock = FakeClock(datetime(2026, 10, 14, 9, tzinfo=UTC))
    desk.clock = clock
    deliver_session(desk.cohort, 1, Delivered(on=date(2026, 10, 5)))
    cancel_session(desk.cohort, 2, "hall closed")
    today = desk.today()
    assert today.next is not None
    assert (today.next.heading.number, today.next.heading.days) == (3, -2)
    assert [one.state for one in today.sessions][:4] == ["held", "not_held", "next", "to_come"]
    desk.close()


def test_backups_begin_with_the_first_tick(desk: Desk) -> None:
    desk.open(CODE)
    backups = desk.backups()
    assert backups is not None
    assert backups.tick(desk.now()) == ()
    assert list((desk.home.folder / "backups").rglob("*.db"))
    desk.close()
