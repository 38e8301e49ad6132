"""An app that shows widgets and nothing else, in any theme and size; and names that have broken screens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widget import Widget

from widgets.themes import CALM, THEMES, VARIABLES

HOSTILE = (
    "Ann [/b] x",
    "[red]",
    "[/",
    "[b]Bo[/b]",
    "$primary",
    "שרה כהן",
    "مريم",
    "🤸🏽 Dee",
    "日本 太郎",
    "Ana\u0301i\u0308s \u0308\u0308Q",
    "E" * 120,
    "a\tb\nc\x1b[31md",
    "",
    "\\[x]",
)
SIZES = ((80, 24), (120, 40), (240, 70))


class Stage(App[None]):
    """Shows the widgets it is given, one above the other."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { layout: vertical; }"

    def __init__(self, *shown: Widget, theme: str = CALM.name) -> None:
        super().__init__()
        self.shown = shown
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return VARIABLES

    def compose(self) -> ComposeResult:
        yield from self.shown


def on_stage(
    app: App[None], then: Callable[[Pilot[None]], Awaitable[None]], size: tuple[int, int] = (80, 24)
) -> None:
    """Show the app at this size, and do what the test does once it stands."""

    async def play() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await then(pilot)

    asyncio.run(play())


def text_of(widget: Widget) -> list[str]:
    """The lines of a widget as they are shown."""
    return [strip.text for strip in widget.render_lines(widget.size.region)]
