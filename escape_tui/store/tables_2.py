"""What the second version adds to a cohort's file: where somebody over a screen is at a session.

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
"""
