"""A signed cohort refuses every act but those the contract names; so does one that was handed over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.cohorts import hand_over, take_back
from escape_tui.store.acts.signoff import amend, record_receipt, record_signoff
from escape_tui.store.audit import head
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import amendments, cohort_head, people, receipts, signoffs
from sessions.errors import Refused
from sessions.records import AttendanceRow, Receipt
from tests.store.every_act import (
    EVERY_ACT,
    NEED_ANOTHER_STATE,
    WHEN_SIGNED,
    names_of_all_acts,
    something_of_everything,
)
from tests.store.making import HASH, Clock, signed, someone


def test_no_act_is_forgotten_here() -> None:
    assert set(EVERY_ACT) == names_of_all_acts()


@pytest.mark.parametrize("name", sorted(EVERY_ACT.keys() - WHEN_SIGNED))
def test_a_signed_cohort_refuses(cohort: Cohort, name: str) -> None:
    person = something_of_everything(cohort)
    record_signoff(cohort, signed(cohort))
    before = head(cohort.connection)
    with pytest.raises(Refused, match="is signed"):
        EVERY_ACT[name](cohort, person)
    assert head(cohort.connection) == before


@pytest.mark.parametrize("name", sorted(WHEN_SIGNED - {"take_back"}))
def test_a_signed_cohort_goes_on_with(cohort: Cohort, name: str) -> None:
    person = something_of_everything(cohort)
    record_signoff(cohort, signed(cohort))
    assert EVERY_ACT[name](cohort, person).act


@pytest.mark.parametrize("name", sorted(EVERY_ACT.keys() - NEED_ANOTHER_STATE))
def test_an_open_cohort_does(cohort: Cohort, name: str) -> None:
    person = something_of_everything(cohort)
    changed = EVERY_ACT[name](cohort, person)
    assert changed.act == head(cohort.connection).length
    assert changed.touched


@pytest.mark.parametrize("name", sorted(EVERY_ACT.keys() - {"take_back"}))
def test_a_cohort_that_was_handed_over_refuses(cohort: Cohort, name: str) -> None:
    person = something_of_everything(cohort)
    hand_over(cohort)
    with pytest.raises(Refused, match="handed over"):
        EVERY_ACT[name](cohort, person)
    take_back(cohort)
    mark_attendance(cohort, AttendanceRow(person, 2, "present"))


def test_an_amended_cohort_goes_on_and_names_its_reason(cohort: Cohort) -> None:
    record_signoff(cohort, signed(cohort))
    amend(cohort, "a follow-up came in")
    someone(cohort)
    assert [one.reason for one in amendments(cohort)] == ["a follow-up came in"]
    record_signoff(cohort, signed(cohort, 2))
    assert [one.revision for one in signoffs(cohort)] == [1, 2]
    assert cohort_head(cohort).state == "signed"


def test_no_revision_is_signed_twice(cohort: Cohort) -> None:
    record_signoff(cohort, signed(cohort))
    amend(cohort, "a follow-up came in")
    with pytest.raises(Refused, match="signed already"):
        record_signoff(cohort, signed(cohort, 1))


def test_a_return_made_before_the_last_entry_is_not_signed_off(cohort: Cohort) -> None:
    made = signed(cohort)
    someone(cohort)
    with pytest.raises(Refused, match="after this return"):
        record_signoff(cohort, made)


def test_an_open_cohort_has_nothing_to_amend(cohort: Cohort) -> None:
    with pytest.raises(Refused, match="not signed"):
        amend(cohort, "a follow-up came in")


def test_a_receipt_counts_only_for_the_hash_that_was_signed(cohort: Cohort) -> None:
    record_signoff(cohort, signed(cohort))
    with pytest.raises(Refused, match="another return"):
        record_receipt(cohort, Receipt(1, "cd" * 32, "accepted", None, cohort.now()))
    receipt = Receipt(1, HASH, "accepted", None, cohort.now())
    record_receipt(cohort, receipt)
    assert receipts(cohort) == (receipt,)


def test_a_clock_set_back_a_year_is_refused_and_nothing_changes(cohort: Cohort, clock: Clock) -> None:
    clock.now -= timedelta(days=365)
    with pytest.raises(Refused, match="clock"):
        someone(cohort)
    assert people(cohort) == ()
    cohort.clock_accepted = True
    someone(cohort)
    assert len(people(cohort)) == 1
