"""The log by exception, the seats that follow it, and the advice it gives."""

from __future__ import annotations

import pytest

from escape_tui.guiding.guide import Guide
from escape_tui.store.read import levels
from sessions.errors import Refused
from sessions.run_events import WentBack, WentOn
from sessions.run_steps import Kind, Phase
from tests.guiding.evenings import Hall, go_to


def at_work(hall: Hall, count: int = 10) -> Guide:
    """A session in the first bout of its circuit, all here."""
    guide = hall.open(count)
    guide.mark_all_here()
    guide.start()
    to_next_work(guide)
    return guide


def to_next_work(guide: Guide, hall: Hall | None = None) -> None:
    """Go on to the next bout; in a `hall`, after half a minute of the present one."""
    if hall is not None:
        hall.clock.advance(30)
    guide.tell(WentOn(guide.keeper.now()))
    while guide.state().step.kind is not Kind.WORK:
        guide.tell(WentOn(guide.keeper.now()))


def test_as_planned_logs_everyone_at_a_station_and_fills_nothing_in(hall: Hall) -> None:
    guide = at_work(hall)
    station = [place for place in guide.places() if place.station == 1]
    told = guide.log.as_planned(station)
    assert told.words.endswith(f"as planned for {len(station)}")
    assert {row.person for row in guide.log.rows} == {place.person for place in station}
    assert {(row.basis, row.reps, row.seconds, row.effort) for row in guide.log.rows} == {
        ("as_planned", None, None, None)
    }


def test_as_planned_for_all_leaves_an_exception_what_it_is(hall: Hall) -> None:
    guide = at_work(hall)
    place = guide.place_of(hall.people[0])
    guide.log.reps(place, 3)
    guide.log.as_planned(guide.came_to())
    row = guide.log.entry(place.person, place.exercise.id)
    assert row is not None
    assert (row.basis, row.reps) == ("observed", 3)
    assert len(guide.log.rows) == 10


def test_who_sits_out_is_not_logged_as_having_done_it(hall: Hall) -> None:
    guide = at_work(hall)
    guide.sit_out(hall.people[0], True)
    guide.log.as_planned(guide.came_to())
    assert hall.people[0] not in {row.person for row in guide.log.rows}


def test_a_level_eased_holds_from_this_round_and_is_one_step_to_undo(hall: Hall) -> None:
    guide = at_work(hall)
    place = guide.place_of(hall.people[0])
    guide.log.step(place, "ease", 1)
    assert guide.place_of(hall.people[0]).level == place.level - 1
    guide.undo()
    assert guide.place_of(hall.people[0]).level == place.level
    assert guide.log.rows == ()


def test_below_the_lowest_level_there_is_a_stand_in_to_choose(hall: Hall) -> None:
    guide = at_work(hall)
    while guide.place_of(hall.people[0]).level > 1:
        guide.log.step(guide.place_of(hall.people[0]), "ease", 1)
    with pytest.raises(Refused, match="lowest"):
        guide.log.step(guide.place_of(hall.people[0]), "ease", 1)


def test_a_stand_in_shows_at_the_station_and_undo_brings_the_own_exercise_back(hall: Hall) -> None:
    guide = at_work(hall)
    place = guide.place_of(hall.people[0])
    stand_in = place.exercise.stand_ins[0]
    guide.take_stand_in(place, stand_in)
    assert guide.place_of(hall.people[0]).exercise.id == stand_in
    own = guide.log.entry(hall.people[0], place.exercise.id)
    assert own is not None
    assert own.decision == "substitute"
    guide.undo()
    assert guide.place_of(hall.people[0]).exercise.id == place.exercise.id


def test_the_bout_to_log_stays_the_last_worked_while_people_change(hall: Hall) -> None:
    guide = at_work(hall)
    worked = guide.logging()
    hall.clock.advance(30)
    guide.tell(WentOn(guide.keeper.now()))
    assert guide.state().step.kind is Kind.CHANGE
    assert guide.logging() == worked


def test_a_bout_that_was_only_skipped_through_is_not_planned_for_anybody(hall: Hall) -> None:
    guide = at_work(hall)
    hall.clock.advance(1)
    to_next_work(guide)
    assert {(place.person, place.exercise.id) for place in guide.came_to()} == {
        (place.person, place.exercise.id) for place in guide.places()
    }


def test_somebody_who_came_late_was_not_at_the_bouts_before(hall: Hall) -> None:
    guide = hall.open()
    for person in hall.people[1:]:
        guide.arrive(person)
    guide.start()
    to_next_work(guide)
    to_next_work(guide, hall)
    guide.arrive(hall.people[0])
    assert len(guide.came_to(hall.people[0])) == 1
    assert len(guide.came_to(hall.people[1])) == 2


def test_somebody_who_left_since_is_logged_for_what_they_did(hall: Hall) -> None:
    guide = at_work(hall)
    place = guide.place_of(hall.people[0])
    to_next_work(guide, hall)
    guide.mark(hall.people[0], "left_early")
    assert guide.came_to(hall.people[0]) == (place,)


def test_who_was_marked_by_a_slip_is_logged_for_nothing(hall: Hall) -> None:
    guide = at_work(hall)
    to_next_work(guide, hall)
    guide.unmark(hall.people[0])
    assert guide.came_to(hall.people[0]) == ()


def test_going_back_to_an_earlier_bout_hides_nothing_that_was_done(hall: Hall) -> None:
    guide = at_work(hall)
    to_next_work(guide, hall)
    hall.clock.advance(30)
    done = set(guide.came_to())
    while guide.state().step.bout != 1:
        guide.tell(WentBack(guide.keeper.now()))
    assert set(guide.came_to()) == done


def test_nothing_is_logged_of_somebody_who_sits_out(hall: Hall) -> None:
    guide = at_work(hall)
    guide.sit_out(hall.people[0], True)
    with pytest.raises(Refused, match="sits out"):
        guide.place_of(hall.people[0])


def test_effort_and_pain_said_once_stand_at_all_that_a_person_did(hall: Hall) -> None:
    guide = at_work(hall)
    first = guide.place_of(hall.people[0])
    guide.log.as_planned([first])
    to_next_work(guide, hall)
    second = guide.place_of(hall.people[0])
    to_next_work(guide, hall)
    third = guide.place_of(hall.people[0])
    guide.log.sat_out(third)
    guide.log.effort_and_pain(guide.came_to(hall.people[0]), effort=4, pain=2)
    told = {row.exercise: (row.basis, row.effort, row.pain) for row in guide.log.rows}
    assert told == {
        first.exercise.id: ("as_planned", 4, 2),
        second.exercise.id: ("not_recorded", 4, 2),
        third.exercise.id: ("observed", None, None),
    }
    assert guide.log.said(hall.people[0]) == (4, 2)


def test_hard_effort_advises_easing_from_the_next_session_and_one_act_takes_it(hall: Hall) -> None:
    guide = at_work(hall)
    place = guide.place_of(hall.people[0])
    guide.log.as_planned([place])
    guide.log.effort_and_pain([place], effort=9, pain=1)
    (advised,) = guide.advising.of([hall.people[0]], [place.exercise])
    assert (advised.advice.kind, advised.moves) == ("ease", True)
    guide.advising.accept(advised)
    (row,) = levels(guide.cohort)
    assert (row.from_session, row.from_round, row.level) == (2, 1, place.level - 1)


def test_minutes_of_the_phases_are_kept_when_the_session_ends(hall: Hall) -> None:
    guide = hall.open()
    guide.mark_all_here()
    guide.start()
    go_to(guide, Phase.EDUCATION)
    hall.clock.advance(60 * 17)
    guide.tell(WentOn(guide.keeper.now()))
    go_to(guide, Phase.CIRCUIT)
    hall.clock.advance(60 * 3)
    guide.end()
    held = guide.cohort.connection.row(
        "SELECT education_minutes, exercise_minutes FROM session WHERE number = 1"
    )
    assert held == {"education_minutes": 17, "exercise_minutes": 3}
