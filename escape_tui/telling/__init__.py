"""What the records of a cohort tell, for a screen to draw: lists, pages, figures, each with its one function.

Not for: drawing, for acts, or for working a figure out a second time (`sessions`, `exports`).
"""
