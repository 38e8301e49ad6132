"""What the first line of every screen says: practice or not, where, which cohort, who is on duty, what time.

Not for: drawing it (`headline`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bearings:
    """The words of the first line. `site` and `on_duty` are people's text: data, never markup.

    `enters` is who enters where more than one is on duty, else empty. `time` is `HH:MM` local.
    """

    practice: bool = False
    site: str = ""
    cohort: str = ""
    on_duty: tuple[str, ...] = ()
    enters: str = ""
    time: str = ""
    keys_locked: bool = False
