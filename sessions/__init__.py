"""The programme and its rules: packs, plans, the run of a session, levels, instruments, statistics.

Not for: screens, storage or documents. Nothing here reads a clock, a database or a terminal.
"""
