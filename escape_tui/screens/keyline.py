"""The last lines of every screen: each key that does something here, the screen's own first.

Not for: keys that work without being shown; `help` lists those as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

COMMON = "common."
"""The ids of keys that work on every screen begin so; they stand in the last line."""
_BETWEEN = "  "


class KeyLine(Widget):
    """The keys of the screen it stands on. It is as high as its keys need, three lines at most."""

    DEFAULT_CSS: ClassVar[str] = """
    KeyLine { height: auto; max-height: 3; background: $panel; color: $foreground; padding: 0 1; }
    """

    def on_mount(self) -> None:
        """Follow what is bound."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines needed in `width` cells."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> RenderResult:
        """The lines."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _changed(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.refresh(layout=True)

    def _lines(self, width: int) -> list[Content]:
        shown = _shown(active.binding for active in self.screen.active_bindings.values() if active.enabled)
        own = [binding for binding in shown if not (binding.id or "").startswith(COMMON)]
        common = [binding for binding in shown if (binding.id or "").startswith(COMMON)]
        return [
            *_laid_out(self._words(own), width, 2),
            *_laid_out(_that_fit(self._words(common), width), width, 1),
        ]

    def _words(self, bindings: Iterable[Binding]) -> list[tuple[str, str]]:
        return [(self.app.get_key_display(binding), binding.description) for binding in bindings]


def _shown(bindings: Iterable[Binding]) -> list[Binding]:
    """Each action once, by its first key."""
    first: dict[str, Binding] = {}
    for binding in bindings:
        if binding.show and binding.description:
            first.setdefault(binding.action, binding)
    return list(first.values())


def _that_fit(words: list[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """Those that fit one line; the last, which leads to all the others, always does."""
    kept = list(words)
    while len(kept) > 1 and sum(_cells(one) for one in kept) + len(_BETWEEN) * (len(kept) - 1) > width:
        del kept[-2]
    return kept


def _cells(word: tuple[str, str]) -> int:
    key, what = word
    return cell_len(key) + 1 + cell_len(what)


def _laid_out(words: list[tuple[str, str]], width: int, most: int) -> list[Content]:
    rows: list[list[Content]] = []
    used = width
    for key, what in words:
        cells = _cells((key, what))
        if used + len(_BETWEEN) + cells > width:
            if len(rows) == most:
                break
            rows.append([])
            used = -len(_BETWEEN)
        rows[-1].append(Content.assemble((key, "bold $accent"), " ", what))
        used += len(_BETWEEN) + cells
    return [Content(_BETWEEN).join(row) for row in rows]
