"""Feedback cards: one key a card, added as one batch at the end.

Not for: when a batch is large enough (`entry.feedback_cards`). Nothing is kept before the batch is added: the
order of the keys is nobody's.
"""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from escape_tui.entry.feedback_cards import ANSWERS, FEWEST, Batch, add_batch
from escape_tui.screens.ask import Ask
from escape_tui.screens.base import EscapeScreen
from escape_tui.screens.text import lines, plain, said
from escape_tui.store.read import feedback
from sessions.errors import Refused
from sessions.records import FeedbackAnswer

_WORDS: Final[dict[FeedbackAnswer, str]] = {
    "very_good": "Very good",
    "good": "Good",
    "neither": "Neither good nor poor",
    "poor": "Poor",
    "very_poor": "Very poor",
    "dont_know": "Don't know",
}


class FeedbackScreen(EscapeScreen[None]):
    """The cards on the desk, counted by answer."""

    HELP = (
        "Shuffle the cards, then press 1 to 6 for each. Arrows choose an answer, minus takes a card off it. "
        "Enter adds all of them to the counts as one batch. Only counts are kept: not when, by whom or in "
        "which order. It cannot be undone, so look once more before you press Enter."
    )
    CSS_PATH = "feedback.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "add", "Add the batch"),
        Binding("minus,backspace", "take_off", "One card off", key_display="-"),
        Binding("down", "step(1)", "Choose", key_display="↑↓"),
        Binding("up", "step(-1)", show=False),
        Binding("escape", "leave", "Board"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._batch = Batch()
        self._row = 0

    def compose_body(self) -> ComposeResult:
        """The question, the counts."""
        yield Static(id="cards")

    def look_again(self) -> None:
        """Draw."""
        self.query_exactly_one("#cards", Static).update(self._drawn())

    def on_key(self, event: events.Key) -> None:
        """A digit is a card."""
        if event.key in "123456" and len(event.key) == 1:
            event.stop()
            self._row = int(event.key) - 1
            with self.trying():
                self._count(1)

    def action_step(self, by: int) -> None:
        """Choose an answer."""
        self._row = (self._row + by) % len(ANSWERS)
        self.look_again()

    def action_take_off(self) -> None:
        """Take a card off the chosen answer."""
        if not self._batch.counts[self._row]:
            raise Refused("There is no card of this answer.", "Choose another with the arrows.")
        self._count(-1)

    def action_undo(self) -> None:
        """A batch is never undone; before it is added, a card is taken off."""
        self.action_take_off()

    def action_add(self) -> None:
        """Add the batch; few cards only where they are the last."""
        if 1 < self._batch.total < FEWEST:
            question = (
                f"{self._batch.total} cards are few enough to be guessed at. Is the programme over, so that "
                "these are the last cards there will be?"
            )
            self.app.push_screen(Ask(question, yes="The last cards", no="Keep them back"), self._add_last)
            return
        self._add(last_cards=False)

    def action_leave(self) -> None:
        """Go to the board; cards that were not added are asked about."""
        if not self._batch.total:
            self.dismiss(None)
            return
        question = f"{self._batch.total} cards are counted and not added. Put them aside?"
        self.app.push_screen(Ask(question, yes="Put aside", no="Stay"), self._leave_if)

    def _leave_if(self, wanted: bool | None) -> None:
        if wanted:
            self.dismiss(None)

    def _add_last(self, wanted: bool | None) -> None:
        if wanted:
            with self.trying():
                self._add(last_cards=True)

    def _add(self, *, last_cards: bool) -> None:
        total = self._batch.total
        add_batch(self.desk.cohort, self._batch, last_cards=last_cards)
        self._batch = Batch()
        self.look_again()
        self.echo(f"{total} cards are in the counts.")

    def _count(self, by: int) -> None:
        self._batch = self._batch.with_count(self._row, self._batch.counts[self._row] + by)
        self.look_again()

    def _drawn(self) -> Content:
        kept = {one.answer: one.count for one in feedback(self.desk.cohort)}
        rows = [
            said(
                "[bold $primary]$mark[/] [bold $accent]$key[/]  $words [bold]$now[/]"
                "   [$foreground-muted]$kept[/]",
                mark="►" if at == self._row else " ",
                key=str(at + 1),
                words=_WORDS[answer].ljust(24),
                now=f"{self._batch.counts[at]:>3}",
                kept=f"{kept.get(answer, 0):>3} in the counts",
            )
            for at, answer in enumerate(ANSWERS)
        ]
        total = f"{self._batch.total} cards in this batch"
        ask = "Feedback cards: how was it as a whole? Shuffle them first; one key a card."
        return lines([plain(ask), plain(""), *rows, plain(""), plain(total)])
