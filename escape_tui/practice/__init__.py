"""Practice: a home of its own, a cohort of invented people, and a past that was lived through the same acts.

Not for: real people, and never in a real home.
"""
