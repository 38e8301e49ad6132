"""The app killed while a sheet is being typed, on a real terminal."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from tests.screens.test_on_a_terminal import Terminal

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not here")


def test_after_kill_9_the_twenty_answers_are_there_and_the_21st_waits(home: Path) -> None:
    first = Terminal("--home", home)
    try:
        first.wait_for("Session 1 of 12")
        first.press("F4")
        first.wait_for("due or overdue")
        first.press("3", "Enter")
        first.wait_for("0 of 42 typed")
        first.press(*"12345123451234512345")
        first.wait_for("20 of 42 typed")
        first.end_app(signal.SIGKILL)
        first.wait_for("ended with 137")
    finally:
        first.close()
    again = Terminal("--home", home)
    try:
        again.wait_for("Session 1 of 12")
        again.press("F4")
        again.wait_for("begun")
        again.press("Enter")
        shown = again.wait_for("20 of 42 typed")
    finally:
        again.close()
    assert "►21" in shown
    assert "20  □□□□■  4" in shown
    assert "[/ Quastenfloss" in shown
