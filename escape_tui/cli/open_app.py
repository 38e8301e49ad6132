"""Opening the app from the command line: on the home, or at one session.

Not for: the app (`escape_tui.app`). Loaded only by what opens it.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from escape_tui.app import run_app
from escape_tui.glimpse import glimpse_of, is_locked
from sessions.errors import Refused

if TYPE_CHECKING:
    from escape_tui.cli.access import Access
    from escape_tui.store.keys import Home
    from escape_tui.store.passphrase import Passphrase


def open_app(folder: Path) -> None:
    """Open the app on the home in `folder`; a passphrase is asked for there unless a variable has it."""
    glimpse = glimpse_of(folder, datetime.now(UTC).astimezone().date())
    if glimpse is not None:
        run_app(folder, glimpse=glimpse)
    elif is_locked(folder) and not _passphrase_is_given():
        run_app(folder)
    else:
        run_app(_open_without_asking() or folder)


def open_app_at(access: Access, code: str, number: int) -> None:
    """Open the app at a session. `Refused` where there is no terminal to open it on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(
            "There is no terminal to open the app on.",
            "Run this in a terminal, or add --plain for line by line.",
        )
    run_app(access.home(), cohort=code, session=number, by=access.by)


def guide_line_by_line(access: Access, code: str, number: int) -> None:
    """Guide a session without the app, on stdin and stdout."""
    from escape_tui.desk import Desk
    from escape_tui.guiding.plain import guide_plainly

    desk = Desk(access.home())
    named = [access.by] if access.by else [one.id for one in desk.facilitators]
    if len(named) == 1:
        desk.go_on_duty(named)
    desk.open(code)
    try:
        guide_plainly(desk.guide(number))
    finally:
        desk.close()


def _open_without_asking() -> Home | None:
    """The home of this command, open, where that takes no question; raises as `opened_by`."""
    from escape_tui.cli.opened import opened_by

    try:
        return opened_by(_passphrase_at_hand)
    except _ToBeAskedError:
        return None


def _passphrase_at_hand() -> Passphrase:
    from escape_tui.cli.secrets import passphrase_from

    if _passphrase_is_given():
        return passphrase_from(None)()
    raise _ToBeAskedError


def _passphrase_is_given() -> bool:
    from escape_tui.cli.secrets import PASSPHRASE

    return bool(PASSPHRASE.variable and os.environ.get(PASSPHRASE.variable))


class _ToBeAskedError(Exception):
    """The home is encrypted, and its passphrase is typed on the screen."""
