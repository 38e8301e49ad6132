"""Measures in a session: papers from hand to hand, and the bench of the chair stand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from escape_tui.guiding.assessment import (
    Owed,
    before_leaving,
    check,
    hand_back,
    hand_out,
    not_taken,
    owed_today,
    papers_owed,
    take_back,
)
from escape_tui.guiding.bench import StandTimer, bench, nobody_next, record_stands, refuse_if_flagged
from escape_tui.guiding.guide import Guide
from escape_tui.settings import InstrumentsInUse, Settings
from escape_tui.store.read import measures, papers
from sessions.errors import Refused
from sessions.records import MeasureRow
from tests.guiding.evenings import Hall


def koos_of(guide: Guide, number: int) -> Owed:
    return next(one for one in owed_today(guide) if (one.person.number, one.instrument) == (number, "koos"))


def test_everyone_here_owes_what_the_pack_measures_today_and_nobody_else(hall: Hall) -> None:
    guide = hall.open(3)
    guide.mark(hall.people[0], "present")
    guide.mark(hall.people[2], "absent")
    owed = owed_today(guide)
    assert {one.person.number for one in owed} == {1}
    assert [(one.instrument, one.on_paper) for one in owed] == [
        ("koos", True),
        ("chair-stand-30s", False),
        ("activity-days", True),
        ("pain-nrs", True),
    ]
    assert {one.timepoint for one in owed} == {"baseline"}


def test_an_optional_instrument_that_the_site_uses_is_owed_too(hall: Hall) -> None:
    guide = hall.open(1)
    guide.mark_all_here()
    guide.settings = Settings(instruments=InstrumentsInUse(in_use=("phq-4",)))
    assert "phq-4" in {one.instrument for one in owed_today(guide)}


def test_a_session_that_measures_nothing_still_asks_a_latecomer_for_the_baseline(hall: Hall) -> None:
    hall.open(2).cohort.close()
    hall.number = 2
    guide = hall.reopen()
    guide.mark_all_here()
    assert guide.plan.assess is None
    assert {one.timepoint for one in owed_today(guide)} == {"baseline"}
    hall.clock.advance(3600 * 24 * 20)
    assert owed_today(guide) == ()


def test_papers_are_out_back_and_checked_and_that_outlives_a_crash(hall: Hall) -> None:
    guide = hall.open(3)
    guide.mark_all_here()
    assert hand_out(guide, papers_owed(guide)).words == "9 papers handed out to 3 people"
    assert hand_out(guide, papers_owed(guide)).kind == "refused"
    take_back(guide, koos_of(guide, 1))
    take_back(guide, koos_of(guide, 2))
    told = check(guide, koos_of(guide, 2), blanks=2)
    assert told.words.endswith("looked through, 2 left blank")
    guide.cohort.close()
    again = hall.reopen()
    assert [koos_of(again, number).state for number in (1, 2, 3)] == ["back", "checked", "out"]
    assert 2 not in {one.person.number for one in before_leaving(again) if one.instrument == "koos"}


def test_a_paper_with_blanks_goes_back_to_the_person(hall: Hall) -> None:
    guide = hall.open(1)
    guide.mark_all_here()
    check(guide, koos_of(guide, 1), blanks=3)
    hand_back(guide, koos_of(guide, 1))
    (row,) = papers(guide.cohort)
    assert (row.state, row.blanks) == ("out", 0)


def test_handing_out_is_taken_back_in_one_step(hall: Hall) -> None:
    guide = hall.open(3)
    guide.mark_all_here()
    hand_out(guide, papers_owed(guide))
    guide.undo()
    assert papers(guide.cohort) == ()


def test_more_blanks_than_items_are_a_slip(hall: Hall) -> None:
    guide = hall.open(1)
    guide.mark_all_here()
    with pytest.raises(Refused, match="42 items"):
        check(guide, koos_of(guide, 1), blanks=43)


def test_a_measure_that_somebody_declines_is_owed_no_more(hall: Hall) -> None:
    guide = hall.open(1)
    guide.mark_all_here()
    not_taken(guide, koos_of(guide, 1), "declined")
    assert "koos" not in {one.instrument for one in owed_today(guide)}


def test_the_bench_goes_by_the_register_and_who_is_put_off_comes_last(hall: Hall) -> None:
    guide = hall.open(3)
    guide.mark_all_here()
    queue = bench(guide).put_off()
    assert [one.person.number for one in queue.waiting] == [2, 3, 1]
    assert queue.next is not None
    record_stands(guide, queue.next, 11)
    queue = bench(guide, queue.later)
    assert [one.person.number for one in queue.waiting] == [3, 1]
    assert [one.person.number for one in queue.choose(hall.people[0]).waiting] == [1, 3]


def test_who_told_a_red_flag_today_is_kept_off_the_bench(hall: Hall) -> None:
    guide = hall.open(2)
    guide.mark_all_here()
    flagged = next(one for one in guide.register.questions if one.red_flag)
    guide.answer(hall.people[0], flagged, "yes")
    assert [one.person.number for one in bench(guide).waiting] == [2]
    with pytest.raises(Refused, match="red flag was told today"):
        refuse_if_flagged(guide, hall.people[0])
    record_stands(guide, bench(guide).waiting[0], 9)
    assert "red flag" in nobody_next(guide)


def test_stands_are_kept_and_arms_are_zero_with_their_word(hall: Hall) -> None:
    guide = hall.open(2)
    guide.mark_all_here()
    first, second = bench(guide).waiting
    assert record_stands(guide, first, 12).words == "chair stand: 12 stands"
    assert record_stands(guide, second, 7, arms=True).words == "chair stand: 0 stands, the arms were used"
    kept: dict[str, MeasureRow] = {row.person: row for row in measures(guide.cohort)}
    assert [kept[person].answers for person in hall.people] == [("12",), ("0 arms",)]
    assert bench(guide).next is None
    with pytest.raises(Refused):
        record_stands(guide, first, 13)


def test_a_number_nobody_can_reach_is_refused(hall: Hall) -> None:
    guide = hall.open(1)
    guide.mark_all_here()
    (only,) = bench(guide).waiting
    with pytest.raises(Refused):
        record_stands(guide, only, 110)


def test_thirty_seconds_run_from_the_start_and_are_over_at_their_instant(hall: Hall) -> None:
    clock = hall.clock
    timer = StandTimer()
    assert timer.remaining(clock.now()) == timedelta(seconds=30)
    timer = timer.start(clock.now())
    for _ in range(59):
        timer = timer.tick(clock.advance(0.5))
    assert timer.is_running(clock.now())
    assert timer.is_over(clock.advance(0.5))
    assert timer.tick(clock.now()).ends == clock.now()
    assert not timer.broken


def test_a_laptop_that_slept_during_the_thirty_seconds_breaks_the_count(hall: Hall) -> None:
    timer = StandTimer().start(hall.clock.now())
    timer = timer.tick(hall.clock.advance(1))
    assert not timer.tick(hall.clock.set_wall(-60)).broken
    slept = timer.tick(hall.clock.sleep(180))
    assert slept.broken
    assert not slept.start(hall.clock.now()).broken
