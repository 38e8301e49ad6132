"""What a crash left undone in a home, brought to its end when the home is opened, by a command or by the app.

Not for: a cohort that is open, which ends its own when it is opened.
"""

from __future__ import annotations

from datetime import datetime

from escape_tui.cohorts import finish_what_was_left
from escape_tui.store.keys import Home
from escape_tui.store.opening import SIGNING_FOLDER


def finish_left_undone(home: Home, now: datetime) -> tuple[str, ...]:
    """End an erasing or a signing that was broken off; what a person should hear of it."""
    finish_what_was_left(home)
    if not (home.folder / SIGNING_FOLDER).is_dir():
        return ()
    # Imported here: signing is seldom broken off.
    from escape_tui.broken_off import finish_interrupted

    return tuple(
        f"A signing that was broken off was brought to its end: the return lies in {left.outbox}."
        for left in finish_interrupted(home, now)
    )
