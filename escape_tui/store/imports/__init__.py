"""Reading the lists that others send: people, attendance, exercise logs, measures.

From the bytes of a file to typed rows, or to all its faults at once. Not for: writing into a cohort.
"""
