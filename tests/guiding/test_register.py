"""The register of a session: marks, questions on arrival, red flags, and the seats that follow them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from escape_tui.guiding import by_exception
from escape_tui.guiding.guide import Guide
from escape_tui.heading import next_session
from escape_tui.store.read import notes, plan_of, sessions_held
from escape_tui.store.read_plan import opened_in
from sessions.errors import Refused
from sessions.rules import ArrivalQuestion
from sessions.run_events import WentOn
from sessions.run_steps import Kind, Phase
from tests.guiding.evenings import Hall, go_to


def question_of(guide: Guide, *, red: bool) -> ArrivalQuestion:
    return next(one for one in guide.register.questions if (one.red_flag is not None) == red)


def test_one_act_marks_everyone_present_who_has_no_mark(hall: Hall) -> None:
    guide = hall.open()
    guide.mark(hall.people[2], "excused", "holiday")
    told = guide.mark_all_here()
    assert told.words == "9 marked here, 1 had a mark"
    assert [row.here for row in guide.register.rows] == [place != 2 for place in range(10)]


def test_undo_takes_the_whole_mark_for_everyone_back_at_once(hall: Hall) -> None:
    guide = hall.open()
    guide.mark_all_here()
    assert "taken back" in guide.undo().words.lower()
    assert guide.register.here == ()
    assert guide.state().seating.people == ()


def test_undo_names_whose_entry_it_took_back(hall: Hall) -> None:
    guide = hall.open()
    guide.arrive(hall.people[1])
    told = guide.undo()
    assert (told.number, told.name) == (2, "Pat Kane")


def test_whoever_comes_after_the_arrival_is_late(hall: Hall) -> None:
    guide = hall.open()
    guide.start()
    guide.arrive(hall.people[0])
    go_to(guide, Phase.EDUCATION)
    guide.arrive(hall.people[1])
    marks = [row.mark.status if row.mark else None for row in guide.register.rows[:2]]
    assert marks == ["present", "late"]


def test_two_of_the_same_name_are_told_apart_in_the_hall(hall: Hall) -> None:
    guide = hall.open()
    assert [one.hall for one in guide.people[:4]] == ["Pat Ke", "Pat Ka", "Ann [/b] x", "Bron Ŵ"]


def test_questions_stand_at_not_asked_until_somebody_asks(hall: Hall) -> None:
    guide = hall.open()
    guide.mark_all_here()
    assert len(guide.register.not_asked) == 10
    told = guide.register.all_asked_nobody_yes()
    assert told.words == f"10 people, {len(guide.register.questions)} questions: no to the rest"
    assert guide.register.not_asked == ()


def test_asking_the_rest_leaves_a_yes_a_yes(hall: Hall) -> None:
    guide = hall.open()
    guide.mark_all_here()
    question = question_of(guide, red=True)
    guide.answer(hall.people[4], question, "yes")
    guide.register.all_asked_nobody_yes()
    assert guide.row(hall.people[4]).answer(question.id) == "yes"
    assert guide.register.stopped == {hall.people[4]}


def test_a_latecomer_is_asked_alone(hall: Hall) -> None:
    guide = hall.open()
    guide.arrive(hall.people[0])
    guide.register.all_asked_nobody_yes()
    guide.arrive(hall.people[1])
    assert [row.person.id for row in guide.register.not_asked] == [hall.people[1]]


def test_a_red_flag_lets_the_person_sit_out_and_keeps_them_out(hall: Hall) -> None:
    guide = hall.open()
    guide.mark_all_here()
    told = guide.answer(hall.people[3], question_of(guide, red=True), "yes")
    assert (told.kind, told.number, told.words) == ("warn", 4, "NO EXERCISE today")
    assert guide.state().seating.sitting_out == {hall.people[3]}
    with pytest.raises(Refused, match="red flag"):
        guide.sit_out(hall.people[3], False)


def test_a_red_flag_pressed_on_the_wrong_person_is_undone_with_their_place(hall: Hall) -> None:
    guide = hall.open()
    guide.mark_all_here()
    guide.answer(hall.people[3], question_of(guide, red=True), "yes")
    guide.undo()
    assert guide.register.stopped == frozenset()
    assert guide.state().seating.sitting_out == frozenset()


def test_another_yes_does_not_stop_anybody(hall: Hall) -> None:
    guide = hall.open()
    guide.mark_all_here()
    told = guide.answer(hall.people[3], question_of(guide, red=False), "yes")
    assert (told.kind, guide.register.stopped) == ("warn", frozenset())


def test_more_close_support_than_those_on_duty_may_have_is_a_warning_that_is_noted(hall: Hall) -> None:
    guide = hall.open(close=3)
    guide.mark_all_here()
    warning = guide.register.too_many_close(on_duty=1)
    assert warning is not None
    assert warning.words == "3 people here need close support; 1 facilitator on duty may have 2."
    guide.register.go_on_all_the_same(warning)
    assert [note.text for note in notes(guide.cohort)] == [
        f"{warning.words} The session went on all the same."
    ]
    assert guide.register.too_many_close(on_duty=2) is None


def test_beginning_says_that_the_session_was_held_today_and_by_whom(hall: Hall) -> None:
    guide = hall.open()
    guide.start()
    assert plan_of(guide.cohort).session(1).took_place
    assert sessions_held(guide.cohort)[0].facilitators == ("jk",)


def test_undo_leaves_what_was_done_before_this_session_was_opened(hall: Hall) -> None:
    guide = hall.open()
    with pytest.raises(Refused, match="nothing to take back"):
        guide.undo()
    assert len(guide.people) == 10


def test_exercise_of_somebody_with_a_red_flag_is_refused_whatever_is_pressed(hall: Hall) -> None:
    guide = hall.open()
    guide.mark_all_here()
    guide.start()
    go_to(guide, Phase.CIRCUIT)
    while guide.state().step.kind is not Kind.WORK:
        guide.tell(WentOn(guide.keeper.now()))
    place = guide.place_of(hall.people[3])
    guide.answer(hall.people[3], question_of(guide, red=True), "yes")
    acts: tuple[Callable[[], object], ...] = (
        lambda: by_exception.step(guide, place, "up", 1, confirmed=True),
        lambda: by_exception.step(guide, place, "ease", 1),
        lambda: by_exception.next_stand_in(guide, place),
        lambda: by_exception.count(guide, place, 9),
        lambda: by_exception.as_planned(guide, place),
    )
    for act in acts:
        with pytest.raises(Refused, match="red flag"):
            act()
    assert guide.log.rows == ()


def test_a_register_begun_without_the_clock_stays_todays_session(hall: Hall) -> None:
    guide = hall.open()
    guide.mark_all_here()
    day = hall.clock.now().wall.date()
    opened = opened_in(guide.cohort.connection, day)
    coming = next_session(plan_of(guide.cohort), opened)
    assert coming is not None
    assert coming.number == 1
    guide.start()
    assert opened_in(guide.cohort.connection, day) is None
