"""The desk pane: the stations as the facilitator needs them; the keys that write the circuit down.

Not for: what an act does (`guiding.by_exception`), what is asked (`desk_asks`), or the words beside the
board (`desk_words`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from escape_tui.guiding.advising import Advised
from escape_tui.guiding.by_exception import (
    accept,
    as_planned,
    can_step,
    next_stand_in,
    sat_out,
    step,
    take_out,
)
from escape_tui.guiding.circuit_log import Bout, Place
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.screens.ask import Ask
from escape_tui.screens.session.cards import bout_shown, desk_cards
from escape_tui.screens.session.desk_asks import AskReps, AskStation, AskTimes
from escape_tui.screens.session.desk_words import about_person, about_station, heading, who_waits
from escape_tui.screens.session.incident_form import IncidentForm
from escape_tui.screens.session.numbered import NumberedPane
from escape_tui.screens.text import lines
from sessions.errors import EscapeError
from sessions.records import Decision
from sessions.run import RunState
from widgets.station_board import StationBoard

ROOMY: Final = 36
"""Rows of the screen from which what is said is set apart by blank lines."""


class DeskPane(NumberedPane):
    """The board, and beside or under it the person and the station that are selected."""

    TITLE = "Desk"
    HELP = (
        "Here the circuit is written down. a: everyone at the selected station as planned. l: everyone, "
        "at all they came to so far, as planned. Only what was different is entered singly: a person's "
        "number, then i easier, p a step up, n a stand-in (again: the next one), x did none of this one, "
        "c how many times, Enter as planned, Del takes the entry out. y takes the advice that stands "
        "there. o: sits out from now on, or takes part again. Up and down choose a station, left and "
        "right an earlier or later turn. j goes to another station, k changes the times for good, v "
        "writes an incident down. Tab leads to the hall. Nothing is filled in that nobody saw."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "station_as_planned", "As planned"),
        Binding("l", "all_as_planned", "All so far"),
        Binding("1", "none", "Person", key_display="1-9 0", show=False),
        Binding("i", "level('ease')", "Easier"),
        Binding("p", "level('up')", "Step up"),
        Binding("n", "stand_in", "Stand-in"),
        Binding("x", "sat_out", "Did none"),
        Binding("c", "reps", "Count"),
        Binding("o", "sits_out", "Sits out"),
        Binding("y", "accept", "Take advice"),
        Binding("tab", "screen.pane('hall')", "Hall", show=False),
        Binding("enter", "person_as_planned", "This person as planned", show=False),
        Binding("delete,backspace", "take_out", "Take the entry out", key_display="Del", show=False),
        Binding("down", "station(1)", "Next station", show=False),
        Binding("up", "station(-1)", "Station before", show=False),
        Binding("left", "turn(-1)", "Earlier turn", show=False),
        Binding("right", "turn(1)", "Later turn", show=False),
        Binding("j", "jump", "Go to a station", show=False),
        Binding("k", "times", "Times for good", show=False),
        Binding("v", "incident", "Write an incident down", show=False),
    ]

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide)
        self._station = 1
        self._chosen_turn: Bout | None = None
        self._drawn: object = None

    def compose(self) -> ComposeResult:
        """Heading and board; what is selected; who waits."""
        with Container(id="board"):
            yield Static(id="heading")
            yield StationBoard(mode="desk")
        yield Static(id="details")

    def look_again(self) -> None:
        """Draw the circuit as it stands now."""
        self.draw()

    def tick(self, state: RunState) -> None:
        """Draw anew with another step or other seats; the seconds are in the line above."""
        if (state.step, state.seating) != self._drawn:
            self.draw()

    def choose(self, number: int) -> None:
        """Select a person, and the station they are at."""
        who = self.id_of(number)
        if who is None:
            return
        self.selected = who
        place = self._place
        if place is not None:
            self._station = place.station
        else:
            person = self.guide.row(who).person
            self.say(Told("has no station in this turn", "ask", person.number, person.desk))
        self.draw()

    def draw(self) -> None:
        """Board and words."""
        if not self.is_built:
            return
        state = self.guide.state()
        if (state.step, state.seating) != self._drawn:
            self._drawn = (state.step, state.seating)
            self._chosen_turn = None
        turn = self._turn or bout_shown(state)
        self.query_exactly_one("#heading", Static).update(
            heading(self.guide, state, self._turn), layout=False
        )
        board = self.query_exactly_one(StationBoard)
        board.cards = desk_cards(self.guide, turn) if turn is not None else ()
        board.selected = self._station - 1
        self._draw_details()

    def _draw_details(self) -> None:
        """What is said of the selection, in a space of its own: laying the screen out anew takes too long."""
        parts = [
            [] if self.asking is None else [self.asking.words()],
            about_person(self.guide, self.selected, self._place, self._advised),
            about_station(self.guide, self._station),
            who_waits(self.guide),
        ]
        said = [lines(part) for part in map(list, parts) if part]
        between = "\n" if self.app.size.height < ROOMY else "\n\n"
        self.query_exactly_one("#details", Static).update(Content(between).join(said), layout=False)

    def on_station_board_picked(self, picked: StationBoard.Picked) -> None:
        """Select the station that was clicked; a click writes nothing down."""
        picked.stop()
        self._at_station(int(picked.key))

    # Keys: what is selected

    def action_none(self) -> None:
        """Digits are taken before keys are looked up; this stands for them in the help."""

    def action_station(self, by: int) -> None:
        """Select the next station, or the one before, round and round."""
        count = len(self.guide.plan.circuit.stations)
        self._at_station((self._station - 1 + by) % count + 1)

    def action_turn(self, by: int) -> None:
        """Show an earlier turn, to write down what was left, or a later one up to the present."""
        turns = self._turns
        if self._turn is None:
            self.say(Told("The circuit has not begun.", "refused"))
            return
        place = turns.index(self._turn) + by
        if 0 <= place < len(turns):
            self._chosen_turn = None if place == len(turns) - 1 else turns[place]
        self.draw()

    # Keys: many at once

    def action_station_as_planned(self) -> None:
        """Everyone at the selected station did as planned."""
        here = [one for one in self._places if one.station == self._station]
        doing = [one for one in here if not one.sits_out and one.person not in self.guide.register.stopped]
        if not doing:
            self.say(Told("Nobody exercises at this station in this turn.", "refused"))
            return
        self._told(self.guide.log.as_planned(doing))

    def action_all_as_planned(self) -> None:
        """Everyone did as planned at all turns that are over; the one at work is still to be seen."""
        stopped = self.guide.register.stopped
        done = [one for one in self.guide.came_to(over=True) if one.person not in stopped]
        if not done:
            self.say(Told("No turn is over yet. a writes down the station you see.", "refused"))
            return
        self._told(self.guide.log.as_planned(done))

    # Keys: one person

    def action_person_as_planned(self) -> None:
        """The selected person did as planned here."""
        place = self._chosen()
        if place is not None:
            self._told(as_planned(self.guide, place))

    def action_level(self, direction: Decision) -> None:
        """One level down or up; up on a balance exercise is confirmed first."""
        place = self._chosen()
        if place is None or self._turn is None:
            return
        turn, up = self._turn, direction == "up"

        def act() -> None:
            self._told(step(self.guide, place, direction, turn.round, confirmed=up))

        if up and place.exercise.up_needs_confirming and can_step(place, direction):
            self._ask_steady(place, act)
        else:
            act()

    def action_stand_in(self) -> None:
        """Another exercise at this station: the first stand-in, then the next."""
        place = self._chosen()
        if place is not None:
            self._told(next_stand_in(self.guide, place))

    def action_sat_out(self) -> None:
        """The selected person did none of this exercise."""
        place = self._chosen()
        if place is not None:
            self._told(sat_out(self.guide, place))

    def action_reps(self) -> None:
        """How many times the selected person did it."""
        place = self._chosen()
        if place is not None:
            self.ask(AskReps(self.guide, place, self._told))

    def action_take_out(self) -> None:
        """Take the selected person's entry at this exercise out again."""
        place = self._chosen()
        if place is not None:
            self._told(take_out(self.guide, place))

    def action_sits_out(self) -> None:
        """The selected person sits out from now on, or takes part again."""
        if self.selected is None:
            self._chosen()
            return
        out = self.selected not in self.guide.state().seating.sitting_out
        self._told(self.guide.sit_out(self.selected, out))

    def action_accept(self) -> None:
        """Take the advice that stands there; a step up on a balance exercise is confirmed first."""
        place, advised = self._chosen(), self._advised
        if place is None:
            return
        if advised is None or not advised.moves:
            self.say(Told("There is no advice to take here.", "refused"))
            return

        def act() -> None:
            self._told(accept(self.guide, advised, confirmed=advised.advice.confirm))

        if advised.advice.confirm:
            self._ask_steady(place, act)
        else:
            act()

    # Keys: the run, and an incident

    def action_jump(self) -> None:
        """Go to the turn that brings the selected person, or the first group, to a station."""
        self.ask(AskStation(self.guide, self.selected, self._told))

    def action_times(self) -> None:
        """Change the times of the circuit for good."""
        self.ask(AskTimes(self.guide, self._told))

    def action_incident(self) -> None:
        """Write an incident down, of the selected person or of nobody."""
        self.app.push_screen(IncidentForm(self.guide, self.selected), self._incident_noted)

    # What is selected, and what follows an act

    @property
    def _turns(self) -> tuple[Bout, ...]:
        """The turns that can be written down, each once, in order."""
        return self.guide.turns()

    @property
    def _turn(self) -> Bout | None:
        """The turn that is written down: the one chosen, else the one at work or the last that was."""
        return self._chosen_turn or self.guide.logging()

    @property
    def _places(self) -> tuple[Place, ...]:
        turn = self._turn
        return () if turn is None else self.guide.places(turn)

    @property
    def _place(self) -> Place | None:
        """Where the selected person is in the turn that is written down."""
        return next((one for one in self._places if one.person == self.selected), None)

    @property
    def _advised(self) -> Advised | None:
        place, turn = self._place, self._turn
        if place is None or turn is None:
            return None
        return self.guide.advising.of([place.person], [place.exercise], turn.round)[0]

    def _chosen(self) -> Place | None:
        if self.selected is None:
            self.say(Told("Press a person's number first.", "refused"))
            return None
        place = self._place
        if place is None:
            words = (
                "The circuit has not begun." if self._turn is None else "They have no station in this turn."
            )
            self.say(Told(words, "refused"))
        return place

    def _at_station(self, number: int) -> None:
        self._station = number
        place = self._place
        if place is not None and place.station != number:
            self.selected = None
        self.draw()

    def _ask_steady(self, place: Place, act: Callable[[], None]) -> None:
        person = self.guide.row(place.person).person
        question = (
            f"{person.number} {person.desk}: {place.exercise.name} is a balance exercise, where a wrong "
            "step is a fall. Are they steady at the level they have?"
        )

        def answered(steady: bool | None) -> None:
            try:
                if steady:
                    act()
            except EscapeError as error:
                self.say(Told(f"{error.wrong} {error.remedy}", "refused"))

        self.app.push_screen(Ask(question, yes="Steady: a step up", no="Stay at this level"), answered)

    def _incident_noted(self, told: Told | None) -> None:
        if told is not None:
            self._told(told)

    def _told(self, told: Told) -> None:
        self.say(told)
        self.draw()
