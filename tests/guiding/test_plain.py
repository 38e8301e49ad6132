"""A session guided line by line, by a script and a clock moved by hand."""

from __future__ import annotations

import pytest

from escape_tui.guiding.guide import Guide
from escape_tui.guiding.plain import guide_plainly
from escape_tui.guiding.plain.evening import GROUPS
from escape_tui.settings import Settings, Site
from escape_tui.store.acts.cohorts import hand_over
from escape_tui.store.acts.people import PersonEntry, enrol
from escape_tui.store.read import (
    attendance,
    goals,
    incidents,
    levels,
    measures,
    notes,
    papers,
    plan_of,
    whereabouts,
)
from sessions.pack import Delivery
from sessions.plan import SessionStatus
from sessions.run_steps import Kind, Phase
from tests.guiding.evenings import Hall
from tests.guiding.spoken import Spoken, evening


def played(hall: Hall, *spoken: Spoken, number: int = 2, count: int = 3) -> tuple[Guide, list[str]]:
    hall.number = number
    guide = hall.open(count)
    return guide, evening(guide, hall.clock, *spoken)


def at_work(hall: Hall, *spoken: Spoken, count: int = 3) -> tuple[Guide, list[str]]:
    return played(hall, "all", "begin", "jump", "4", 11.0, *spoken, count=count)


def test_the_door_is_a_few_short_lines(hall: Hall) -> None:
    guide, told = played(hall, "all", "a 2 ill", "k", "pain 1 5", "who")
    assert [row.status for row in attendance(guide.cohort)] == ["present", "absent", "present"]
    assert "2 Pat Kane: away, ill" in told
    assert f"2 people, {len(guide.register.questions)} questions: no to the rest" in told
    assert "1 Pat Kerr: pain on arrival 5" in told


def test_several_come_through_the_door_in_one_line_and_one_leaves(hall: Hall) -> None:
    guide, told = played(hall, "h 1 3", "left 3", "unmark 1")
    assert [(row.person, row.status) for row in attendance(guide.cohort)] == [(hall.people[2], "left_early")]
    assert "3 Ann [/b] x: left early" in told


def test_a_red_flag_says_what_to_do_and_keeps_the_person_out_of_the_log(hall: Hall) -> None:
    guide, told = at_work(hall, "yes 1", "2", "out 1", "instead 1", "planned all")
    assert "Warning: 1 Pat Kerr: NO EXERCISE today" in told
    assert any(line.startswith(("At once: ", "Today: ")) for line in told)
    assert told.count("Not done: This person sits out. Let them take part again first.") == 2
    assert hall.people[0] not in {row.person for row in guide.log.rows}


def test_too_many_who_need_close_support_are_a_warning_that_is_answered_once(hall: Hall) -> None:
    hall.number = 2
    guide = hall.open(4, close=3)
    told = evening(guide, hall.clock, "all", "1", "unmark 4", "here 4")
    assert sum("need close support" in line for line in told) == 1
    (note,) = notes(guide.cohort)
    assert note.text.startswith("3 people here need close support")


def test_steps_are_told_as_they_come_with_what_is_next_and_never_each_second(hall: Hall) -> None:
    _, told = at_work(hall, 65.0)
    start = told.index("Circuit: WORK, round 1 of 2, bout 1 of 8, 1 minute.")
    change = told.index("Circuit: change, round 1 of 2, bout 2 of 8, 20 seconds.")
    assert told[start + 1 : change] == [
        "Next: Circuit: change, round 1 of 2, bout 2 of 8.",
        "10 seconds left.",
    ]
    assert told[change + 1].startswith("Station 2, One-leg stand: 1 Pat Ke, level 1")


def test_of_many_steps_gone_by_at_once_only_the_present_is_told(hall: Hall) -> None:
    guide, _ = at_work(hall)
    hall.clock.advance(8)
    told: list[str] = []

    class Late:
        def __init__(self) -> None:
            self.looks = 0

        def next(self, seconds: float) -> str | None:
            self.looks += 1
            if self.looks > 2:
                raise EOFError
            for _ in range(12):  # a program that was stopped, though never for long enough to be asked about
                hall.clock.advance(max(seconds, 8))
                guide.tick()
            return None

    guide_plainly(guide, Late(), told.append)
    assert [line.split(",")[0] for line in told if line.startswith("Circuit: ")] == ["Circuit: WORK"] * 3


def test_a_talk_that_is_over_its_time_says_so_once(hall: Hall) -> None:
    _, told = played(hall, "all", "begin", 400.0)
    assert [line for line in told if "The time for this is up" in line] == [
        "The time for this is up. Type next when the group is ready."
    ]


def test_next_turns_the_pages_and_goes_on_after_the_last_and_back_turns_back(hall: Hall) -> None:
    guide, told = played(hall, "all", "begin", "skip", "n", "n", "b", "n", "n", "n", "n", "n")
    assert [line.split(".")[0] for line in told if line.startswith("Page ")] == [
        f"Page {number} of 6" for number in (1, 2, 3, 2, 3, 4, 5, 6)
    ]
    assert guide.state().step.phase is Phase.WARM_UP


def test_the_log_by_exception_is_one_line_an_exception(hall: Hall) -> None:
    guide, told = at_work(hall, "down 1", "r 2 3", "r 3 2", "z", "o 3", "p", "f 1 5 2")
    rows = {row.person: row for row in guide.log.rows}
    assert (rows[hall.people[0]].decision, rows[hall.people[0]].effort) == ("ease", 5)
    assert (rows[hall.people[1]].reps, rows[hall.people[1]].basis) == (3, "observed")
    assert 0 in {rows[hall.people[2]].reps, rows[hall.people[2]].seconds}
    assert len(levels(guide.cohort)) == 1
    assert "Not done: All of this is logged already." in told


def test_a_stand_in_is_chosen_by_its_number(hall: Hall) -> None:
    guide, told = at_work(hall, "instead 1", "9", "1", "where")
    assert "There is no answer 9." in told
    place = guide.place_of(hall.people[0])
    assert place.stand_in
    assert f"Station 1, Sit to stand: 1 Pat Ke, {place.exercise.name} instead" in " ".join(told)


def test_a_step_up_in_balance_is_confirmed_first(hall: Hall) -> None:
    guide, told = at_work(hall, "up 2", "2", "up 2", "1")
    assert [row.level for row in levels(guide.cohort)] == [guide.place_of(hall.people[1]).level]
    assert sum("A balance exercise: steady" in line for line in told) == 2


def test_the_sweep_asks_each_once_and_goes_on_after_a_slip(hall: Hall) -> None:
    guide, told = at_work(hall, "p", "sweep", "5 2", "11 2", "4 1", "", "sweep", "6 0")
    assert [guide.log.said(person) for person in hall.people] == [(5, 2), (4, 1), (6, 0)]
    assert "1 still to ask." in told
    assert told[-3] == "Everyone has said effort and pain."


def test_advice_is_told_with_its_reason_and_taken_by_its_number(hall: Hall) -> None:
    guide, told = at_work(hall, "p 1", "f 1 9 1", "advice", "accept 1", "accept 7")
    (row,) = levels(guide.cohort)
    assert (row.person, row.from_session) == (hall.people[0], 3)
    assert any(
        line.startswith("1: 1 Pat Ke, Sit to stand: ease to level 1, from session 3. ") for line in told
    )
    assert any("from 0 to 1" in line for line in told)


@pytest.mark.parametrize("question", ["yes 1", "instead 1", "sweep", "bench", "end"])
def test_an_emergency_breaks_into_every_question_and_comes_back_to_it(hall: Hall, question: str) -> None:
    guide, told = at_work(hall, question, "e", "on", "0")
    start = told.index("EMERGENCY.")
    assert told[start - 1] in told[start:]
    assert not guide.state().held


def test_an_emergency_reads_the_address_out_holds_the_clocks_and_lets_the_group_go_on(hall: Hall) -> None:
    hall.number = 2
    guide = hall.open(3)
    guide.settings = Settings(site=Site(address=("St Mark's Hall", "Leeds LS6 1AA"), defibrillator="foyer"))
    told = evening(
        guide,
        hall.clock,
        *("all", "begin", "jump", "4", 11.0, "EMERGENCY", 90.0, "2", "gone 2"),
        *("incident 2", "1", "2", "4", "slipped on the mat", "on", "s"),
    )
    start = told.index("EMERGENCY.")
    assert told[start + 1 : start + 6] == [
        "Ring 999. The address, line by line:",
        "St Mark's Hall",
        "Leeds LS6 1AA",
        "Defibrillator: foyer",
        "Warning: Every clock is held.",
    ]
    assert "No emergency contact was given." in told
    assert [(one.person, one.category, one.note) for one in incidents(guide.cohort)] == [
        (hall.people[1], "fall", "slipped on the mat")
    ]
    assert guide.state().step.kind is Kind.WORK
    assert hall.people[1] not in guide.state().seating.people


def test_an_emergency_left_open_says_that_the_clocks_are_held_until_released(hall: Hall) -> None:
    guide, told = at_work(hall, "e", "stay", "next", "release", "s")
    assert "Not done: Everything is held. Type release when the emergency is over." in told
    assert guide.state().running


def test_a_note_that_begins_with_the_letter_of_the_emergency_is_a_note(hall: Hall) -> None:
    guide, _ = at_work(hall, "incident", "1", "1", "1", "", "e")
    assert [one.note for one in incidents(guide.cohort)] == ["e"]


def test_the_roll_call_is_ticked_by_numbers_and_ids(hall: Hall) -> None:
    _, told = played(hall, "h 1 2", "roll", "1 jk", "2", "")
    assert "2 of 3 found. 1 without a mark. Numbers, or an empty line to leave:" in told
    assert "No mark, ask who saw them: 3 Ann [/b] x" in told


def test_the_chair_stand_runs_thirty_seconds_and_asks_for_the_number(hall: Hall) -> None:
    guide, told = played(
        hall,
        "all",
        "begin",
        "bench",
        "1",
        31.0,
        "eleven",
        "11",
        "3",
        "1",
        5.0,
        "",
        "2",
        "arms",
        "0",
        number=1,
    )
    stop = told.index("STOP.")
    assert told[stop - 1] == "10 seconds left."
    kept = {row.person: row.answers for row in measures(guide.cohort)}
    assert kept == {hall.people[0]: ("11",), hall.people[2]: ("0 arms",)}
    assert "Broken off." in told


def test_papers_go_out_and_are_looked_through(hall: Hall) -> None:
    guide, _ = played(hall, "all", "begin", "give", "checked 1", "2", "0", "", number=1)
    states = [(row.person == hall.people[0], row.state, row.blanks) for row in papers(guide.cohort)]
    assert sorted(state for state in states if state[0]) == [
        (True, "checked", 0),
        (True, "checked", 2),
        (True, "out", 0),
    ]


def test_notes_goals_and_themes_are_written_down_in_the_talk(hall: Hall) -> None:
    guide, told = played(
        hall,
        "all",
        "begin",
        "note [red] the stairs",
        "note 2 tired",
        "goal 1 walk",
        "goals",
        "1",
        "1",
        "themes",
        "0",
    )
    assert [(note.person, note.text) for note in notes(guide.cohort)] == [
        (None, "[red] the stairs"),
        (hall.people[1], "tired"),
    ]
    assert [goal.state for goal in goals(guide.cohort)] == ["met"]
    assert "  1: How the joint works: covered" in told


def test_those_over_a_screen_are_asked_where_they_are(hall: Hall) -> None:
    hall.number = 2
    guide = hall.open(2)
    guide.delivery = Delivery.HYBRID
    told = evening(
        guide,
        hall.clock,
        "all",
        "screen 1",
        "w",
        "place 1 12 Mill Lane",
        "phone 1 0161 496 0000",
        "e",
        "1",
        "on",
    )
    assert "Not asked where they are: 1 Pat Ke." in told
    assert [(row.place, row.phone) for row in whereabouts(guide.cohort)] == [
        ("12 Mill Lane", "0161 496 0000")
    ]
    assert "They are at: 12 Mill Lane" in told


def test_after_a_sleep_nothing_moves_until_somebody_says_whether_the_time_counts(hall: Hall) -> None:
    guide, _ = at_work(hall)
    hall.clock.sleep(120)
    told = evening(guide, hall.clock, "next", "stood")
    assert "Nobody watched for 2 minutes. Type counts if the group went on, or stood if it waited." in told
    assert "Not done: Nobody watched for a while. Type counts or stood first." in told
    assert guide.state().asking is None


def test_what_cannot_be_kept_of_the_clock_is_told_once_and_the_session_goes_on(hall: Hall) -> None:
    guide, _ = at_work(hall)
    hand_over(guide.cohort)
    hall.clock.sleep(120)
    told = evening(guide, hall.clock, 5.0, "s")
    assert sum(line.startswith("Not kept: This cohort was handed over") for line in told) == 1
    assert any(line.startswith("Session 2. ") for line in told)


def test_time_is_added_taken_and_changed_for_good(hall: Hall) -> None:
    guide, told = at_work(hall, "t", "m", "l 10", "seconds change 45", "seconds work 5", "t")
    assert "1 minute 19 seconds left." in " ".join(told)
    assert {step.seconds for step in guide.keeper.run.steps if step.kind is Kind.CHANGE} == {45}
    assert any(line.startswith("Not done: The least for this is 10 seconds") for line in told)


def test_the_end_tells_what_is_missing_and_can_wait(hall: Hall) -> None:
    guide, told = at_work(hall, "end", "2", "p", "end", "3", "the boiler broke")
    assert "Next: session 3, Monday 12 October 2026, 10:00." in told
    assert plan_of(guide.cohort).session(2).status is SessionStatus.CUT_SHORT
    assert told[-1] == "The session is over. Everything is kept."


def test_the_end_of_the_input_is_no_end_of_the_session(hall: Hall) -> None:
    guide, told = at_work(hall)
    assert told[-2:] == [
        "Left here.",
        "The session is not ended; everything is kept. Do the same again to take it up.",
    ]
    assert guide.keeper.broken_off


def test_a_slip_of_the_hand_says_what_to_do_and_changes_nothing(hall: Hall) -> None:
    guide, told = played(
        hall, "bla", "here 99", "here x", "away 1 xx", "here", "effort 1", "pla", "skip 3", "reps ²"
    )
    assert attendance(guide.cohort) == ()
    assert sum(line.startswith("Not done: ") for line in told) == 9


def test_every_command_has_a_help_of_one_line_and_no_name_or_letter_stands_for_two(hall: Hall) -> None:
    every = [command for _, commands in GROUPS for command in commands]
    letters = [letter for command in every for letter in command.letters]
    names = [command.name for command in every]
    assert len(set(letters)) == len(letters)
    assert len(set(names)) == len(names)
    _, told = played(hall, "help", "help reps", "?")
    assert told.count("reps 3 8 (or r): one person did 8 repetitions") == 3


@pytest.mark.parametrize(
    "name", ["Ann [/b] x", "[red]", "[/", "שרה", "👩‍🦽 Zoë", "x" * 120, "e\u0301a\u0308"]
)
def test_a_hostile_name_is_told_exactly(hall: Hall, name: str) -> None:
    guide = hall.open(1)
    enrol(guide.cohort, PersonEntry(given_name=name, family_name="Ng"))
    again = hall.guide(guide.cohort)
    told = evening(again, hall.clock, "here 2", "e", "2", "on")
    assert f"2 {name} Ng: here" in told
    assert f"2 {name} Ng:" in told


def test_a_whole_evening_from_the_door_to_the_end(hall: Hall) -> None:
    guide, told = played(
        hall,
        *("all", "a 4 work", "k", "begin", "skip", "n", "jump", "4", 11.0),
        *("p", *(90.0, "p") * 7, "skip", "planned all", "jump", "7"),
        *("sweep", *("5 2",) * 7, "end", "1"),
        count=8,
    )
    assert told[-1] == "The session is over. Everything is kept."
    assert not any(line.startswith("MISSING: exercises") for line in told)
    assert len(guide.log.rows) == 7 * 8
    assert plan_of(guide.cohort).session(2).status is SessionStatus.DELIVERED
