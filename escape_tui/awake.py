"""Keeping the laptop awake while the clock of a session runs, where the system lets us.

Not for: noticing that it slept all the same (`sessions.clock`).
"""

from __future__ import annotations

import contextlib
import os
import sys
from types import TracebackType
from typing import Final

from escape_tui.system_tools import Tool, end_tool, ends_well, find_tool, start_tool

_WHO = "escape-tui"
_WHY = "A session is running"
_SECONDS_TO_ANSWER: Final = 2.0

_LINUX: Final = {
    # The desktop's own idle timer is held by its session, falling asleep by systemd: neither stands for both.
    "gnome-session-inhibit": ("--app-id", _WHO, "--reason", _WHY, "--inhibit", "idle:suspend"),
    "systemd-inhibit": ("--what=idle:sleep", f"--who={_WHO}", f"--why={_WHY}", "--mode=block"),
}
_WINDOWS = "Windows"
_ES_CONTINUOUS, _ES_SYSTEM_REQUIRED, _ES_DISPLAY_REQUIRED = 0x80000000, 0x1, 0x2


class Awake:
    """Keeps the laptop and its screen awake from `start` to `stop`; ends with this program, however it ends.

    Neither raises; both may be called twice. On Windows both belong to the same thread, which has to live as
    long as the laptop is to stay awake.
    """

    def __init__(self) -> None:
        self._tools: list[Tool] = []
        self._windows = False

    @property
    def held(self) -> bool:
        """Whether something keeps the laptop awake now. A refusal shows within about a second of `start`."""
        return self._windows or any(tool.poll() is None for tool in self._tools)

    def start(self) -> None:
        """Keep it awake; where something does already, nothing happens."""
        if self.held:
            return
        self.stop()
        self._windows = _tell_windows(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED | _ES_DISPLAY_REQUIRED)
        for command in _commands():
            with contextlib.suppress(OSError):
                self._tools.append(start_tool(command, fed=True))

    def stop(self) -> None:
        """Let it fall asleep again."""
        while self._tools:
            end_tool(self._tools.pop())
        if self._windows:
            self._windows = not _tell_windows(_ES_CONTINUOUS)

    def __enter__(self) -> Awake:
        self.start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        self.stop()


def keepers_that_work() -> tuple[str, ...]:
    """What can keep this laptop awake, each tried for a moment; empty where nothing can."""
    if sys.platform == "win32":
        return (_WINDOWS,)
    if sys.platform == "darwin":
        return ("caffeinate",) if find_tool("caffeinate") else ()
    return tuple(
        name
        for name, words in _LINUX.items()
        if (path := find_tool(name)) and ends_well((path, *words, "true"), _SECONDS_TO_ANSWER)
    )


def _commands() -> list[tuple[str, ...]]:
    """What keeps it awake, each such that it ends when this program does."""
    if sys.platform == "win32":
        return []
    if sys.platform == "darwin":
        path = find_tool("caffeinate")
        return [(path, "-d", "-i", "-s", "-w", str(os.getpid()))] if path else []
    # `cat` ends when the pipe that it reads is closed, which the system does when this program is killed.
    return [(path, *words, "cat") for name, words in _LINUX.items() if (path := find_tool(name))]


def _tell_windows(state: int) -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    return bool(ctypes.windll.kernel32.SetThreadExecutionState(ctypes.c_uint(state)))
