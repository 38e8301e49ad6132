"""The emergency and the roll call: one key from everywhere, clocks held, the address whatever else fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from escape_tui.cohorts import open_by_code
from escape_tui.guiding import emergency as model
from escape_tui.guiding.emergency import emergencies
from escape_tui.screens.emergency import EmergencyScreen
from escape_tui.screens.roll_call import RollCallScreen
from escape_tui.screens.session.session_screen import SessionScreen
from escape_tui.settings import SETTINGS_NAME
from escape_tui.store.acts.people import PersonEntry, edit_person
from escape_tui.store.cohort import Actor
from escape_tui.store.opening import open_home
from escape_tui.store.read import incidents, people
from sessions.run_steps import Kind
from tests.screens.session.circuits import to_work
from tests.screens.session.hall import CODE, HOSTILE, MORNING, ON_DUTY, VAST, Hall, make_home, play

ADDRESS = ("St Mark's Hall", "Mill Lane (car park behind)", "Leeds LS6 1AA")


def home_with_address(folder: Path, names: tuple[tuple[str, str], ...] | None = None) -> Path:
    """A home whose settings say where it is."""
    home = make_home(folder, names) if names else make_home(folder)
    lines = ", ".join(f'"{line}"' for line in ADDRESS)
    (home / SETTINGS_NAME).write_text(
        f'[site]\nname = "Leeds West"\naddress = [{lines}]\ndefibrillator = "left of the front door"\n'
    )
    return home


def shows(hall: Hall, kind: type[Screen[Any]]) -> bool:
    """Whether a screen of that kind is seen."""
    return isinstance(hall.app.screen, kind)


def test_one_key_holds_every_clock_and_shows_the_address_line_by_line(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        left = hall.guide.state().remaining
        await hall.press("e")
        assert shows(hall, EmergencyScreen)
        assert hall.guide.state().held
        for line in (*ADDRESS, "left of the front door", "999"):
            assert line in hall.words
        await hall.pass_seconds(5)
        assert hall.guide.state().remaining == left
        await hall.press("c")
        assert shows(hall, SessionScreen)
        assert hall.guide.state().running
        ((since, until),) = emergencies(hall.guide)
        assert until is not None
        assert (until.wall - since.wall).total_seconds() == 5

    play(home_with_address(tmp_path / "home"), then)


def test_it_opens_on_every_pane_in_a_box_under_locked_keys_and_inside_a_text(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        ways: tuple[tuple[tuple[str, ...], str], ...] = (
            *(((pane,), "e") for pane in "gtbhdsw"),
            (("d", "j"), "e"),
            (("s", "1"), "e"),
            (("question_mark",), "e"),
            (("f7",), "e"),
            (("d", "v", "1", "1", "1"), "f12"),
            (("h", "ctrl+k"), "e"),
        )
        for before, key in ways:
            await hall.press(*before, key)
            assert shows(hall, EmergencyScreen), before
            assert hall.guide.state().held, before
            await hall.press("c")
            while not shows(hall, SessionScreen):
                await hall.press("escape")
            assert not hall.guide.state().held, before
            if hall.app.keys_locked:
                await hall.press("ctrl+k")

    play(home_with_address(tmp_path / "home"), then)


def test_a_letter_in_a_text_is_a_letter(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("d", "v", "1", "1", "1")
        await hall.type("fell")
        assert not hall.guide.state().held
        (kept,) = incidents(hall.guide.cohort)
        assert kept.note == "fell"

    play(make_home(tmp_path / "home"), then)


def test_a_persons_number_shows_whom_to_ring_and_the_group_can_go_on_without_them(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("e", "3")
        assert "Emergency contact: [red]Bo, 0161 496 0099" in hall.words
        assert "Ann [/b] x" in hall.words
        await hall.press("l", "c")
        assert hall.guide.people[2].id not in hall.guide.state().seating.people
        assert hall.guide.state().step.kind is Kind.WORK
        assert hall.guide.state().running

    folder = make_home(tmp_path / "home")
    entry = PersonEntry(emergency_contact="[red]Bo", emergency_phone="0161 496 0099")
    home = open_home(folder, lambda: pytest.fail("a plain home asks for no passphrase"))
    with open_by_code(home, CODE, Actor(ON_DUTY.id, lambda: MORNING), lambda: None) as cohort:
        edit_person(cohort, people(cohort)[2].id, entry)
    play(folder, then)


def test_leaving_the_page_leaves_the_clocks_held_and_says_so(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("e", "escape")
        assert hall.guide.state().held
        assert "still held" in hall.echo
        await hall.press("space", "pagedown", "plus")
        assert hall.guide.state().held
        await hall.press("e", "c")
        assert hall.guide.state().running

    play(make_home(tmp_path / "home"), then)


def test_three_digits_write_the_incident_down_and_undo_takes_it_out(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("e", "4", "n", "4", "2", "9", "enter")
        (kept,) = incidents(hall.guide.cohort)
        assert (kept.category, kept.severity, kept.action) == ("dizziness", "minor", "emergency_call")
        assert kept.person == hall.guide.people[3].id
        await hall.press("u")
        assert incidents(hall.guide.cohort) == ()

    play(make_home(tmp_path / "home"), then)


def test_an_emergency_that_is_not_written_down_waits_at_the_desk(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("e", "c", "d")
        assert "An emergency is not written down" in hall.words
        await hall.press("v", "9", "1", "1", "enter")
        assert "An emergency is not written down" not in hall.words

    play(make_home(tmp_path / "home"), then, size=VAST)


def test_a_store_that_fails_leaves_the_address_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)

        def broken(*_: object) -> None:
            raise RuntimeError("the disk is gone")

        monkeypatch.setattr(hall.guide.keeper, "tell", broken)
        monkeypatch.setattr(model, "identity_of", broken)
        await hall.press("e")
        assert shows(hall, EmergencyScreen)
        for line in ADDRESS:
            assert line in hall.words
        assert "could not be held" in hall.words
        assert "cannot be shown" in hall.words

    play(home_with_address(tmp_path / "home"), then)


def test_from_today_it_shows_the_address_and_everyone_of_the_cohort(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        app = hall.app
        await hall.press("escape", "e")
        assert isinstance(app.screen, EmergencyScreen)
        words = " ".join(" ".join(s.text for s in app.screen._compositor.render_strips()).split())  # noqa: SLF001
        assert "Mill Lane (car park behind)" in words
        assert "Pat Kerr" in words

    play(home_with_address(tmp_path / "home"), then)


def test_the_roll_call_ticks_people_off_by_number_and_those_on_duty_by_letter(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("1", "2", "n", "space", "r")
        assert shows(hall, RollCallScreen)
        assert hall.guide.state().running
        assert "0 of 3 found. 8 without a mark." in hall.words
        await hall.press("1", "a", "0", "2", "2")
        assert "2 of 3 found. 7 without a mark." in hall.words
        assert "Pat Kerr: found" in hall.words
        await hall.press("2", "escape")
        assert shows(hall, SessionScreen)

    play(make_home(tmp_path / "home"), then)


@pytest.mark.parametrize("key", ["e", "r"])
def test_hostile_names_stand_exactly_in_an_emergency(tmp_path: Path, key: str) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press(key)
        for one in hall.guide.people:
            await hall.press(str(one.number % 10))
            assert one.desk[:30].strip() in hall.words

    play(make_home(tmp_path / "home", HOSTILE), then, size=VAST)
