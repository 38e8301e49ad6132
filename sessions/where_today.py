"""Where a person who takes part over a screen is during a session: the record that passes between rooms.

Not for: storing it, or their lasting contacts (`records.Contact`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WhereToday:
    """Where a person over a screen is during a session, and a telephone there; gone once they are erased.

    One of the two is there. It is for whoever has to send help, and never leaves the laptop.
    """

    person: str
    session: int
    place: str | None
    phone: str | None
