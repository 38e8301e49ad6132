"""The system's own tools, such as a player of sounds: found, started without a shell, and ended.

Not for: what a tool is used for, nor for anything whose output is wanted.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence

_OUR_VARIABLES = "ESCAPE_"
_SECONDS_TO_END = 1.0

Tool = subprocess.Popen[bytes]


def find_tool(name: str) -> str | None:
    """The full path of the tool `name`, where it is on the PATH."""
    return shutil.which(name)


def start_tool(command: Sequence[str], *, fed: bool = False, keep: Sequence[int] = ()) -> Tool:
    """Start `command`, whose first word is a full path; with `fed` its standard input is a pipe of ours.

    It hears no Ctrl-C of our terminal and asks nothing on it, shows nothing, and sees no secret of ours.
    `keep` are the open files that it is given. Raises `OSError` where it cannot be started.
    """
    return subprocess.Popen(  # noqa: S603 - a list of words, never a shell
        command,
        stdin=subprocess.PIPE if fed else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if not name.startswith(_OUR_VARIABLES)},
        start_new_session=True,
        pass_fds=keep,
    )


def end_tool(tool: Tool) -> None:
    """End `tool` and whatever it started, at once, and take it off the system's list of processes."""
    if tool.stdin is not None:
        with contextlib.suppress(OSError):
            tool.stdin.close()
    if tool.poll() is None:
        with contextlib.suppress(OSError):
            _kill(tool)
    with contextlib.suppress(subprocess.TimeoutExpired):
        tool.wait(_SECONDS_TO_END)


def ends_well(command: Sequence[str], seconds: float, *, keep: Sequence[int] = ()) -> bool:
    """Whether `command` starts and says within so many seconds that it did what was asked."""
    try:
        tool = start_tool(command, keep=keep)
    except OSError:
        return False
    try:
        return tool.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        end_tool(tool)


def _kill(tool: Tool) -> None:
    if sys.platform == "win32":
        tool.kill()
    else:
        # The tool may be a script that has started the real one.
        os.killpg(tool.pid, signal.SIGKILL)
