"""What the second version adds to a cohort's file: where somebody over a screen is, and who has which paper.

Not for: the tables of the first version (`tables_1`). Text of a released migration never changes.
"""

from __future__ import annotations

TABLES_2 = """
CREATE TABLE whereabouts (
  person TEXT NOT NULL REFERENCES person (id),
  session INTEGER NOT NULL REFERENCES session (number),
  place TEXT CHECK (place <> ''),
  phone TEXT CHECK (phone <> ''),
  PRIMARY KEY (person, session),
  CHECK (place IS NOT NULL OR phone IS NOT NULL)
) STRICT, WITHOUT ROWID

CREATE TABLE paper (
  person TEXT NOT NULL REFERENCES person (id),
  instrument TEXT NOT NULL,
  timepoint TEXT NOT NULL CHECK (timepoint IN ('baseline', 'end', 'follow_up_6', 'follow_up_12')),
  state TEXT NOT NULL CHECK (state IN ('out', 'back', 'checked')),
  blanks INTEGER NOT NULL DEFAULT 0 CHECK (blanks BETWEEN 0 AND 99),
  PRIMARY KEY (person, instrument, timepoint)
) STRICT, WITHOUT ROWID
"""
