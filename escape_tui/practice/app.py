"""The one place from which practice opens the app.

Not for: what the app shows.
"""

from __future__ import annotations

from importlib import import_module

from escape_tui.practice.home import FACILITATORS, practice_code
from escape_tui.store.keys import Home
from sessions.clock import Clock


def open_the_app(home: Home, session: int, clock: Clock) -> None:
    """Open the app on the practice cohort at that session; comes back when it is closed."""
    import_module("escape_tui.app").run_app(
        home,
        cohort=practice_code(home),
        session=session,
        clock=clock,
        practice=True,
        by=FACILITATORS[0].id,
    )
