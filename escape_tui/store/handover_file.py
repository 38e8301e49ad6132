"""The file in which a whole cohort goes to another laptop: encrypted, under a passphrase of its own.

Not for: giving and taking a cohort (`handing_over`).

Two lines of ASCII, then the cohort as an encrypted database. The first line names the format and its version,
the second is JSON: what it is, and the database's key, locked by the passphrase. Whatever is said in clear is
sealed into that lock, so that none of it can be changed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, StringConstraints, ValidationError

from escape_tui.store.audit import Head
from escape_tui.store.files import write_new_file
from escape_tui.store.home_key import CohortKey
from escape_tui.store.key_file import CohortId, HomeId
from escape_tui.store.passphrase import Passphrase
from escape_tui.store.wrapping import STANDARD_COST, Argon2Cost, LockedKey, Purpose, Stored, lock, unlock
from sessions.errors import CannotOpen, EscapeError, Refused

VERSION: Final = 1
_FORMAT: Final = b"escape-tui hand-over "
_LONGEST_LINE: Final = 64 * 1024

_Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class Under:
    """The passphrase that locks a hand-over, and what each guess at it costs."""

    passphrase: Passphrase
    cost: Argon2Cost = STANDARD_COST


class About(Stored):
    """What is handed over: by which home, which cohort, the head of its trail, the database's SHA-256."""

    home_id: HomeId
    practice: bool
    code: CohortId
    trail_length: Annotated[int, Field(ge=1)]
    trail_head: _Sha256
    database_sha256: _Sha256

    @property
    def head(self) -> Head:
        """The head of the trail: that the cohort was handed over is its last entry."""
        return Head(self.trail_length, self.trail_head)

    def _purpose(self) -> Purpose:
        subject = f"hand-over {VERSION} {self.code} {self.trail_length} {self.trail_head}"
        return Purpose(self.home_id, self.practice, 1, f"{subject} {self.database_sha256}")

    def locked(self, key: CohortKey, under: Under) -> LockedKey:
        """The database's key, locked by the passphrase for this and nothing else."""
        return lock(key.raw, under.passphrase.encoded, self._purpose(), under.cost)

    def unlocked(self, locked: LockedKey, passphrase: Passphrase) -> CohortKey:
        """The database's key. `CannotOpen` where the passphrase is another."""
        raw = unlock(locked, passphrase.encoded, self._purpose())
        if raw is None:
            raise CannotOpen(
                "The passphrase does not open this hand-over.",
                "Ask whoever gave it for the passphrase that was set for it; it is not that of a home.",
            )
        return CohortKey(raw)


class _Line(Stored):
    sha256: _Sha256
    about: About
    key: LockedKey


@dataclass(frozen=True, slots=True)
class Handover:
    """A hand-over that is whole; `database` opens with the key that `about` unlocks from `key`."""

    about: About
    key: LockedKey
    database: bytes


def write_handover(path: Path, about: About, key: LockedKey, database: bytes) -> None:
    """Write a hand-over to a new file, readable by its owner alone, and bring it to the disk.

    Its folder is not synced. `FileExistsError` where there is one, `OSError` where the machine cannot.
    """
    line = _Line(sha256=_digest(about, key), about=about, key=key).model_dump(mode="json")
    first = _FORMAT + str(VERSION).encode("ascii") + b"\n"
    write_new_file(path, first + json.dumps(line).encode("ascii") + b"\n" + database)


def read_handover(path: Path) -> Handover:
    """Read a hand-over and prove that it is whole; no passphrase is needed for that.

    `Refused` where it is none, `CannotOpen` where it is damaged or of a newer version; `OSError` where it
    cannot be read.
    """
    with path.open("rb") as file:
        _check_format(file.readline(_LONGEST_LINE))
        line = file.readline(_LONGEST_LINE)
        database = file.read()
    try:
        said = _Line.model_validate_json(line)
    except ValidationError:
        raise _damaged() from None
    if said.sha256 != _digest(said.about, said.key) or said.about.database_sha256 != sha256_of(database):
        raise _damaged()
    return Handover(said.about, said.key, database)


def is_handover_of(path: Path, home_id: str, code: str, head: Head) -> bool:
    """Whether a whole hand-over lies at `path`, of that cohort of that home, with that head of its trail."""
    try:
        about = read_handover(path).about
    except (OSError, EscapeError):
        return False
    return (about.home_id, about.code, about.head) == (home_id, code, head)


def sha256_of(content: bytes) -> str:
    """The SHA-256 of a database as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _check_format(line: bytes) -> None:
    version = line.removeprefix(_FORMAT).strip()
    if not line.startswith(_FORMAT) or not version.isdigit():
        raise Refused("That file is no hand-over.", "Name the file that `escape handover give` wrote.")
    if int(version) > VERSION:
        raise CannotOpen("A newer version of the program wrote this hand-over.", "Take it with that version.")


def _digest(about: About, key: LockedKey) -> str:
    """Tells damage from a wrong passphrase. It proves nothing against a forger; the lock does."""
    return hashlib.sha256(f"{about.model_dump_json()}\n{key.model_dump_json()}".encode("ascii")).hexdigest()


def _damaged() -> CannotOpen:
    return CannotOpen(
        "This hand-over is damaged or cut short.", "Copy the file again, or have the cohort given again."
    )
