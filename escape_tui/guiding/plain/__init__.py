"""Guiding a session line by line, for a screen reader and for scripts: plain words in, plain lines out.

Not for: the screens. Nothing here moves a cursor, colours or redraws anything.
"""

from __future__ import annotations

from escape_tui.guiding.plain.evening import guide_plainly as guide_plainly
