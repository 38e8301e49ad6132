"""Textual widgets that know no cohort and no store.

Not for: anything that has to ask who the person is or where a value is kept; a screen tells them.
"""
