"""An end from outside: a window that is closed, a machine that shuts down. The terminal is left as it was.

Not for: Windows, where closing the window ends the program at once; what was entered is in the file already.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from textual.app import App

_NAMES: Final = ("SIGHUP", "SIGTERM")
_BY_SIGNAL: Final = 128
"""An exit code above it says by which signal."""


def end_on_signals(app: App[Any]) -> None:
    """Let the app end in order when it is told to from outside."""
    for name in _NAMES:
        number = getattr(signal, name, None)
        # Not on Windows, and not in a thread of a test.
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            if number is not None:
                asyncio.get_running_loop().add_signal_handler(number, app.exit, None, _BY_SIGNAL + number)
