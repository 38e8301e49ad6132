"""An open cohort: its file, its lock, its clock and who acts; every act is a transaction of it.

Not for: what can be done (`acts`), what can be read (`read`), or where its key comes from.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

from escape_tui.store.act import Act
from escape_tui.store.audit import head
from escape_tui.store.connect import Connection, must_exist, open_file, text, whole
from escape_tui.store.lock import Lock
from escape_tui.store.schema import SCHEMA_VERSION, migrate
from sessions.errors import Refused
from sessions.text import is_facilitator_id

CLOCK_MAY_GO_BACK: Final = timedelta(days=1)
"""Against the last entry; a clock that is further behind is wrong now or was wrong then."""

NOBODY_NAMED: Final = "command line"
"""Who acts where no facilitator is named."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, by which clock, with whose chance.

    `by` is a facilitator's id, or `command line`. `clock` gives instants with their zone. `random_bytes`
    makes ids and keys; only a practice cohort may have another than the system's.
    """

    by: str
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    random_bytes: Callable[[int], bytes] = secrets.token_bytes

    def __post_init__(self) -> None:
        # Who acted stands in the trail for good: an id, never a name.
        if self.by != NOBODY_NAMED and not is_facilitator_id(self.by):
            raise Refused("This cannot be a facilitator's id.", "`escape facilitator list` names them all.")


class Cohort:
    """One cohort, open for reading and acting, and locked against every other program.

    `actor` may change while it is open. `clock_accepted` lets acts go on although the clock is far behind the
    last entry: somebody has looked and it is right now.
    """

    def __init__(self, connection: Connection, lock: Lock, actor: Actor) -> None:
        self.connection = connection
        self.actor = actor
        self.clock_accepted = False
        self._lock = lock
        self._batch_step: int | None = None
        self._in_batch = False
        self._kept_for_good = False
        self._acting = False

    @property
    def code(self) -> str:
        """The cohort's code."""
        return text(self.connection.value("SELECT code FROM cohort"))

    def now(self) -> datetime:
        """The present instant in UTC."""
        return self.actor.clock().astimezone(UTC)

    @contextlib.contextmanager
    def act(
        self, name: str, *, when_signed: bool = False, when_away: bool = False, undoable: bool = True
    ) -> Iterator[Act]:
        """One act, kept whole and durably at the end of the block, or not at all.

        `Refused` where the cohort is signed or handed over and this act is not one that goes on then, and
        where the clock is more than a day behind the last entry.
        """
        if self._acting:
            raise RuntimeError("an act cannot hold another; a batch can")
        self._acting = True
        try:
            with self.connection.transaction():
                now = self.now()
                self._refuse_locked(when_signed=when_signed, when_away=when_away)
                self._refuse_clock(now)
                act = Act(self.connection, name)
                yield act
                step = self._next_step() if undoable and not self._kept_for_good else None
                act.write_trail(head(self.connection), instant(now), self.actor.by, step)
        finally:
            self._acting = False

    @contextlib.contextmanager
    def batch(self, *, undoable: bool = True) -> Iterator[None]:
        """Many acts as one: whole or not at all, and undone together. An act refused inside undoes itself.

        Not `undoable`, nothing of it can be taken back: undo goes no further back than its end.
        """
        if self._in_batch or self._acting:
            raise RuntimeError("a batch stands by itself")
        with self.connection.transaction():
            if not undoable:
                self.connection.run("DELETE FROM undo")
            self._batch_step = self._next_step()
            self._in_batch, self._kept_for_good = True, not undoable
            try:
                yield
            finally:
                self._batch_step = None
                self._in_batch = self._kept_for_good = False

    def refuse_read_only(self) -> None:
        """`Refused` where the cohort is signed or handed over, so that nothing may be entered."""
        self._refuse_locked(when_signed=False, when_away=False)

    def close(self) -> None:
        """Close the file and let others open it."""
        self.connection.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _next_step(self) -> int:
        if self._batch_step is not None:
            return self._batch_step
        return whole(self.connection.value("SELECT coalesce(max(step), 0) + 1 FROM undo"))

    def _refuse_locked(self, *, when_signed: bool, when_away: bool) -> None:
        lock = self.connection.row("SELECT code, state, handed_over FROM cohort")
        if lock is None:  # being made
            return
        if lock["handed_over"] and not when_away:
            raise Refused(
                "This cohort was handed over and is read-only here.",
                "Enter this on the laptop that has it, or take the cohort back.",
            )
        if lock["state"] == "signed" and not when_signed:
            raise Refused(
                "This cohort is signed, so nothing in it can be changed.",
                f"Reopen it with `escape return amend {text(lock['code'])} --reason WHY`.",
            )

    def _refuse_clock(self, now: datetime) -> None:
        last = self.connection.value("SELECT at FROM audit ORDER BY id DESC LIMIT 1")
        if last is None or self.clock_accepted:
            return
        if now < datetime.fromisoformat(text(last)) - CLOCK_MAY_GO_BACK:
            raise Refused(
                "The clock of this laptop is more than a day behind the last entry of this cohort.",
                "Set its date and time, then do this again.",
            )


def open_cohort(
    path: Path,
    key: bytes | None,
    actor: Actor,
    before_migration: Callable[[], None],
) -> Cohort:
    """Open the cohort in the file `path`: encrypted with a key of 32 bytes, plain without one.

    `before_migration` backs the file up; it is called only where a newer program meets an older file.
    `CannotOpen` where the file is missing, damaged, of another key, from a newer version, or in use by
    another program; then nothing was changed.
    """
    must_exist(path)
    lock = Lock.take(lock_path(path), actor.clock().astimezone(UTC))
    try:
        connection = open_file(path, key, SCHEMA_VERSION)
        try:
            connection.check()
            migrate(connection, before_migration)
        except BaseException:
            connection.close()
            raise
    except BaseException:
        lock.release()
        raise
    return Cohort(connection, lock, actor)


def lock_path(path: Path) -> Path:
    """The lock file beside a cohort's file."""
    return path.with_suffix(".lock")


def instant(moment: datetime) -> str:
    """An instant as the file keeps it: UTC to the millisecond, with Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
