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

import click

from sessions.errors import CannotOpen, EscapeError, MachineFailed
from sessions.faults import FaultyFiles

NO, USAGE, CANNOT_OPEN, REFUSED, MACHINE = 1, 2, 3, 4, 5
INTERRUPTED = 130

_OS_REMEDIES = {
    errno.ENOSPC: ("The disk is full.", "Make room, then do it again; nothing that was saved is lost."),
    errno.EDQUOT: ("Your share of the disk is full.", "Make room, then do it again."),
    errno.EACCES: ("There is no permission for that file or folder.", "Ask for it, or name another place."),
    errno.EPERM: ("There is no permission for that file or folder.", "Ask for it, or name another place."),
    errno.EROFS: ("That folder can only be read.", "Name a folder that can be written."),
    errno.EIO: ("The disk did not answer.", "Check the medium, then do it again."),
}


class AnswerIsNo(Exception):
    """A check failed or something is incomplete; the command has said so, and leaves with 1."""


def exit_code_of(error: Exception, *, debug: bool) -> int:
    """Tell `error` on stderr in plain words; the exit code that belongs to it.

    With `debug` the places in the program are shown too, never the values of its variables.
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
        return _of_the_machine(error)
    return _of_our_own(error)


def _of_the_command_line(error: click.Abort | click.ClickException) -> int:
    if isinstance(error, click.Abort):
        _say("Stopped before it was done.", "Nothing was changed.")
        return INTERRUPTED
    error.show()
    return USAGE


def _of_the_machine(error: OSError) -> int:
    if isinstance(error, BrokenPipeError):
        # Whoever read our output has enough; point stdout away so that Python's own flush stays quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError):
        _say("There is no such file or folder.", "Check its name, then do it again.")
        return REFUSED
    wrong, remedy = _OS_REMEDIES.get(
        error.errno or 0,
        (f"The machine could not do it ({error.strerror or type(error).__name__}).", "Do it again."),
    )
    _say(wrong, remedy)
    return MACHINE


def _of_our_own(error: Exception) -> int:
    if not isinstance(error, EscapeError):
        _say(
            f"The program met something it did not foresee ({type(error).__name__}).",
            "Nothing that was saved is lost; run it again with --debug and report what it shows.",
        )
        return MACHINE
    if isinstance(error, FaultyFiles):
        for fault in error.faults:
            click.echo(fault.sentence(), err=True)
    _say(error.wrong, error.remedy)
    if isinstance(error, CannotOpen):
        return CANNOT_OPEN
    return MACHINE if isinstance(error, MachineFailed) else REFUSED


def _say(wrong: str, remedy: str) -> None:
    click.echo(f"{wrong} {remedy}", err=True)
