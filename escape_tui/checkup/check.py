"""One thing looked at, and what was found.

Not for: looking.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Verdict: TypeAlias = Literal["ok", "warning", "bad"]
"""`warning`: work can go on, somebody should see to it. `bad`: data or an evening is at risk."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, the verdict, and in a sentence or two what was found and what to do."""

    check: str
    verdict: Verdict
    message: str


def ok(check: str, message: str) -> Check:
    """All is well."""
    return Check(check, "ok", message)


def warning(check: str, message: str) -> Check:
    """Somebody should see to it."""
    return Check(check, "warning", message)


def bad(check: str, message: str) -> Check:
    """Data or an evening is at risk."""
    return Check(check, "bad", message)


def all_is_well(checks: Iterable[Check]) -> bool:
    """Whether nothing is bad."""
    return all(check.verdict != "bad" for check in checks)
