"""The people of the open cohort as a list: one key opens a page, others take in, send on, sum up, close.

Not for: what is known of one person (`person`).
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from escape_tui.screens.people.asks import AskingScreen
from escape_tui.screens.people.words import ELIGIBLE
from escape_tui.screens.text import said
from escape_tui.telling.listed import ListedHere, listed_here
from widgets.key_echo import EchoKind
from widgets.number_keys import Chosen, NoSuch, NumberKeys, Waiting
from widgets.roster import Mark, Roster, RosterRow, RowState

_HEADINGS = ("Pain", "Consent", "Close", "Joined")
_STATES = {
    "yes": RowState.HERE,
    "accepted": RowState.HERE,
    "no": RowState.STOPPED,
    "not_judged": RowState.NOT_MARKED,
}


class PeopleScreen(AskingScreen[None]):
    """Everyone on the list of the open cohort."""

    TITLE = "People"
    STAYS = True
    HELP = (
        "Everyone on the list of this cohort. Press the number of a person to open their page; from 11 on "
        "press the comma and two digits. Beside each name: whether the rules take them, where it hurts, "
        "their consent, whether somebody has to stay close, and the session that they joined at if it was "
        "not the first."
    )
    CSS_PATH = "people.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "none", "Open", key_display="1-9 0"),
        Binding("enter", "open", "Open", show=False),
        Binding("down", "step(1)", "Next", show=False),
        Binding("up", "step(-1)", "Before", show=False),
        Binding("a", "add", "Add somebody"),
        Binding("i", "take_in", "Take a list in"),
        Binding("o", "go_on", "Where they go on to"),
        Binding("t", "told", "What it tells"),
        Binding("x", "close", "Close the cohort"),
        Binding("c", "cohort", "Another cohort"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[ListedHere, ...] = ()
        """Who is shown, in the order of the register."""
        self._numbers = NumberKeys(0)

    def compose_body(self) -> ComposeResult:
        """A heading and the list."""
        yield Static(id="heading")
        yield Roster()

    def look_again(self) -> None:
        """Read the list and draw it."""
        if not self.ours.is_ready:
            return
        self.shown = listed_here(self.desk.cohort, self.desk.settings.names.desk) if self.desk.is_open else ()
        self._numbers = NumberKeys(max((one.number for one in self.shown), default=0))
        roster = self.query_exactly_one(Roster)
        late = any(one.joined_late for one in self.shown)
        roster.headings = _HEADINGS if late else _HEADINGS[:-1]
        roster.rows = tuple(_row(one, late=late) for one in self.shown)
        if self.shown and roster.selected not in {one.number for one in self.shown}:
            roster.selected = self.shown[0].number
        self.query_exactly_one("#heading", Static).update(self._heading())
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is nothing for has no key."""
        if not self.ours.is_ready:
            return False
        if action == "cohort":
            return len(self.desk.codes) > 1
        if action in {"add", "take_in", "told", "close"}:
            return self.desk.is_open
        if action in {"none", "open", "step", "go_on"}:
            return bool(self.shown)
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """A number opens a page."""
        outcome = self._numbers.press(event.key)
        if isinstance(outcome, Chosen):
            self._open(outcome.number)
        elif isinstance(outcome, NoSuch):
            self.echo(f"Nobody has the number {outcome.number}.", EchoKind.WARN)
        elif isinstance(outcome, Waiting):
            self.echo(f"{outcome.typed} …", EchoKind.ASK)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_roster_picked(self, picked: Roster.Picked) -> None:
        """A click opens a page as well."""
        self._open(picked.number)

    def action_step(self, by: int) -> None:
        """Go up or down."""
        self.query_exactly_one(Roster).move(by)

    def action_open(self) -> None:
        """Open the page of the person under the mark."""
        selected = self.query_exactly_one(Roster).selected
        if selected is not None:
            self._open(selected)

    def action_add(self) -> None:
        """Take one person in."""
        from escape_tui.screens.people.newcomer import NewcomerScreen

        self.app.push_screen(NewcomerScreen(), self._added)

    def action_take_in(self) -> None:
        """Take a referral list in."""
        from escape_tui.screens.people.take_in import TakeInScreen

        self.app.push_screen(TakeInScreen())

    def action_go_on(self) -> None:
        """Say where each goes on to."""
        from escape_tui.screens.people.signposts import SignpostsScreen

        self.app.push_screen(SignpostsScreen())

    def action_told(self) -> None:
        """Show what the cohort's measures tell."""
        from escape_tui.screens.people.cohort_told import CohortToldScreen

        self.app.push_screen(CohortToldScreen())

    def action_close(self) -> None:
        """Look at what is missing, and close the cohort."""
        from escape_tui.screens.people.closing import ClosingScreen

        self.app.push_screen(ClosingScreen())

    def action_cohort(self) -> None:
        """Work on another cohort."""
        self.ours.way_in.ask_cohort()

    def _added(self, person: str | None) -> None:
        self.look_again()
        number = next((one.number for one in self.shown if one.id == person), None)
        if number is not None:
            self.query_exactly_one(Roster).selected = number

    def _open(self, number: int) -> None:
        one = next((one for one in self.shown if one.number == number), None)
        if one is None:
            self.echo(f"Nobody has the number {number}.", EchoKind.WARN)
            return
        from escape_tui.screens.people.person import PersonScreen

        self.query_exactly_one(Roster).selected = number
        self.app.push_screen(PersonScreen(one.id))

    def _heading(self) -> Content:
        if not self.desk.is_open:
            return said("No cohort is open.")
        if not self.shown:
            return said(
                "Nobody is on the list yet. [bold]i[/] takes a referral list in, [bold]a[/] one person."
            )
        part = sum(one.standing == "takes_part" for one in self.shown)
        close = sum(one.close_support and one.standing == "takes_part" for one in self.shown)
        return said(
            "[bold $primary]$all on the list[/]   $part take part   $close with close support",
            all=str(len(self.shown)),
            part=str(part),
            close=str(close),
        )


def _row(one: ListedHere, *, late: bool) -> RosterRow:
    state, word = _STATES[one.eligible], ELIGIBLE[one.eligible]
    if one.standing == "erased":
        return RosterRow(one.number, one.name, RowState.LEFT, "erased")
    if one.standing == "data_withdrawn":
        state, word = RowState.LEFT, "data withdrawn"
    elif one.standing == "left":
        to = f"to {one.went_to}" if one.went_to else f"left after {one.after}"
        state, word = RowState.LEFT, to
    consent = Mark(one.consent, None if one.consent == "yes" else EchoKind.WARN)
    close = Mark("yes", EchoKind.WARN) if one.close_support else Mark()
    joined = (Mark(f"at {one.joined_at}" if one.joined_late else ""),) if late else ()
    return RosterRow(one.number, one.name, state, word, (Mark(one.pain), consent, close, *joined))
