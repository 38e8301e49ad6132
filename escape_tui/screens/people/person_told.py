"""What one person's measures and sessions tell: change, threshold, norm; attendance, levels, pain on arrival.

Not for: the figures (`telling.figures`, `telling.doing`) or their words (`told_words`).
"""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from escape_tui.known_people import known_person
from escape_tui.returning import held_of
from escape_tui.screens.people.asks import AskingScreen
from escape_tui.screens.people.told_words import person_lines
from escape_tui.screens.text import lines, said
from escape_tui.telling.doing import SessionOf, doing_of
from escape_tui.telling.figures import scales_of
from sessions.records import AttendanceStatus
from widgets.spark import LevelRow, Levels, LineChart

_SIGNS: Final[dict[AttendanceStatus, str]] = {
    "present": "✓",
    "late": "→",
    "left_early": "←",
    "excused": "e",
    "absent": "✗",
}
_MOST_PAIN = 10.0


class PersonToldScreen(AskingScreen[None]):
    """The figures of one person."""

    HELP = (
        "Each scale at the start and at the end, its change, and whether a change for the better reaches the "
        "threshold that was published; where it comes from stands below. Measures taken outside their days, "
        "or about another joint, are compared with nothing. In the strip: ✓ here, → late, ← left early, "
        "e excused, ✗ absent."
    )
    CSS_PATH = "told.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", "Read on", key_display="↑↓"),
        Binding("up", "scroll(-1)", "Read back", show=False),
        Binding("pagedown", "scroll(10)", "Read on", show=False),
        Binding("pageup", "scroll(-10)", "Read back", show=False),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, person: str) -> None:
        super().__init__()
        self._person = person

    def compose_body(self) -> ComposeResult:
        """Name, sessions, measures, levels, pain."""
        yield Static(id="name")
        with VerticalScroll(id="told", can_focus=False):
            yield Static(id="sessions")
            yield Static(id="measures")
            yield Static("Levels, session by session", classes="heading", id="levels-heading")
            yield Levels()
            yield Static("Pain on arrival, 0 to 10", classes="heading", id="pain-heading")
            yield LineChart(ends=(0.0, _MOST_PAIN))

    def look_again(self) -> None:
        """Work the figures out and draw them."""
        if self.is_gone(self._person):
            return
        cohort = self.desk.cohort
        known = known_person(cohort, self._person)
        who = known.identity
        name = f"{who.given_name} {who.family_name}".strip() if who else "erased"
        self.query_exactly_one("#name", Static).update(
            said("[bold $primary]$number[/]  [bold]$name[/]", number=str(known.person.number), name=name)
        )
        held = held_of(cohort, self.desk.settings)
        self.query_exactly_one("#measures", Static).update(
            lines(person_lines(scales_of(held, known.person, who)))
        )
        self._draw_doing()

    def action_scroll(self, by: int) -> None:
        """Read on or back."""
        self.query_exactly_one("#told", VerticalScroll).scroll_relative(y=by, animate=False)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)

    def _draw_doing(self) -> None:
        doing = doing_of(self.desk.cohort, self._person)
        self.query_exactly_one("#sessions", Static).update(_strip(doing.sessions))
        levels = self.query_exactly_one(Levels)
        levels.rows = tuple(LevelRow(one.exercise, one.levels, one.top) for one in doing.levels)
        self.query_exactly_one("#levels-heading").display = bool(doing.levels)
        held = [one for one in doing.sessions if one.held]
        pains = tuple(None if one.pain is None else float(one.pain) for one in held)
        chart = self.query_exactly_one(LineChart)
        chart.values = pains
        chart.labels = (f"session {held[0].number}", f"session {held[-1].number}") if held else ("", "")
        chart.display = any(pain is not None for pain in pains)
        self.query_exactly_one("#pain-heading").display = chart.display


def _strip(sessions: tuple[SessionOf, ...]) -> Content:
    signs = [f"{one.number}{_SIGNS[one.status] if one.status else '·'}" for one in sessions]
    return said("[$text-muted]Sessions[/]  $signs\n", signs="  ".join(signs))
