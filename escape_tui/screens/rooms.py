"""Where each screen is found that others lead to: the top areas, and the screens a session adds.

Not for: the screens themselves. An area or a room that is not built has no row here and gets no key; building
it is adding the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from textual.screen import Screen

AnyScreen = Screen[Any]


@dataclass(frozen=True, slots=True)
class Area:
    """A top area: a mode of the app, its key, its word in the line of keys, `module:Class` of its screen."""

    mode: str
    key: str
    title: str
    where: str

    def make(self) -> AnyScreen:
        """The area's screen, imported only now."""
        return made(self.where)


AREAS: Final = (
    Area("today", "f2", "Today", "escape_tui.screens.today:TodayScreen"),
    Area("measures", "f4", "Measures", "escape_tui.screens.measures.board:MeasuresScreen"),
    Area("returns", "f5", "Returns", "escape_tui.screens.returns.returns:ReturnsScreen"),
)
"""In the order of their keys: today F2, people F3, measures F4, returns F5."""

ROOMS: Final[dict[str, str]] = {
    "session": "escape_tui.screens.session.session_screen:SessionScreen",
    "emergency": "escape_tui.screens.emergency:EmergencyScreen",
    "roll_call": "escape_tui.screens.roll_call:RollCallScreen",
    "feedback": "escape_tui.screens.measures.feedback:FeedbackScreen",
}
"""Screens that the base leads to: `session` is made with a session's number, `emergency`, `roll_call` and
`feedback` with nothing. Each stands here once it is built."""


def made(where: str, *arguments: object) -> AnyScreen:
    """The screen at `module:Class`, made with `arguments`."""
    module, _, name = where.partition(":")
    screen = getattr(import_module(module), name)(*arguments)
    if not isinstance(screen, Screen):
        raise TypeError(f"{where} is no screen")
    return screen
