"""The tables of a return, version 1: the one source of what is written, read, described and documented.

Not for: how the rows come about (`exports.tables`), or the documents made from this (`exports.codebook`).
"""

from __future__ import annotations

from exports.columns import Table
from exports.schema.cohort import COHORT, FEEDBACK, INCIDENTS, SESSIONS
from exports.schema.measured import MEASURES, RESPONSES, SUMMARY
from exports.schema.people import ATTENDANCE, EXERCISE, PARTICIPANTS

FORMAT_VERSION = 1
TABLES = (
    COHORT,
    PARTICIPANTS,
    SESSIONS,
    ATTENDANCE,
    EXERCISE,
    MEASURES,
    RESPONSES,
    INCIDENTS,
    FEEDBACK,
    SUMMARY,
)
"""Every table there can be, in the order in which they are described."""


def table_named(name: str) -> Table:
    """The table of that name; `KeyError` where there is none."""
    for table in TABLES:
        if table.name == name:
            return table
    raise KeyError(name)
