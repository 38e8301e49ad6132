"""The one place from which practice opens the app.

Not for: what the app shows.
"""

from __future__ import annotations

import sys

from escape_tui.app import run_app
from escape_tui.practice.home import FACILITATORS, practice_code
from escape_tui.store.keys import Home
from sessions.clock import Clock
from sessions.errors import Refused


def open_the_app(home: Home, session: int, clock: Clock) -> None:
    """Open the app on the practice cohort at that session; comes back when it is closed.

    `Refused` where there is no terminal to open it on. Raises as `run_app`.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(
            "The practice cohort is there, but there is no terminal to open the app on.",
            "Run `escape practice --resume` in a terminal, or add --json to be told where it lies.",
        )
    run_app(
        home,
        cohort=practice_code(home),
        session=session,
        clock=clock,
        practice=True,
        by=FACILITATORS[0].id,
    )
