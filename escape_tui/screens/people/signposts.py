"""Where each goes on to: one key a person, and the follow-ups' days.

Not for: leaving the programme early (`leaving`).
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from escape_tui.screens.people.asks import AskingScreen
from escape_tui.screens.people.words import DESTINATION, short_day
from escape_tui.screens.text import in_a_row, lines, said
from escape_tui.store.acts.notes import signpost
from escape_tui.telling.onward import Onward, onward_of
from sessions.due import Days
from widgets.key_echo import EchoKind
from widgets.roster import Mark, Roster, RosterRow, RowState

_CODES = tuple(DESTINATION)
_DIGITS = "1234567890"


class SignpostsScreen(AskingScreen[None]):
    """Everyone, and a digit for each place to go on to; the mark goes to the next who is open."""

    HELP = (
        "The mark stands at a person; a digit says where they go on to, and the mark goes to the next of "
        "whom nobody has said it. The arrows go to somebody else; another digit changes it."
    )
    CSS_PATH = "signposts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "to(1)", "Goes on to", key_display="1-9 0"),
        *(Binding(digit, f"to({digit})", show=False) for digit in _DIGITS[1:]),
        Binding("down", "step(1)", "Who", key_display="↑↓"),
        Binding("up", "step(-1)", "Who", show=False),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[Onward, ...] = ()

    def compose_body(self) -> ComposeResult:
        """The follow-ups, everyone, the digits."""
        yield Static(id="days")
        yield Roster(headings=("Goes on to",))
        yield Static(id="places")

    def on_mount(self) -> None:
        """Begin at the first of whom nobody has said it."""
        places = [
            said("[bold $accent]$digit[/] $word", digit=digit, word=DESTINATION[code])
            for digit, code in zip(_DIGITS, _CODES, strict=True)
        ]
        self.query_exactly_one("#places", Static).update(lines([in_a_row(places[:5]), in_a_row(places[5:])]))
        self.look_again()
        self._to_next(0)

    def look_again(self) -> None:
        """Read and draw."""
        onward = onward_of(self.desk.cohort, self.desk.settings.names.desk)
        self._people = onward.people
        roster = self.query_exactly_one(Roster)
        roster.rows = tuple(_row(one) for one in onward.people)
        self.query_exactly_one("#days", Static).update(
            said(
                "[bold]$open still to be asked[/]   Follow-ups are due\n6 months: $six   12 months: $twelve",
                open=str(onward.open),
                six=_days(onward.six_months),
                twelve=_days(onward.twelve_months),
            )
        )

    def on_roster_picked(self, picked: Roster.Picked) -> None:
        """A click goes to that person."""
        self.query_exactly_one(Roster).selected = picked.number

    def action_step(self, by: int) -> None:
        """Go to somebody else."""
        self.query_exactly_one(Roster).move(by)

    def action_to(self, digit: int) -> None:
        """Record where the person under the mark goes on to."""
        at = self._at()
        if at is None:
            return
        one, code = self._people[at], _CODES[(digit or len(_CODES)) - 1]
        signpost(self.desk.cohort, one.who.id, code)
        self.look_again()
        self._to_next(at + 1)
        self.echo(f"{one.who.number} {one.who.name}: {DESTINATION[code]}", undo=True)

    def action_back(self) -> None:
        """Go back to the list."""
        self.dismiss(None)

    def _at(self) -> int | None:
        selected = self.query_exactly_one(Roster).selected
        return next((at for at, one in enumerate(self._people) if one.who.number == selected), None)

    def _to_next(self, after: int) -> None:
        """Mark the next of whom nobody has said it; where there is none, the next."""
        if not self._people:
            return
        count = len(self._people)
        order = [(after + by) % count for by in range(count)]
        at = next((at for at in order if self._people[at].to is None), min(after, count - 1))
        self.query_exactly_one(Roster).selected = self._people[at].who.number


def _row(one: Onward) -> RosterRow:
    left = one.who.standing != "takes_part"
    state = RowState.LEFT if left else RowState.HERE if one.to else RowState.NOT_MARKED
    word = "left" if left else "takes part"
    to = Mark(DESTINATION[one.to]) if one.to else Mark("open", None if left else EchoKind.ASK)
    return RosterRow(one.who.number, one.who.name, state, word, (to,))


def _days(days: Days) -> str:
    return f"{short_day(days.first)} to {short_day(days.last)}"
