"""The list of what came in: files by their digest, bags by their hash, what became of them, the answers.

Not for: the rows of the returns (`shelf`), nor deciding anything (`judging`, `line`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, cast

from exports.centre import shelf
from exports.centre.database import Database, Value, opened
from exports.centre.line import Link

State = Literal["new", "refused", "accepted", "fork", "waiting"]
"""Of a bag of a known signer: `refused` is not genuine, `new` is genuine and not placed in its line yet."""

_BAG: Final = """CREATE TABLE bag (
  id INTEGER PRIMARY KEY,
  tagmanifest_sha256 TEXT NOT NULL UNIQUE CHECK (length(tagmanifest_sha256) = 64),
  site_code TEXT NOT NULL,
  cohort_code TEXT NOT NULL,
  return_id TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision > 0),
  previous_sha256 TEXT,
  principal TEXT NOT NULL,
  public_key TEXT NOT NULL,
  signed_at TEXT NOT NULL,
  received_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'refused', 'accepted', 'fork', 'waiting')),
  why_code TEXT NOT NULL,
  why TEXT NOT NULL,
  filed INTEGER NOT NULL DEFAULT 0 CHECK (filed IN (0, 1)),
  counts TEXT,
  settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
  answered TEXT NOT NULL DEFAULT '',
  answered_at TEXT,
  receipt BLOB,
  signature BLOB
) STRICT"""
_FILE: Final = """CREATE TABLE file (
  digest TEXT PRIMARY KEY,
  bag INTEGER REFERENCES bag (id),
  judged_under TEXT NOT NULL,
  verdict TEXT NOT NULL,
  why_code TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT, WITHOUT ROWID"""
_COLUMNS: Final = (
    "id, tagmanifest_sha256, site_code, cohort_code, return_id, revision, previous_sha256, principal, "
    "public_key, signed_at, received_at, state, why_code, why, filed, settled, answered, answered_at, counts"
)


@dataclass(frozen=True, slots=True)
class Sender:
    """What a known signer says of a bag, whether or not the rest of it is sound."""

    tagmanifest_sha256: str
    site_code: str
    cohort_code: str
    return_id: str
    revision: int
    previous_sha256: str | None
    principal: str
    public_key: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag of a known signer. `answered` is what its receipt tells, empty where it has none.

    `counts` are the rows of each table as JSON, None where they were not read yet.
    """

    id: int
    sender: Sender
    received_at: datetime
    state: State
    why_code: str
    why: str
    filed: bool
    settled: bool
    answered: str
    answered_at: datetime | None
    counts: str | None


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that lay in the inbox. `verdict` and `why` are of the file where it is no sound bag.

    `judged_under` tells by which lists and keys it was judged: under others it may turn out otherwise.
    """

    digest: str
    bag: int | None
    judged_under: str
    verdict: str
    why_code: str
    why: str


@dataclass(frozen=True, slots=True)
class ReceiptFiles:
    """A receipt and the signature over it, as they lie beside the bag."""

    receipt: bytes
    signature: bytes


class Ledger:
    """The list, open."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._bags: dict[int, Bag] | None = None

    def files(self) -> dict[str, KnownFile]:
        """Every file that was seen, by its digest."""
        found = self.database.rows("SELECT digest, bag, judged_under, verdict, why_code, why FROM file")
        return {
            str(digest): KnownFile(
                str(digest), _maybe_int(bag), str(under), str(verdict), str(code), str(why)
            )
            for digest, bag, under, verdict, code, why in found
        }

    def keep_file(self, file: KnownFile) -> None:
        """Note what a file turned out to be; a later judgement takes the place of an earlier one."""
        self.database.run(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)",
            *(file.digest, file.bag, file.judged_under),
            *(file.verdict, file.why_code, file.why),
        )

    def bags(self) -> dict[int, Bag]:
        """Every bag of a known signer, by its number here."""
        if self._bags is None:
            rows = self.database.rows(f"SELECT {_COLUMNS} FROM bag")  # noqa: S608 - columns of ours
            self._bags = {one.id: one for one in map(_bag, rows)}
        return dict(self._bags)

    def add_bag(self, sender: Sender, at: datetime, refused: tuple[str, str] | None) -> int:
        """Note a bag and give its number; one that was sound stays so, whatever a copy of it is."""
        known = self.database.rows(
            "SELECT id, state FROM bag WHERE tagmanifest_sha256 = ?", sender.tagmanifest_sha256
        )
        code, why = refused or ("", "")
        state = "refused" if refused else "new"
        if not known:
            return self._change(
                "INSERT INTO bag (tagmanifest_sha256, site_code, cohort_code, return_id, revision, "
                "previous_sha256, principal, public_key, signed_at, received_at, state, why_code, why) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(sender.tagmanifest_sha256, sender.site_code, sender.cohort_code, sender.return_id),
                *(sender.revision, sender.previous_sha256, sender.principal, sender.public_key),
                *(_written(sender.signed_at), _written(at), state, code, why),
            )
        ((number, was),) = known
        if was == "refused":
            self._change(
                "UPDATE bag SET state = ?, why_code = ?, why = ? WHERE id = ?", state, code, why, number
            )
        return int(str(number))

    def place(self, bag: Bag, state: State, why_code: str, why: str) -> None:
        """Note where a bag stands."""
        self._change(
            "UPDATE bag SET state = ?, why_code = ?, why = ? WHERE id = ?", state, why_code, why, bag.id
        )

    def keep_counts(self, bag: Bag, counts: str) -> None:
        """Note how many rows each table of a bag has."""
        self._change("UPDATE bag SET counts = ? WHERE id = ?", counts, bag.id)

    def mark_filed(self, bag: Bag, *, filed: bool) -> None:
        """Note whether the rows of a bag are on the shelf."""
        self._change("UPDATE bag SET filed = ? WHERE id = ?", int(filed), bag.id)

    def settle(self, bag: Bag, rivals: list[Bag]) -> None:
        """Note that among its rivals this bag is the true one."""
        for one in rivals:
            self._change("UPDATE bag SET settled = ? WHERE id = ?", int(one.id == bag.id), one.id)

    def answer(self, bag: Bag, state: str, at: datetime, files: ReceiptFiles) -> None:
        """Keep the receipt of a bag in the state that it stands in."""
        self._change(
            "UPDATE bag SET answered = ?, answered_at = ?, receipt = ?, signature = ? WHERE id = ?",
            *(state, _written(at), files.receipt, files.signature, bag.id),
        )

    def _change(self, sql: str, *values: Value) -> int:
        self._bags = None
        return self.database.run(sql, *values)

    def receipts(self) -> Iterator[tuple[int, ReceiptFiles]]:
        """Every receipt there is, with the number of its bag."""
        for number, receipt, signature in self.database.rows(
            "SELECT id, receipt, signature FROM bag WHERE receipt IS NOT NULL"
        ):
            if isinstance(receipt, bytes) and isinstance(signature, bytes):
                yield int(str(number)), ReceiptFiles(receipt, signature)


def link_of(bag: Bag, *, readable: bool) -> Link:
    """A genuine bag as the line takes it; `readable`: its file is in the inbox now."""
    sender = bag.sender
    return Link(
        sender.tagmanifest_sha256,
        sender.revision,
        sender.previous_sha256,
        there=bag.filed or readable,
        settled=bag.settled,
    )


@contextmanager
def open_ledger(folder: Path, *, to_write: bool) -> Iterator[Ledger]:
    """The ledger in `folder`, made where it is not there and is `to_write`. Raises as `database.opened`."""
    statements = (_BAG, "CREATE INDEX bag_of_return ON bag (site_code, return_id)", _FILE)
    with opened(folder, (*statements, *shelf.statements()), to_write=to_write) as database:
        yield Ledger(database)


def _bag(row: tuple[Value, ...]) -> Bag:
    text = [None if value is None else str(value) for value in row]
    told = [one or "" for one in text]
    sender = Sender(
        tagmanifest_sha256=told[1],
        site_code=told[2],
        cohort_code=told[3],
        return_id=told[4],
        revision=int(told[5]),
        previous_sha256=text[6],
        principal=told[7],
        public_key=told[8],
        signed_at=datetime.fromisoformat(told[9]),
    )
    return Bag(
        id=int(told[0]),
        sender=sender,
        received_at=datetime.fromisoformat(told[10]),
        state=cast("State", told[11]),
        why_code=told[12],
        why=told[13],
        filed=told[14] == "1",
        settled=told[15] == "1",
        answered=told[16],
        answered_at=datetime.fromisoformat(text[17]) if text[17] else None,
        counts=text[18],
    )


def _maybe_int(value: Value) -> int | None:
    return None if value is None else int(str(value))


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()
