"""What the report over all rests on: of each return that counts, its counts, its pairs, what is missing.

Not for: figures (`exports.summary`, `sessions.statistics`), nor what may be shown of them (`published`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from exports.centre import shelf
from exports.centre.ledger import Ledger
from exports.report.figures import cohort_of, missing
from exports.summary import Gathered, ScaleOf, gather

FLOW = (
    "people_referred",
    "people_eligible",
    "people_enrolled",
    "people_started",
    "people_completed",
    "people_withdrawn",
    "people_not_shared",
)
"""Columns of the table `cohort`, in the order in which people come through."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One return that counts. `flow` are people by step, `missing` how many of how many by what it is."""

    programme: str
    site_code: str
    quarter: str
    people: int
    flow: Mapping[str, int]
    scales: Mapping[ScaleOf, Gathered]
    missing: Mapping[str, tuple[int, int]]


def gathered(ledger: Ledger, progress: Callable[[int, int], None]) -> Iterator[Counted]:
    """Every return that counts, one after the other, by site and sign."""
    filed = [bag for bag in ledger.bags().values() if bag.filed]
    filed.sort(key=lambda bag: (bag.sender.site_code, bag.sender.return_id))
    for number, bag in enumerate(filed, start=1):
        tables = shelf.tables_of(ledger.database, bag.id)
        cohort = cohort_of(tables)
        yield Counted(
            programme=cohort.programme,
            site_code=cohort.site_code,
            quarter=f"{cohort.start_date.year}-Q{(cohort.start_date.month + 2) // 3}",
            people=len(tables.participants),
            flow={step: getattr(cohort, step) for step in FLOW},
            scales=gather(tables.measures),
            missing={one.what: (one.count, one.of) for one in missing(tables)},
        )
        progress(number, len(filed))


def together(parts: Sequence[Mapping[str, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    """What is missing in several returns, added up."""
    added: dict[str, tuple[int, int]] = {}
    for part in parts:
        for what, (count, of) in part.items():
            so_far = added.get(what, (0, 0))
            added[what] = (so_far[0] + count, so_far[1] + of)
    return added
