"""The program: command line, settings, store, screens.

Not for: rules of the programme (`sessions`) or the making of returns (`exports`).
"""

__version__ = "0.1.0"
