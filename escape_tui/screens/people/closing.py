"""Closing the cohort: what is still missing while it can be got, then one key and a question.

Not for: signing the return, which has an area of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from escape_tui.closed_cohorts import reminder
from escape_tui.recording import today_of
from escape_tui.returning import held_of
from escape_tui.screens.people.asks import AskingScreen
from escape_tui.screens.people.words import short_day
from escape_tui.screens.text import lines, plain, said
from escape_tui.store.acts.cohorts import close_cohort, reopen_cohort
from escape_tui.store.read import cohort_head
from exports.completeness import Completeness, completeness
from sessions.records import CohortHead

_HEADINGS = {"contradiction": "Contradicts itself", "gap": "Missing", "note": "Worth a look"}


class ClosingScreen(AskingScreen[None]):
    """What the cohort still lacks, and its closing."""

    HELP = (
        "Everything that is missing or contradicts itself, as before signing a return. Closing says that the "
        "programme is over; a follow-up can be entered all the same, and the closing can be taken back. The "
        "returns (F5) have the same list with a key to each place where it is mended."
    )
    CSS_PATH = "closing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "close", "Close the cohort"),
        Binding("o", "open_again", "Open it again"),
        Binding("down", "scroll(1)", "Read on", key_display="↑↓"),
        Binding("up", "scroll(-1)", "Read back", show=False),
        Binding("pagedown", "scroll(10)", "Read on", show=False),
        Binding("pageup", "scroll(-10)", "Read back", show=False),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._head: CohortHead | None = None
        self.found: Completeness | None = None
        """What was found."""

    def compose_body(self) -> ComposeResult:
        """How it stands, and what is missing."""
        yield Static(id="state")
        with VerticalScroll(id="missing", can_focus=False):
            yield Static(id="lines")

    def look_again(self) -> None:
        """Look through the cohort and draw what is found."""
        cohort, settings = self.desk.cohort, self.desk.settings
        self._head = cohort_head(cohort)
        self.found = completeness(held_of(cohort, settings))
        months = settings.retention.closed_cohorts_months
        reminded = reminder(self._head, None, months, today_of(cohort))
        self.query_exactly_one("#state", Static).update(_state(self._head, self.found, reminded))
        self.query_exactly_one("#lines", Static).update(lines(_found(self.found)))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An open cohort is closed, a closed one opened again; a signed one is neither."""
        state = self._head.state if self._head else None
        if action == "close":
            return state == "open"
        if action == "open_again":
            return state == "closed"
        return super().check_action(action, parameters)

    def action_close(self) -> None:
        """Close it, after a question that says what is missing."""
        self.converse(self._close)

    def action_open_again(self) -> None:
        """Take the closing back."""
        reopen_cohort(self.desk.cohort)
        self.look_again()
        self.echo("The cohort is open again.", undo=True)

    def action_scroll(self, by: int) -> None:
        """Read on or back."""
        self.query_exactly_one("#missing", VerticalScroll).scroll_relative(y=by, animate=False)

    def action_back(self) -> None:
        """Go back to the list."""
        self.dismiss(None)

    async def _close(self) -> None:
        missing = len(self.found.gaps) + len(self.found.contradictions) if self.found else 0
        words = "Nothing is missing." if not missing else f"{missing} things are still missing or contradict."
        await self.confirm(
            f"{words} Close the cohort? Follow-ups can be entered all the same.", yes="Close it"
        )
        close_cohort(self.desk.cohort, today_of(self.desk.cohort))
        self.look_again()
        self.echo("The cohort is closed.", undo=True)


def _state(head: CohortHead, found: Completeness, reminded: str | None) -> Content:
    closed = f" since {short_day(head.closed_on)}" if head.closed_on else ""
    parts = [
        said(
            "[bold $primary]$code is $state$closed[/]   $gaps missing, $wrong contradict, $notes to look at",
            code=head.code,
            state=head.state,
            closed=closed,
            gaps=str(len(found.gaps)),
            wrong=str(len(found.contradictions)),
            notes=str(len(found.notes)),
        )
    ]
    if reminded:
        parts.append(said("[$text-warning]$words[/]", words=reminded))
    return lines(parts)


def _found(found: Completeness) -> Iterator[Content]:
    if not found.found:
        yield plain("Nothing is missing, and nothing contradicts itself.")
    for weight, heading in _HEADINGS.items():
        some = sorted((one for one in found.found if one.weight == weight), key=lambda one: one.number or 0)
        if some:
            yield said("[bold]$heading ($count)[/]", heading=heading, count=str(len(some)))
        for one in some:
            yield plain(f"  {one.sentence}")
