"""The store: homes, their keys, and the cohorts in them, one encrypted file each.

Not for: the rules of the programme (`sessions`), nor for how anything looks on a screen.
"""
