"""The sweep at the end of the circuit: effort, then the most pain, once a person; then the advice.

Not for: pain on arrival (the register). What somebody does not say is not recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from escape_tui.guiding.advising import Advised
from escape_tui.guiding.by_exception import accept
from escape_tui.guiding.circuit_log import did_nothing
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.register import Arrived
from escape_tui.guiding.strong import told_of_effort, told_of_pain
from escape_tui.guiding.told import Told
from escape_tui.screens.ask import Ask
from escape_tui.screens.session.asking import figure_of
from escape_tui.screens.session.desk_words import advice_words
from escape_tui.screens.session.panes import Pane
from escape_tui.screens.text import lines, plain, said
from sessions.errors import EscapeError
from widgets.roster import Mark, Roster, RosterRow, RowState

EFFORT: Final = "How hard was the circuit, from 0 (no effort) to 10 (all I had)?"
PAIN: Final = "The most pain during it, from 0 (none) to 10 (the worst there is)?"


class SweepPane(Pane):
    """Asks one person after another; then shows the advice that would move a level."""

    TITLE = "Effort"
    HELP = (
        "At the end of the circuit: effort, then the most pain, once a person. 0 to 9, and t for ten. "
        "Enter: not said, which is not recorded. Backspace goes back. Up and down choose a person. Then "
        "the advice that would move a level: y takes it, Enter leaves it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "none", "Answer", key_display="0-9 t"),
        Binding("enter", "pass_on", "Not said"),
        Binding("backspace", "go_back", "Back", key_display="⌫"),
        Binding("y", "accept", "Take advice"),
        Binding("down", "person(1)", "Next person", show=False),
        Binding("up", "person(-1)", "Person before", show=False),
        Binding("tab", "screen.pane('hall')", "Hall", show=False),
    ]

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide)
        self._at: str | None = None
        self._pain_next = False
        self._over = False
        self._advice: tuple[Advised, ...] = ()
        self._advice_at = 0

    def compose(self) -> ComposeResult:
        """The question, and everyone with what they said."""
        yield Static(id="question")
        yield Roster(headings=("effort", "pain"))

    def look_again(self) -> None:
        """Begin with the first who has not said, unless somebody is being asked."""
        if self._at not in {row.person.id for row in self._rows}:
            self._at, self._pain_next, self._over = self._first_to_ask(), False, False
        if self._at is None or self._over:
            self._show_advice()
        self.draw()

    def draw(self) -> None:
        """Question and rows."""
        if not self.is_built:
            return
        self.query_exactly_one("#question", Static).update(lines(self._question()))
        roster = self.query_exactly_one(Roster)
        roster.rows = tuple(self._row(row) for row in self._rows)
        asked = None if self._at is None or self._over else self.guide.row(self._at).person.number
        roster.selected = asked
        self.refresh_bindings_of_screen()

    def refresh_bindings_of_screen(self) -> None:
        """Keys change between asking and advice."""
        self.screen.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now has a key."""
        del parameters
        if action == "accept":
            return self._advised is not None
        if action == "none":
            return self._asked is not None
        return True

    def take(self, key: str) -> bool:
        """A figure answers."""
        figure = figure_of(key)
        if figure is None or self._asked is None:
            return False
        try:
            self._answer(figure)
        except EscapeError as error:
            self.say(Told(f"{error.wrong} {error.remedy}", "refused"))
        return True

    def on_roster_picked(self, picked: Roster.Picked) -> None:
        """Ask the person who was clicked."""
        picked.stop()
        row = self.guide.register.numbered(picked.number)
        if row is not None:
            self._go_to(row.person.id)

    # Keys

    def action_none(self) -> None:
        """Figures are taken before keys are looked up; this stands for them in the line of keys."""

    def action_pass_on(self) -> None:
        """Not said, and so not recorded; or the advice is left as it is."""
        if self._asked is None:
            self._advice_at = min(self._advice_at + 1, len(self._advice))
            self.draw()
        elif self._pain_next:
            self._next_person()
        else:
            self._pain_next = True
            self.draw()

    def action_go_back(self) -> None:
        """The question before, of this person or of the one before; from the advice to the last person."""
        if self._asked is None:
            if self._advice_at:
                self._advice_at -= 1
                self.draw()
            elif self._rows:
                self._go_to(self._rows[-1].person.id, pain=True)
        elif self._pain_next:
            self._pain_next = False
            self.draw()
        else:
            ids = [row.person.id for row in self._rows]
            place = ids.index(self._asked)
            if place:
                self._go_to(ids[place - 1], pain=True)

    def action_person(self, by: int) -> None:
        """Ask the next person, or the one before; nothing is recorded by it."""
        ids = [row.person.id for row in self._rows]
        if not ids:
            return
        place = ids.index(self._at) + by if self._at in ids and not self._over else (0 if by > 0 else -1)
        self._go_to(ids[max(-1, min(place, len(ids) - 1))])

    def action_accept(self) -> None:
        """Take the advice that stands there; a step up on a balance exercise is confirmed first."""
        advised = self._advised
        if advised is None:
            return
        if not advised.advice.confirm:
            self._accept(advised)
            return
        one = self.guide.row(advised.person).person
        question = (
            f"{one.number} {one.desk}: {advised.exercise.name} is a balance exercise, where a wrong step "
            "is a fall. Are they steady at the level they have?"
        )
        self.app.push_screen(
            Ask(question, yes="Steady: a step up", no="Stay at this level"),
            lambda steady: self._accept(advised) if steady else None,
        )

    # What is asked, and what follows

    @property
    def _rows(self) -> tuple[Arrived, ...]:
        """Everyone here who did something of the circuit."""
        did = {
            place.person
            for place in self.guide.came_to()
            if not place.sits_out and not did_nothing(self.guide.log.entry(place.person, place.exercise.id))
        }
        return tuple(row for row in self.guide.register.here if row.person.id in did)

    @property
    def _asked(self) -> str | None:
        return None if self._over else self._at

    @property
    def _advised(self) -> Advised | None:
        """The advice that stands there to be taken."""
        if self._asked is not None or self._advice_at >= len(self._advice):
            return None
        return self._advice[self._advice_at]

    def _first_to_ask(self) -> str | None:
        return next(
            (row.person.id for row in self._rows if self.guide.log.said(row.person.id) == (None, None)), None
        )

    def _answer(self, figure: int) -> None:
        person = self._asked or ""
        effort, pain = self.guide.log.said(person)
        effort, pain = (effort, figure) if self._pain_next else (figure, pain)
        self.guide.log.effort_and_pain(self.guide.came_to(person), effort, pain)
        told_of = told_of_pain if self._pain_next else told_of_effort
        self.say(told_of(self.guide.register, self.guide.pack.advice, person, figure))
        if self._pain_next:
            self._next_person()
        else:
            self._pain_next = True
            self.draw()

    def _next_person(self) -> None:
        ids = [row.person.id for row in self._rows]
        place = ids.index(self._at) + 1 if self._at in ids else len(ids)
        if place < len(ids):
            self._go_to(ids[place])
            return
        self._over = True
        self._show_advice()
        self.draw()

    def _go_to(self, person: str, *, pain: bool = False) -> None:
        self._at, self._pain_next, self._over = person, pain, False
        self.draw()

    def _show_advice(self) -> None:
        """The advice that would move a level, of everyone here at all that they came to."""
        self._over = True
        places = {(one.person, one.exercise.id): one for one in self.guide.came_to()}
        here = {row.person.id for row in self._rows}
        found: list[Advised] = []
        for row in self._rows:
            own = [one.exercise for one in places.values() if one.person == row.person.id]
            found += self.guide.advising.of([row.person.id], own)
        self._advice = tuple(one for one in found if one.moves and one.person in here)
        self._advice_at = min(self._advice_at, len(self._advice))

    def _accept(self, advised: Advised) -> None:
        try:
            told = accept(self.guide, advised, confirmed=advised.advice.confirm)
        except EscapeError as error:
            told = Told(f"{error.wrong} {error.remedy}", "refused")
        self.say(told)
        self._show_advice()
        self.draw()

    def _question(self) -> Iterator[Content]:
        if not self._rows:
            yield plain("Nobody has done any of the circuit yet.")
        elif self._asked is not None:
            one = self.guide.row(self._asked).person
            yield said("[bold $accent]$number[/] [bold]$name[/]", number=str(one.number), name=one.desk)
            yield said("[bold]$ask[/]", ask=PAIN if self._pain_next else EFFORT)
            yield plain("")
        else:
            yield from self._advice_words()

    def _advice_words(self) -> Iterator[Content]:
        advised = self._advised
        if advised is None:
            yield said(
                "[bold]Everyone was asked.[/] No more advice is waiting; down begins again with the first."
            )
            return
        one, place = self.guide.row(advised.person).person, f"{self._advice_at + 1} of {len(self._advice)}"
        since = f", {advised.since.in_words}" if advised.since else ""
        yield said("Advice $place: y takes it, Enter leaves it.", place=place)
        yield said(
            "[bold $accent]$number[/] [bold]$name, $exercise: $what$since[/]",
            number=str(one.number),
            name=one.desk,
            exercise=advised.exercise.name,
            what=advice_words(advised),
            since=since,
        )
        yield plain(" ".join([advised.advice.reason, *advised.advice.tell]))
        yield plain("")

    def _row(self, row: Arrived) -> RosterRow:
        effort, pain = self.guide.log.said(row.person.id)
        asked = row.person.id == self._asked
        done = (effort, pain) != (None, None)
        return RosterRow(
            row.person.number,
            row.person.desk,
            RowState.HERE if done else RowState.NOT_MARKED,
            status="asked now" if asked else ("said" if done else "not said"),
            marks=(Mark(_figure(effort)), Mark(_figure(pain))),
        )


def _figure(figure: int | None) -> str:
    return "-" if figure is None else str(figure)
