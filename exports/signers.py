"""Who may sign what and when: `allowed_signers` lines, lists of revoked keys, and the judgement of a signer.

Not for: signatures themselves (`signature`), or whose private key lies where. The files are OpenSSH's; of
what OpenSSH allows in them, only what has one meaning on every machine is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from exports.signature import PublicKey, public_key_of

MOST_BYTES: Final = 1_000_000
"""Of a file of signers or of revoked keys."""

Standing = Literal["valid", "unknown", "wrong_namespace", "not_yet_valid", "expired", "revoked"]
"""What the clinic's files say of a signer. All but `unknown` are of a key that the principal was given."""

_PRINCIPAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9._-]*")
_NAMESPACES = re.compile(r"[a-z0-9-]+@[a-z0-9-]+(,[a-z0-9-]+@[a-z0-9-]+)*")
_LINE = re.compile(
    r'(?P<principal>\S+)[ \t]+(?P<options>(?:[^\s"]|"[^"]*")+)[ \t]+ssh-ed25519[ \t]+(?P<key>\S+)(?:[ \t].*)?'
)
_OPTION = re.compile(r'(?P<name>[a-z-]+)="(?P<value>[^"]*)"')
_INSTANT = re.compile(r"\d{14}Z|\d{12}Z|\d{8}Z")
_FORMATS: Final = {15: "%Y%m%d%H%M%SZ", 13: "%Y%m%d%H%MZ", 9: "%Y%m%dZ"}


class FaultyFile(Exception):
    """A file of signers or of revoked keys cannot be taken; `line` counts from 1, 0 is the whole."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class AllowedSigner:
    """One line: a principal, a key, what it may sign, from when until when (both ends included)."""

    principal: str
    key: PublicKey
    namespaces: tuple[str, ...]
    valid_after: datetime | None = None
    valid_before: datetime | None = None

    @property
    def line(self) -> str:
        """The line of an `allowed_signers` file, without its end."""
        options = [f'namespaces="{",".join(self.namespaces)}"']
        if self.valid_after is not None:
            options.append(f'valid-after="{_written(self.valid_after)}"')
        if self.valid_before is not None:
            options.append(f'valid-before="{_written(self.valid_before)}"')
        return f"{self.principal} {','.join(options)} {self.key.text}"


def read_allowed_signers(content: bytes) -> tuple[AllowedSigner, ...]:
    """Every line of an `allowed_signers` file. `FaultyFile` names the first line that cannot be taken.

    A line names one principal, without patterns, at least one namespace, and instants in UTC (`Z`): OpenSSH
    would read others by the clock of the machine that it runs on.
    """
    return tuple(_allowed(number, line) for number, line in _lines(content))


def read_revoked(content: bytes) -> frozenset[PublicKey]:
    """The keys of a list of revoked ones, one a line, as `ssh-keygen -Y verify -r` takes it.

    `FaultyFile` where a line is no key of ours: a key that is passed over would count as good.
    """
    keys = set()
    for number, line in _lines(content):
        try:
            keys.add(public_key_of(" ".join(line.split()[:2])))
        except ValueError:
            raise FaultyFile(number, "This is no ssh-ed25519 key; write one key a line.") from None
    return frozenset(keys)


@dataclass(frozen=True, slots=True)
class Trusted:
    """The clinic's files: who may sign, and whose key is good no more."""

    allowed: tuple[AllowedSigner, ...]
    revoked: frozenset[PublicKey] = frozenset()


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a signature claims: `key` is the principal's, and signed in `namespace` at the instant `at`."""

    principal: str
    key: PublicKey
    namespace: str
    at: datetime


def standing(claimed: Claimed, trusted: Trusted) -> Standing:
    """What the clinic's files say of a claim. Revocation counts whenever it was signed."""
    lines = [one for one in trusted.allowed if (one.principal, one.key) == (claimed.principal, claimed.key)]
    if not lines:
        return "unknown"
    if claimed.key in trusted.revoked:
        return "revoked"
    lines = [one for one in lines if claimed.namespace in one.namespaces]
    if not lines:
        return "wrong_namespace"
    found = [_in_time(one, claimed.at) for one in lines]
    return "valid" if "valid" in found else found[0]


def _in_time(one: AllowedSigner, at: datetime) -> Standing:
    if one.valid_after is not None and at < one.valid_after:
        return "not_yet_valid"
    # OpenSSH compares whole seconds.
    if one.valid_before is not None and at.replace(microsecond=0) > one.valid_before:
        return "expired"
    return "valid"


def _lines(content: bytes) -> list[tuple[int, str]]:
    if len(content) > MOST_BYTES:
        raise FaultyFile(0, "The file is too long to be one of signers.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FaultyFile(0, "The file is not text; a binary KRL is not taken, a list of keys is.") from None
    stripped = (line.strip(" \t\r") for line in text.split("\n"))
    return [(number, line) for number, line in enumerate(stripped, start=1) if line and line[0] != "#"]


def _allowed(number: int, line: str) -> AllowedSigner:
    found = _LINE.fullmatch(line)
    if found is None:
        raise FaultyFile(number, 'A line is: principal namespaces="…",valid-after="…Z" ssh-ed25519 KEY.')
    if not _PRINCIPAL.fullmatch(found["principal"]):
        raise FaultyFile(number, "A line names one principal, such as jk@S042, without patterns.")
    options = _options(number, found["options"])
    namespaces = options.pop("namespaces", "")
    if not _NAMESPACES.fullmatch(namespaces):
        raise FaultyFile(number, 'A line names its namespaces, such as namespaces="return@escape-tui".')
    after, before = (_read(number, options.pop(name, None)) for name in ("valid-after", "valid-before"))
    if options:
        raise FaultyFile(number, f"The option {next(iter(options))} is not taken here.")
    try:
        key = public_key_of(f"ssh-ed25519 {found['key']}")
    except ValueError:
        raise FaultyFile(number, "This is no ssh-ed25519 key.") from None
    return AllowedSigner(found["principal"], key, tuple(namespaces.split(",")), after, before)


def _options(number: int, text: str) -> dict[str, str]:
    options: dict[str, str] = {}
    position = 0
    while position <= len(text):
        option = _OPTION.match(text, position)
        if (
            option is None
            or option["name"] in options
            or text[option.end() : option.end() + 1] not in {"", ","}
        ):
            raise FaultyFile(number, 'Options are written name="value", each once, with commas between.')
        options[option["name"]] = option["value"]
        position = option.end() + 1
    return options


def _read(number: int, text: str | None) -> datetime | None:
    if text is None:
        return None
    if _INSTANT.fullmatch(text):
        try:
            return datetime.strptime(text, _FORMATS[len(text)]).replace(tzinfo=UTC)
        except ValueError:
            pass
    raise FaultyFile(number, "An instant is written in UTC, such as 20261122180000Z.")


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%d%H%M%SZ")
