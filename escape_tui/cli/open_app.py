"""Opening the app from the command line: on the home, or at one session.

Not for: the app (`escape_tui.app`). Loaded only by what opens it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from escape_tui.app import run_app
from escape_tui.cli.access import Access
from escape_tui.cli.opened import opened_by
from escape_tui.cli.secrets import PASSPHRASE, passphrase_from
from escape_tui.store.opening import require_home
from sessions.errors import Refused


def open_app(folder: Path) -> None:
    """Open the app on the home in `folder`; its passphrase is asked for there, unless the environment has it."""
    require_home(folder)
    if PASSPHRASE.variable and os.environ.get(PASSPHRASE.variable):
        run_app(opened_by(passphrase_from(None)))
    else:
        run_app(folder)


def open_app_at(access: Access, code: str, number: int) -> None:
    """Open the app at a session. `Refused` where there is no terminal to open it on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(
            "There is no terminal to open the app on.",
            "Run this in a terminal, or add --plain for line by line.",
        )
    run_app(access.home(), cohort=code, session=number, by=access.by)
