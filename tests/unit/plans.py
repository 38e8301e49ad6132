"""Plans that the tests of the plan share: an autumn cohort that no public holiday touches.

Not for: tests; nothing here asserts.
"""

from __future__ import annotations

from datetime import date

from sessions.plan import CohortPlan, plan_cohort

MONDAY = date(2026, 9, 14)


def autumn(sessions: int = 12, weekdays: tuple[str, ...] = ("mon", "thu")) -> CohortPlan:
    """Mondays and Thursdays in England from Monday 14 September 2026."""
    return plan_cohort(MONDAY, weekdays, sessions, "GB-ENG")
