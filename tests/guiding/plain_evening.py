"""Guide a session line by line in a process of its own: `python -m tests.guiding.plain_evening FILE`.

Not for: checking anything. The program's own command opens a home first; this opens the file alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from escape_tui.guiding.guide import Evening, Guide
from escape_tui.guiding.last_seen import LastSeen
from escape_tui.guiding.plain import guide_plainly
from escape_tui.settings import Settings
from escape_tui.store.cohort import Actor, open_cohort
from sessions.clock import SystemClock
from tests.guiding.evenings import JO


def main(path: Path) -> int:
    """Guide session 1 of the cohort in that file; 0 where it was ended, 1 where it was left."""
    with open_cohort(path, None, Actor("jk"), lambda: None) as cohort:
        seen = LastSeen(path.with_suffix(".seen"), 1)
        ended = guide_plainly(Guide(cohort, 1, Evening(SystemClock(), Settings(), (JO,), seen)))
    return 0 if ended else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
