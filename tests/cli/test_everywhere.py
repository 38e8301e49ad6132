"""What holds for every command: help, version, completion, exit codes, errors, what is loaded."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from escape_tui import __version__
from escape_tui.cli import failures, output
from escape_tui.cli.main import COMMANDS, escape
from sessions.errors import CannotOpen, MachineFailed, Refused
from sessions.faults import Fault, FaultyFiles
from tests.cli import program
from tests.outside import tool

HEAVY = {"textual", "sqlite_utils", "sqlite3", "reportlab"}


def test_help_names_every_group_and_loads_none_of_them() -> None:
    ran = program.escape("--help")
    assert ran.code == 0
    for command in COMMANDS:
        assert command.name in ran.out
    loaded = program.loaded_by("--help")
    assert not loaded & (HEAVY | {"pydantic", "platformdirs", "mpmath", "holidays"})
    assert "escape_tui.cli.pack" not in loaded


def test_scoring_loads_no_screen_no_store_no_paper() -> None:
    loaded = program.loaded_by("instrument", "score", "pain-nrs", "--answers", "4")
    assert "sessions.scoring" in loaded
    assert not loaded & HEAVY


def test_without_a_command_the_help_is_shown() -> None:
    ran = program.escape()
    assert ran.code == 0
    assert "Usage: escape" in ran.out


def test_version() -> None:
    assert program.escape("--version").out == f"escape {__version__}\n"


def test_every_command_and_group_has_help() -> None:
    for path, command in commands(escape, ()):
        assert command.help, path
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help, (path, option.name)


CONVERSES = {("session", "run")}
"""Opens the app or guides line by line: there is nobody to read a document."""


def test_every_command_that_answers_can_answer_in_json() -> None:
    silent = [
        path
        for path, command in commands(escape, ())
        if not isinstance(command, click.Group)
        and path not in CONVERSES
        and "as_json" not in {parameter.name for parameter in command.params}
    ]
    assert not silent


def commands(command: click.Command, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], click.Command]]:
    found = [(path, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            found += commands(below, (*path, name))
    return found


def test_bash_completes_commands() -> None:
    bash = tool("bash")
    ran = program.escape(_ESCAPE_COMPLETE="bash_complete", COMP_WORDS="escape pa", COMP_CWORD="1")
    assert "plain,pack" in ran.out
    script = program.escape(_ESCAPE_COMPLETE="bash_source")
    checked = subprocess.run([bash, "-n"], input=script.out, text=True, check=False)
    assert checked.returncode == 0
    assert "complete" in script.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["no-such-command"], 2),
        (["pack", "show"], 2),
        (["--home", "", "pack", "list"], 2),
        (["unlock-check", "--passphrase-file", ""], 2),
        (["pack", "show", "knees-hips", "--sessions", "11"], 2),
        (["pack", "show", "no-such-programme"], 4),
        (["pack", "show", "knees-hips", "--session", "13"], 4),
        (["instrument", "score", "koos", "--answers", "9"], 4),
        (["instrument", "show", "no-such-instrument"], 4),
        (["pack", "check", "no/such/folder"], 4),
    ],
)
def test_wrong_usage_is_2_and_bad_input_4(arguments: list[str], code: int) -> None:
    ran = program.escape(*arguments)
    assert ran.code == code
    assert ran.out == ""
    assert ran.err


def test_a_refusal_is_two_sentences_and_no_traceback() -> None:
    ran = program.escape("pack", "show", "knees-hips", "--session", "13")
    assert ran.err == "There is no session 13. Choose a session from 1 to 12.\n"


def test_debug_shows_places_but_no_values() -> None:
    ran = program.escape("--debug", "instrument", "score", "koos", "--answers", "7654321")
    assert ran.code == 4
    assert "answers.py" in ran.err
    assert "7654321" not in ran.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (failures.AnswerIsNo(), 1),
        (click.UsageError("x"), 2),
        (CannotOpen("It cannot be opened.", "Wait."), 3),
        (Refused("It is wrong.", "Mend it."), 4),
        (FaultyFiles("It", (Fault("a.toml", "b", "is wrong.", "Mend it."),)), 4),
        (FileNotFoundError(errno.ENOENT, "x", "secret.csv"), 4),
        (MachineFailed("It failed.", "Try again."), 5),
        (OSError(errno.ENOSPC, "x", "secret.csv"), 5),
        (PermissionError(errno.EACCES, "x", "secret.csv"), 5),
        (ValueError("Maeve O'Rourke"), 5),
    ],
)
def test_each_kind_of_error_has_the_contracts_code_and_shows_no_value(
    error: Exception, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failures.exit_code_of(error, debug=False) == code
    told = capsys.readouterr().err
    assert "secret.csv" not in told
    assert "Maeve" not in told


def test_stopping_at_a_prompt_changed_nothing_and_is_4(capsys: pytest.CaptureFixture[str]) -> None:
    assert failures.exit_code_of(click.Abort(), debug=False) == 4
    assert "Nothing was changed." in capsys.readouterr().err


def test_wrong_usage_is_two_sentences() -> None:
    ran = program.escape("init", "--site-name", "Hall")
    assert ran.err == "Missing option '--site-code'. See `escape init --help`.\n"
    assert program.escape("no-such-command").err.endswith(" See `escape --help`.\n")


def test_a_file_that_the_person_named_is_named_and_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = str(tmp_path / "words.txt")
    inside = str(tmp_path / "home" / "people" / "Maeve.db")
    for typed, file, shown in (
        (["unlock-check", "--passphrase-file", named], named, named),
        (["--home", str(tmp_path / "home")], inside, str(tmp_path / "home")),
        (["person", "Maeve"], inside, None),
    ):
        error = FileNotFoundError(errno.ENOENT, "x", file)
        assert failures.exit_code_of(error, debug=False, typed=typed) == 4
        told = capsys.readouterr().err
        assert (f": {shown}. " if shown else "folder. ") in told
        assert "Maeve" not in told


def test_a_file_given_with_an_equals_sign_is_named_too(tmp_path: Path) -> None:
    files = (f"--recovery-file={tmp_path}/key", f"--passphrase-file={tmp_path}/no")
    ran = program.escape("init", "--site-code=S042", "--site-name=Hall", *files, home=tmp_path / "home")
    assert f"{tmp_path}/no" in ran.err


def test_a_long_sentence_breaks_between_words_on_a_terminal_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    words = "The passphrase does not open this home, nor any other.\n    ABCDE-" + "ABCDE-" * 6
    output.aside(words)
    assert capsys.readouterr().err == words + "\n"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    output.aside(words)
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["The passphrase does not open", "this home, nor any other."]
    assert lines[2] == words.splitlines()[1]


def test_a_reader_who_has_enough_is_no_error() -> None:
    bash = tool("bash")
    script = (
        f'{sys.executable} -m escape_tui pack show knees-hips --json | head -n 1; echo "${{PIPESTATUS[0]}}"'
    )
    run = subprocess.run([bash, "-c", script], cwd=program.ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["{", "0"]
    assert run.stderr == ""


def test_a_pack_in_the_home_is_found_by_option_and_by_variable(tmp_path: Path) -> None:
    home = tmp_path / "home"
    own = home / "packs" / "knees-hips"
    shutil.copytree(program.ROOT / "sessions" / "packs" / "knees-hips", own)
    for ran in (
        program.escape("pack", "list", "--json", home=home),
        program.escape("pack", "list", "--json", ESCAPE_HOME=str(home)),
    ):
        origins = {pack["id"]: pack["origin"] for pack in ran.document["packs"]}
        assert origins["knees-hips"] == "home"
        assert origins["backs"] == "shipped"
