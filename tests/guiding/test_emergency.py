"""An emergency: what is read out, who is here, whom to ring; and the clocks that are held meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from escape_tui.guiding.emergency import (
    NO_ADDRESS,
    emergencies,
    everyone_in_need,
    go_on,
    go_on_without,
    help_for,
    hold_everything,
    in_need,
    note_incident,
    roll_call,
)
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.where_today import same_place_as_last, say_where_today, to_ask_where, where_last
from escape_tui.settings import Site
from escape_tui.store.acts.cohorts import hand_over
from escape_tui.store.acts.incidents import IncidentEntry
from escape_tui.store.acts.people import PersonEntry, edit_person
from escape_tui.store.acts.whereabouts import say_where
from escape_tui.store.read import incidents
from sessions.errors import Refused
from sessions.pack import Delivery
from sessions.run_events import Held, Paused, WentOn
from sessions.run_steps import Phase
from tests.guiding.evenings import JO, Hall, go_to

HALL = ("St Mark's Hall", "Mill Lane (car park behind)", "Leeds LS6 1AA")


def at_exercise(hall: Hall) -> Guide:
    guide = hall.open()
    guide.mark_all_here()
    guide.start()
    go_to(guide, Phase.WARM_UP)
    return guide


def over_a_screen(guide: Guide, people: Iterable[str]) -> None:
    guide.delivery = Delivery.HYBRID
    for person in people:
        guide.take_part_over_screen(person, True)


def test_the_address_stands_line_by_line_as_it_was_entered() -> None:
    told = help_for(Site(name="Leeds West", address=HALL, defibrillator="left of the front door"))
    assert (told.address, told.address_known, told.defibrillator) == (HALL, True, "left of the front door")


def test_an_address_that_nobody_entered_is_said_plainly() -> None:
    told = help_for(Site())
    assert (told.address, told.address_known) == (NO_ADDRESS, False)
    assert "NOT SET" in told.defibrillator


def test_every_clock_stands_until_it_is_let_go_and_both_instants_are_kept(hall: Hall) -> None:
    guide = at_exercise(hall)
    hall.clock.advance(7)
    left = guide.state().remaining
    hold_everything(guide)
    held = guide.keeper.now()
    hall.clock.advance(8)
    assert guide.state().remaining == left
    hold_everything(guide)
    go_on(guide)
    assert guide.state().remaining == left
    assert sum(isinstance(event, Held) for event in guide.keeper.events) == 1
    ((since, until),) = emergencies(guide)
    assert since == held
    assert until is not None
    assert until.wall - since.wall == timedelta(seconds=8)


def test_what_was_paused_before_stays_paused_and_that_is_said(hall: Hall) -> None:
    guide = at_exercise(hall)
    guide.tell(Paused(guide.keeper.now()))
    hold_everything(guide)
    assert go_on(guide).words == "The clocks stay paused."
    assert guide.state().paused


def test_nothing_moves_the_session_on_while_it_is_held(hall: Hall) -> None:
    guide = at_exercise(hall)
    hold_everything(guide)
    step = guide.state().step
    guide.tell(WentOn(guide.keeper.now()))
    assert guide.state().step == step


def test_an_emergency_that_was_not_over_when_the_laptop_died_still_holds(hall: Hall) -> None:
    guide = at_exercise(hall)
    hold_everything(guide)
    guide.cohort.close()
    hall.clock.restart("second", seconds=3)
    again = hall.reopen()
    assert again.state().held
    assert [until for _, until in emergencies(again)] == [None]


def test_the_page_is_there_although_the_clocks_cannot_be_held(hall: Hall) -> None:
    guide = at_exercise(hall)
    hand_over(guide.cohort)
    told = hold_everything(guide)
    assert told.words.startswith("The clocks run on: ")
    assert len(everyone_in_need(guide)) == 10


def test_a_person_is_shown_with_full_name_age_needs_and_whom_to_ring(hall: Hall) -> None:
    guide = hall.open(3)
    ann = hall.people[2]
    edit_person(
        guide.cohort,
        ann,
        PersonEntry(
            birth_date=hall.clock.now().wall.date().replace(year=1950),
            phone="0161 496 0003",
            emergency_contact="[red]Bo",
            emergency_phone="0161 496 0099",
            hearing_support="loop",
        ),
    )
    shown = in_need(hall.guide(guide.cohort), ann)
    assert shown.name == "Ann [/b] x"
    assert shown.lines == (
        "76 years old",
        "Emergency contact: [red]Bo, 0161 496 0099",
        "Their own telephone: 0161 496 0003",
        "Needs hearing: loop",
    )


def test_that_there_is_no_emergency_contact_is_said(hall: Hall) -> None:
    guide = hall.open(1)
    assert in_need(guide, hall.people[0]).lines == ("No emergency contact was given.",)


def test_roll_call_counts_who_came_who_may_have_come_and_who_is_on_duty(hall: Hall) -> None:
    guide = hall.open(5)
    guide.mark(hall.people[0], "present")
    guide.mark(hall.people[1], "late")
    guide.mark(hall.people[2], "absent")
    guide.mark(hall.people[3], "left_early")
    roll = roll_call(guide)
    assert [(one.number, one.sure) for one in roll.people] == [
        (1, True),
        (2, True),
        (5, False),
        (None, True),
    ]
    assert roll.words == "0 of 3 found. 1 without a mark."


def test_roll_call_is_ticked_off_and_a_slip_is_ticked_back(hall: Hall) -> None:
    guide = hall.open(3)
    guide.mark_all_here()
    roll = roll_call(guide).tick_number(1).tick_number(3).tick(JO.id).tick_number(9)
    assert [one.number for one in roll.missing] == [2]
    assert roll.words == "3 of 4 found."
    assert [one.number for one in roll.tick_number(1).missing] == [1, 2]


def test_who_takes_part_over_a_screen_is_not_looked_for_in_the_building(hall: Hall) -> None:
    guide = hall.open(3)
    guide.mark_all_here()
    over_a_screen(guide, hall.people[1:2])
    assert [one.number for one in roll_call(guide).people] == [1, 3, None]


def test_who_is_over_a_screen_is_asked_where_they_are_until_both_are_known(hall: Hall) -> None:
    guide = hall.open(3)
    guide.mark_all_here()
    over_a_screen(guide, hall.people[:2])
    assert [row.person.number for row in to_ask_where(guide)] == [1, 2]
    say_where_today(guide, hall.people[0], "12 Mill Lane", "0161 496 0000")
    say_where_today(guide, hall.people[1], "her sister's")
    assert [row.person.number for row in to_ask_where(guide)] == [2]
    assert in_need(guide, hall.people[0]).lines[:2] == (
        "They are at: 12 Mill Lane",
        "Telephone there: 0161 496 0000",
    )
    assert "No telephone there was said." in in_need(guide, hall.people[1]).lines


def test_where_they_were_the_last_time_is_never_passed_off_as_today(hall: Hall) -> None:
    guide = hall.open(2)
    over_a_screen(guide, hall.people[:1])
    say_where_today(guide, hall.people[0], "12 Mill Lane", "0161 496 0000")
    hall.number = 2
    later = hall.guide(guide.cohort)
    over_a_screen(later, hall.people)
    assert in_need(later, hall.people[0]).lines[0] == "Today was not asked. In session 1:"
    assert in_need(later, hall.people[1]).lines[0].startswith("Where they are today was NOT ASKED")
    same_place_as_last(later, hall.people[0])
    assert in_need(later, hall.people[0]).lines[0] == "They are at: 12 Mill Lane"
    with pytest.raises(Refused, match="no place"):
        same_place_as_last(later, hall.people[1])


def test_of_several_earlier_places_the_latest_is_told(hall: Hall) -> None:
    guide = hall.open(1)
    for session, place in ((1, "12 Mill Lane"), (2, "her sister's")):
        say_where(guide.cohort, hall.people[0], session, place)
    hall.number = 3
    last = where_last(hall.guide(guide.cohort), hall.people[0])
    assert last is not None
    assert last.place == "her sister's"


def test_the_last_place_is_by_day_and_never_one_of_a_later_session(hall: Hall) -> None:
    guide = hall.open(1)
    over_a_screen(guide, hall.people)
    say_where_today(guide, hall.people[0], "12 Mill Lane")
    assert where_last(guide, hall.people[0]) is None


@pytest.mark.parametrize("gone", [True, False])
def test_the_group_goes_on_without_the_person(hall: Hall, gone: bool) -> None:
    guide = at_exercise(hall)
    hold_everything(guide)
    go_on_without(guide, hall.people[3], gone=gone)
    go_on(guide)
    seating = guide.state().seating
    assert (hall.people[3] in seating.people, hall.people[3] in seating.sitting_out) == (not gone, not gone)
    assert guide.row(hall.people[3]).came


def test_the_incident_can_be_written_down_afterwards(hall: Hall) -> None:
    guide = at_exercise(hall)
    entry = IncidentEntry("dizziness", "minor", "rested", "sat by the window")
    told = note_incident(guide, entry, hall.people[3])
    assert told.line == "4 Bron Ŵyn: the incident is recorded"
    (kept,) = incidents(guide.cohort)
    assert replace(kept, id=0) == replace(kept, id=0, session=1, person=hall.people[3], category="dizziness")
