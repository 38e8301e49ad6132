"""Keeping the laptop awake: held while asked for, let go in every way that a program can end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from escape_tui.awake import Awake, keepers_that_work
from tests.unit.stand_ins import comes_true, lives, number_in, only_on_path, put_tool

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")

ROOT = Path(__file__).parents[2]

HOLDER = 'while [ "$1" != cat ] && [ "$1" != true ]; do shift; done; "$@"'
"""Runs the command after its options, as the inhibitors of Linux do, and ends with it."""


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    return only_on_path(monkeypatch, tmp_path / "tools")


def holding(tools: Path, name: str) -> Path:
    """A stand-in inhibitor; the file given back tells its number, and beside it its words."""
    number = tools / f"{name}.number"
    put_tool(tools, name, f'echo "$*" > "{tools}/{name}.words"; echo $$ > "{number}"; {HOLDER}')
    return number


def test_it_is_held_from_start_to_stop_by_the_desktop_and_the_system(tools: Path) -> None:
    files = [holding(tools, name) for name in ("systemd-inhibit", "gnome-session-inhibit")]
    awake = Awake()
    assert not awake.held
    awake.start()
    holders = [number_in(file) for file in files]
    assert awake.held
    assert all(map(lives, holders))
    awake.stop()
    assert not any(map(lives, holders))
    assert not awake.held


def test_the_system_is_asked_to_block_sleep_and_idling(tools: Path) -> None:
    number = holding(tools, "systemd-inhibit")
    with Awake():
        number_in(number)
        words = (tools / "systemd-inhibit.words").read_text(encoding="utf-8")
    assert words.startswith("--what=idle:sleep ")
    assert "--mode=block" in words


def test_starting_and_stopping_twice_is_starting_and_stopping_once(tools: Path) -> None:
    number = holding(tools, "systemd-inhibit")
    awake = Awake()
    awake.start()
    first = number_in(number)
    awake.start()
    assert number_in(number) == first
    awake.stop()
    awake.stop()
    assert not lives(first)


def test_what_was_ended_by_others_is_started_again(tools: Path) -> None:
    number = holding(tools, "systemd-inhibit")
    awake = Awake()
    awake.start()
    first = number_in(number)
    os.killpg(first, signal.SIGKILL)
    assert comes_true(lambda: not awake.held)
    number.unlink()
    awake.start()
    assert number_in(number) != first
    awake.stop()


def test_it_is_let_go_when_the_program_is_killed(tools: Path) -> None:
    number = holding(tools, "systemd-inhibit")
    script = "import sys, time; from escape_tui.awake import Awake; Awake().start(); time.sleep(60)"
    program = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env={"PATH": str(tools)})
    holder = number_in(number)
    assert lives(holder)
    program.kill()
    program.wait()
    assert comes_true(lambda: not lives(holder))


def test_it_is_let_go_when_the_program_ends_without_stopping(tools: Path) -> None:
    number = holding(tools, "systemd-inhibit")
    script = "import time; from escape_tui.awake import Awake; Awake().start(); time.sleep(0.3)"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env={"PATH": str(tools)}, check=True)
    assert comes_true(lambda: not lives(number_in(number)))


def test_on_a_mac_the_keeper_is_told_whom_to_wait_for(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    put_tool(tools, "caffeinate", f'echo "$*" > "{tools}/words"; sleep 30')
    with Awake() as awake:
        words = tools / "words"
        assert comes_true(lambda: words.exists() and words.read_text(encoding="utf-8"))
        assert awake.held
    assert words.read_text(encoding="utf-8").endswith(f"-w {os.getpid()}\n")
    assert keepers_that_work() == ("caffeinate",)


def test_on_windows_the_system_is_told_and_told_again_when_it_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[int] = []

    def state(flags: object) -> int:
        told.append(flags.value)  # type: ignore[attr-defined]
        return 1

    import ctypes

    kernel = SimpleNamespace(kernel32=SimpleNamespace(SetThreadExecutionState=state))
    monkeypatch.setattr(ctypes, "windll", kernel, raising=False)
    monkeypatch.setattr("sys.platform", "win32")
    with Awake() as awake:
        assert awake.held
    assert not awake.held
    assert told == [0x80000003, 0x80000000]


@pytest.mark.parametrize("script", [None, "exit 1"], ids=["nothing there", "refused"])
def test_where_nothing_keeps_it_awake_nothing_is_held_and_nothing_fails(
    tools: Path, script: str | None
) -> None:
    if script is not None:
        put_tool(tools, "systemd-inhibit", script)
    with Awake() as awake:
        assert comes_true(lambda: not awake.held)
    assert keepers_that_work() == ()


def test_a_keeper_that_is_no_program_fails_nobody(tools: Path) -> None:
    (tools / "systemd-inhibit").write_bytes(b"\x7fELF no program")
    (tools / "systemd-inhibit").chmod(0o755)
    with Awake() as awake:
        assert not awake.held


def test_only_the_keepers_that_can_are_named(tools: Path) -> None:
    put_tool(tools, "systemd-inhibit", HOLDER)
    put_tool(tools, "gnome-session-inhibit", "exit 1")
    assert keepers_that_work() == ("systemd-inhibit",)
