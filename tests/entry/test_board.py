"""The board says of each sheet what `sessions.due` says, and whom to catch first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from escape_tui.entry.board import Board, Column, board_as_text, board_of
from escape_tui.entry.keeping import SheetEntry, record_as_missing
from escape_tui.recording import Sheet, record_sheet
from escape_tui.settings import InstrumentsInUse, Settings
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.leaving import withdraw_person
from escape_tui.store.acts.session_acts import cancel_session
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import plan_of
from sessions.records import AttendanceRow
from tests.entry.desks import desk, koos, stands, type_in
from tests.store.making import Clock, someone

FIRST = date(2026, 10, 5)
PLAIN = Settings()


@pytest.fixture
def cohort(tmp_path: Path) -> Iterator[Cohort]:
    with desk(tmp_path) as made:
        for reference, name in (("R1", "Ann [/b] x"), ("R2", "Bo"), ("R3", "Cy")):
            someone(made, reference, given_name=name)
        yield made


def states(board: Board, instrument: str, timepoint: str) -> list[str]:
    cells = (
        cell for cell in board.cells if (cell.key.instrument, cell.key.timepoint) == (instrument, timepoint)
    )
    return [cell.due.state for cell in cells]


def test_done_due_missing_and_not_yet_stand_on_it(cohort: Cohort) -> None:
    one, two, _ = (row.person for row in board_of(cohort, PLAIN, FIRST).rows)
    type_in(SheetEntry(cohort, stands(one), "first"), "12").record_first()
    record_as_missing(cohort, stands(two), "unable")
    board = board_of(cohort, PLAIN, FIRST)
    by_number = {row.number: row for row in board.rows}
    column = board.columns.index(Column("baseline", "chair-stand-30s"))
    assert [by_number[n].cells[column].due.state for n in (1, 2, 3)] == ["recorded", "missing", "due"]  # type: ignore[union-attr]
    assert set(states(board, "koos", "end")) == {"not_yet"}


def test_follow_ups_stay_on_it_after_the_programme(cohort: Cohort) -> None:
    half_a_year_on = date(2027, 5, 12)
    board = board_of(cohort, PLAIN, half_a_year_on)
    assert set(states(board, "koos", "follow_up_6")) == {"due"}
    assert set(states(board, "koos", "baseline")) == {"overdue"}
    assert set(states(board, "koos", "follow_up_12")) == {"not_yet"}


def test_who_owes_at_the_next_session_stands_first(cohort: Cohort) -> None:
    one, *_ = (row.person for row in board_of(cohort, PLAIN, FIRST).rows)
    for instrument in ("koos", "chair-stand-30s", "activity-days", "pain-nrs"):
        key = type(koos(one))(one, instrument, "baseline")
        record_as_missing(cohort, key, "declined")
    board = board_of(cohort, PLAIN, FIRST)
    assert [(row.number, row.catch) for row in board.rows] == [(2, True), (3, True), (1, False)]
    assert board.people_to_catch == 2


def test_who_has_left_is_not_to_be_caught(cohort: Cohort) -> None:
    one, *_ = (row.person for row in board_of(cohort, PLAIN, FIRST).rows)
    mark_attendance(cohort, AttendanceRow(one, 1, "present"))
    withdraw_person(cohort, one, "better", FIRST)
    assert one not in {row.person for row in board_of(cohort, PLAIN, FIRST).rows}


def test_with_no_session_to_come_nobody_is_to_be_caught_at_one(cohort: Cohort) -> None:
    for session in plan_of(cohort).sessions:
        cancel_session(cohort, session.number, "flood")
    board = board_of(cohort, PLAIN, FIRST)
    assert board.next is None
    assert board.people_to_catch == 0


def test_instruments_that_the_site_does_not_use_are_out_of_sight(cohort: Cohort) -> None:
    assert "phq-4" not in {column.instrument for column in board_of(cohort, PLAIN, FIRST).columns}
    used = Settings(instruments=InstrumentsInUse(in_use=("phq-4",)))
    assert "phq-4" in {column.instrument for column in board_of(cohort, used, FIRST).columns}


def test_a_half_typed_sheet_is_marked_and_still_due(cohort: Cohort) -> None:
    one, *_ = (row.person for row in board_of(cohort, PLAIN, FIRST).rows)
    type_in(SheetEntry(cohort, koos(one), "first"), "123")
    cell = board_of(cohort, PLAIN, FIRST).cell(koos(one))
    assert cell is not None
    assert (cell.half, cell.due.state, cell.is_wanted) == (True, "due", True)


def test_a_sheet_that_was_recorded_by_other_means_meanwhile_is_not_half_typed(cohort: Cohort) -> None:
    one, *_ = (row.person for row in board_of(cohort, PLAIN, FIRST).rows)
    type_in(SheetEntry(cohort, koos(one), "first"), "123")
    record_sheet(cohort, Sheet(one, "koos", "baseline", "0,1"))
    cell = board_of(cohort, PLAIN, FIRST).cell(koos(one))
    assert cell is not None
    assert (cell.half, cell.due.state) == (False, "recorded")


def test_a_pile_is_a_column_by_number_without_what_is_recorded(cohort: Cohort) -> None:
    one, two, three = (row.person for row in board_of(cohort, PLAIN, FIRST).rows)
    type_in(SheetEntry(cohort, stands(two), "first"), "12").record_first()
    pile = board_of(cohort, PLAIN, FIRST).pile(Column("baseline", "chair-stand-30s"))
    assert pile == (stands(one), stands(three))


def test_on_paper_it_names_everyone_as_they_are_and_what_is_missing(cohort: Cohort) -> None:
    one, *_ = (row.person for row in board_of(cohort, PLAIN, FIRST).rows)
    record_as_missing(cohort, koos(one), "lost_contact")
    text = board_as_text(board_of(cohort, PLAIN, FIRST, names="paper"))
    assert "K26-1: measures on Monday 5 October 2026" in text
    assert "Ann [/b] x Q" in text
    assert "missing (lost contact)" in text
    assert "Catch at session 1" in text


def test_a_sheet_taken_too_late_is_outside_its_window(tmp_path: Path) -> None:
    clock = Clock()
    with desk(tmp_path, clock) as cohort:
        person = someone(cohort)
        clock.now = datetime(2026, 10, 30, 9, tzinfo=UTC)
        type_in(SheetEntry(cohort, stands(person), "first"), "12").record_first()
        assert states(board_of(cohort, PLAIN, date(2026, 10, 30)), "chair-stand-30s", "baseline") == [
            "outside_window"
        ]
