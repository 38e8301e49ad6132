"""The trail of a cohort: one row an act, each bound to the one before by SHA-256, and its verification.

Not for: writing it, which `act` does as part of every act.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from escape_tui.store.connect import Connection, Row, Value, text, whole
from escape_tui.store.masks import Masks
from escape_tui.store.shapes import SHAPES

BEGINNING: Final = "0" * 64
"""What the first entry is bound to."""
Image = dict[str, str | int | None]
_RowKey = tuple[str, tuple[str | int | None, ...]]


@dataclass(frozen=True, slots=True)
class Head:
    """How long the trail is and the hash of its last entry; a sign-off keeps it as an anchor."""

    length: int
    hash: str


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One row that an act changed: columns with their values before and after, private ones masked."""

    table: str
    row: tuple[str | int | None, ...]
    old: tuple[tuple[str, str | int | None], ...] | None
    new: tuple[tuple[str, str | int | None], ...] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in the trail. `at` is UTC; `reason` is what was typed, None once the person is erased."""

    id: int
    at: str
    by: str
    act: str
    detail: str | None
    reason: str | None
    changes: tuple[EntryChange, ...]
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where the trail does not hold, and what that means, in a sentence without anybody's text.

    `chain`: an entry was changed, added or taken out. `anchor`: a signed return saw another trail. `record`:
    a row says something that no act wrote.
    """

    kind: Literal["chain", "anchor", "record"]
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class TrailReport:
    """The head of the trail and every break in it; sound where there is none."""

    head: Head
    breaks: tuple[Break, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was rewritten, as far as chain, anchors and records tell."""
        return not self.breaks


def head(connection: Connection) -> Head:
    """The trail's present head."""
    last = connection.row("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
    return Head(0, BEGINNING) if last is None else Head(whole(last["id"]), text(last["hash"]))


def entries(connection: Connection) -> tuple[Entry, ...]:
    """Every act, oldest first."""
    found = connection.rows(
        "SELECT audit.*, reason.text FROM audit LEFT JOIN reason ON reason.audit = audit.id ORDER BY audit.id"
    )
    return tuple(_entry(row) for row in found)


def link(previous: str, row: Row) -> str:
    """The hash of an entry that follows the one with the hash `previous`."""
    bound = [
        previous,
        *(row[name] for name in ("id", "at", "by", "act", "detail", "reason", "changes")),
    ]
    return hashlib.sha256(canonical(bound).encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON that is the same for the same value: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def verify_chain(connection: Connection, anchors: Iterable[Head] = ()) -> TrailReport:
    """Check the chain, its anchors, and that every row says what the last act on it wrote.

    The anchors of the cohort's own sign-offs are always checked; `anchors` are further ones, from signed
    returns and the ledger. Entries cut off after the last anchor show by rows that no act wrote; feedback
    counts, of which the trail knows nothing, do not show.
    """
    trail = connection.rows("SELECT * FROM audit ORDER BY id")
    own = connection.rows("SELECT audit_length, audit_head FROM signoff")
    every = [Head(whole(row["audit_length"]), text(row["audit_head"])) for row in own]
    return TrailReport(
        head(connection),
        (
            *_chain_breaks(trail),
            *_reason_breaks(connection),
            *_anchor_breaks(trail, [*every, *anchors]),
            *_record_breaks(connection, trail),
        ),
    )


def _chain_breaks(trail: list[Row]) -> list[Break]:
    breaks: list[Break] = []
    previous = BEGINNING
    for expected, row in enumerate(trail, start=1):
        if link(previous, row) != row["hash"]:
            breaks.append(
                Break("chain", f"entry {expected}", "This entry, or one before it, was changed afterwards.")
            )
            # One edit is one break: from here on the stored hash is taken as it is.
        previous = str(row["hash"])
    return breaks


def _reason_breaks(connection: Connection) -> list[Break]:
    masks = Masks(connection)
    rows = connection.rows(
        "SELECT reason.audit, person, text, audit.reason AS kept FROM reason"
        " LEFT JOIN audit ON audit.id = reason.audit"
    )
    return [
        Break(
            "record", f"reason of entry {whole(row['audit'])}", "This reason is not the one that was given."
        )
        for row in rows
        if masks.text(text(row["person"]), "reason", row["text"]) != row["kept"]
    ]


def _anchor_breaks(trail: list[Row], anchors: Iterable[Head]) -> list[Break]:
    hashes = {0: BEGINNING, **{whole(row["id"]): row["hash"] for row in trail}}
    return [
        Break("anchor", f"entry {anchor.length}", "A signed return was made over another trail than this.")
        for anchor in anchors
        if hashes.get(anchor.length) != anchor.hash
    ]


def _record_breaks(connection: Connection, trail: list[Row]) -> list[Break]:
    told = _told(trail)
    found = _found(connection)
    return [
        Break(
            "record",
            f"{table} {' '.join(str(part) for part in key)}",
            "This row is not what the last act on it wrote.",
        )
        for table, key in sorted(told.keys() | found.keys(), key=repr)
        if told.get((table, key)) != _as_told(found.get((table, key)), told.get((table, key)))
    ]


def _told(trail: list[Row]) -> dict[_RowKey, Image]:
    rows: dict[_RowKey, Image] = {}
    for entry in trail:
        for change in _changes(entry):
            if SHAPES[change.table].anonymous:
                continue
            if change.new is None:
                rows.pop((change.table, change.row), None)
            else:
                rows.setdefault((change.table, change.row), {}).update(change.new)
    return rows


def _found(connection: Connection) -> dict[_RowKey, Image]:
    masks = Masks(connection)
    # A file that is only looked at may be older than the newest tables.
    there = {row["name"] for row in connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        (table, tuple(_plain(row[name]) for name in shape.key)): masks.row(table, row, row)
        for table, shape in SHAPES.items()
        if not shape.anonymous and table in there
        for row in connection.rows(f"SELECT * FROM {table}")  # noqa: S608 - names of our own tables
    }


def _as_told(found: Image | None, told: Image | None) -> Image | None:
    # A column that came with a later version is in the row and in no earlier entry.
    if found is None or told is None:
        return found
    return {name: value for name, value in found.items() if name in told}


def _entry(row: Row) -> Entry:
    return Entry(
        id=whole(row["id"]),
        at=text(row["at"]),
        by=text(row["by"]),
        act=text(row["act"]),
        detail=_text(row["detail"]),
        reason=_text(row["text"]),
        changes=tuple(_changes(row)),
        hash=text(row["hash"]),
    )


def _changes(row: Row) -> list[EntryChange]:
    try:
        return [
            EntryChange(one["table"], tuple(one["row"]), _pairs(one["old"]), _pairs(one["new"]))
            for one in json.loads(str(row["changes"]))
            if one["table"] in SHAPES
        ]
    except (ValueError, KeyError, TypeError):
        return []  # an entry that was tampered with; the chain tells


def _pairs(image: Image | None) -> tuple[tuple[str, str | int | None], ...] | None:
    return None if image is None else tuple(image.items())


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _plain(value: Value) -> str | int | None:
    return value.hex() if isinstance(value, bytes) else value
