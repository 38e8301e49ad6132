"""How long a list of 1,000 people takes to import into an encrypted cohort: `python -m bench.import_people`.

Not for: starting the program, or opening the home.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from escape_tui.store.acts.cohorts import NewCohort, create_cohort
from escape_tui.store.cohort import Actor
from escape_tui.taking_in import take_in
from sessions.pack_files import shipped_pack
from sessions.plan import plan_cohort

PEOPLE = 1000
AT_MOST_SECONDS = 2.0
RUNS = 5


def a_list() -> bytes:
    """A list of that many people, every column filled in."""
    lines = [
        "person,given_name,family_name,birth_date,sex,pain_site,side,pain_months,referral_source,"
        "needs_close_support,consent_programme,consent_sharing,consent_contact,phone,emergency_contact,"
        "emergency_phone,language,interpreter,hearing_support,sight_support"
    ]
    lines += [
        f"R{n},Given{n},Family{n},19{40 + n % 30}-05-{1 + n % 28:02},female,knee,left,{3 + n % 90},gp,"
        f"no,yes,yes,no,07700 9{n:05},Next{n},07700 8{n:05},Welsh,no,loop,no"
        for n in range(PEOPLE)
    ]
    return "\n".join(lines).encode()


def seconds() -> tuple[float, float]:
    """How long the list takes into an empty cohort, and how long the same list takes once more."""
    plan = plan_cohort(date(2026, 9, 14), ("mon", "thu"), 12, "GB-ENG")
    new = NewCohort("B26-1", shipped_pack("knees-hips"), "in_person", plan, "10:00")
    with (
        tempfile.TemporaryDirectory() as folder,
        create_cohort(Path(folder) / "B26-1.db", bytes(range(32)), new, Actor("bench")) as cohort,
    ):
        taken = []
        for _ in range(2):
            start = time.perf_counter()
            take_in(cohort, a_list(), "people.csv", date(2026, 11, 22))
            taken.append(time.perf_counter() - start)
    return taken[0], taken[1]


def measured() -> list[str]:
    """A line of a table for the first import and for the same list once more."""
    seconds()
    first, again = zip(*(seconds() for _ in range(RUNS)), strict=True)
    return [_row("import", statistics.median(first)), _row("the same again", statistics.median(again))]


def _row(what: str, taken: float) -> str:
    verdict = "ok" if taken <= AT_MOST_SECONDS else "OVER"
    return f"| {PEOPLE} people, {what} | {taken:.2f} s | at most {AT_MOST_SECONDS:g} s | {verdict} |"


if __name__ == "__main__":
    for row in measured():
        print(row)
