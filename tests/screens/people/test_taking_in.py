"""A referral list, looked at before anything changes, taken whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from escape_tui.screens.people.people import PeopleScreen
from escape_tui.screens.people.take_in import TakeInScreen
from escape_tui.store.read import people
from tests.screens.homes import LARGE, SMALL, On, on_a_screen
from tests.screens.people.at import on_people, type_in
from tests.unit.lists import DATA


async def _path(on: On, path: Path) -> None:
    await on.press("ctrl+u")
    await type_in(on, str(path))
    await on.press("enter")


@on_a_screen
async def test_a_list_is_shown_first_taken_in_by_one_key_and_taken_back_by_another(home: Path) -> None:
    async with on_people(home, LARGE, "i") as on:
        await _path(on, DATA / "referrals-plain.csv")
        assert "Nothing is changed yet." in on.words
        assert len(people(on.app.desk.cohort)) == 8
        screen = on.app.screen
        assert isinstance(screen, TakeInScreen)
        assert screen.preview is not None
        new = screen.preview.count("enrolled")
        await on.press("ctrl+s")
        assert isinstance(on.app.screen, PeopleScreen)
        assert len(people(on.app.desk.cohort)) == 8 + new
        assert f"{new} enrolled" in on.echo
        await on.press("u")
        assert len(people(on.app.desk.cohort)) == 8


@on_a_screen
async def test_a_list_with_faults_is_not_taken_and_each_is_named_with_line_column_and_remedy(
    home: Path,
) -> None:
    async with on_people(home, LARGE, "i") as on:
        await _path(on, DATA / "referrals-refused.csv")
        assert (
            "referrals-refused.csv, line 3, column birth_date: this day does not exist in that month."
            in on.words
        )
        await on.press("ctrl+s")
        assert isinstance(on.app.screen, TakeInScreen)
        assert len(people(on.app.desk.cohort)) == 8


@on_a_screen
async def test_a_file_is_found_with_the_arrows_alone_and_its_name_is_no_markup(
    home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    shutil.copy(DATA / "referrals-plain.csv", folder / "[red] x.csv")
    (folder / "photo.jpg").write_bytes(b"")
    async with on_people(home, LARGE, "i") as on:
        await _path(on, folder)
        assert "[red] x.csv" in on.words
        assert "photo" not in on.words
        await on.press("down", "enter")
        assert "Nothing is changed yet." in on.words
        assert "[red] x.csv" in on.words


@on_a_screen
async def test_a_file_that_is_not_there_is_told_and_esc_goes_back_step_by_step(home: Path) -> None:
    async with on_people(home, SMALL, "i") as on:
        await _path(on, Path("/nowhere/at/all.csv"))
        assert "This file cannot be read." in on.echo
        await _path(on, DATA / "referrals-refused.csv")
        await on.press("escape")
        assert isinstance(on.app.screen, TakeInScreen)
        await on.press("escape")
        assert isinstance(on.app.screen, PeopleScreen)
