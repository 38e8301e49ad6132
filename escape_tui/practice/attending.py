"""Who comes to which session, late or to its end, and who leaves the programme.

Not for: what they do there. The figure aimed at: 78.5 % attend at least 75 % (national scale-up 2014-18,
more than 9,000 people).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from escape_tui.practice.chance import pick
from sessions.records import AbsenceReason, AttendanceStatus, WithdrawalReason

LEAVE = 0.11
"""Share of people who leave the programme."""
_LATE, _EARLY = 0.05, 0.02
_SPELL = 0.3
"""Chance that an absence lasts over the next session as well, for the reasons that last."""
_REASONS: dict[AbsenceReason, float] = {
    "ill": 30,
    "flare_up": 18,
    "holiday": 14,
    "caring": 12,
    "work": 10,
    "transport": 8,
    "other": 4,
    "unknown": 4,
}
_LASTING: frozenset[AbsenceReason] = frozenset({"ill", "flare_up", "holiday"})
_TOLD_BEFORE: frozenset[AbsenceReason] = frozenset({"holiday", "work", "caring"})
_LEFT: dict[WithdrawalReason, float] = {
    "unwell": 22,
    "work": 18,
    "caring": 16,
    "transport": 10,
    "joined_gym": 8,
    "better": 8,
    "surgery": 6,
    "adverse_event": 4,
    "unknown": 8,
}


@dataclass(frozen=True, slots=True)
class Coming:
    """Whether a person comes to one session; `reason` only where they do not."""

    session: int
    status: AttendanceStatus
    reason: AbsenceReason | None = None

    @property
    def attends(self) -> bool:
        """Present, late or left early."""
        return self.reason is None

    @property
    def told_before(self) -> bool:
        """Whether the group knows beforehand that they do not come."""
        return self.status == "excused"


@dataclass(frozen=True, slots=True)
class Attending:
    """A person's whole way through the programme; `comings` end where they leave.

    `left` is the session before which they say that they do not come any more, and why.
    """

    comings: tuple[Coming, ...]
    left: tuple[int, WithdrawalReason] | None = None

    def at(self, session: int) -> Coming | None:
        """What they do at that session; None once they have left."""
        return next((coming for coming in self.comings if coming.session == session), None)


def attending(rng: Random, sessions: int) -> Attending:
    """One person's way through a programme of `sessions` sessions."""
    comes = rng.betavariate(18, 2.3)
    leaves = rng.randrange(3, max(4, sessions * 2 // 3)) if rng.random() < LEAVE else None
    last = sessions if leaves is None else leaves - 1
    comings: list[Coming] = []
    away: AbsenceReason | None = None
    for session in range(1, last + 1):
        away = _away(rng, away, comes if session > 1 else max(comes, 0.95))
        comings.append(_coming(rng, session, away))
    return Attending(tuple(comings), None if leaves is None else (leaves, pick(rng, _LEFT)))


def with_somebody_there(ways: Sequence[Attending]) -> tuple[Attending, ...]:
    """The ways of a whole group: to a session that all would miss, the first who has not left comes.

    A session without anybody is not held.
    """
    found = list(ways)
    for session in sorted({coming.session for way in ways for coming in way.comings}):
        group = [(place, coming) for place, way in enumerate(found) if (coming := way.at(session))]
        if not any(coming.attends for _, coming in group):
            place = group[0][0]
            found[place] = _coming_to(found[place], session)
    return tuple(found)


def _coming_to(way: Attending, session: int) -> Attending:
    comings = tuple(
        Coming(session, "present") if coming.session == session else coming for coming in way.comings
    )
    return replace(way, comings=comings)


def _away(rng: Random, before: AbsenceReason | None, comes: float) -> AbsenceReason | None:
    if before in _LASTING and rng.random() < _SPELL:
        return before
    if rng.random() <= comes:
        return None
    reason: AbsenceReason = pick(rng, _REASONS)
    return reason


def _coming(rng: Random, session: int, away: AbsenceReason | None) -> Coming:
    if away is None:
        status: AttendanceStatus = pick(
            rng, {"present": 1 - _LATE - _EARLY, "late": _LATE, "left_early": _EARLY}
        )
        return Coming(session, status)
    told = away in _TOLD_BEFORE and rng.random() < 0.8
    return Coming(session, "excused" if told else "absent", away)
