"""Guiding one session of a cohort: its register, its run, its log; the same for the screens and line by line.

Not for: what anything looks like (`screens`, `guiding.plain`), nor for the rules themselves (`sessions`).
"""
