"""Guiding a session line by line, for a screen reader and for scripts: plain words in, plain lines out.

Not for: the screens. Nothing here moves a cursor, colours or redraws anything.
"""

from __future__ import annotations

from escape_tui.guiding.guide import Guide
from escape_tui.guiding.plain_input import Lines


def guide_plainly(guide: Guide, lines: Lines | None = None) -> bool:
    """Guide the session on stdout by what `lines` gives, by default stdin; its clocks run meanwhile.

    True where the session was ended, False where it was broken off by the end of the input or by Ctrl-C:
    then it is taken up again by doing the same once more. The caller opens and closes the cohort.
    """
    raise NotImplementedError
