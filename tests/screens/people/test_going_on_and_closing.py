"""Where each goes on to, and the close of the cohort."""

from __future__ import annotations

from pathlib import Path

from escape_tui.returning import held_of
from escape_tui.screens.ask import Ask
from escape_tui.store.read import cohort_head, signposts
from exports.completeness import completeness
from tests.screens.homes import LARGE, SMALL, on_a_screen
from tests.screens.people.at import known, on_people


@on_a_screen
async def test_one_key_a_person_says_where_they_go_on_to(home: Path) -> None:
    async with on_people(home, SMALL, "o") as on:
        await on.press("1", "2", "3", "0", "5", "6", "7", "8")
        to = {one.person: one.destination for one in signposts(on.app.desk.cohort)}
        assert [to[known(on, number).id] for number in range(1, 9)] == [
            *("leisure", "gym", "class", "none", "gp", "physiotherapy", "orthopaedics", "online"),
        ]
        assert "0 still to be asked" in on.words


@on_a_screen
async def test_the_arrows_go_back_to_somebody_and_undo_takes_a_word_back(home: Path) -> None:
    async with on_people(home, SMALL, "o") as on:
        await on.press("1", "up", "2")
        assert [one.destination for one in signposts(on.app.desk.cohort)] == ["gym"]
        await on.press("u")
        assert [one.destination for one in signposts(on.app.desk.cohort)] == ["leisure"]


@on_a_screen
async def test_the_days_of_the_follow_ups_are_shown(home: Path) -> None:
    async with on_people(home, LARGE, "o") as on:
        assert "6 months: 31 Mar 2027 to 23 Jun 2027 12 months: 1 Oct 2027 to 24 Dec 2027" in on.words


@on_a_screen
async def test_closing_shows_what_is_missing_as_before_signing_and_asks(home: Path) -> None:
    async with on_people(home, LARGE, "x") as on:
        found = completeness(held_of(on.app.desk.cohort, on.app.desk.settings))
        assert f"{len(found.gaps)} missing, {len(found.contradictions)} contradict" in on.words
        await on.press("c")
        assert isinstance(on.app.screen, Ask)
        await on.press("n")
        assert cohort_head(on.app.desk.cohort).state == "open"
        await on.press("c", "y")
        assert cohort_head(on.app.desk.cohort).state == "closed"
        assert "K26-1 is closed since 5 Oct 2026" in on.words
        await on.press("o")
        assert cohort_head(on.app.desk.cohort).state == "open"
