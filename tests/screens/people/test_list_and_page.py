"""The list of a cohort and the page of a person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escape_tui.screens.people.people import PeopleScreen
from escape_tui.screens.people.person import PersonScreen
from escape_tui.store.acts.leaving import withdraw_data, withdraw_person
from escape_tui.store.acts.people import ConsentEntry, PersonEntry, edit_person, record_consent
from escape_tui.store.read import ruled_out
from tests.screens.homes import HOSTILE, LARGE, SMALL, on_a_screen
from tests.screens.people.at import known, on_people


@on_a_screen
async def test_one_key_opens_the_page_of_a_person_and_esc_goes_back(home: Path) -> None:
    async with on_people(home) as on:
        assert isinstance(on.app.screen, PeopleScreen)
        await on.press("3")
        assert isinstance(on.app.screen, PersonScreen)
        assert "3 [/ Quastenfloss" in on.words
        await on.press("escape")
        assert isinstance(on.app.screen, PeopleScreen)


@on_a_screen
async def test_the_arrows_on_a_page_go_round_the_register(home: Path) -> None:
    async with on_people(home, SMALL, "8") as on:
        await on.press("right")
        assert "1 Ann [/b] x Quastenfloss" in on.words
        await on.press("left")
        assert "8 $name Quastenfloss" in on.words


@on_a_screen
async def test_a_number_that_nobody_has_is_told(home: Path) -> None:
    async with on_people(home, SMALL, "9") as on:
        assert isinstance(on.app.screen, PeopleScreen)
        assert on.echo == "Nobody has the number 9."


@pytest.mark.parametrize("size", [SMALL, LARGE])
@on_a_screen
async def test_every_hostile_name_stands_exactly_on_its_page(home: Path, size: tuple[int, int]) -> None:
    async with on_people(home, size) as on:
        for number, name in enumerate(HOSTILE, start=1):
            await on.press(str(number))
            assert f"{number}{name}Quastenfloss".replace(" ", "") in on.words.replace(" ", "")
            await on.press("escape")


@on_a_screen
async def test_the_list_says_who_left_who_came_late_and_who_needs_somebody_near(home: Path) -> None:
    async with on_people(home, LARGE) as on:
        cohort = on.app.desk.cohort
        withdraw_person(cohort, known(on, 1).id, "work", date(2026, 10, 5))
        withdraw_data(cohort, known(on, 2).id, date(2026, 10, 5))
        edit_person(cohort, known(on, 3).id, PersonEntry(needs_close_support=True, joined_at_session=4))
        on.app.look_again()
        await on.pilot.pause()
        assert "left after 0" in on.lines[4]
        assert "data withdrawn" in on.lines[5]
        assert "! yes at 4" in " ".join(on.lines[6].split())
        assert "6 take part 1 with close support" in on.words


@on_a_screen
async def test_the_list_says_what_of_consent_is_open(home: Path) -> None:
    async with on_people(home, LARGE) as on:
        for kind in ("programme", "sharing", "contact"):
            record_consent(
                on.app.desk.cohort, known(on, 1).id, ConsentEntry(kind, kind != "sharing", date(2026, 10, 5))
            )
        on.app.look_again()
        await on.pilot.pause()
        assert "not shared" in on.lines[4]
        assert "not asked" in on.lines[5]


@on_a_screen
async def test_a_page_closes_where_the_coming_of_its_person_is_taken_back(home: Path) -> None:
    async with on_people(home, SMALL, "a") as on:
        await on.press("down", "Z", "ctrl+s")
        assert known(on, 9).identity is not None
        await on.press("9")
        assert isinstance(on.app.screen, PersonScreen)
        await on.press("u")
        assert isinstance(on.app.screen, PeopleScreen)
        assert "8 on the list" in on.words


@on_a_screen
async def test_of_who_was_erased_only_the_number_is_left(home: Path) -> None:
    async with on_people(home) as on:
        connection, person = on.app.desk.cohort.connection, known(on, 2).id
        for table in ("identity", "contact"):
            connection.run(f"DELETE FROM {table} WHERE person = ?", (person,))  # noqa: S608
        connection.run("UPDATE person SET erased_on = '2026-10-05', audit_key = NULL WHERE id = ?", (person,))
        on.app.look_again()
        await on.pilot.pause()
        assert "2 Number 2 ← erased" in on.words
        await on.press("2")
        assert "2 erased" in on.words
        assert "Put right" not in on.words


@on_a_screen
async def test_what_is_not_for_somebody_is_ruled_out_and_lifted_by_its_number_until_esc(home: Path) -> None:
    async with on_people(home, SMALL, "1") as on:
        assert "Ruled out kneeling" not in " ".join(on.words.split())
        await on.press("k", "2", "6", "1", "1", "escape")
        person, cohort = known(on, 1).id, on.app.desk.cohort
        assert {one.tag.value for one in ruled_out(cohort, person)} == {"kneeling", "floor"}
        assert "Ruled out floor, kneeling" in " ".join(on.words.split())
        await on.press("u", "u", "u")
        assert [one.tag.value for one in ruled_out(cohort, person)] == ["kneeling"]
