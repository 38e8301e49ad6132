"""What the tests of commands on a home share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.program import Ran

SITE = ("--site-code", "S042", "--site-name", "Môn Hall")

Escape = Callable[..., Ran]
"""Runs the program on the home of the test; named values are variables of its environment."""


def secret_file(path: Path, text: str) -> Path:
    """A file with a secret that its owner alone can read."""
    path.write_bytes(text.encode())
    path.chmod(0o600)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a home, but for the lock, which may come to be at any time."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "home.lock"}
