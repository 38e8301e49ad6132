"""Backups as files: `<CODE>/<instant>.db` in a folder, beside each what was written down when it was made.

Not for: making one (`backup`), restoring one (`restore`), or which are kept (`retention`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints, ValidationError

from escape_tui.store.audit import head
from escape_tui.store.connect import Connection, version_of
from escape_tui.store.digests import TableDigest
from escape_tui.store.files import write_durably
from escape_tui.store.key_file import Instant
from sessions.text import Data

BACKUPS_FOLDER: Final = "backups"
_NAME = "%Y-%m-%dT%H-%M-%S"
"""No colons: a stick's file system may not know them."""

Why = Literal["opening", "use", "asked", "risk", "migration", "restore", "erasure"]
"""Before or because of what a backup was made."""
HELD: Final[frozenset[Why]] = frozenset({"asked", "migration", "restore"})
"""Such a backup was asked for, or holds what something else has taken the place of."""


class State(Data):
    """The state of a cohort's file: equal states hold the same, so that one backup is enough for them.

    `key_mark` tells keys apart and says nothing of the key; None in a plain home.
    """

    schema_version: int
    audit_length: Annotated[int, Field(ge=0)]
    audit_head: str
    key_mark: str | None


class Statement(Data):
    """What was written down beside a backup. `people` counts everyone on the list."""

    version: Literal[1] = 1
    home_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    code: str
    practice: bool
    made_at: Instant
    why: Why
    people: Annotated[int, Field(ge=0)]
    state: State
    tables: tuple[TableDigest, ...]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that lies in a folder; without a statement where that is gone or damaged."""

    path: Path
    made_at: datetime
    statement: Statement | None


def state_of(connection: Connection, key: bytes | None) -> State:
    """The state of an open file."""
    now = head(connection)
    return State(
        schema_version=version_of(connection),
        audit_length=now.length,
        audit_head=now.hash,
        key_mark=key_mark(key),
    )


def key_mark(key: bytes | None) -> str | None:
    """What tells one random key from another without saying anything of it."""
    return None if key is None else hashlib.sha256(b"escape-tui key mark\0" + key).hexdigest()[:16]


def backups_in(folder: Path, code: str) -> tuple[Backup, ...]:
    """The backups of a cohort below `folder`, newest first. Files of other names are passed over."""
    found = [(instant_of(path), path) for path in (folder / code).glob("*.db")]
    return tuple(
        Backup(path, at, read_statement(path))
        for at, path in sorted(found, key=lambda one: one[1].name, reverse=True)
        if at is not None
    )


def codes_in(folder: Path) -> tuple[str, ...]:
    """The codes of the cohorts that have a backup below `folder`, in alphabetical order."""
    return tuple(sorted({path.parent.name for path in folder.glob("*/*.db") if instant_of(path)}))


def read_statement(backup: Path) -> Statement | None:
    """What was written down beside a backup; None where nothing can be read."""
    try:
        return Statement.model_validate_json(_statement_path(backup).read_bytes())
    except (OSError, ValidationError):
        return None


def write_statement(backup: Path, statement: Statement) -> None:
    """Write it down beside a backup, durably; before the backup itself has its name."""
    content = json.dumps(statement.model_dump(mode="json"), indent=1) + "\n"
    write_durably(_statement_path(backup), content.encode("ascii"))


def free_path(folder: Path, at: datetime) -> Path:
    """The path of a backup made at that instant, in the folder of its cohort; one that is taken is left."""
    at = at.astimezone(UTC)
    while (path := folder / f"{at.strftime(_NAME)}-{at.microsecond // 1000:03}Z.db").exists():
        at += timedelta(milliseconds=1)
    return path


def instant_of(backup: Path) -> datetime | None:
    """The instant in the name of a backup; None where the name is none of a backup."""
    seconds, _, milliseconds = backup.stem.removesuffix("Z").rpartition("-")
    with contextlib.suppress(ValueError):
        at = datetime.strptime(seconds, _NAME).replace(tzinfo=UTC)
        return at.replace(microsecond=int(milliseconds) * 1000)
    return None


def remove_backup(backup: Path) -> None:
    """Remove a backup with what was written down beside it; what is not there is passed over."""
    backup.unlink(missing_ok=True)
    _statement_path(backup).unlink(missing_ok=True)


def _statement_path(backup: Path) -> Path:
    return backup.with_suffix(".json")
