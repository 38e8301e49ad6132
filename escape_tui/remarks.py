"""What is entered all the same, and should be looked at: marks ahead of their day, measures out of window.

Not for: what is refused (`store.acts`), or faults in a list (`held_against`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from escape_tui.store.cohort import Cohort
from escape_tui.store.read import cohort_pack, people, plan_of
from sessions.dates import day_in_words
from sessions.due import Days, window_of
from sessions.records import AttendanceRow, MeasureRow

Remarks = tuple[str, ...]
"""Sentences, without a name or any other text of a person."""


def on_register(cohort: Cohort, marks: Iterable[AttendanceRow]) -> Remarks:
    """A sentence for each session of `marks` whose day is still to come; an excuse is known beforehand."""
    today, plan = cohort.actor.clock().astimezone().date(), plan_of(cohort)
    marked = sorted({mark.session for mark in marks if mark.status != "excused"})
    return tuple(
        f"Session {number} is on {day_in_words(day)}, which is still to come. Look whether it is the right "
        "one; one that is held earlier is moved to that day before anybody is marked."
        for number in marked
        if (day := plan.session(number).on) > today
    )


def on_measure(cohort: Cohort, measure: MeasureRow) -> Remarks:
    """A sentence where the measure was taken on a day on which it does not count."""
    return tuple(
        f"{day_in_words(day)} is outside the window of this timepoint ({measure.timepoint}), "
        f"{day_in_words(window.first)} to {day_in_words(window.last)}: it will be compared with nothing. "
        "Look whether day and timepoint are right."
        for day, window in _missed_windows(cohort, [measure])
    )


def on_measures(cohort: Cohort, listed: Iterable[MeasureRow]) -> Remarks:
    """One sentence on how many of a list were taken on days on which they do not count."""
    missed = len(_missed_windows(cohort, listed))
    if not missed:
        return ()
    were = "1 measure was" if missed == 1 else f"{missed} measures were"
    return (
        f"{were} taken outside the window of the timepoint, and will be compared with nothing. "
        "`escape measure due` with --all shows which.",
    )


def _missed_windows(cohort: Cohort, measures: Iterable[MeasureRow]) -> list[tuple[date, Days]]:
    """Of each measure that was taken outside its window, the day and the window."""
    windows, plan = cohort_pack(cohort).windows, plan_of(cohort)
    joined = {person.id: person.joined_at_session for person in people(cohort)}
    of_each = (
        (measure.taken_on, window_of(measure.timepoint, windows, plan, joined[measure.person]))
        for measure in measures
    )
    return [(day, window) for day, window in of_each if day is not None and day not in window]
