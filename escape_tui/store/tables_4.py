"""What the fourth version adds to a cohort's file: which kinds of exercise are not for somebody.

Not for: the tables of the versions before (`tables_1` to `tables_3`). Text of a released migration never
changes.
"""

from __future__ import annotations

TABLES_4 = """
CREATE TABLE ruled_out (
  person TEXT NOT NULL REFERENCES person (id),
  tag TEXT NOT NULL CHECK (tag IN ('balance', 'kneeling', 'overhead', 'impact', 'hands-on', 'floor',
    'stepping', 'deep-bend', 'twisting', 'standing')),
  PRIMARY KEY (person, tag)
) STRICT, WITHOUT ROWID
"""
