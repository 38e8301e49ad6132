"""Where a cohort lives: one file, one transaction an act, an audit trail that shows any rewriting.

Not for: rules of the programme (`sessions`), screens, or what leaves the laptop (`exports`).
"""
