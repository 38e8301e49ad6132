"""What `?` shows: what the screen one is on is for, and every key that works on it.

Not for: a manual.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from escape_tui.screens.base import Dialog
from escape_tui.screens.commands import keys_of
from escape_tui.screens.text import lines, plain, said

_KEY_CELLS = 12


class HelpScreen(Dialog[None]):
    """Explains `about`, the screen beneath."""

    HELP = "This is the help. Esc goes back."
    DEFAULT_CSS: ClassVar[str] = """
    HelpScreen VerticalScroll { height: auto; max-height: 18; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,enter", "close_help", "Back", key_display="Esc"),
        Binding("down", "read(1)", "Read on", key_display="↑↓", priority=True),
        Binding("up", "read(-1)", show=False, priority=True),
    ]
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._about = about

    def compose_box(self) -> ComposeResult:
        """What it is for, and its keys."""
        with VerticalScroll():
            yield Static(plain(getattr(self._about, "help_words", "")))
            yield Static(lines(["", *self._keys()]))

    def on_resize(self) -> None:
        """Reading on has a key where there is more than fits."""
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What fits need not be moved."""
        del parameters
        return action != "read" or self.query_exactly_one(VerticalScroll).max_scroll_y > 0

    def action_read(self, by: int) -> None:
        """Read on, or back, by a line."""
        self.query_exactly_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_close_help(self) -> None:
        """Go back."""
        self.dismiss(None)

    def _keys(self) -> Iterator[Content]:
        seen: dict[str, tuple[list[str], str]] = {}
        for active in keys_of(self._about):
            keys, _ = seen.setdefault(active.binding.action, ([], active.binding.description))
            keys.append(self.app.get_key_display(active.binding))
        for keys, words in seen.values():
            shown = " ".join(dict.fromkeys(keys))
            yield said("[bold $accent]$key[/] $words", key=shown.ljust(_KEY_CELLS), words=words)
