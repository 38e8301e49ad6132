"""The outbox of a home as people see it: every signed return, what became of it, counts compared.

Not for: sending and fetching (`syncing`). Reading it needs no key: it holds codes, hashes and instants alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from escape_tui.settings import load_settings
from escape_tui.store.files import write_durably
from escape_tui.store.home_lock import alone_in
from escape_tui.store.ledger import SealedFile, SignedRevision, read_ledger
from escape_tui.store.outgoing import OUTBOX_FOLDER
from exports.outbox import OutboxLedger, Sending, State
from sessions.errors import CannotOpen

OUTBOX_NAME: Final = "outbox.json"


@dataclass(frozen=True, slots=True)
class RowsCompared:
    """The rows of a table as it was sealed, and as the centre counted them; None where it said nothing."""

    table: str
    sealed: int
    counted: int | None


@dataclass(frozen=True, slots=True)
class ReturnOut:
    """One signed return and what became of it.

    `sent_to` and `sent_at` are of the last place that it was brought to; `here` is whether its file is still
    in the outbox.
    """

    code: str
    return_id: str
    revision: int
    tagmanifest_sha256: str
    file_name: str
    signed_at: datetime
    here: bool
    state: State
    sent_to: str | None
    sent_at: datetime | None
    centre: str | None
    reason: str | None
    received_at: datetime | None
    rows: tuple[RowsCompared, ...]

    @property
    def agrees(self) -> bool | None:
        """Whether the centre counted in every table what was sealed in it; None where it did not count."""
        counted = [one for one in self.rows if one.counted is not None]
        return all(one.sealed == one.counted for one in counted) if counted else None


@dataclass(frozen=True, slots=True)
class Outbox:
    """Where returns go, empty for nowhere yet; every return; what stopped sending, and the next try."""

    to: str
    returns: tuple[ReturnOut, ...]
    fault: str | None
    next_try: datetime | None

    def is_due(self, now: datetime) -> bool:
        """Whether there is something to send or an answer to wait for, and it is time to try."""
        open_ends = any(one.state == "sent" or (one.state == "queued" and one.here) for one in self.returns)
        return bool(self.to) and open_ends and (self.next_try is None or now >= self.next_try)


def outbox_of(folder: Path) -> Outbox:
    """The outbox of the home in `folder`, by cohort and revision.

    `CannotOpen` where a file of the home that it rests on is damaged.
    """
    ledger = read_outbox(folder)
    fault = ledger.fault
    return Outbox(
        to=load_settings(folder).outbox.to,
        returns=tuple(returns_out(folder, ledger)),
        fault=fault.words if fault else None,
        next_try=fault.next_try if fault else None,
    )


def returns_out(folder: Path, ledger: OutboxLedger) -> list[ReturnOut]:
    """Every return that was signed here and is here, was sent, or was answered."""
    found = [
        _out(folder, signed, file, ledger.of(signed.tagmanifest_sha256))
        for signed, file in sealed_returns(folder)
    ]
    return [one for one in found if one.here or one.state != "queued"]


def sealed_returns(folder: Path) -> list[tuple[SignedRevision, SealedFile]]:
    """Every revision signed here and the file it was sealed in, by cohort, then as they were signed."""
    signed = sorted(read_ledger(folder).signed, key=lambda one: (one.code, one.signed_at, one.revision))
    return [(one, one.file) for one in signed if one.file is not None]


def outbox_file(folder: Path, file: SealedFile) -> Path:
    """Where the file of a return lies in the outbox, whether or not it is there."""
    return folder / OUTBOX_FOLDER / file.name


def read_outbox(folder: Path) -> OutboxLedger:
    """What became of the returns of the home in `folder`. `CannotOpen` where it cannot be read."""
    try:
        return OutboxLedger.model_validate_json((folder / OUTBOX_NAME).read_bytes())
    except FileNotFoundError:
        return OutboxLedger()
    except ValidationError:
        pass
    raise CannotOpen(
        f"The file {OUTBOX_NAME} is damaged, or a newer version wrote it.",
        "Move it away: what was sent and accepted is found out anew from the place that returns go to.",
    )


def change_outbox(folder: Path, edit: Callable[[OutboxLedger], OutboxLedger]) -> OutboxLedger:
    """Change what is kept of the outbox, durably on return; what it is then."""
    with alone_in(folder):
        ledger = read_outbox(folder)
        changed = edit(ledger)
        if changed != ledger:
            content = json.dumps(changed.model_dump(mode="json"), indent=1) + "\n"
            write_durably(folder / OUTBOX_NAME, content.encode("ascii"))
    return changed


def _out(folder: Path, signed: SignedRevision, file: SealedFile, sending: Sending) -> ReturnOut:
    last = max(sending.deliveries, key=lambda one: one.at, default=None)
    answer = sending.answer
    counts = answer.counts if answer else {}
    return ReturnOut(
        code=signed.code,
        return_id=signed.return_id,
        revision=signed.revision,
        tagmanifest_sha256=signed.tagmanifest_sha256,
        file_name=file.name,
        signed_at=signed.signed_at,
        here=outbox_file(folder, file).exists(),
        state=sending.state,
        sent_to=last.to if last else None,
        sent_at=last.at if last else None,
        centre=answer.centre if answer else None,
        reason=answer.reason if answer else None,
        received_at=answer.received_at if answer else None,
        rows=tuple(RowsCompared(one.table, one.rows, counts.get(one.table)) for one in file.rows),
    )
