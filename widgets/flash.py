"""The whole screen lights up for an instant with a sound, for who cannot hear it.

Never more than three a second, the limit below which flashes do not set off seizures (WCAG 2.2, 2.3.1).
Not for: saying anything; the word of the phase does.
"""

from __future__ import annotations

from collections import deque

from textual.reactive import reactive
from textual.widget import Widget

from widgets.tones import Tone, colour_of

MOST_A_SECOND = 3
SHOWN_FOR = 0.12
"""Seconds that a flash stays."""


class FlashLimit:
    """Lets three flashes through in any one second. `now` is seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._last: deque[float] = deque(maxlen=MOST_A_SECOND)

    def allows(self, now: float) -> bool:
        """Whether one may be shown now; it is counted if so."""
        if len(self._last) == MOST_A_SECOND and now - self._last[0] <= 1.0:
            return False
        self._last.append(now)
        return True


_LIMIT = FlashLimit()
"""One for the program: a flash is seen by the same eyes on whichever screen."""


class Flash(Widget, can_focus=False):
    """Lies over the whole screen while it is lit. `enabled` is the setting; one on each screen."""

    DEFAULT_CSS = """
    Flash { overlay: screen; position: absolute; offset: 0 0; width: 100vw; height: 100vh; display: none; }
    """

    enabled: reactive[bool] = reactive(True)

    def __init__(self, *, enabled: bool = True, limit: FlashLimit = _LIMIT, id: str | None = None) -> None:
        super().__init__(id=id)
        self._limit = limit
        self.set_reactive(Flash.enabled, enabled)

    def flash(self, tone: Tone = Tone.PLAIN) -> bool:
        """Light up in the colour of a phase. False where it is off or would be the fourth in a second."""
        if not self.enabled or not self._limit.allows(self._now()):
            return False
        self.styles.background = colour_of(self.app, tone.variable)
        self.display = True
        self.set_timer(SHOWN_FOR, self._out)
        return True

    def render(self) -> str:
        """Nothing but the colour."""
        return ""

    def _out(self) -> None:
        self.display = False

    @staticmethod
    def _now() -> float:
        from time import monotonic

        return monotonic()
