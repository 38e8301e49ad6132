"""Pictures of the screens of people, each read before it was kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.homes import LARGE, SMALL, On, on_a_screen
from tests.screens.people.at import on_people, type_in
from tests.screens.pictures import looks_as_before
from tests.unit.lists import DATA

WIDE = (200, 50)


async def _look(on: On, name: str, theme: str, size: tuple[int, int]) -> None:
    await on.pilot.pause()
    assert looks_as_before(on.app, f"people-{name}-{theme}-{size[0]}x{size[1]}")


@pytest.mark.parametrize(
    ("theme", "size"),
    [("calm", SMALL), ("calm", LARGE), ("calm", WIDE), ("high-contrast", SMALL)],
    ids=str,
)
@on_a_screen
async def test_the_screens_of_people_look_as_they_were_read(
    lived: Path, theme: str, size: tuple[int, int]
) -> None:
    async with on_people(lived, size) as on:
        on.app.theme = theme
        await _look(on, "list", theme, size)
        for name, keys in (
            ("page", ("1",)),
            ("told", ("t",)),
            ("rules", ("escape", "l", "y", "n")),
            ("consent", ("escape", "c")),
            ("leaving", ("escape", "w")),
            ("putting-right", ("escape", "p", "down")),
            ("newcomer", ("escape", "escape", "a")),
            ("signposts", ("escape", "o", "1", "2")),
            ("cohort-told", ("escape", "t")),
            ("closing", ("escape", "x")),
        ):
            await on.press(*keys)
            await _look(on, name, theme, size)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=str)
@pytest.mark.parametrize("file", ["referrals-plain", "referrals-refused"])
@on_a_screen
async def test_what_a_list_came_to_looks_as_it_was_read(home: Path, file: str, size: tuple[int, int]) -> None:
    async with on_people(home, size, "i") as on:
        await on.press("ctrl+u")
        # The path is not in the picture: it is another each time.
        await type_in(on, str(DATA / f"{file}.csv"))
        await on.press("enter")
        on.app.screen.query_exactly_one("Input").display = False
        await _look(on, file, "calm", size)
