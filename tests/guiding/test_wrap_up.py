"""The end of a session: what was done, who moved, what is missing, what comes next."""

from __future__ import annotations

from datetime import date

from escape_tui.guiding.emergency import go_on, hold_everything, note_incident
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.wrap_up import Next, WrapUp, wrap_up
from escape_tui.store.acts.incidents import IncidentEntry
from sessions.run_events import WentOn
from sessions.run_steps import Kind, Phase
from tests.guiding.evenings import Hall, go_to


def at_work(hall: Hall, number: int = 2, count: int = 3) -> Guide:
    hall.number = number
    guide = hall.open(count)
    guide.mark_all_here()
    guide.start()
    while guide.state().step.kind is not Kind.WORK:
        guide.tell(WentOn(guide.keeper.now()))
    return guide


def missing(told: WrapUp) -> dict[str, tuple[int, ...]]:
    return {one.words: tuple(person.number for person in one.people) for one in told.missing}


def test_the_first_evening_tells_everything_that_nobody_has_said_yet(hall: Hall) -> None:
    guide = hall.open(3)
    guide.mark(hall.people[0], "present")
    guide.mark(hall.people[1], "excused", "work")
    told = wrap_up(guide)
    assert [one.number for one in told.came] == [1]
    assert [row.person.number for row in told.away] == [2]
    assert missing(told) == {
        "not marked": (3,),
        "not asked on arrival": (1,),
        "papers not looked through (3)": (1,),
        "measures not done (1)": (1,),
    }


def test_what_was_done_is_counted_by_what_the_log_rests_on(hall: Hall) -> None:
    guide = at_work(hall, count=4)
    first, second, third, fourth = (guide.place_of(person) for person in hall.people)
    guide.log.as_planned([first])
    guide.log.reps(second, 5)
    guide.take_stand_in(third, third.exercise.stand_ins[0])
    guide.log.sat_out(fourth)
    done = {one.exercise: one for one in wrap_up(guide).done}
    assert done[first.exercise.id].as_planned == 1
    assert done[second.exercise.id].observed == 1
    assert done[third.exercise.id].stood_in == 1
    assert done[fourth.exercise.id].sat_out == 1
    assert sum(one.not_recorded for one in done.values()) == 0


def test_effort_said_of_an_exercise_that_nobody_logged_leaves_it_not_recorded(hall: Hall) -> None:
    guide = at_work(hall, count=1)
    place = guide.place_of(hall.people[0])
    assert missing(wrap_up(guide))["exercises not logged (1)"] == (1,)
    guide.log.effort_and_pain([place], effort=4, pain=2)
    (done,) = wrap_up(guide).done
    assert (done.not_recorded, done.words) == (1, f"{place.exercise.name}: 1 NOT recorded")


def test_effort_and_pain_are_missing_until_both_are_said(hall: Hall) -> None:
    guide = at_work(hall, count=2)
    guide.log.as_planned(guide.came_to())
    guide.log.effort_and_pain(guide.came_to(hall.people[0]), effort=4, pain=None)
    assert missing(wrap_up(guide))["effort or pain not said"] == (1, 2)
    guide.log.effort_and_pain(guide.came_to(hall.people[0]), effort=4, pain=0)
    assert missing(wrap_up(guide))["effort or pain not said"] == (2,)


def test_who_sat_out_from_the_beginning_owes_neither_log_nor_effort(hall: Hall) -> None:
    guide = at_work(hall, count=2)
    guide.sit_out(hall.people[0], True)
    guide.log.as_planned(guide.came_to())
    assert missing(wrap_up(guide))["effort or pain not said"] == (2,)


def test_who_moved_is_told_with_from_when_and_advice_waits_until_it_is_taken(hall: Hall) -> None:
    guide = at_work(hall, count=8)
    eased, hard = [place for place in guide.places() if place.level > 1][:2]
    guide.log.step(eased, "ease", 1)
    guide.log.as_planned([hard])
    guide.log.effort_and_pain([hard], effort=9, pain=1)
    told = wrap_up(guide)
    assert [(one.person.id, one.words) for one in told.moved] == [
        (
            eased.person,
            f"{eased.exercise.name}: level {eased.level - 1} instead of {eased.level}, from session 2",
        )
    ]
    (advised,) = told.advice
    assert (advised.person, advised.advice.kind) == (hard.person, "ease")
    guide.advising.accept(advised)
    told = wrap_up(guide)
    assert told.advice == ()
    assert next(one.words for one in told.moved if one.person.id == hard.person).endswith("from session 3")


def test_an_emergency_without_an_incident_is_missing_until_one_is_written(hall: Hall) -> None:
    guide = at_work(hall, count=1)
    hold_everything(guide)
    go_on(guide)
    assert wrap_up(guide).missing[0].kind == "no_incident"
    note_incident(guide, IncidentEntry("fall", "minor", "first_aid"), hall.people[0])
    told = wrap_up(guide)
    assert "no_incident" not in {one.kind for one in told.missing}
    assert [one.category for one in told.incidents] == ["fall"]


def test_the_task_the_minutes_and_the_next_date_are_told_and_none_after_the_last(hall: Hall) -> None:
    hall.number = 1
    guide = hall.open(1)
    guide.mark_all_here()
    guide.start()
    go_to(guide, Phase.WARM_UP)
    hall.clock.advance(200)
    guide.end()
    told = wrap_up(guide)
    assert told.next == Next(2, date(2026, 10, 8), "10:00")
    assert [task.task for task in told.tasks] == [topic.task for topic in guide.plan.topics]
    assert told.exercise_minutes == 3
    hall.number = 12
    assert wrap_up(hall.guide(guide.cohort)).next is None
