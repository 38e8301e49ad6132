"""Leaving, withdrawing data, taking part again, moving to another cohort."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escape_tui.cohorts import cohort_key, cohort_path
from escape_tui.known_people import known_people
from escape_tui.moving import move_to
from escape_tui.store.acts.signoff import record_signoff
from escape_tui.store.at_rest import read_cohort
from escape_tui.store.cohort import Actor
from escape_tui.store.read import consents
from sessions.errors import Refused
from tests.screens.homes import SMALL, On, on_a_screen
from tests.screens.people.at import known, on_people
from tests.store.making import signed


@on_a_screen
async def test_leaving_asks_why_and_when_and_says_it_back_before_it_is_recorded(home: Path) -> None:
    async with on_people(home, SMALL, "1", "w", "1", "3", "enter") as on:
        assert "They left the programme on 5 Oct 2026 (work)." in on.words
        assert known(on, 1).person.withdrawn_on is None
        await on.press("y")
        person = known(on, 1).person
        assert (person.withdrawn_on, person.withdrawal_reason) == (date(2026, 10, 5), "work")
        assert person.data_withdrawn_on is None
        await on.press("u")
        assert known(on, 1).person.withdrawn_on is None


@on_a_screen
async def test_withdrawing_data_is_another_thing_and_leaves_the_place_in_the_group(home: Path) -> None:
    async with on_people(home, SMALL, "1", "w", "2", "y") as on:
        person = known(on, 1).person
        assert (person.withdrawn_on, person.data_withdrawn_on) == (None, date(2026, 10, 5))
        assert [one.given for one in consents(on.app.desk.cohort, person.id)] == [False]
        assert "in no return from the next one on" in on.words


@on_a_screen
async def test_both_at_once_are_one_step_for_undo(home: Path) -> None:
    async with on_people(home, SMALL, "1", "w", "3", "1", "enter", "y") as on:
        person = known(on, 1).person
        assert person.withdrawn_on == person.data_withdrawn_on == date(2026, 10, 5)
        await on.press("u")
        person = known(on, 1).person
        assert (person.withdrawn_on, person.data_withdrawn_on) == (None, None)


@on_a_screen
async def test_esc_at_any_question_changes_nothing(home: Path) -> None:
    async with on_people(home, SMALL, "1") as on:
        trail = "SELECT count(*) FROM audit"
        before = on.app.desk.cohort.connection.value(trail)
        for keys in (("w", "escape"), ("w", "1", "escape"), ("w", "1", "1", "escape"), ("w", "2", "n")):
            await on.press(*keys)
        assert on.app.desk.cohort.connection.value(trail) == before


@on_a_screen
async def test_who_left_takes_part_again_with_one_key_and_a_question(home: Path) -> None:
    async with on_people(home, SMALL, "1", "w", "1", "1", "enter", "y") as on:
        await on.press("b", "y")
        person = known(on, 1).person
        assert (person.withdrawn_on, person.withdrawal_reason) == (None, None)
        assert "Takes part again." in on.echo


@on_a_screen
async def test_somebody_moves_to_the_other_cohort_and_is_known_there(busy_home: Path) -> None:
    async with on_people(busy_home, SMALL, "a", "down", "Z", "ctrl+s", "9", several=True) as on:
        await on.press("m", "1")
        assert "They are taken into K26-2" in on.words
        await on.press("y")
        person = known(on, 9).person
        assert (person.went_to, person.withdrawal_reason) == ("K26-2", "transferred")
        assert "Moved: number 9 in K26-2." in on.echo
        on.app.desk.open("K26-2")
        assert known(on, 9).person.came_from == "K26-1"


@on_a_screen
async def test_who_has_the_reference_of_another_there_is_not_moved_and_stays_here(busy_home: Path) -> None:
    async with on_people(busy_home, SMALL, "1", "m", "1", "y", several=True) as on:
        assert "Another person of this cohort has this reference." in on.echo
        assert known(on, 1).person.went_to is None


@on_a_screen
async def test_a_move_that_was_broken_off_between_the_two_cohorts_is_ended_by_the_same_again(
    busy_home: Path,
) -> None:
    async with on_people(busy_home, SMALL, "a", "down", "Z", "ctrl+s", several=True) as on:
        desk = on.app.desk
        person = known(on, 9).id
        # As if the laptop had died after the first of the two: taken in there, and nothing said here.
        move_to(desk.home, desk.cohort, person, "K26-2", date(2026, 10, 5))
        await on.press("u")
        assert known(on, 9).person.went_to is None
        moved = move_to(desk.home, desk.cohort, person, "K26-2", date(2026, 10, 5))
        assert (moved.number, _count_in(on, "K26-2")) == (9, 9)


@on_a_screen
async def test_nobody_is_taken_in_elsewhere_by_a_move_that_is_refused_here(busy_home: Path) -> None:
    async with on_people(busy_home, SMALL, "a", "down", "Z", "ctrl+s", several=True) as on:
        desk = on.app.desk
        record_signoff(desk.cohort, signed(desk.cohort))
        with pytest.raises(Refused):
            move_to(desk.home, desk.cohort, known(on, 9).id, "K26-2", date(2026, 10, 5))
        assert _count_in(on, "K26-2") == 8


def _count_in(on: On, code: str) -> int:
    home = on.app.desk.home
    with read_cohort(cohort_path(home, code), cohort_key(home, code), Actor("f1")) as cohort:
        return len(known_people(cohort))
