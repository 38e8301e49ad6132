"""Where a command has its secrets from: a file that is named, the environment, a prompt; never its own words.

Not for: what a secret opens. Nothing read here is kept, shown, or written anywhere.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from escape_tui.cli.named import NamedPath
from escape_tui.cli.output import aside
from escape_tui.store.passphrase import SHORTEST, Passphrase, new_passphrase_of, passphrase_of
from escape_tui.store.recovery_key import RecoveryKey, recovery_key_of
from sessions.errors import CannotOpen, EscapeError, Refused

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Made = TypeVar("_Made")
_MOST_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Secret:
    """One kind of secret: its words at the prompt, the option that names its file, its variable, if any.

    `missing` is the error where it is given in no way: something cannot be opened, or is refused. What is
    copied off paper is `seen` while it is typed.
    """

    words: str
    option: str
    variable: str | None
    missing: type[EscapeError]
    seen: bool = False

    def in_option(self, of: str) -> Callable[[_Command], _Command]:
        """The option of a command that names the file of this secret, and the parameter it arrives as."""
        from_variable = f" Else {self.variable}, else a prompt." if self.variable else " Else a prompt."
        return click.option(
            self.option,
            of,
            type=NamedPath(),
            help=f"File with the {self.words}.{from_variable}",
        )

    def read(self, file: Path | None, become: Callable[[str], _Made], *, new: bool = False) -> _Made:
        """What `become` makes of the secret: from `file`, else the variable, else typed at a terminal.

        At a terminal it is asked for again where `become` refuses it, and typed twice if it is `new`. Raises
        `missing` where there is none of these, `Refused` where a file is not UTF-8 or far too long, and as
        `become`.
        """
        if file is not None:
            return become(_in_file(file))
        # An empty variable is how a script unsets one.
        if self.variable is not None and (text := os.environ.get(self.variable)):
            return become(text)
        if not sys.stdin.isatty():
            ways = f"{self.option} FILE" + (f" or set {self.variable}" if self.variable else "")
            raise self.missing(
                f"No {self.words} was given, and there is no terminal to ask at.", f"Give {ways}."
            )
        return self._typed_twice(become) if new else self._typed(become, self.words.capitalize())

    def _typed_twice(self, become: Callable[[str], _Made]) -> _Made:
        while True:
            typed = self._typed(become, f"{self.words.capitalize()} ({SHORTEST} characters at least)")
            # Compared as what they become: two ways to type an accent are the same.
            if self._typed(become, "The same again") == typed:
                return typed
            aside("The two were not the same. Type it anew, then the same again.")

    def _typed(self, become: Callable[[str], _Made], words: str) -> _Made:
        while True:
            text: str = click.prompt(words, hide_input=not self.seen, err=True, type=str)
            try:
                return become(text)
            except EscapeError as error:
                aside(f"{error.wrong} {error.remedy}")


PASSPHRASE = Secret("passphrase", "--passphrase-file", "ESCAPE_PASSPHRASE", CannotOpen)
PRESENT_PASSPHRASE = Secret("present passphrase", "--passphrase-file", "ESCAPE_PASSPHRASE", CannotOpen)
FIRST_PASSPHRASE = Secret("passphrase", "--passphrase-file", "ESCAPE_PASSPHRASE", Refused)
NEW_PASSPHRASE = Secret("new passphrase", "--new-passphrase-file", "ESCAPE_NEW_PASSPHRASE", Refused)
SIGNER_PASSPHRASE = Secret(
    "signer's passphrase", "--signer-passphrase-file", "ESCAPE_SIGNER_PASSPHRASE", Refused
)
SERVER_PASSWORD = Secret("server's password", "--server-password-file", "ESCAPE_SERVER_PASSWORD", Refused)
RECOVERY_KEY = Secret("recovery key", "--recovery-file", None, CannotOpen, seen=True)

passphrase_option = PASSPHRASE.in_option("passphrase_file")
new_passphrase_option = NEW_PASSPHRASE.in_option("new_passphrase_file")
signer_passphrase_option = SIGNER_PASSPHRASE.in_option("signer_passphrase_file")


def passphrase_from(file: Path | None, secret: Secret = PASSPHRASE) -> Callable[[], Passphrase]:
    """Whoever calls what this gives reads the passphrase: a home that needs none asks for none."""
    return lambda: secret.read(file, lambda text: passphrase_of(_one_line(text)))


def new_passphrase_from(
    file: Path | None, secret: Secret = NEW_PASSPHRASE, *, present: Callable[[], Passphrase] | None = None
) -> Callable[[], Passphrase]:
    """Whoever calls what this gives reads a passphrase to lock with, typed twice at a terminal.

    It must be another than the one that `present` gives.
    """

    def become(text: str) -> Passphrase:
        new = new_passphrase_of(_one_line(text))
        if present is not None and new == present():
            raise Refused("The new passphrase is the present one.", "Choose another.")
        return new

    return lambda: secret.read(file, become, new=True)


def password_from(file: Path | None, secret: Secret) -> Callable[[], str]:
    """Whoever calls what this gives reads the password of a server: it is sent as it was given."""
    return lambda: secret.read(file, lambda text: _one_line(text).rstrip("\r\n"))


def recovery_key_from(file: Path | None) -> Callable[[], RecoveryKey]:
    """Whoever calls what this gives reads the recovery key."""
    return lambda: RECOVERY_KEY.read(file, recovery_key_of)


def _one_line(text: str) -> str:
    line = text.removesuffix("\n").removesuffix("\r")
    if line and "\n" not in line:
        return text
    raise Refused(
        "The passphrase that was given is empty." if not line else "The passphrase has more than one line.",
        "Give it on one line, with nothing before or after it.",
    )


def _in_file(file: Path) -> str:
    with file.open("rb") as opened:
        status = os.fstat(opened.fileno())
        content = opened.read(_MOST_BYTES + 1)
    if stat.S_ISREG(status.st_mode) and os.name == "posix" and status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        aside(f"Others on this machine can read {file}. Take that right away: chmod 600.")
    if len(content) > _MOST_BYTES:
        raise Refused("The file with the secret is too long to be one.", "Name the right file.")
    try:
        # Editors on Windows put a byte order mark in front, which nobody can type.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    raise Refused("The file with the secret is not UTF-8 text.", "Save it as UTF-8.")
