"""Where secrets come from: a file, the environment, a terminal; and that they are shown nowhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from escape_tui.cli import secrets
from sessions.errors import Refused
from tests.cli import program
from tests.cli.homes import SITE, Escape, contents, secret_file
from tests.unit.home_fixtures import OTHER_WORDS, WORDS, cheap_home


def test_a_wrong_passphrase_is_3_and_shown_nowhere(escape: Escape, home: Path) -> None:
    before = contents(home)
    for before_command in ((), ("--debug",)):
        ran = escape(*before_command, "unlock-check", ESCAPE_PASSPHRASE="herons on stilts 77")
        assert ran.code == 3
        assert "does not open" in ran.err
        assert "herons" not in ran.err + ran.out
    assert contents(home) == before


def test_without_a_passphrase_and_a_terminal_a_home_stays_shut_and_says_how_to_open_it(
    escape: Escape, home: Path
) -> None:
    ran = escape("unlock-check")
    assert ran.code == 3
    assert "--passphrase-file" in ran.err
    assert "ESCAPE_PASSPHRASE" in ran.err


def test_an_empty_variable_is_no_passphrase(escape: Escape, home: Path) -> None:
    ran = escape("unlock-check", ESCAPE_PASSPHRASE="")
    assert ran.code == 3
    assert "No passphrase was given" in ran.err


def test_the_file_that_is_named_goes_before_the_variable(escape: Escape, home: Path, tmp_path: Path) -> None:
    file = secret_file(tmp_path / "words", WORDS + "\n")
    ran = escape("unlock-check", "--passphrase-file", file, ESCAPE_PASSPHRASE="a wrong passphrase")
    assert ran.code == 0
    assert ran.err == ""


def test_a_file_from_a_windows_editor_opens_the_home(escape: Escape, home: Path, tmp_path: Path) -> None:
    file = secret_file(tmp_path / "words", f"\ufeff{WORDS}\r\n")
    assert escape("unlock-check", "--passphrase-file", file).code == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("é".encode("latin-1") * 12, "not UTF-8"),
        (b"x" * 5000, "too long"),
        (WORDS.encode() + b"\nand a note\n", "more than one line"),
        (WORDS.encode() + b"\n\n", "more than one line"),
        (b"", "is empty"),
        (b"\n", "is empty"),
    ],
)
def test_a_file_that_is_no_secret_is_refused(
    escape: Escape, home: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    file = secret_file(tmp_path / "words", "")
    file.write_bytes(content)
    ran = escape("unlock-check", "--passphrase-file", file)
    assert ran.code == 4
    assert words in ran.err


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_secret_that_others_can_read_is_warned_about(
    escape: Escape, home: Path, tmp_path: Path, mode: int
) -> None:
    file = secret_file(tmp_path / "words", WORDS)
    file.chmod(mode)
    ran = escape("unlock-check", "--passphrase-file", file, "--json")
    assert ran.code == 0
    assert "Others on this machine can read" in ran.err
    assert json.loads(ran.out)


def test_a_passphrase_is_typed_unseen_at_a_terminal(home: Path) -> None:
    ran = program.typed(["--home", str(home), "unlock-check"], [("Passphrase: ", WORDS)])
    assert "The passphrase opens this home." in ran
    assert "kettle" not in ran


FIRST, AGAIN = "Passphrase (12 characters at least): ", "The same again: "


def test_a_first_passphrase_is_asked_for_until_it_is_long_enough_and_typed_twice(tmp_path: Path) -> None:
    slips = [
        (FIRST, "too short"),
        (FIRST, WORDS),
        (AGAIN, "a slip of the hand"),
        (FIRST, WORDS),
        (AGAIN, WORDS),
    ]
    ran = program.typed(["--home", str(tmp_path / "home"), "init", *SITE], slips)
    assert "A passphrase has 12 characters at least." in ran
    assert "The two were not the same." in ran
    assert "The home is set up" in ran
    assert "kettle" not in ran
    keys = [line.strip() for line in ran.splitlines() if line.startswith("    ")]
    assert [len(key.split("-")) for key in keys] == [8]


def test_a_change_asks_for_the_present_passphrase_and_for_another(home: Path) -> None:
    new = "New passphrase (12 characters at least): "
    answers = [("Present passphrase: ", WORDS), (new, WORDS), (new, OTHER_WORDS), (AGAIN, OTHER_WORDS)]
    ran = program.typed(["--home", str(home), "passphrase", "change"], answers)
    assert "The new passphrase is the present one." in ran
    assert "The new passphrase is set." in ran


def test_a_recovery_key_is_seen_while_it_is_typed_and_asked_for_again_after_a_slip(tmp_path: Path) -> None:
    _, key = cheap_home(tmp_path)
    new = "New passphrase (12 characters at least): "
    typed = key.in_groups()
    answers = [
        ("Recovery key: ", "ABCDE"),
        ("Recovery key: ", typed),
        (new, OTHER_WORDS),
        (AGAIN, OTHER_WORDS),
    ]
    ran = program.typed(["--home", str(tmp_path), "passphrase", "recover"], answers)
    assert "a character is wrong or missing" in " ".join(ran.split())
    assert typed in ran
    assert "The new passphrase is set." in ran


def test_the_present_passphrase_is_no_new_one(escape: Escape, home: Path) -> None:
    before = contents(home)
    ran = escape("passphrase", "change", ESCAPE_PASSPHRASE=WORDS, ESCAPE_NEW_PASSPHRASE=WORDS)
    assert ran.code == 4
    assert "is the present one" in ran.err
    assert contents(home) == before


def test_signers_secrets_can_join_the_others() -> None:
    signer = secrets.Secret(
        "signer's passphrase", "--signer-passphrase-file", "ESCAPE_SIGNER_PASSPHRASE", Refused
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ESCAPE_SIGNER_PASSPHRASE", WORDS)
        assert secrets.passphrase_from(None, signer)().encoded == WORDS.encode()
