"""The cohorts of the home as rows to choose from: those that are running first.

Not for: the choosing (`pick`).
"""

from __future__ import annotations

from escape_tui.cohorts import ListedCohort, listed_cohorts
from escape_tui.desk import Desk
from escape_tui.screens.pick import Row

_ORDER = {"open": 0, "closed": 1, "signed": 2}


def cohort_rows(desk: Desk) -> tuple[Row, ...]:
    """A row for each cohort, that cannot be opened too, with the reason."""
    listed = sorted(listed_cohorts(desk.home), key=_rank)
    return tuple(Row(one.code, one.code, _beside(one)) for one in listed)


def _rank(one: ListedCohort) -> tuple[int, int, str]:
    if one.glance is None:
        return (len(_ORDER), 0, one.code)
    head = one.glance.head
    return (_ORDER[head.state], -head.start_date.toordinal(), one.code)


def _beside(one: ListedCohort) -> str:
    if one.glance is None:
        return "cannot be opened" if one.cannot_open is None else one.cannot_open.wrong
    head = one.glance.head
    days = " ".join(head.weekdays)
    state = "" if head.state == "open" else f", {head.state}"
    held = f"{one.glance.sessions_delivered} of {head.sessions_planned} held"
    return f"{head.programme}, {days} {head.start_time}, {one.glance.people_enrolled} people, {held}{state}"
