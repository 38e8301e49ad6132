"""A new cohort from what was asked and, where nothing was, from the site's settings.

Not for: laying out its dates (`sessions.plan`), or making its file (`cohorts`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from escape_tui.settings import Settings
from escape_tui.store.acts.cohorts import NewCohort
from sessions.errors import Refused
from sessions.pack import Pack
from sessions.plan import plan_cohort
from sessions.records import DeliveryForm


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCohort:
    """What was asked of a new cohort; None is as the settings say. `time` is `HH:MM` local time."""

    code: str
    start: date
    days: tuple[str, ...] | None = None
    time: str | None = None
    sessions: int | None = None
    delivery: DeliveryForm | None = None
    skip: tuple[date, ...] = ()


def new_cohort(asked: AskedCohort, pack: Pack, settings: Settings, *, practice: bool) -> NewCohort:
    """The cohort that was asked for, planned round the public holidays of the site.

    `Refused` where the programme has no form of that many sessions, and as in `plan_cohort`.
    """
    default = settings.cohort
    sessions = default.sessions if asked.sessions is None else asked.sessions
    forms = sorted(len(schedule.sessions) for schedule in pack.schedules)
    if sessions not in forms:
        raise Refused(
            f"This programme has no form of {sessions} sessions.",
            f"Choose {' or '.join(str(form) for form in forms)}.",
        )
    plan = plan_cohort(asked.start, asked.days or default.days, sessions, settings.site.region, asked.skip)
    return NewCohort(
        code=asked.code,
        pack=pack,
        delivery=asked.delivery or default.delivery.value,
        plan=plan,
        start_time=asked.time or default.time,
        practice=practice,
    )
