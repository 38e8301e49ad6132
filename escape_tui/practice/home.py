"""The home of practice: a folder of its own inside the home, plain, marked as practice for good.

Not for: any real home, which is never opened and need not be there.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from escape_tui.facilitators import Facilitator, add_facilitator, read_facilitators
from escape_tui.settings import SETTINGS_NAME, Site, settings_text
from escape_tui.store.files import write_durably
from escape_tui.store.key_file import keys_are_there, read_keys
from escape_tui.store.keys import Home
from escape_tui.store.opening import make_folder, make_plain_home, open_home
from escape_tui.store.passphrase import Passphrase
from sessions.errors import Refused

FOLDER: Final = "practice"
_CODE: Final = "PRACTICE"
SITE: Final = Site(code="PRAC", name="Practice Hall", provider="Practice, with invented people")
_PLACE: Final = {
    "address": ["Practice Hall, side entrance", "1 Example Street", "Anytown", "ZZ1 1ZZ"],
    "defibrillator": "In the foyer, left of the door; practice, so there is none",
}
FACILITATORS: Final = (
    Facilitator(id="ffion", name="Ffion Adeyemi-Rhys", role="physiotherapist"),
    Facilitator(id="callum", name="Callum Bhatt", role="exercise professional"),
    Facilitator(id="joy", name="Joy Larkwood", role="therapy assistant", scope="exercise"),
)


def practice_folder(home: Path) -> Path:
    """Where practice lies in the home `home`, whether or not either is there.

    `Refused` where `home` is a practice home itself.
    """
    if keys_are_there(home) and read_keys(home).keys.practice:
        raise Refused(
            "This is a practice home itself.", "Leave --home out, or name the folder that it lies in."
        )
    return home / FOLDER


def practice_home(home: Path) -> Home:
    """The practice home in the home `home`, open; set up where it is not there yet.

    `Refused` where a real home lies in that folder; nothing is touched then. Raises as `make_plain_home`.
    """
    folder = practice_folder(home)
    if not keys_are_there(folder):
        _make(folder)
    opened = _opened(folder)
    if not read_facilitators(folder):
        for facilitator in FACILITATORS:
            add_facilitator(folder, facilitator)
    return opened


def practice_code(home: Home) -> str:
    """The code of the practice cohort: the one that no real cohort can have; another after it was erased."""
    erased = {tombstone.cohort_id for tombstone in home.tombstones}
    codes = (_CODE, *(f"{_CODE}-{number}" for number in range(2, 1000)))
    return next(code for code in codes if code not in erased)


def is_practice_folder(folder: Path) -> bool:
    """Whether `folder` is where a home that is there keeps its practice."""
    return folder.name == FOLDER and keys_are_there(folder.parent)


def _opened(folder: Path) -> Home:
    if not read_keys(folder).keys.practice:
        raise Refused(
            f"The home in {folder} is a real one, and practice never mixes with it.",
            "Name another home with --home; practice makes a folder of its own in it.",
        )
    return open_home(folder, _no_passphrase)


def _make(folder: Path) -> None:
    make_folder(folder.parent)
    make_plain_home(folder, practice=True, around=lambda: _settings_in(folder))


@contextlib.contextmanager
def _settings_in(folder: Path) -> Iterator[None]:
    path = folder / SETTINGS_NAME
    if not path.exists():
        write_durably(path, _settings().encode())
    yield


def _settings() -> str:
    """The settings of the practice site: the defaults, with where it is."""
    lines = settings_text(SITE).splitlines()
    for key, value in _PLACE.items():
        place = next(number for number, line in enumerate(lines) if line.startswith(f"{key} ="))
        lines[place] = f"{key} = {json.dumps(value)}"
    return "\n".join(lines) + "\n"


def _no_passphrase() -> Passphrase:
    raise Refused(
        "The practice home is encrypted, which no practice home is.",
        "Move its folder away; practice makes a fresh one.",
    )
