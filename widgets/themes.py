"""Two themes: a calm one for evenings, and one of high contrast. Texts in both reach 7 to 1 (WCAG AAA).

Not for: choosing one; the settings do.
"""

from __future__ import annotations

from textual.theme import Theme

from widgets.tones import FALLBACKS

TEXTS = (
    "foreground",
    "foreground-muted",
    "text-muted",
    "primary",
    "secondary",
    "accent",
    "success",
    "warning",
    "error",
    "text-primary",
    "text-secondary",
    "text-accent",
    "text-success",
    "text-warning",
    "text-error",
    *FALLBACKS,
)
"""The variables that are used for text, on any of `GROUNDS`."""

GROUNDS = ("background", "surface", "panel")

PAIRS = (
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("footer-foreground", "footer-background"),
    ("footer-key-foreground", "footer-background"),
    ("footer-description-foreground", "footer-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("button-color-foreground", "primary"),
    ("button-color-foreground", "success"),
    ("button-color-foreground", "warning"),
    ("button-color-foreground", "error"),
    ("foreground", "input-selection-background"),
    ("foreground", "block-hover-background"),
)
"""Text and ground that stand together beside those."""


def _variables(
    ink: str, muted: str, ground: str, bar: str, chosen: str, phases: dict[str, str]
) -> dict[str, str]:
    """The variables that Textual would otherwise mix itself, too faint for reading across a room."""
    colours = {
        "foreground-muted": muted,
        "foreground-disabled": muted,
        "text-muted": muted,
        "text-disabled": muted,
        "text": ink,
        "block-cursor-foreground": ground,
        "block-cursor-background": chosen,
        "block-cursor-blurred-foreground": ink,
        "block-cursor-blurred-background": bar,
        "block-hover-background": bar,
        "footer-background": bar,
        "footer-foreground": ink,
        "footer-key-foreground": chosen,
        "footer-description-foreground": ink,
        "footer-item-background": bar,
        "footer-description-background": bar,
        "footer-key-background": bar,
        "input-cursor-background": ink,
        "input-cursor-foreground": ground,
        "input-selection-background": bar,
        "button-foreground": ink,
        "button-color-foreground": ground,
        "border": chosen,
        "border-blurred": muted,
    }
    texts = {
        f"text-{name}": phases[name]
        for name in ("primary", "secondary", "accent", "success", "warning", "error")
    }
    return colours | texts | {name: phases[name] for name in FALLBACKS}


def _theme(
    name: str, ground: str, surface: str, panel: str, ink: str, muted: str, colours: dict[str, str]
) -> Theme:
    return Theme(
        name=name,
        primary=colours["primary"],
        secondary=colours["secondary"],
        accent=colours["accent"],
        success=colours["success"],
        warning=colours["warning"],
        error=colours["error"],
        foreground=ink,
        background=ground,
        surface=surface,
        panel=panel,
        dark=True,
        variables=_variables(ink, muted, ground, panel, colours["primary"], colours),
    )


CALM = _theme(
    "calm",
    ground="#10181c",
    surface="#162127",
    panel="#1d2a31",
    ink="#e8ecea",
    muted="#b4c0c0",
    colours={
        "primary": "#93cbe8",
        "secondary": "#b6c3e6",
        "accent": "#e3c38c",
        "success": "#9dd6a3",
        "warning": "#f0c66e",
        "error": "#ffb0a3",
        "work": "#9fdca6",
        "ready": "#f4cb72",
        "change": "#e2b8ea",
        "rest": "#a9c4f0",
        "warm": "#f2bf98",
        "cool": "#98d3ea",
        "paused": "#d5dad8",
        "talk": "#e8dfc8",
        "relax": "#a5d9cb",
        "emergency": "#ffb0a3",
        "finish": "#d3dca0",
    },
)

HIGH_CONTRAST = _theme(
    "high-contrast",
    ground="#000000",
    surface="#000000",
    panel="#1a1a1a",
    ink="#ffffff",
    muted="#e0e0e0",
    colours={
        "primary": "#66e0ff",
        "secondary": "#b8c8ff",
        "accent": "#ffd84d",
        "success": "#6dff7c",
        "warning": "#ffd200",
        "error": "#ff9c8f",
        "work": "#6dff7c",
        "ready": "#ffe04d",
        "change": "#ffa6ff",
        "rest": "#b8c8ff",
        "warm": "#ffb870",
        "cool": "#66e0ff",
        "paused": "#ffffff",
        "talk": "#fff3c4",
        "relax": "#7dffd8",
        "emergency": "#ff9c8f",
        "finish": "#e2ff5c",
    },
)

THEMES = (CALM, HIGH_CONTRAST)

VARIABLES: dict[str, str] = {name: CALM.variables[name] for name in FALLBACKS}
"""The phases' variables for an app to give out (`get_theme_variable_defaults`): its styles may name them
whichever theme runs."""
