"""The emergency: what to read out, whom to ring, who is here; every clock of a session is held meanwhile.

Not for: the words of it (`guiding.emergency`). The address is shown before anything is asked of the store,
and it stays there whatever the store answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from escape_tui.guiding.emergency import (
    Help,
    InNeed,
    emergencies,
    everyone_in_need,
    go_on,
    go_on_without,
    help_for,
    hold_everything,
)
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.screens.numbered_screen import NumberedScreen
from escape_tui.screens.text import lines, plain, said
from escape_tui.settings import Site
from widgets.key_echo import EchoKind
from widgets.roster import Roster, RosterRow, RowState

_Answer = TypeVar("_Answer")
_NOBODY = "Who is here cannot be shown just now. Ask those around you; r tries the roll call."


class EmergencyScreen(NumberedScreen):
    """Address, defibrillator, people; with a session that is guided, its clocks held."""

    CSS_PATH = "emergency.tcss"
    TITLE = "Emergency"
    WORKS_UNDER_LOCK = True
    HELP = (
        "Ring 999 or 112 and read the address out. A person's number shows whom to ring for them, and "
        "where they are if they take part over a screen. c lets the clocks go on where they were held. l: "
        "the person chosen has left, and the group goes on without them; o: they stay and sit out. n "
        "writes the incident down; it can wait. r is the roll call."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "none", "Whom to ring", key_display="1-9 0"),
        Binding("c", "go_on", "Clocks go on"),
        Binding("l", "without(True)", "They left"),
        Binding("o", "without(False)", "They sit out"),
        Binding("n", "incident", "Write it down"),
        Binding("escape", "back", "Back", key_display="Esc"),
        Binding("down", "step(1)", "Next person", show=False),
        Binding("up", "step(-1)", "Person before", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[InNeed, ...] = ()
        self._chosen: InNeed | None = None

    def compose_body(self) -> ComposeResult:
        """What is read out; the people; the one chosen."""
        yield Static(lines(_to_read_out(self._help())), id="read-out")
        with VerticalScroll(id="people", can_focus=False):
            yield Static(id="chosen")
            yield Static(id="held")
            yield Roster()

    def on_mount(self) -> None:
        """Hold the clocks; ask for the people once the address is seen."""
        super().on_mount()
        guide = self.guide
        if guide is not None:
            told = _never_failing(lambda: hold_everything(guide))
            self._say(told or Told("The clocks run on: they could not be held.", "warn"))
        self.call_after_refresh(self._find_people)

    def look_again(self) -> None:
        """Draw what is known."""
        self._draw()

    @property
    def guide(self) -> Guide | None:
        """The session that is guided; None outside one."""
        return self.ours.guiding

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a session, or a person chosen, has no key without."""
        if action in {"go_on", "incident"}:
            return self.guide is not None
        if action == "without":
            return self.guide is not None and self._chosen is not None
        if action == "emergency":
            return False
        return super().check_action(action, parameters)

    def choose(self, number: int) -> None:
        """Show whom to ring for the person of that number."""
        one = next((one for one in self._people if one.number == number), None)
        if one is None:
            self.echo(f"Nobody here has number {number}.", EchoKind.REFUSED)
            return
        self._chosen = one
        self._draw()
        self.refresh_bindings()

    def on_roster_picked(self, picked: Roster.Picked) -> None:
        """Choose who was clicked."""
        picked.stop()
        self.choose(picked.number)

    # Keys

    def action_step(self, by: int) -> None:
        """Choose the next person, or the one before."""
        roster = self.query_exactly_one(Roster)
        roster.move(by)
        if roster.selected is not None:
            self.choose(roster.selected)

    def action_go_on(self) -> None:
        """Let the clocks go on as they were, and go back."""
        if self.guide is not None:
            told = go_on(self.guide)
            self.dismiss()
            self.app.call_later(self.ours.echo, told.line)

    def action_without(self, gone: bool) -> None:
        """The group goes on without the person chosen; the clocks are still held."""
        if self.guide is not None and self._chosen is not None:
            self._say(go_on_without(self.guide, self._chosen.id, gone=gone))
            self._find_people()

    def action_incident(self) -> None:
        """Write it down now."""
        from escape_tui.screens.session.incident_form import IncidentForm

        if self.guide is not None:
            person = self._chosen.id if self._chosen is not None else None
            self.app.push_screen(IncidentForm(self.guide, person), self._noted)

    def action_back(self) -> None:
        """Go back; held clocks stay held."""
        self.dismiss()
        if self.guide is not None and self.guide.state().held:
            words = "The clocks are still held. e, and c there lets them go on."
            self.app.call_later(self.ours.echo, words, EchoKind.WARN)

    # What is shown

    def _help(self) -> Help:
        return _never_failing(lambda: help_for(self.desk.settings.site)) or help_for(Site())

    def _find_people(self) -> None:
        """Everyone who is here; outside a session everyone of the open cohort. A fault leaves the address."""
        found = _never_failing(self._everyone)
        self._people = found or ()
        if self._chosen is not None:
            self._chosen = next((one for one in self._people if one.id == self._chosen.id), self._chosen)
        self._draw(failed=found is None)

    def _everyone(self) -> tuple[InNeed, ...]:
        if self.guide is not None:
            return everyone_in_need(self.guide)
        if not self.desk.is_open:
            return ()
        from escape_tui.guiding.emergency_anytime import everyone_of_cohort

        return everyone_of_cohort(self.desk.cohort, self.desk.settings.names)

    def _draw(self, *, failed: bool = False) -> None:
        chosen = self._chosen
        self.query_exactly_one("#chosen", Static).update(
            lines(_about(chosen)) if chosen is not None else plain(_NOBODY if failed else "")
        )
        self.query_exactly_one("#chosen", Static).display = failed or chosen is not None
        self.query_exactly_one("#held", Static).update(lines(_never_failing(self._held) or ()))
        roster = self.query_exactly_one(Roster)
        roster.rows = tuple(_row(one) for one in self._people)
        roster.selected = chosen.number if chosen is not None else None
        roster.refresh(layout=True)

    def _held(self) -> list[Content]:
        if self.guide is None:
            return []
        spans = emergencies(self.guide)
        if not spans:
            return [said("[bold $warning]! The clocks run on.[/]")]
        since, until = spans[-1]
        at = f"{since.wall.astimezone():%H:%M:%S}"
        if until is not None:
            return [plain(f"The clocks were held from {at} to {until.wall.astimezone():%H:%M:%S}.")]
        return [said("[bold]║ Every clock is held since $at.[/] c lets them go on.", at=at)]

    def _noted(self, told: Told | None) -> None:
        if told is not None:
            self._say(told)

    def _say(self, told: Told) -> None:
        self.echo(told.line, EchoKind(told.kind), undo=told.undo)


def _to_read_out(told: Help) -> Iterator[Content]:
    """999, and the address line by line."""
    yield said("[bold $error]✚ EMERGENCY: ring 999 or 112[/]")
    if told.site and told.address_known:
        yield said("[bold]$site[/]", site=told.site)
    for line in told.address:
        yield said("[bold]  $line[/]" if told.address_known else "[bold $error]  $line[/]", line=line)
    yield said("[bold $accent]Defibrillator:[/] $where", where=told.defibrillator)


def _about(one: InNeed) -> Iterator[Content]:
    """Whom to ring for a person; where to send help, if they are not in the hall."""
    yield said("[bold $accent]$number[/] [bold]$name[/]", number=str(one.number), name=one.name)
    if one.over_screen:
        yield said("[bold $error]! They are NOT HERE: send help to where they are.[/]")
    for line in one.lines:
        yield said("[bold]  $line[/]", line=line)


def _row(one: InNeed) -> RosterRow:
    if one.over_screen:
        return RosterRow(one.number, one.name, RowState.AWAY, "over the screen")
    if one.here:
        return RosterRow(one.number, one.name, RowState.HERE)
    return RosterRow(one.number, one.name, RowState.NOT_MARKED, "no mark")


def _never_failing(ask: Callable[[], _Answer]) -> _Answer | None:
    """What `ask` answers; None where anything at all goes wrong: the address has to stay on the screen."""
    try:
        return ask()
    except Exception:  # noqa: BLE001 - a fault nobody foresaw must not take the page away in an emergency
        return None
