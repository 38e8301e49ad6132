"""The two themes of the app, and which is the other one.

Not for: their colours (`widgets.themes`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from widgets.themes import CALM, HIGH_CONTRAST, THEMES

if TYPE_CHECKING:
    from textual.app import App


def register_themes(app: App[Any]) -> None:
    """Give the app its themes and take the standard one, until the settings are read."""
    for theme in THEMES:
        app.register_theme(theme)
    app.theme = CALM.name


def theme_of(setting: str) -> str:
    """The theme that a setting of `display.theme` names."""
    return HIGH_CONTRAST.name if setting == "high_contrast" else CALM.name


def other_theme(theme: str) -> str:
    """The other of the two."""
    return CALM.name if theme == HIGH_CONTRAST.name else HIGH_CONTRAST.name
