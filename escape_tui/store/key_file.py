"""`keys.json`: what stands in it, reading it with a way back, writing it so that one generation always opens.

Not for: locking and opening keys (`keys`). Nothing in this file is secret without the passphrase.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from escape_tui.store.files import write_durably
from escape_tui.store.wrapping import LockedKey, Stored, WrappedKey
from sessions.errors import CannotOpen

KEYS_NAME = "keys.json"
KEPT_NAME = "keys.json.1"
DAMAGED_NAME = "keys.json.damaged"
VERSION: Literal[1] = 1
_MOST_BYTES = 16 * 1024 * 1024

CohortId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,63}$")]
Instant = Annotated[AwareDatetime, AfterValidator(lambda instant: instant.astimezone(UTC))]
HomeId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class CohortEntry(Stored):
    """A cohort's key; and the one it is moving to, while its file is being written anew."""

    cohort_id: CohortId
    key: WrappedKey
    next_key: WrappedKey | None = None


class Tombstone(Stored):
    """A cohort that was erased, so that no backup brings it back."""

    cohort_id: CohortId
    erased_at: Instant


class Keys(Stored):
    """All keys of a home, locked. A home that is not `encrypted` has none, and its tombstones alone.

    `practice` is set when the home is made; it is sealed into every key, so that no edit can change it.
    """

    home_id: HomeId
    practice: bool
    encrypted: bool
    home_key_number: int = Field(ge=1)
    by_passphrase: LockedKey | None = None
    by_recovery_key: LockedKey | None = None
    cohorts: tuple[CohortEntry, ...] = ()
    erased: tuple[Tombstone, ...] = ()

    @model_validator(mode="after")
    def _locked_or_not(self) -> Self:
        """Half a lock is no lock: a home is locked both ways, or it is plain and has no cohort's key."""
        locks = (self.by_passphrase is not None, self.by_recovery_key is not None)
        if locks != (self.encrypted, self.encrypted) or (self.cohorts and not self.encrypted):
            raise ValueError("says two things about being encrypted")
        return self

    def entry(self, cohort_id: str) -> CohortEntry | None:
        """The entry of a cohort, or None."""
        return next((entry for entry in self.cohorts if entry.cohort_id == cohort_id), None)

    def tombstone(self, cohort_id: str) -> Tombstone | None:
        """The tombstone of a cohort, or None."""
        return next((tombstone for tombstone in self.erased if tombstone.cohort_id == cohort_id), None)


class _Version(BaseModel):
    version: int


class _Document(Stored):
    version: Literal[1] = VERSION
    sha256: str
    keys: Keys


@dataclass(frozen=True, slots=True)
class FoundKeys:
    """The keys that were read; `kept` where `keys.json` is damaged or gone and the one before it was."""

    keys: Keys
    kept: bool


def keys_are_there(folder: Path) -> bool:
    """Whether a home's keys lie in `folder`, sound or not."""
    return any((folder / name).exists() for name in (KEYS_NAME, KEPT_NAME))


def read_keys(folder: Path) -> FoundKeys:
    """Read the keys of the home in `folder`, from the generation before where the latest is damaged.

    Nothing is written. `CannotOpen` where neither can be read, or where a newer program wrote one.
    """
    for name in (KEYS_NAME, KEPT_NAME):
        try:
            content = (folder / name).read_bytes()
        except FileNotFoundError:
            continue
        keys = _keys_in(content)
        if keys is not None:
            return FoundKeys(keys, kept=name == KEPT_NAME)
    raise CannotOpen(
        f"The file {KEYS_NAME} of this home is damaged or gone, and so is the one kept before it.",
        f"Put {KEYS_NAME} back from a backup or from your second copy.",
    )


def generations(folder: Path) -> Iterator[Keys]:
    """Each sound generation of keys in `folder`. Raises `CannotOpen` where a newer program wrote one."""
    for name in (KEYS_NAME, KEPT_NAME):
        with contextlib.suppress(FileNotFoundError):
            if keys := _keys_in((folder / name).read_bytes()):
                yield keys


def write_first_keys(folder: Path, keys: Keys) -> None:
    """Write the keys of a home that had none, as both generations; where that fails, it has none again.

    Only for whoever holds the home's lock.
    """
    try:
        for name in (KEYS_NAME, KEPT_NAME):
            write_durably(folder / name, _content(keys))
    except BaseException:
        for name in (KEYS_NAME, KEPT_NAME):
            with contextlib.suppress(OSError):
                (folder / name).unlink(missing_ok=True)
        raise


def write_keys(folder: Path, keys: Keys, found: FoundKeys) -> None:
    """Write `keys` after `found`, which becomes the generation kept. At every step one of the two opens."""
    path = folder / KEYS_NAME
    if not found.kept:
        write_durably(folder / KEPT_NAME, _content(found.keys))
    elif path.exists():
        # What is damaged may still be of use to somebody who mends it by hand.
        path.replace(folder / DAMAGED_NAME)
    write_durably(path, _content(keys))


def write_keys_everywhere(folder: Path, keys: Keys) -> None:
    """Write `keys` as both generations, so that what they no longer hold is in no file of the home.

    At every step `keys.json` opens as it was or as it is now.
    """
    content = _content(keys)
    write_durably(folder / KEPT_NAME, content)
    write_durably(folder / KEYS_NAME, content)
    (folder / DAMAGED_NAME).unlink(missing_ok=True)


def forget_in_copy(folder: Path, keys: Keys, cohort_id: str) -> None:
    """Take out of a copy of `keys` in `folder` whatever key of a cohort `keys` no longer hold, durably.

    The copy gains the tombstones of `keys`; what else it holds stays, for it may be newer. A damaged copy,
    in which the key may still be read, gives way to `keys`; one of another home is left alone. `CannotOpen`
    where a newer program wrote it, `OSError` where it cannot be read or written.
    """
    for name in (KEYS_NAME, KEPT_NAME):
        path = folder / name
        if not path.exists():
            continue
        copy = _keys_in(path.read_bytes())
        if copy is None:
            write_durably(path, _content(keys))
        elif copy.home_id == keys.home_id:
            write_durably(path, _content(_without(copy, keys, cohort_id)))


def home_of_copy(folder: Path) -> str | None:
    """Whose home's keys lie in `folder`, by its id; None where there are none, or none that can be read."""
    try:
        return read_keys(folder).keys.home_id
    except CannotOpen:
        return None


def _without(copy: Keys, keys: Keys, cohort_id: str) -> Keys:
    entry = keys.entry(cohort_id)
    # Another home key locked what stands there: only what was locked by the same one can be exchanged.
    now = (entry,) if entry and copy.home_key_number == keys.home_key_number else ()
    known = {tombstone.cohort_id for tombstone in copy.erased}
    return copy.model_copy(
        update={
            "cohorts": (*(other for other in copy.cohorts if other.cohort_id != cohort_id), *now),
            "erased": (*copy.erased, *(one for one in keys.erased if one.cohort_id not in known)),
        }
    )


def _keys_in(content: bytes) -> Keys | None:
    """The keys in `content`; None where it is damaged."""
    if len(content) > _MOST_BYTES:
        return None
    try:
        version = _Version.model_validate_json(content).version
        if version > VERSION:
            raise CannotOpen(
                "A newer version of the program made the keys of this home.",
                "Open it with that version; nothing was changed.",
            )
        document = _Document.model_validate_json(content)
    except ValidationError:
        return None
    return document.keys if document.sha256 == _digest(document.keys) else None


def _content(keys: Keys) -> bytes:
    document = _Document(sha256=_digest(keys), keys=keys).model_dump(mode="json")
    return (json.dumps(document, indent=1) + "\n").encode("ascii")


def _digest(keys: Keys) -> str:
    """Tells damage from a wrong passphrase. It proves nothing against a forger; the locks do."""
    return hashlib.sha256(keys.model_dump_json().encode("ascii")).hexdigest()
