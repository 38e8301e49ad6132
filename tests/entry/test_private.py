"""Scores that ask for a talk in private, and feedback that leads back to nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from escape_tui.entry.alarms import alarms_without_plan, make_plan
from escape_tui.entry.board import SheetKey
from escape_tui.entry.feedback_cards import ANSWERS, Batch, add_batch
from escape_tui.entry.keeping import SheetEntry
from escape_tui.store.acts.erasing import erase_person
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import Row
from escape_tui.store.read import feedback, notes
from sessions.errors import Refused
from tests.entry.desks import desk, everything, type_in
from tests.entry.test_keeping import TODAY
from tests.store.making import someone

CARDS = (0, 0, 1, 4, 0, 3, 1)


@pytest.fixture
def cohort(tmp_path: Path) -> Iterator[Cohort]:
    with desk(tmp_path) as made:
        yield made


def phq4(cohort: Cohort, keys: str) -> SheetEntry:
    key = SheetKey(someone(cohort), "phq-4", "baseline")
    return type_in(SheetEntry(cohort, key, "first"), keys)


@pytest.mark.parametrize(
    ("keys", "scales"), [("1111", []), ("2311", ["anxiety"]), ("4444", ["total", "anxiety", "depression"])]
)
def test_scores_ring_as_the_pack_says_and_one_plan_is_for_the_whole_sheet(
    cohort: Cohort, keys: str, scales: list[str]
) -> None:
    phq4(cohort, keys).record_first()
    alarms = alarms_without_plan(cohort)
    assert [rule.scale for alarm in alarms for rule in alarm.rules] == scales
    assert len(alarms) == bool(scales)


def test_an_alarm_waits_until_a_plan_with_a_named_lead_is_kept_as_a_note(cohort: Cohort) -> None:
    phq4(cohort, "2311").record_first()
    (alarm,) = alarms_without_plan(cohort)
    with pytest.raises(Refused, match="name"):
        make_plan(cohort, alarm, " ", "ring on Tuesday")
    with pytest.raises(Refused, match="plan"):
        make_plan(cohort, alarm, "Sam [b]", "")
    make_plan(cohort, alarm, "Sam [b]", "ring on Tuesday")
    assert alarms_without_plan(cohort) == ()
    (note,) = notes(cohort)
    assert note.person == alarm.key.person
    assert "Lead: Sam [b]. Plan: ring on Tuesday" in note.text


def test_nobody_is_asked_for_a_plan_on_who_was_erased(cohort: Cohort) -> None:
    entry = phq4(cohort, "4444")
    entry.record_first()
    erase_person(cohort, entry.key.person, TODAY)
    assert alarms_without_plan(cohort) == ()


def counted(cards: Sequence[int]) -> Batch:
    batch = Batch()
    for card in cards:
        batch = batch.with_count(card, batch.counts[card] + 1)
    return batch


def after(folder: Path, cards: Sequence[int]) -> dict[str, list[Row]]:
    """Every row of a cohort after these cards were entered in this order, but its own random secrets."""
    folder.mkdir()
    with desk(folder) as made:
        add_batch(made, counted(cards))
        rows = everything(made)
    return {
        table: [{name: row[name] for name in row if name not in _RANDOM} for row in rows[table]]
        for table in rows
    }


_RANDOM = {"audit_key", "return_id", "hash", "changes", "images", "applied_at", "content"}


def test_the_order_of_the_cards_leaves_no_trace(tmp_path: Path) -> None:
    assert after(tmp_path / "a", CARDS) == after(tmp_path / "b", CARDS[::-1])


def test_the_difference_of_two_backups_is_the_whole_batch_and_an_entry_that_says_nothing(
    cohort: Cohort,
) -> None:
    someone(cohort)
    before = everything(cohort)
    add_batch(cohort, counted(CARDS))
    then = everything(cohort)
    assert {table for table in then if then[table] != before[table]} == {"feedback", "audit"}
    (entry,) = [row for row in then["audit"] if row not in before["audit"]]
    assert entry["changes"] == '[{"new":null,"old":null,"row":[],"table":"feedback"}]'
    assert (entry["detail"], entry["reason"]) == (None, None)
    assert set(then["feedback"][0]) == {"question", "answer", "count"}
    assert sum(one.count for one in feedback(cohort)) == len(CARDS)


def test_one_card_is_never_a_batch_and_few_are_only_the_last(cohort: Cohort) -> None:
    with pytest.raises(Refused, match="single"):
        add_batch(cohort, counted([0]), last_cards=True)
    with pytest.raises(Refused, match="guessed"):
        add_batch(cohort, counted([0, 1, 1, 1]))
    assert feedback(cohort) == ()
    add_batch(cohort, counted([0, 1, 1, 1]), last_cards=True)
    assert sum(one.count for one in feedback(cohort)) == 4


def test_an_answer_without_a_card_has_no_row(cohort: Cohort) -> None:
    add_batch(cohort, counted([0, 0, 1, 1, 1]))
    assert {one.answer for one in feedback(cohort)} == {ANSWERS[0], ANSWERS[1]}
