"""All sessions of a cohort in a strip: what is done, overdue, today or to come, what fell out.

Not for: planning; the screen gives the sessions in their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from textual.content import Content
from textual.reactive import reactive

from widgets.cells import cut, fit
from widgets.cells import width as width_of
from widgets.lines import Lines, joined

CELL_MOST = 12


class SessionState(StrEnum):
    """What became of a session."""

    DONE = "done"
    NO_REGISTER = "past, no register"
    TODAY = "today"
    TO_COME = "to come"
    MOVED = "moved"
    CANCELLED = "cancelled"

    @property
    def sign(self) -> str:
        """One character for each state."""
        return _SIGNS[self]

    @property
    def variable(self) -> str:
        """The theme's variable of this state."""
        return _VARIABLES[self]


_SIGNS: Final = {
    SessionState.DONE: "✓",
    SessionState.NO_REGISTER: "?",
    SessionState.TODAY: "►",
    SessionState.TO_COME: "·",
    SessionState.MOVED: "→",
    SessionState.CANCELLED: "✗",
}
_VARIABLES: Final = {
    SessionState.DONE: "success",
    SessionState.NO_REGISTER: "warning",
    SessionState.TODAY: "primary",
    SessionState.TO_COME: "foreground",
    SessionState.MOVED: "accent",
    SessionState.CANCELLED: "foreground-muted",
}


@dataclass(frozen=True, slots=True)
class StripSession:
    """A session: its number as it is shown, its state, and a short label such as its date."""

    number: str
    state: SessionState
    label: str = ""


class SessionStrip(Lines):
    """`sessions` in order: signs and numbers, labels below them where they fit, and what the signs mean."""

    sessions: reactive[tuple[StripSession, ...]] = reactive((), layout=True)

    def __init__(self, sessions: tuple[StripSession, ...] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(SessionStrip.sessions, sessions)

    def lines(self, width: int, height: int | None) -> list[Content]:
        """Rows of sessions, then the legend of the states that occur."""
        if not self.sessions or width <= 0:
            return []
        label = max(width_of(session.label) for session in self.sessions)
        least = 1 + max(width_of(f"{session.state.sign}{session.number}") for session in self.sessions)
        each = min(CELL_MOST, max(least, width // len(self.sessions)))
        labelled = 0 < label < each
        per_row = max(1, width // each)
        lines: list[Content] = []
        for first in range(0, len(self.sessions), per_row):
            row = self.sessions[first : first + per_row]
            lines.append(joined(*(self._session(session, each) for session in row)))
            if labelled:
                labels = "".join(fit(session.label, each) for session in row)
                lines.append(Content(labels).stylize(self.ink("foreground-muted")))
        return [*lines, self._legend(width)]

    def _session(self, session: StripSession, each: int) -> Content:
        today = session.state is SessionState.TODAY
        said = cut(f"{session.state.sign}{session.number}", each - 1)
        style = self.ink(session.state.variable, bold=today, reverse=today)
        return joined(Content(said).stylize(style), " " * (each - width_of(said)))

    def _legend(self, width: int) -> Content:
        there = [state for state in SessionState if any(s.state is state for s in self.sessions)]
        said = "   ".join(f"{state.sign} {state.value}" for state in there)
        return Content(cut(said, width)).stylize(self.ink("foreground-muted"))
