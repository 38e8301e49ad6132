"""Taking somebody in, and putting entries right, line by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from escape_tui.screens.ask import Ask
from escape_tui.screens.people.newcomer import NewcomerScreen
from escape_tui.screens.people.people import PeopleScreen
from escape_tui.screens.people.person import PersonScreen
from escape_tui.store.acts.session_acts import Delivered, deliver_session
from escape_tui.store.read import people
from tests.screens.homes import SMALL, on_a_screen
from tests.screens.people.at import known, on_people, type_in

_IDA = ("A1", "Ida [/]", "[red]", "14/05/1956", "f", "knee", "l", "2 years", "physio", "y")


@on_a_screen
async def test_somebody_is_typed_in_with_the_usual_words_and_judged(home: Path) -> None:
    async with on_people(home, SMALL, "a") as on:
        for text in _IDA:
            await type_in(on, text)
            await on.press("enter")
        await on.press("ctrl+s")
        assert isinstance(on.app.screen, PeopleScreen)
        ida = known(on, 9)
        entry = ida.entry()
        assert ida.identity is not None
        assert (ida.identity.given_name, ida.identity.family_name) == ("Ida [/]", "[red]")
        assert (entry.birth_date, entry.sex, entry.pain_site) == (date(1956, 5, 14), "female", "knee")
        assert (entry.side, entry.pain_months, entry.referral_source) == ("left", 24, "physiotherapist")
        assert entry.needs_close_support is True
        assert ida.eligibility is not None
        assert "Taken in as number 9." in on.echo


@on_a_screen
async def test_nobody_is_taken_in_without_a_name_or_by_a_line_that_cannot_be_read(home: Path) -> None:
    async with on_people(home, SMALL, "a") as on:
        await on.press("ctrl+s")
        assert "A person needs a name." in on.words
        await type_in(on, "Ida")
        await on.press("enter", "enter")
        await type_in(on, "31/02/1956")
        await on.press("ctrl+s")
        assert isinstance(on.app.screen, NewcomerScreen)
        assert "this day does not exist in that month" in on.echo
        assert len(people(on.app.desk.cohort)) == 8


@on_a_screen
async def test_somebody_of_the_same_names_and_birth_date_is_asked_about_first(home: Path) -> None:
    async with on_people(home, SMALL, "a") as on:
        for text in ("Z9", "[red]", "Quastenfloss", "14/03/1957"):
            await type_in(on, text)
            await on.press("enter")
        await on.press("ctrl+s")
        assert isinstance(on.app.screen, Ask)
        assert "This may be 2 [red] Quastenfloss" in on.words
        await on.press("n")
        assert len(people(on.app.desk.cohort)) == 8
        await on.press("ctrl+s", "y")
        assert len(people(on.app.desk.cohort)) == 9


@on_a_screen
async def test_who_comes_late_joins_at_the_next_session_and_is_told_what_was_missed(home: Path) -> None:
    async with on_people(home) as on:
        deliver_session(on.app.desk.cohort, 1, Delivered())
        deliver_session(on.app.desk.cohort, 2, Delivered())
        await on.press("a", "down")
        await type_in(on, "Late")
        await on.press("ctrl+s")
        assert "Missed: 1 (" in on.echo
        assert known(on, 9).person.joined_at_session == 3
        await on.press("9")
        assert "Joined at session 3 Missed 1 (" in on.words


@on_a_screen
async def test_esc_asks_before_what_was_typed_is_lost(home: Path) -> None:
    async with on_people(home, SMALL, "a") as on:
        await type_in(on, "R9")
        await on.press("escape")
        assert isinstance(on.app.screen, Ask)
        await on.press("n")
        assert isinstance(on.app.screen, NewcomerScreen)
        await on.press("escape", "y")
        assert isinstance(on.app.screen, PeopleScreen)
        assert len(people(on.app.desk.cohort)) == 8


@on_a_screen
async def test_a_line_is_kept_as_it_is_left_and_ctrl_z_takes_it_back(home: Path) -> None:
    async with on_people(home, SMALL, "2", "p") as on:
        await on.press("down")
        await type_in(on, "$x")
        assert known(on, 2).entry().given_name == "[red]"
        await on.press("down")
        assert known(on, 2).entry().given_name == "[red]$x"
        await on.press("ctrl+z")
        assert known(on, 2).entry().given_name == "[red]"
        assert "[red]$x" not in on.words


@on_a_screen
async def test_an_empty_line_says_that_it_is_not_known_and_esc_keeps_the_last(home: Path) -> None:
    async with on_people(home, SMALL, "2", "p") as on:
        await on.press(*["down"] * 7, "ctrl+u", "escape")
        assert isinstance(on.app.screen, PersonScreen)
        assert known(on, 2).entry().pain_months is None


@on_a_screen
async def test_a_line_that_cannot_be_kept_is_not_left_but_by_a_second_esc(home: Path) -> None:
    async with on_people(home, SMALL, "2", "p") as on:
        await on.press(*["down"] * 4, "ctrl+u", "q", "escape")
        assert not isinstance(on.app.screen, PersonScreen)
        assert "this word is not one that belongs here" in on.words
        await on.press("escape")
        assert isinstance(on.app.screen, PersonScreen)
        assert known(on, 2).entry().sex == "female"


@on_a_screen
async def test_a_reference_that_another_person_has_is_refused(home: Path) -> None:
    async with on_people(home, SMALL, "2", "p") as on:
        await on.press("ctrl+u")
        await type_in(on, "R1")
        await on.press("down")
        assert "Another person of this cohort has this reference." in on.echo
        assert known(on, 2).entry().reference == "R2"


@on_a_screen
async def test_letters_that_are_keys_elsewhere_are_letters_in_a_form(home: Path) -> None:
    async with on_people(home, SMALL, "a", "down") as on:
        await on.press("e", "u", "r", "question_mark")
        assert isinstance(on.app.screen, NewcomerScreen)
        assert on.app.screen.line("given_name").typed.value == "eur?"


@on_a_screen
async def test_what_was_typed_for_one_cohort_is_never_taken_into_another(busy_home: Path) -> None:
    async with on_people(busy_home, SMALL, "a", "down", several=True) as on:
        await type_in(on, "Ida")
        await on.press("f2", "c", "2", "f3")
        assert on.app.desk.code == "K26-2"
        assert isinstance(on.app.screen, PeopleScreen)
        assert "8 on the list" in on.words


@on_a_screen
async def test_a_form_closes_where_the_coming_of_its_person_is_taken_back(home: Path) -> None:
    async with on_people(home, SMALL, "a", "down", "Z", "ctrl+s", "9", "p") as on:
        await on.press("ctrl+z")
        assert isinstance(on.app.screen, PeopleScreen)
        assert "8 on the list" in on.words


@on_a_screen
async def test_the_emergency_is_one_key_away_from_inside_a_line_and_what_was_typed_stays(home: Path) -> None:
    async with on_people(home, SMALL, "a", "down") as on:
        await type_in(on, "Ida")
        await on.press("f12")
        assert on.app.screen.id == "emergency"
        on.app.pop_screen()
        await on.pilot.pause()
        assert isinstance(on.app.screen, NewcomerScreen)
        assert on.app.screen.line("given_name").typed.value == "Ida"
