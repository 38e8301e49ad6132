"""What a phase looks like: its colour by a variable of the theme and, never left out, its shape.

Not for: deciding which phase it is; a screen says so.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rich.style import Style
from textual.color import Color

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

FALLBACKS: dict[str, str] = {
    "work": "success",
    "ready": "warning",
    "change": "accent",
    "rest": "secondary",
    "warm": "warning",
    "cool": "secondary",
    "paused": "foreground",
    "talk": "primary",
    "relax": "secondary",
    "emergency": "error",
    "finish": "primary",
}
"""Each variable of a phase, and the common variable of every theme that stands in where a theme lacks it."""


class Tone(StrEnum):
    """The look of a phase. The word of the phase is always said beside it."""

    PLAIN = "plain"
    WORK = "work"
    READY = "ready"
    CHANGE = "change"
    REST = "rest"
    WARM_UP = "warm-up"
    COOL_DOWN = "cool-down"
    PAUSED = "paused"
    TALK = "talk"
    RELAX = "relax"
    EMERGENCY = "emergency"
    FINISH = "finish"

    @property
    def shape(self) -> str:
        """One character, different for each phase; empty for `plain`."""
        return _SHAPES.get(self, "")

    @property
    def variable(self) -> str:
        """The theme's variable of this phase, without its `$`."""
        return "foreground" if self is Tone.PLAIN else self.value.partition("-")[0]


_SHAPES = {
    Tone.WORK: "►",
    Tone.READY: "◆",
    Tone.CHANGE: "»",
    Tone.REST: "○",
    Tone.WARM_UP: "▲",
    Tone.COOL_DOWN: "▼",
    Tone.PAUSED: "║",
    Tone.TALK: "≡",
    Tone.RELAX: "●",
    Tone.EMERGENCY: "✚",
    Tone.FINISH: "■",
}


def colour_of(app: App[Any], variable: str) -> Color:
    """The colour that the running theme gives `variable`; a theme without it lends a common one."""
    given = app.theme_variables
    name = variable if variable in given else FALLBACKS.get(variable, "foreground")
    return Color.parse(given[name])


def ink_on(widget: Widget, variable: str) -> Style:
    """The bold style of a block that is drawn in a variable's colour on the widget's own ground."""
    ground = widget.background_colors[1]
    return Style(color=colour_of(widget.app, variable).rich_color, bgcolor=ground.rich_color, bold=True)
