"""What the measures of the cohort tell, and of all cohorts of the site together.

Not for: the figures (`telling.summed`) or their words (`told_words`).
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from escape_tui.returning import held_of
from escape_tui.screens.people.asks import AskingScreen
from escape_tui.screens.people.told_words import cohort_lines
from escape_tui.screens.text import lines, said
from escape_tui.telling.summed import Summed, summed_of, summed_of_site

_BESIDE = 4
"""Cells that the margins and the scroll bar take."""


class CohortToldScreen(AskingScreen[None]):
    """The figures of the open cohort, or of the whole site."""

    HELP = (
        "How many came and stayed, and for each scale the mean change of the people who have both a start "
        "and an end in their days, with its 95 % interval. They are the figures of the return, so people who "
        "did not agree to sharing are left out. a changes between this cohort and all cohorts of this home. "
        "A before-and-after record without a comparison group says nothing of causes."
    )
    CSS_PATH = "told.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "all_cohorts", "All cohorts, or this one"),
        Binding("down", "scroll(1)", "Read on", key_display="↑↓"),
        Binding("up", "scroll(-1)", "Read back", show=False),
        Binding("pagedown", "scroll(10)", "Read on", show=False),
        Binding("pageup", "scroll(-10)", "Read back", show=False),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._all = False
        self.shown: Summed | None = None
        """The figures that are shown."""

    def compose_body(self) -> ComposeResult:
        """Whose figures they are, and the figures."""
        yield Static(id="whose")
        with VerticalScroll(id="told", can_focus=False):
            yield Static(id="lines")

    def look_again(self) -> None:
        """Work the figures out and draw them."""
        desk = self.desk
        self.shown = summed_of_site(desk) if self._all else summed_of(held_of(desk.cohort, desk.settings))
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """The drawn intervals are as wide as there is room."""
        del event
        self._draw()

    def action_all_cohorts(self) -> None:
        """Change between this cohort and all of the home."""
        self._all = not self._all
        self.query_exactly_one("#told", VerticalScroll).scroll_home(animate=False)
        self.look_again()

    def action_scroll(self, by: int) -> None:
        """Read on or back."""
        self.query_exactly_one("#told", VerticalScroll).scroll_relative(y=by, animate=False)

    def action_back(self) -> None:
        """Go back to the list."""
        self.dismiss(None)

    def _draw(self) -> None:
        if self.shown is None:
            return
        codes = ", ".join(self.shown.codes) or "none"
        whose = f"All cohorts of this home: {codes}" if self._all else f"Cohort {codes}"
        self.query_exactly_one("#whose", Static).update(said("[bold $primary]$whose[/]", whose=whose))
        self.query_exactly_one("#lines", Static).update(
            lines(cohort_lines(self.shown, self.size.width - _BESIDE))
        )
