"""Tools of the system as a test wants them: small scripts on a PATH of the test's own."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

WITHIN = 10.0


def only_on_path(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """Make a folder of stand-ins the whole PATH; the scripts themselves name the tools they use in full."""
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr("sys.platform", "linux")
    return folder


def put_tool(folder: Path, name: str, script: str) -> Path:
    """A tool `name` that does what the shell `script` says."""
    tool = folder / name
    tool.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n", encoding="utf-8")
    tool.chmod(0o755)
    return tool


def comes_true(happened: Callable[[], object], within: float = WITHIN) -> bool:
    """Whether it happens within so many seconds."""
    latest = time.monotonic() + within
    while not happened():
        if time.monotonic() > latest:
            return False
        time.sleep(0.01)
    return True


def lives(process: int) -> bool:
    """Whether a process of that number is there and is no mere leftover in the system's list."""
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"


def number_in(file: Path) -> int:
    """The number that a stand-in wrote, once it is there."""
    assert comes_true(lambda: file.exists() and file.read_text(encoding="utf-8").endswith("\n"))
    return int(file.read_text(encoding="utf-8"))
