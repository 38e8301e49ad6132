"""Starting the app on a terminal, and what is left to say when it has ended.

Not for: the app itself (`screens.app`). Nothing of the toolkit is loaded before it is wanted, and no variable
of the toolkit that writes a file or presses a key is heeded.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sessions.errors import EscapeError, MachineFailed

if TYPE_CHECKING:
    from escape_tui.glimpse import Glimpse
    from escape_tui.store.keys import Home
    from sessions.clock import Clock

NOT_HEEDED: Final = (
    "TEXTUAL",
    "TEXTUAL_DEBUG",
    "TEXTUAL_DEVTOOLS_HOST",
    "TEXTUAL_DEVTOOLS_PORT",
    "TEXTUAL_DRIVER",
    "TEXTUAL_LOG",
    "TEXTUAL_PRESS",
    "TEXTUAL_SCREENSHOT",
    "TEXTUAL_SCREENSHOT_FILENAME",
    "TEXTUAL_SCREENSHOT_LOCATION",
    "TEXTUAL_SHOW_RETURN",
)
"""Variables by which the toolkit writes screens to files, sends them away, or is driven from outside."""


def run_app(  # noqa: PLR0913 - what the app begins with, each by name
    home: Home | Path,
    *,
    cohort: str | None = None,
    session: int | None = None,
    clock: Clock | None = None,
    practice: bool = False,
    by: str | None = None,
    glimpse: Glimpse | None = None,
) -> None:
    """Run the app until somebody leaves it; `home` is open, or the folder of one to be unlocked on screen.

    `cohort` is opened at once and `session` begun in it; `by` is on duty; a `glimpse` of the home in a
    folder is shown until it is open. Raises the error of ours that ended
    it, `MachineFailed` for one that nobody foresaw, and `SystemExit` with 128 plus a signal's number.
    """
    if not practice:
        _heed_no_variables()
    from escape_tui.screens.app import EscapeApp
    from escape_tui.screens.way_in import Begin

    app = EscapeApp(Begin(home, cohort=cohort, session=session, clock=clock, by=by, glimpse=glimpse))
    try:
        app.run()
    finally:
        app.leave_all_closed()
    if app.fallen is not None:
        raise _told(app.fallen)
    if app.return_code:
        raise SystemExit(app.return_code)


def _heed_no_variables() -> None:
    for name in NOT_HEEDED:
        os.environ.pop(name, None)


def _told(error: BaseException) -> EscapeError:
    """The error in words, with the place in our source; never a variable's value, nor the error's text."""
    if isinstance(error, EscapeError):
        return error
    return MachineFailed(
        f"The app met something it did not foresee ({type(error).__name__} at {_place(error)}).",
        "What was entered is safe. Start it again with `escape`: a session goes on where it was.",
    )


def _place(error: BaseException) -> str:
    place = "an unknown place"
    trace = error.__traceback__
    root = Path(__file__).parents[1]
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(root) and "site-packages" not in file.relative_to(root).parts:
            place = f"{file.relative_to(root).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
