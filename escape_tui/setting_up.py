"""Setting up a home: the settings of its site, then its keys; only then is it a home.

Not for: asking for what it needs; the command line and the screens do.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from escape_tui.practice.home import is_practice_folder
from escape_tui.settings import SETTINGS_NAME, FaultySettings, Site, load_settings, settings_text
from escape_tui.store.files import write_durably
from escape_tui.store.home_key import KeepRecoveryKey
from escape_tui.store.keys import Home
from escape_tui.store.opening import make_home, make_plain_home, refuse_where_a_home_is
from escape_tui.store.passphrase import Passphrase
from sessions.errors import Refused
from sessions.faults import FaultyFiles


@dataclass(frozen=True, slots=True)
class Locks:
    """What an encrypted home is locked by: where its passphrase comes from, where its recovery key goes."""

    passphrase: Callable[[], Passphrase]
    keep_recovery_key: KeepRecoveryKey


def set_up(folder: Path, site: Site, locks: Locks | None) -> Home:
    """Set up a home of `site` in `folder` and open it; without `locks` it is plain.

    `Refused` where a home is there, or the settings of another site; `OSError` where the machine cannot
    write. Nothing is changed then. A set-up that was killed is taken up by doing it again.
    """
    refuse_where_a_home_is(folder)
    _refuse_where_practice_goes(folder)
    _are_there(folder, site)

    def settings() -> contextlib.AbstractContextManager[None]:
        return _settings_of(folder, site)

    if locks is None:
        return make_plain_home(folder, around=settings)
    return make_home(folder, locks.passphrase(), locks.keep_recovery_key, around=settings)


def _refuse_where_practice_goes(folder: Path) -> None:
    if is_practice_folder(folder):
        raise Refused(
            "That folder is where the home above it keeps its practice.",
            "Name another folder with --home: practice and real cohorts never mix.",
        )


@contextlib.contextmanager
def _settings_of(folder: Path, site: Site) -> Iterator[None]:
    """The settings of `site` in `folder`; they go again where they are new and the block fails.

    What is there is looked at again: another program may have come first while a passphrase was typed.
    """
    if _are_there(folder, site):
        yield
        return
    path = folder / SETTINGS_NAME
    write_durably(path, settings_text(site).encode("utf-8"))
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def _are_there(folder: Path, site: Site) -> bool:
    """Whether the settings of `site` are in `folder` already; `Refused` where they are another site's."""
    if not (folder / SETTINGS_NAME).exists():
        return False
    try:
        there = load_settings(folder).site
    except FaultySettings as error:
        # There is no home yet that could not be opened: the file is what was given for one.
        raise FaultyFiles(f"The {SETTINGS_NAME} in that folder", error.faults) from None
    if (there.code, there.name) != (site.code, site.name) or site.provider not in {"", there.provider}:
        raise Refused(
            f"The {SETTINGS_NAME} in that folder is of another site.",
            "Move it away, give the site that it names, or name another folder with --home.",
        )
    return True
