"""The rows of a return's tables, from a cohort as it is held.

Not for: writing them as files (`exports.writing`), or what is missing in them (`exports.completeness`).
"""

from __future__ import annotations

from exports.held import Held, Signing, shared
from exports.rows import Tables
from exports.summary import ScaleOf, summarise
from exports.tables.cohort import cohort_row, feedback_rows, incident_rows
from exports.tables.measured import measure_rows, response_rows
from exports.tables.people import attendance_rows, exercise_rows, participant_rows
from exports.tables.sessions import session_rows
from exports.thresholds import thresholds_for


def tables_of(held: Held, signing: Signing) -> Tables:
    """All tables of the return. Who has not agreed to sharing has no row in any of them."""
    people = shared(held)
    measures = measure_rows(held, people)
    scales = {ScaleOf(row.instrument, row.scale) for row in measures}
    return Tables(
        cohort=(cohort_row(held, people, signing),),
        participants=participant_rows(held, people),
        sessions=session_rows(held, people),
        attendance=attendance_rows(held, people),
        exercise=exercise_rows(held, people),
        measures=measures,
        responses=response_rows(held, people) if held.asked.responses else None,
        incidents=incident_rows(held, people),
        feedback=feedback_rows(held),
        summary=summarise(len(people), measures, thresholds_for(scales)),
    )
