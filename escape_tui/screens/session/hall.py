"""The hall view: the word of the phase and the clock, to be read from four metres, and the stations below.

Not for: anything private; what stands here everyone may read.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from escape_tui.guiding.circuit_log import Bout
from escape_tui.guiding.guide import Guide
from escape_tui.screens.session.cards import bout_shown, hall_cards
from escape_tui.screens.session.circuit_words import sequence_step, turn_words
from escape_tui.screens.session.panes import Pane
from escape_tui.screens.session.words import look_of, time_shown
from escape_tui.screens.text import plain
from sessions.clock import ZERO
from sessions.run import RunState
from sessions.run_steps import Phase
from widgets.bar import TimeBar
from widgets.hall_clock import HallClock, clock_text
from widgets.station_board import StationBoard

BOARD_FROM: Final = 30
"""Rows of the screen from which the stations stand below the clock: a line each, and the clock twice that."""


class HallPane(Pane):
    """Word, clock, bar; where there is room, who is where."""

    TITLE = "Hall"
    HELP = (
        "For everyone to read: what happens now, how long, what comes next. Nothing private stands here. "
        "Space holds the clocks, PageDown goes on, PageUp goes back, + and - change this step by 30 seconds. "
        "d leads to the desk, where things are written down."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "screen.pane('desk')", "Desk", show=False),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    HallPane HallClock { height: 1fr; }
    HallPane #say { height: auto; max-height: 3; text-align: center; padding: 0 2; }
    HallPane StationBoard { height: auto; max-height: 50%; padding: 0 1; }
    """

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide)
        self._drawn: object = None
        self._second: object = None

    def compose(self) -> ComposeResult:
        """Clock, bar, what is said in this step, stations."""
        yield HallClock()
        yield TimeBar()
        yield Static(id="say")
        yield StationBoard(mode="hall")

    def look_again(self) -> None:
        """Draw the stations anew with the next tick."""
        self._drawn = None
        self.tick(self.guide.state())

    def tick(self, state: RunState) -> None:
        """Show the second; the stations only where something about them changed."""
        look = look_of(state)
        second = (clock_text(time_shown(state).total_seconds()), look)
        if second != self._second:  # ten looks a second, one drawing
            self._second = second
            self.query_exactly_one(HallClock).show(second[0], look.word, look.tone.value)
            bar = self.query_exactly_one(TimeBar)
            bar.tone = look.tone.value
            bar.progress = _share(state.elapsed, state.elapsed + state.remaining)
        now = (state.step, state.seating, self.size.height)
        if now != self._drawn:
            self._drawn = now
            self._draw(state)

    def _draw(self, state: RunState) -> None:
        board = self.query_exactly_one(StationBoard)
        bout: Bout | None = bout_shown(state)
        board.display = self.app.size.height >= BOARD_FROM and bout is not None
        board.cards = hall_cards(self.guide, bout) if bout is not None and board.display else ()
        say = self.query_exactly_one("#say", Static)
        words = self._words(state)
        say.display = bool(words)
        say.update(plain(words))

    def _words(self, state: RunState) -> str:
        """What is said in a step that all do together; in the circuit how far it is."""
        if state.step.phase is Phase.CIRCUIT:
            return turn_words(self.guide, state.step).capitalize()
        step = sequence_step(self.guide, state)
        return "" if step is None else f"{step.name}: {step.say}"


def _share(part: timedelta, whole: timedelta) -> float:
    return part / whole if whole > ZERO else 0.0
