"""What can be done to a cohort: one module a subject, every function one act, one transaction.

Not for: reading (`read`), or rules that need the pack, an instrument or the whole plan (`sessions`).
"""
