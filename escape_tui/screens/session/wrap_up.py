"""The wrap-up pane: what was done, what is missing and which key leads there, what is next; the end.

Not for: working any of it out (`guiding.wrap_up`). There is nothing to save.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from escape_tui.guiding.education import note_of_group
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.guiding.wrap_up import WrapUp, wrap_up
from escape_tui.screens.ask import Ask
from escape_tui.screens.facts import Facts
from escape_tui.screens.session.incident import IncidentQuestions
from escape_tui.screens.session.panes import Pane
from escape_tui.screens.session.typed import Field, Typed
from escape_tui.screens.session.wrap_up_words import facts_of, head, missing_words
from sessions.errors import EscapeError


class WrapUpPane(Pane):
    """The end of a session on one page."""

    TITLE = "Wrap-up"
    HELP = (
        "What was done and what is missing; the key before each missing thing leads to where it is put "
        "right. i: write an incident down. n: a note on the group. x: end the session; it asks where "
        "something is missing. k: it had to stop early, with the reason. Nothing needs saving: every entry "
        "is kept when it is made."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "end", "End the session"),
        Binding("i", "incident", "Incident"),
        Binding("n", "note", "Note"),
        Binding("k", "cut_short", "Stopped early"),
        Binding("down", "scroll_to(1)", "Read on", key_display="↑↓"),
        Binding("up", "scroll_to(-1)", "Read back", show=False),
    ]

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide)
        self.shown: WrapUp | None = None
        """What stands on the page."""

    def compose(self) -> ComposeResult:
        """Whether it has ended, and the facts."""
        yield Static(id="head")
        with VerticalScroll(can_focus=False):
            yield Facts()

    def look_again(self) -> None:
        """Read it all anew."""
        self.shown = wrap_up(self.guide)
        self.query_exactly_one("#head", Static).update(head(self.guide))
        self.query_exactly_one(Facts).facts = tuple(facts_of(self.guide, self.shown))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A session that has not begun, or has ended, is not ended."""
        del parameters
        if action in {"end", "cut_short"}:
            state = self.guide.state()
            return state.started and not state.ended
        return True

    def page_on(self) -> bool:
        """After the last part comes the end."""
        state = self.guide.state()
        if not state.started or state.next_step is not None:
            return False
        if not state.ended:
            self.action_end()
        return True

    # Keys

    def action_scroll_to(self, by: int) -> None:
        """Read on, or back."""
        self.query_exactly_one(VerticalScroll).scroll_relative(y=by * 3, animate=False)

    def action_end(self) -> None:
        """End the session; what is missing is said first."""
        self.look_again()
        missing = self.shown.missing if self.shown is not None else ()
        left = () if self.guide.state().next_step is None else ("the session is not at its end",)
        words = [*left, *missing_words(missing)]
        if not words:
            self._end()
            return
        question = "Still open: " + "; ".join(words) + ". End the session all the same?"
        self.app.push_screen(Ask(question, yes="End it", no="Not yet"), self._end_if)

    def action_cut_short(self) -> None:
        """The session had to stop early."""

        def typed(answers: tuple[str, ...] | None) -> None:
            if answers is not None:
                self._try_to_end(answers[0])

        self.app.push_screen(
            Typed("Why did the session stop early? No names: it is kept.", [Field("")]), typed
        )

    def action_incident(self) -> None:
        """Write an incident down."""
        IncidentQuestions(self.app, self.guide, self._told).begin()

    def action_note(self) -> None:
        """Write down what the group said."""

        def typed(answers: tuple[str, ...] | None) -> None:
            if answers is not None:
                self._told(note_of_group(self.guide, answers[0]))

        self.app.push_screen(Typed("A note on the group. It stays on this laptop.", [Field("")]), typed)

    def _end_if(self, wanted: bool | None) -> None:
        if wanted:
            self._end()

    def _end(self) -> None:
        self._try_to_end(None)

    def _try_to_end(self, reason: str | None) -> None:
        try:
            if reason is None:
                self.guide.end()
            else:
                self.guide.cut_short(reason)
        except EscapeError as error:
            self.say(Told(f"{error.wrong} {error.remedy}", "refused"))
            return
        self._told(Told("The session has ended. Everything is saved."))

    def _told(self, told: Told) -> None:
        self.say(told)
        self.look_again()
