"""The laptop: free disk, terminal, sound, whether it stays awake.

Not for: the home that is on it.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from escape_tui.awake import keepers_that_work
from escape_tui.checkup.check import Check, bad, ok, warning
from escape_tui.sound.players import names_here, player_that_works, players_here

ENOUGH_BYTES: Final = 1 << 30
LEAST_BYTES: Final = 100 << 20
"""Less than this, and the next backups may not fit."""
LEAST_COLUMNS: Final = 80
LEAST_LINES: Final = 24


def check_machine(folder: Path, *, sound_on: bool) -> tuple[Check, ...]:
    """The laptop that the home in `folder` is on; the folder may not be there yet."""
    return (check_disk(folder), check_terminal(), check_sound(sound_on=sound_on), check_awake())


def check_disk(folder: Path) -> Check:
    """Whether there is room for what will be entered, and for backups."""
    there = next(place for place in (folder, *folder.parents) if place.is_dir())
    free = shutil.disk_usage(there).free
    room = f"{free / (1 << 30):.1f} GB" if free >= ENOUGH_BYTES else f"{free >> 20} MB"
    if free < LEAST_BYTES:
        return bad(
            "disk", f"Only {room} are free on the disk of the home. Make room before the next session."
        )
    if free < ENOUGH_BYTES:
        return warning("disk", f"{room} are free on the disk of the home. Make room soon.")
    return ok("disk", f"{room} are free on the disk of the home.")


def check_terminal() -> Check:
    """Whether the screens fit and show; without a terminal, only that there is none."""
    if not sys.stdout.isatty():
        return ok("terminal", "This is no terminal; commands work, the screens need one.")
    columns, lines = shutil.get_terminal_size()
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if os.environ.get("TERM") == "dumb" or encoding != "utf8":
        return warning("terminal", "This terminal cannot show the screens. Use one with UTF-8 and colours.")
    if columns < LEAST_COLUMNS or lines < LEAST_LINES:
        return warning(
            "terminal",
            f"The terminal has {columns} by {lines} characters. "
            f"Make it {LEAST_COLUMNS} by {LEAST_LINES} at least.",
        )
    return ok("terminal", f"The terminal has {columns} by {lines} characters, {_colours()}.")


def check_sound(*, sound_on: bool) -> Check:
    """Whether there is a player of sounds that plays; a silence is given to it."""
    if not sound_on:
        return ok("sound", "Sounds are off in the settings.")
    there = players_here()
    if not there:
        return warning(
            "sound",
            f"There is no player for sounds ({', '.join(names_here())}); the screen flashes instead. "
            "Install one to hear when phases end.",
        )
    player = player_that_works(there)
    if player is None:
        return warning(
            "sound",
            f"{_and(one.name for one in there)} cannot play a sound; the screen flashes instead. "
            "Look whether a loudspeaker is there and chosen in the system's settings.",
        )
    return ok("sound", f"Sounds are played by {player.name}; only ears can tell how loud.")


def check_awake() -> Check:
    """Whether the laptop can be kept from falling asleep while a session runs."""
    if keepers := keepers_that_work():
        return ok("awake", f"{_and(keepers)} will keep the laptop awake while a session runs.")
    return warning(
        "awake",
        "Nothing here can keep the laptop awake while a session runs. "
        "Set it in the system's settings, so that it does not sleep when it is left alone.",
    )


def _and(names: Iterable[str]) -> str:
    return " and ".join(names)


def _colours() -> str:
    if os.environ.get("NO_COLOR"):
        return "without colours, as NO_COLOR asks"
    full = os.environ.get("COLORTERM", "") in {"truecolor", "24bit"} or sys.platform == "win32"
    return "all colours" if full else "few colours"
