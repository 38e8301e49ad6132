"""Measures at a desk: typing a sheet from paper, the board of who owes what, feedback cards.

Not for: drawing any of it (`screens.measures`); no toolkit is imported here.
"""
