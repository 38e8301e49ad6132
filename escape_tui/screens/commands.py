"""What the palette lists: every key that does something here, by its word.

Not for: what Textual has of its own that writes a file or shows what a program holds; practice has a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.binding import ActiveBinding
from textual.screen import Screen

from escape_tui.screens.keyline import COMMON

if TYPE_CHECKING:
    from escape_tui.screens.app import EscapeApp

_TEXTUALS_OWN = ("scroll_", "page_", "app.focus_", "screen.copy_text", "screen.minimize", "help_quit")


def keys_of(screen: Screen[Any]) -> tuple[ActiveBinding, ...]:
    """Every key of ours that does something on `screen`, its own first, shown in the line of keys or not."""
    found = (
        active
        for active in screen.active_bindings.values()
        if active.enabled
        and active.binding.description
        and not active.binding.action.startswith(_TEXTUALS_OWN)
    )
    return tuple(sorted(found, key=lambda active: (active.binding.id or "").startswith(COMMON)))


def commands_of(app: EscapeApp, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """The commands of `screen`, each once, in the order of its keys."""
    seen = {"command_palette"}
    for active in keys_of(screen):
        binding = active.binding
        if binding.action in seen:
            continue
        seen.add(binding.action)
        run = partial(app.run_action, binding.action, active.node)
        key = app.get_key_display(binding)
        yield SystemCommand(binding.description, binding.tooltip or f"Key {key}", run)
    if app.is_ready and app.desk.practice:
        yield SystemCommand(
            "Picture of this screen", "Saves it as a file (practice only)", app.deliver_screenshot
        )
