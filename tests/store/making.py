"""A cohort to try the store on: its plan, its people, a clock that is set by hand.

Not for: checking anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from escape_tui.store.act import Changed
from escape_tui.store.acts.cohorts import NewCohort, create_cohort
from escape_tui.store.acts.people import PersonEntry, enrol
from escape_tui.store.audit import head
from escape_tui.store.cohort import Actor, Cohort, open_cohort
from sessions.pack import Pack
from sessions.pack_files import shipped_pack
from sessions.plan import CohortPlan, PlannedSession
from sessions.records import Signoff

KEY = bytes(range(32))
START = date(2026, 10, 5)
HASH = "ab" * 32


@dataclass
class Clock:
    """A clock that stands until it is set."""

    now: datetime = field(default=datetime(2026, 10, 5, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


@cache
def pack() -> Pack:
    return shipped_pack("knees-hips")


def plan() -> CohortPlan:
    days = [START + timedelta(days=7 * (n // 2) + 3 * (n % 2)) for n in range(12)]
    sessions = tuple(PlannedSession(number, on, on) for number, on in enumerate(days, start=1))
    return CohortPlan("england", ("mon", "thu"), sessions)


def new_cohort(*, code: str = "K26-1", practice: bool = False) -> NewCohort:
    return NewCohort(code, pack(), "in_person", plan(), "10:00", practice=practice)


def make(path: Path, key: bytes | None, clock: Callable[[], datetime] | None = None) -> Cohort:
    return create_cohort(path, key, new_cohort(), Actor("jk", clock or Clock()))


def reopen(path: Path, key: bytes | None, clock: Callable[[], datetime] | None = None) -> Cohort:
    return open_cohort(path, key, Actor("jk", clock or Clock()), before_migration=lambda: None)


def someone(cohort: Cohort, reference: str = "R1", **said: str) -> str:
    names = {"given_name": "Zwanhild", "family_name": "Quastenfloss", **said}
    (person,) = enrol(
        cohort,
        PersonEntry(
            reference=reference,
            given_name=names["given_name"],
            family_name=names["family_name"],
            birth_date=date(1957, 3, 14),
            sex="female",
            pain_site="knee",
            side="left",
            pain_months=30,
            referral_source="gp",
            phone="07700900123",
        ),
    ).people
    return person


def signed(cohort: Cohort, revision: int = 1) -> Signoff:
    now = head(cohort.connection)
    return Signoff(revision, cohort.now(), "jk", HASH, None, now.length, now.hash)


def said_nothing(changed: Changed) -> bool:
    return changed.act is None and not changed.touched
