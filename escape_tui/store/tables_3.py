"""What the third version adds to a cohort's file: sheets that somebody is still typing.

Not for: the tables of the versions before (`tables_1`, `tables_2`). Text of a released migration never
changes.
"""

from __future__ import annotations

TABLES_3 = """
CREATE TABLE draft (
  person TEXT NOT NULL REFERENCES person (id),
  instrument TEXT NOT NULL,
  timepoint TEXT NOT NULL CHECK (timepoint IN ('baseline', 'end', 'follow_up_6', 'follow_up_12')),
  kind TEXT NOT NULL CHECK (kind IN ('first', 'second', 'correction')),
  by TEXT NOT NULL,
  taken_on TEXT NOT NULL CHECK (date(taken_on) IS taken_on),
  mode TEXT NOT NULL CHECK (mode IN ('self', 'read_aloud', 'interpreter', 'phone', 'post')),
  cells TEXT NOT NULL,
  at INTEGER NOT NULL CHECK (at BETWEEN 0 AND 99),
  pending TEXT NOT NULL,
  PRIMARY KEY (person, instrument, timepoint, kind)
) STRICT, WITHOUT ROWID
"""
