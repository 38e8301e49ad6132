"""The programme and its rules: packs, plans, the run of a session, levels, instruments, statistics.

Not for: screens, storage or documents. Nothing here reads a database or a terminal, and `clock.SystemClock`
alone reads the machine's time: every rule is told the instant.
"""
