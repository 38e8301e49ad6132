"""A sheet is kept with every key, counts for nothing until it is recorded, and may be typed twice."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from escape_tui.entry import keying
from escape_tui.entry.board import board_of
from escape_tui.entry.keeping import How, SheetEntry, entered_by, kind_for, record_as_missing
from escape_tui.settings import InstrumentsInUse, Settings
from escape_tui.store.acts.erasing import erase_person
from escape_tui.store.acts.signoff import record_signoff
from escape_tui.store.acts.undoing import undo
from escape_tui.store.cohort import Cohort
from escape_tui.store.drafts import drafts
from escape_tui.store.read import measures
from sessions.errors import Refused
from sessions.measured import scores_of
from tests.entry.desks import by, desk, everything, koos, stands, type_in
from tests.killed import dies_at
from tests.store.making import reopen, signed, someone

TODAY = date(2026, 10, 5)
TWENTY = "12345" * 4
ALL = "12345" * 8 + "12"


@pytest.fixture
def cohort(tmp_path: Path) -> Iterator[Cohort]:
    with desk(tmp_path) as made:
        yield made


def test_after_a_kill_the_answers_typed_are_there_and_the_next_item_waits(tmp_path: Path) -> None:
    with desk(tmp_path) as made:
        person = someone(made)
    child = os.fork()
    if child == 0:
        type_in(SheetEntry(reopen(tmp_path / "K26-1.db", None), koos(person), "first"), TWENTY)
        os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    with reopen(tmp_path / "K26-1.db", None) as again:
        entry = SheetEntry(again, koos(person), "first")
        assert entry.taken_up
        assert (entry.sheet.typed, entry.sheet.at) == (20, 20)
        assert entry.sheet.cells[:20] == ("0", "1", "2", "3", "4") * 4


def test_digits_of_a_figure_that_was_not_taken_are_kept_too(cohort: Cohort) -> None:
    person = someone(cohort)
    entry = SheetEntry(cohort, stands(person), "first")
    entry.put(keying.press(entry.sheet, "1"))
    assert SheetEntry(cohort, stands(person), "first").sheet.pending == "1"


def test_a_half_typed_sheet_is_no_measure_and_leaves_no_trace_in_the_trail(cohort: Cohort) -> None:
    person = someone(cohort)
    before = everything(cohort)
    type_in(SheetEntry(cohort, koos(person), "first"), TWENTY)
    after = everything(cohort)
    assert measures(cohort) == ()
    assert {table for table in after if after[table] != before[table]} == {"draft"}


def test_a_recorded_sheet_has_its_codes_the_scores_that_were_shown_and_no_draft(cohort: Cohort) -> None:
    person = someone(cohort)
    entry = type_in(SheetEntry(cohort, koos(person), "first"), ALL)
    shown = entry.scores
    recorded = entry.record_first()
    assert scores_of(recorded.measure) == shown
    assert recorded.measure.answers == ("0", "1", "2", "3", "4") * 8 + ("0", "1")
    assert measures(cohort) == (recorded.measure,)
    assert drafts(cohort) == ()


def test_the_day_and_the_way_are_kept_with_the_sheet(cohort: Cohort) -> None:
    person = someone(cohort)
    entry = type_in(SheetEntry(cohort, koos(person), "first"), TWENTY)
    entry.say_how(How(date(2026, 10, 1), "phone"))
    assert SheetEntry(cohort, koos(person), "first").how == How(date(2026, 10, 1), "phone")


def test_a_day_to_come_is_refused(cohort: Cohort) -> None:
    entry = SheetEntry(cohort, koos(someone(cohort)), "first")
    with pytest.raises(Refused, match="future"):
        entry.say_how(How(date(2026, 10, 6)))


def test_a_missing_sheet_takes_the_place_of_what_was_typed(cohort: Cohort) -> None:
    person = someone(cohort)
    type_in(SheetEntry(cohort, koos(person), "first"), TWENTY)
    record_as_missing(cohort, koos(person), "declined")
    assert measures(cohort)[0].missing_reason == "declined"
    assert drafts(cohort) == ()


def test_a_correction_begins_with_what_is_recorded_and_leaves_it_until_it_is_done(cohort: Cohort) -> None:
    person = someone(cohort)
    type_in(SheetEntry(cohort, koos(person), "first"), ALL).record_first()
    entry = SheetEntry(cohort, koos(person), "correction")
    entry.put(keying.press(keying.jump(entry.sheet, 1), "5"))
    assert measures(cohort)[0].answers[0] == "0"
    entry.record_correction("read wrongly")
    assert measures(cohort)[0].answers[0] == "4"


def test_a_draft_goes_with_the_person_who_is_erased(cohort: Cohort) -> None:
    person = someone(cohort)
    type_in(SheetEntry(cohort, koos(person), "first"), TWENTY)
    erase_person(cohort, person, TODAY)
    assert drafts(cohort) == ()


def test_nothing_is_typed_into_a_signed_cohort(cohort: Cohort) -> None:
    person = someone(cohort)
    entry = SheetEntry(cohort, koos(person), "first")
    record_signoff(cohort, signed(cohort))
    with pytest.raises(Refused, match="signed"):
        type_in(entry, "1")
    assert entry.sheet.typed == 0


def test_a_change_beyond_the_error_is_asked_about_with_the_timepoint_before(cohort: Cohort) -> None:
    person = someone(cohort)
    type_in(SheetEntry(cohort, stands(person), "first"), "10").record_first()
    later = type_in(SheetEntry(cohort, stands(person, "end"), "first"), "14")
    assert "was 10 at baseline" in later.questions()[0]


def typed_twice(cohort: Cohort, second: str) -> SheetEntry:
    person = someone(cohort)
    type_in(SheetEntry(cohort, stands(person), "first"), "12").record_first()
    by(cohort, "sam")
    return type_in(SheetEntry(cohort, stands(person), "second"), second)


def test_a_second_entry_is_blind_and_by_another_person(cohort: Cohort) -> None:
    person = someone(cohort)
    type_in(SheetEntry(cohort, stands(person), "first"), "12").record_first()
    with pytest.raises(Refused, match="another person"):
        SheetEntry(cohort, stands(person), "second")
    by(cohort, "sam")
    assert SheetEntry(cohort, stands(person), "second").sheet.typed == 0
    assert entered_by(cohort, stands(person)) == "jk"


def test_a_second_entry_that_agrees_marks_the_sheet_as_checked_twice(cohort: Cohort) -> None:
    entry = typed_twice(cohort, "12")
    assert entry.differences() == ()
    entry.record_settled(entry.sheet)
    assert measures(cohort)[0].entered_twice


def test_a_second_entry_that_differs_is_settled_and_then_counts_as_checked(cohort: Cohort) -> None:
    entry = typed_twice(cohort, "13")
    assert [(one.number, one.first, one.second) for one in entry.differences()] == [(1, "12", "13")]
    assert not measures(cohort)[0].entered_twice
    entry.record_settled(entry.sheet)
    assert (measures(cohort)[0].answers, measures(cohort)[0].entered_twice) == (("13",), True)
    assert drafts(cohort) == ()


def test_a_changed_value_loses_its_mark_of_being_checked_twice(cohort: Cohort) -> None:
    entry = typed_twice(cohort, "12")
    entry.record_settled(entry.sheet)
    again = SheetEntry(cohort, entry.key, "correction")
    again.put(keying.go_back(again.sheet))
    type_in(again, "14").record_correction("read wrongly")
    assert (measures(cohort)[0].answers, measures(cohort)[0].entered_twice) == (("14",), False)


def test_another_ones_second_entry_that_was_broken_off_is_not_shown(cohort: Cohort) -> None:
    person = someone(cohort)
    type_in(SheetEntry(cohort, koos(person), "first"), ALL).record_first()
    by(cohort, "sam")
    type_in(SheetEntry(cohort, koos(person), "second"), TWENTY)
    by(cohort, "kim")
    assert SheetEntry(cohort, koos(person), "second").sheet.typed == 0


@pytest.mark.parametrize(("who", "kind"), [("jk", "correction"), ("sam", "second")])
def test_the_setting_leads_another_person_to_the_second_entry(cohort: Cohort, who: str, kind: str) -> None:
    person = someone(cohort)
    type_in(SheetEntry(cohort, stands(person), "first"), "12").record_first()
    by(cohort, who)
    assert kind_for(cohort, stands(person), second_entry=True) == kind
    assert kind_for(cohort, stands(person), second_entry=False) == "correction"


def test_the_board_says_that_a_second_entry_is_to_be_made_until_it_is(cohort: Cohort) -> None:
    settings = Settings(instruments=InstrumentsInUse(second_entry=True))
    entry = typed_twice(cohort, "12")
    before = board_of(cohort, settings, TODAY).cell(entry.key)
    assert before is not None
    assert before.to_check
    entry.record_settled(entry.sheet)
    after = board_of(cohort, settings, TODAY).cell(entry.key)
    assert after is not None
    assert not after.to_check


def test_a_record_that_was_taken_back_can_be_typed_anew(cohort: Cohort) -> None:
    person = someone(cohort)
    type_in(SheetEntry(cohort, stands(person), "first"), "12").record_first()
    undo(cohort)
    type_in(SheetEntry(cohort, stands(person), "first"), "13").record_first()
    assert measures(cohort)[0].answers == ("13",)


def test_killed_at_any_step_of_recording_the_sheet_is_typed_or_recorded_never_neither(tmp_path: Path) -> None:
    with desk(tmp_path) as made:
        person = someone(made)
        type_in(SheetEntry(made, koos(person), "first"), ALL)
    whole, file = tmp_path / "whole.db", tmp_path / "K26-1.db"
    file.rename(whole)

    def record() -> None:
        with reopen(file, None) as cohort:
            SheetEntry(cohort, koos(person), "first").record_first()

    seen = set()
    for step in range(1, 60):
        for left in tmp_path.glob("K26-1*"):
            left.unlink()
        shutil.copy(whole, file)
        killed = dies_at(step, record)
        with reopen(file, None) as cohort:
            typed = [sum(cell is not None for cell in one.cells) for one in drafts(cohort)]
            answered = [len(row.answers) for row in measures(cohort)]
        assert (typed, answered) in (([42], []), ([], [42]))
        seen.add(bool(answered))
        if not killed:
            break
    assert seen == {False, True}
