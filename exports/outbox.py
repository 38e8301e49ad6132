"""What became of each signed return: queued, sent, accepted, refused or forked; and when sending goes on.

Not for: sending (`sending`), nor for where this is kept (`escape_tui.outbox`).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from exports.receipts import CentreReceipt
from sessions.text import Data

State = Literal["queued", "sent", "accepted", "refused", "forked"]

_WAITS: Final = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(days=1))

_Instant = Annotated[AwareDatetime, AfterValidator(lambda instant: instant.astimezone(UTC))]


class Delivery(Data):
    """Where a return was brought, under which name, and when."""

    to: str
    name: str
    at: _Instant


class Sending(Data):
    """What became of one return, which the SHA-256 of its tagmanifest identifies.

    `noted` is whether the answer stands in the cohort too.
    """

    tagmanifest_sha256: str
    deliveries: tuple[Delivery, ...] = ()
    answer: CentreReceipt | None = None
    noted: bool = False

    @property
    def state(self) -> State:
        """The word for it."""
        if self.answer is not None:
            return "forked" if self.answer.verdict == "fork" else self.answer.verdict
        return "sent" if self.deliveries else "queued"

    def delivered_to(self, to: str) -> Delivery | None:
        """When it was brought to that address, None where it was not."""
        return next((one for one in self.deliveries if one.to == to), None)

    def answered(self, receipt: CentreReceipt) -> Sending:
        """What it is after `receipt`; the same where that is for another return, known, or an older one."""
        if receipt.tagmanifest_sha256 != self.tagmanifest_sha256:
            return self
        if self.answer is not None and receipt.received_at <= self.answer.received_at:
            return self
        return self.model_copy(update={"answer": receipt, "noted": False})


class Fault(Data):
    """Why sending stopped, when, how often in a row, and from when it is worth another try."""

    words: str
    at: _Instant
    times: Annotated[int, Field(ge=1)]
    next_try: _Instant


class OutboxLedger(Data):
    """What became of every return of a home, and what stopped the last sending."""

    version: Literal[1] = 1
    sendings: tuple[Sending, ...] = ()
    fault: Fault | None = None

    def of(self, tagmanifest_sha256: str) -> Sending:
        """What became of that return."""
        known = (one for one in self.sendings if one.tagmanifest_sha256 == tagmanifest_sha256)
        return next(known, Sending(tagmanifest_sha256=tagmanifest_sha256))

    def having(self, sending: Sending) -> OutboxLedger:
        """The same with what became of one return."""
        others = tuple(one for one in self.sendings if one.tagmanifest_sha256 != sending.tagmanifest_sha256)
        return self.model_copy(update={"sendings": (*others, sending)})

    def stopped(self, words: str, at: datetime) -> OutboxLedger:
        """What it is after a sending that was stopped; the next try is later each time, a day at most."""
        times = 1 if self.fault is None else self.fault.times + 1
        wait = _WAITS[min(times, len(_WAITS)) - 1]
        return self.model_copy(update={"fault": Fault(words=words, at=at, times=times, next_try=at + wait)})

    def went_through(self) -> OutboxLedger:
        """What it is after a sending that nothing stopped."""
        return self.model_copy(update={"fault": None})
