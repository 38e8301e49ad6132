"""The way in, Today, and which cohort is worked on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from escape_tui.screens.app import EscapeApp
from escape_tui.screens.duty import DutyScreen
from escape_tui.screens.pick import Pick
from escape_tui.screens.today import TodayScreen
from escape_tui.screens.unlock import UnlockScreen
from escape_tui.store.acts.people import EligibilityEntry, accept_person, judge_eligibility
from escape_tui.store.acts.session_acts import record_run_events
from escape_tui.store.read import people
from sessions.run_events import Ended, Event, Started, WentOn, to_json
from tests.screens.homes import HOSTILE, LARGE, SMALL, on_a_screen, put_into, running
from tests.screens.pictures import looks_as_before
from tests.unit.home_fixtures import WORDS, cheap_home


@on_a_screen
async def test_one_facilitator_and_one_cohort_lead_to_today_without_a_question(home: Path) -> None:
    async with running(home) as on:
        assert isinstance(on.app.screen, TodayScreen)
        assert "Session 1 of 12 Monday 5 October 2026, 10:00 today" in on.words
        assert "Expected 8 people" in on.words
        assert "Owe a measure everyone: koos" in on.words
        assert on.app.desk.by == "f1"


@on_a_screen
async def test_who_is_not_judged_or_not_eligible_is_named(home: Path) -> None:
    async with running(home) as on:
        assert "Not judged ! everyone: People (F3) settles it" in on.words
        cohort = on.app.desk.cohort
        first, second, *others = [one.id for one in people(cohort)]
        judge_eligibility(cohort, second, EligibilityEntry("no", {}))
        for one in others:
            judge_eligibility(cohort, one, EligibilityEntry("yes", {}))
        on.app.look_again()
        await on.pilot.pause()
        assert "Not judged ! 1 " in on.words
        assert "Not eligible ! 2 " in on.words
        accept_person(cohort, second, "knows the group", date(2026, 10, 5))
        judge_eligibility(cohort, first, EligibilityEntry("yes", {}))
        on.app.look_again()
        await on.pilot.pause()
        assert "settles it" not in on.words


@pytest.mark.parametrize(
    ("site", "words"),
    [
        ("", "! the address and defibrillator are not set: write them into escape.toml, [site]"),
        ('address = ["1 High St"]', "! the defibrillator is not set: write it into escape.toml, [site]"),
        ('address = ["1 High St"]\ndefibrillator = "Reception"', None),
    ],
)
@on_a_screen
async def test_an_address_that_nobody_wrote_down_is_warned_of(
    home: Path, site: str, words: str | None
) -> None:
    (home / "escape.toml").write_text(f"[site]\n{site}\n", encoding="utf-8")
    async with running(home) as on:
        if words is None:
            assert "Emergency !" not in on.words
        else:
            assert f"Emergency {words}" in on.words


@on_a_screen
async def test_two_on_duty_are_two_keys_and_the_first_enters(busy_home: Path) -> None:
    async with running(busy_home) as on:
        assert isinstance(on.app.screen, DutyScreen)
        await on.press("1", "2", "enter")
        assert isinstance(on.app.screen, Pick)
        await on.press("2")
        assert [one.id for one in on.app.desk.on_duty] == ["f1", "f2"]
        assert (on.app.desk.by, on.app.desk.code) == ("f1", "K26-2")
        assert "(Jo [b]King enters)" in on.words


@on_a_screen
async def test_nobody_on_duty_is_told_and_stays(busy_home: Path) -> None:
    async with running(busy_home) as on:
        await on.press("enter")
        assert isinstance(on.app.screen, DutyScreen)
        assert "Choose at least one person" in on.words


@on_a_screen
async def test_helpers_alone_are_told_that_they_lead_only_the_exercise(busy_home: Path) -> None:
    async with running(busy_home) as on:
        await on.press("2")
        assert "only the exercise" in on.words


@on_a_screen
async def test_who_enters_is_written_down_with_the_next_act(busy_home: Path) -> None:
    async with running(busy_home, cohort="K26-1") as on:
        await on.press("1", "2", "enter", "f6", "2")
        assert on.app.desk.by == "f2"
        assert on.app.desk.cohort.actor.by == "f2"


@on_a_screen
async def test_one_key_switches_to_another_cohort(busy_home: Path) -> None:
    async with running(busy_home, cohort="K26-1") as on:
        await on.press("1", "enter")
        assert on.app.desk.code == "K26-1"
        await on.press("c", "2")
        assert on.app.desk.code == "K26-2"
        assert "K26-2" in on.lines[0]


@pytest.mark.parametrize("size", [SMALL, LARGE])
@on_a_screen
async def test_hostile_names_stand_exactly_as_they_are(home: Path, size: tuple[int, int]) -> None:
    async with running(home, size) as on:
        # Half of them owe another measure, so that each is named.
        cohort = on.app.desk.cohort
        cohort.connection.run("UPDATE person SET needs_close_support = 1")
        on.app.look_again()
        await on.pilot.pause()
        squeezed = on.words.replace(" ", "")
        for name in HOSTILE:
            assert name.replace(" ", "") in squeezed, name
        assert "Jo [b]King" in on.lines[0]


def _events(on_app: EscapeApp, *events: Event) -> None:
    record_run_events(on_app.desk.cohort, 1, [to_json(event) for event in events])


@on_a_screen
async def test_a_session_whose_day_is_past_without_a_register_is_marked_so(home: Path) -> None:
    async with running(home) as on:
        on.clock.advance(timedelta(days=7).total_seconds())
        on.app.look_again()
        await on.pilot.pause()
        assert "7 days ago, no register yet" in on.words
        assert " ?1 ?2 ►3 ·4 " in on.words
        assert "? past, no register ► today · to come" in on.words


@on_a_screen
async def test_a_session_broken_off_is_offered_where_it_stood(home: Path) -> None:
    async with running(home) as on:
        begun = on.clock.now()
        _events(on.app, Started(begun), WentOn(begun.plus(timedelta(seconds=90))))
        on.app.desk.last_seen(1).write(begun.plus(timedelta(seconds=155)))
        on.clock.advance(600)
        on.app.look_again()
        await on.pilot.pause()
        assert "Session 1 was broken off" in on.words
        assert "at 1:05 of that part" in on.words


@on_a_screen
async def test_a_session_that_was_ended_is_not_offered_again(home: Path) -> None:
    async with running(home) as on:
        begun = on.clock.now()
        _events(on.app, Started(begun), Ended(begun.plus(timedelta(seconds=90))))
        on.app.look_again()
        await on.pilot.pause()
        assert "broken off" not in on.words


@on_a_screen
async def test_a_session_of_another_day_is_asked_about_before_it_begins(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    monkeypatch.setattr(EscapeApp, "begin_session", lambda _app, number: begun.append(number))
    async with running(home) as on:
        on.clock.advance(-86400)
        on.app.look_again()
        await on.press("b")
        assert "not for today" in on.words
        await on.press("n")
        assert begun == []
        await on.press("b", "y")
        assert begun == [1]


@on_a_screen
async def test_the_session_of_today_begins_with_one_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    monkeypatch.setattr(EscapeApp, "begin_session", lambda _app, number: begun.append(number))
    async with running(home) as on:
        await on.press("b")
        assert begun == [1]


@on_a_screen
async def test_a_wrong_passphrase_is_told_and_the_right_one_opens(tmp_path: Path) -> None:
    made, _ = cheap_home(tmp_path / "home")
    put_into(made, 1, ("K26-1",))
    async with running(made.folder, locked=True) as on:
        assert isinstance(on.app.screen, UnlockScreen)
        await on.press(*"not", "enter")
        await on.app.workers.wait_for_complete()
        await on.pilot.pause()
        assert isinstance(on.app.screen, UnlockScreen)
        assert "passphrase" in on.words
        assert on.app.screen.query_exactly_one(Input).value == ""
        on.app.screen.query_exactly_one(Input).value = WORDS
        await on.press("enter")
        await on.app.workers.wait_for_complete()
        await on.pilot.pause()
        assert isinstance(on.app.screen, TodayScreen)
        assert on.app.desk.code == "K26-1"


@pytest.mark.parametrize("size", [SMALL, LARGE, (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
@on_a_screen
async def test_today_looks_as_it_was_read(home: Path, size: tuple[int, int]) -> None:
    async with running(home, size) as on:
        for theme in ("calm", "high-contrast"):
            on.app.theme = theme
            await on.pilot.pause()
            assert looks_as_before(on.app, f"today-{theme}-{size[0]}x{size[1]}")
