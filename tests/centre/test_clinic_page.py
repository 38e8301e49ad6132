"""The commands for checking a return by hand work as they stand on the page."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.program import ROOT
from tests.returns.sealing import KEY, SIGNED_AT, Sealed, a_practice_return, a_return, allowed

PAGE = (ROOT / "docs" / "clinic.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the commands for Linux")


def block(heading: str, kind: str = "bash") -> str:
    """The first block of code under a heading of the page."""
    part = PAGE.split(f"### {heading}\n", 1)[1]
    found = re.search(rf"```{kind}\n(.+?)```", part, flags=re.DOTALL)
    assert found is not None
    return found[1]


def by_hand(commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run commands of the page in a folder, as somebody types them, each after the one before was good."""
    return subprocess.run(
        ["bash", "-e"], cwd=folder, input=commands, capture_output=True, text=True, check=False
    )


def prepared(folder: Path, bag: Sealed, line: str = "") -> Path:
    (folder / "S042_K26-1_r1.zip").write_bytes(bag.zip)
    (folder / "allowed_signers").write_text(f"{line or allowed().line}\n")
    return folder


def test_the_commands_for_linux_call_a_return_good_and_say_no_more(tmp_path: Path) -> None:
    run = by_hand(block("Linux"), prepared(tmp_path, a_return()))
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [
        f'Good "return@escape-tui" signature for jk@S042 with ED25519 key {KEY.public.fingerprint}'
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        {"data/measures.csv": b"others"},
        {"manifest-sha256.txt": b"others"},
        {"data/extra.csv": b"one more"},
        {"tagmanifest-sha256.txt": b"others"},
    ],
)
def test_the_commands_for_linux_find_whatever_was_changed(tmp_path: Path, spoil: dict[str, bytes]) -> None:
    bag = a_return()
    run = by_hand(block("Linux"), prepared(tmp_path, Sealed(bag.folder, {**bag.files, **spoil})))
    assert run.returncode != 0


@pytest.mark.parametrize("name", ["data/measures.csv", "manifest-sha256.txt", "tagmanifest-sha256.txt.sig"])
def test_the_commands_for_linux_find_whatever_is_missing(tmp_path: Path, name: str) -> None:
    bag = a_return()
    left = {one: content for one, content in bag.files.items() if one != name}
    assert by_hand(block("Linux"), prepared(tmp_path, Sealed(bag.folder, left))).returncode != 0


def test_a_practice_return_does_not_pass(tmp_path: Path) -> None:
    bag = a_practice_return()
    run = by_hand(block("Linux"), prepared(tmp_path, Sealed("S042_K26-1_r1", bag.files)))
    assert run.returncode != 0
    assert "Good" not in run.stdout


def test_an_old_return_of_a_key_that_has_expired_passes_by_the_instant_at_which_it_was_signed(
    tmp_path: Path,
) -> None:
    folder = prepared(tmp_path, a_return(), allowed(valid_before=SIGNED_AT + timedelta(seconds=1)).line)
    unpack = "unzip -q S042_K26-1_r1.zip\ncd S042_K26-1_r1\n"
    commands = block("A return of somebody whose key has expired since")
    assert f"{SIGNED_AT:%Y%m%d%H%M%SZ}" in commands
    run = by_hand(unpack + commands, folder)
    assert run.returncode == 0, run.stderr


def test_a_revoked_key_does_not_pass(tmp_path: Path) -> None:
    folder = prepared(tmp_path, a_return())
    unpack = "unzip -q S042_K26-1_r1.zip\ncd S042_K26-1_r1\n"
    commands = unpack + block("Keys that are good no more")
    (folder / "revoked").write_text("")
    assert by_hand(commands, folder).returncode == 0
    (folder / "revoked").write_text(f"{KEY.public.text}\n")
    (folder / "S042_K26-1_r1").rename(folder / "before")
    assert by_hand(commands, folder).returncode != 0


def test_macos_differs_from_linux_in_the_tool_for_hashes_alone() -> None:
    assert block("macOS", "zsh") == block("Linux").replace("sha256sum", "shasum -a 256")


def test_windows_hands_bytes_to_cmd_and_never_to_a_pipe_of_powershell() -> None:
    lines = block("Windows", "powershell").splitlines()
    (checks,) = (line for line in lines if "ssh-keygen" in line)
    linux = next(line for line in block("Linux").splitlines() if "ssh-keygen" in line)
    assert checks == f'cmd /c "{linux}"'.replace("../", "..\\")
    assert not [line for line in lines if "<" in line and not line.startswith("cmd /c")]
    assert "certutil -hashfile" in block("Windows", "powershell")


def test_every_command_of_ours_on_the_page_is_one() -> None:
    from escape_tui.cli.central import COMMANDS

    named = set(re.findall(r"escape central (\w+)", PAGE))
    assert named == {command.name for command in COMMANDS}
