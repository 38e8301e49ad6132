"""From an error to a sentence on stderr and the exit code of the contract.

    0 done, yes      1 the answer is no        2 wrong usage
    3 cannot be opened   4 refused, nothing changed   5 the machine failed

Not for: deciding that something is wrong.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from escape_tui.cli.output import aside
from sessions.errors import CannotOpen, EscapeError, MachineFailed
from sessions.faults import FaultyFiles

NO, USAGE, CANNOT_OPEN, REFUSED, MACHINE = 1, 2, 3, 4, 5

_NOT_THERE = ("There is no such file or folder.", "Check its name, then do it again.")
_OS_REMEDIES = {
    errno.ENOENT: _NOT_THERE,
    errno.ENOTDIR: _NOT_THERE,
    errno.EISDIR: ("That is a folder, not a file.", "Name a file in it, then do it again."),
    errno.ENOSPC: ("The disk is full.", "Make room, then do it again; nothing that was saved is lost."),
    errno.EDQUOT: ("Your share of the disk is full.", "Make room, then do it again."),
    errno.EACCES: ("There is no permission for that file or folder.", "Ask for it, or name another place."),
    errno.EPERM: ("There is no permission for that file or folder.", "Ask for it, or name another place."),
    errno.EROFS: ("That folder can only be read.", "Name a folder that can be written."),
    errno.EIO: ("The disk did not answer.", "Check the medium, then do it again."),
}


class AnswerIsNo(Exception):
    """A check failed or something is incomplete; the command has said so, and leaves with 1."""


def exit_code_of(error: Exception, *, debug: bool, typed: Sequence[str] = ()) -> int:
    """Tell `error` on stderr in plain words; the exit code that belongs to it.

    A file is named only where its name, or that of a folder it is in, is one of the words `typed`. With
    `debug` the places in the program are shown too, never the values of its variables.
    """
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, AnswerIsNo):
        return NO
    if debug:
        sys.stderr.writelines(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    if isinstance(error, click.Abort | click.ClickException):
        return _of_the_command_line(error)
    if isinstance(error, OSError):
        return _of_the_machine(error, typed)
    return _of_our_own(error)


def _of_the_command_line(error: click.Abort | click.ClickException) -> int:
    if isinstance(error, click.Abort):
        _say("Stopped before it was done.", "Nothing was changed.")
        return REFUSED
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return USAGE
    where = error.ctx if isinstance(error, click.UsageError) else None
    wrong = " ".join(error.format_message().split())
    _say(
        wrong if wrong.endswith((".", "?")) else f"{wrong}.",
        f"See `{where.command_path if where else 'escape'} --help`.",
    )
    return USAGE


def _of_the_machine(error: OSError, typed: Sequence[str]) -> int:
    if isinstance(error, BrokenPipeError):
        # Whoever read our output has enough; point stdout away so that Python's own flush stays quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    wrong, remedy = _OS_REMEDIES.get(
        error.errno or 0,
        (f"The machine could not do it ({error.strerror or type(error).__name__}).", "Do it again."),
    )
    named = _as_typed(error, typed)
    _say(f"{wrong.removesuffix('.')}: {named}." if named else wrong, remedy)
    bad_name = isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError)
    return REFUSED if bad_name else MACHINE


def _as_typed(error: OSError, typed: Sequence[str]) -> str | None:
    """The word of `typed` that names the file of `error`, or else the folder nearest to it."""
    if not isinstance(error.filename, str):
        return None
    file = Path(error.filename).absolute()
    places = {Path(word).expanduser().absolute(): word for word in typed if word}
    return next((places[place] for place in (file, *file.parents) if place in places), None)


def _of_our_own(error: Exception) -> int:
    if not isinstance(error, EscapeError):
        _say(
            f"The program met something it did not foresee ({type(error).__name__}).",
            "Nothing that was saved is lost; run it again with --debug and report what it shows.",
        )
        return MACHINE
    if isinstance(error, FaultyFiles):
        for fault in error.faults:
            aside(fault.sentence())
    _say(error.wrong, error.remedy)
    if isinstance(error, CannotOpen):
        return CANNOT_OPEN
    return MACHINE if isinstance(error, MachineFailed) else REFUSED


def _say(wrong: str, remedy: str) -> None:
    aside(f"{wrong} {remedy}")
