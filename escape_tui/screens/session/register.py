"""The register pane: who is here, what was said on arrival, where those over a screen are.

Not for: what an act does (`guiding.register`), how a row is drawn (`widgets.roster`), or the words beside the
rows (`register_words`).
"""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from escape_tui.guiding.guide import Guide
from escape_tui.guiding.register import Arrived, TooManyClose
from escape_tui.guiding.told import Told
from escape_tui.guiding.where_today import same_place_as_last, say_where_today, to_ask_where, where_last
from escape_tui.screens.ask import Ask
from escape_tui.screens.session.close_support import CloseSupportWarning
from escape_tui.screens.session.numbered import NumberedPane
from escape_tui.screens.session.register_asks import (
    AskAlone,
    AskPain,
    AskReason,
    AskWhichQuestion,
    AskWhoSaidYes,
)
from escape_tui.screens.session.register_words import (
    HEADINGS,
    about,
    questions,
    row_of,
    said_anything,
    summary,
)
from escape_tui.screens.session.typed import Field, Typed
from escape_tui.screens.text import lines
from sessions.pack import Delivery
from sessions.records import AttendanceStatus
from widgets.roster import Roster

_READ_ON: Final = {"down": 4, "up": -4}
"""Lines that an arrow reads on, or back."""


class RegisterPane(NumberedPane):
    """The rows, and beside or under them the one selected."""

    TITLE = "Register"
    HELP = (
        "The register. a marks everyone here; a number marks one person here, as they come through the "
        "door, and selects them. Of the one selected: x away (then a letter for the reason, or none), l "
        "late, o left early, Del takes the mark out. n: all were asked the questions on arrival and nobody "
        "said yes. y and a question's number: the one selected said yes. p: pain on arrival, person after "
        "person, 0 to 9, and t for ten. A red flag stops that person's exercise, and the screen says what "
        "to do. Numbers never change; from the eleventh on a comma goes before the two digits."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "all_here", "All here"),
        Binding("1", "none", "Here, or select", key_display="1-9 0", show=False),
        Binding("x", "away", "Away"),
        Binding("l", "mark('late')", "Late"),
        Binding("o", "mark('left_early')", "Left early"),
        Binding("n", "nobody_yes", "Asked: no"),
        Binding("y", "said_yes", "Said yes"),
        Binding("p", "pain", "Pain"),
        Binding("v", "over_screen", "Screen"),
        Binding("delete,backspace", "unmark", "Take the mark out", key_display="Del", show=False),
        Binding("down", "step(1)", "Select the next", show=False),
        Binding("up", "step(-1)", "Select the one before", show=False),
    ]

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide)
        self._answered: TooManyClose | None = None

    def compose(self) -> ComposeResult:
        """Rows, and what is said beside them."""
        with Container(id="rows"):
            yield Roster(headings=HEADINGS)
        with VerticalScroll(id="beside", can_focus=False):
            yield Static(id="summary")
            yield Static(id="about")
            yield Static(id="questions")

    def look_again(self) -> None:
        """Draw the register as it stands now."""
        self.draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What this session does not ask has no key."""
        del parameters
        if action == "pain":
            return self.guide.settings.session.ask_pain_on_arrival
        if action == "over_screen":
            return self.guide.delivery is not Delivery.IN_PERSON
        return True

    def draw(self) -> None:
        """Rows and words."""
        if not self.is_built:
            return
        register = self.guide.register
        over, asked_where = self.guide.over_screen, {row.person.id for row in to_ask_where(self.guide)}
        roster = self.query_exactly_one(Roster)
        settled = all(row.person.settled for row in register.rows)
        roster.headings = HEADINGS[:-1] if settled else HEADINGS
        roster.rows = tuple(
            row_of(row, register, over=row.person.id in over, ask_where=row.person.id in asked_where)
            for row in register.rows
        )
        chosen = self._row
        roster.selected = chosen.person.number if chosen else None
        self.set_class(isinstance(self.asked, AskWhichQuestion | AskAlone), "-asks")
        self.set_class(chosen is not None and said_anything(chosen), "-tells")
        top = self.asked.words() if self.asked is not None else summary(self.guide)
        self.query_exactly_one("#summary", Static).update(top)
        self.query_exactly_one("#about", Static).update(lines(about(self.guide, chosen) if chosen else ()))
        self.query_exactly_one("#questions", Static).update(lines(questions(register, chosen)))
        self.query_exactly_one("#beside", VerticalScroll).scroll_home(animate=False)

    def take(self, key: str) -> bool:
        """While the questions are shown the arrows read on in them; else as every pane of numbers."""
        if self.has_class("-asks") and key in _READ_ON:
            self.query_exactly_one("#beside", VerticalScroll).scroll_relative(y=_READ_ON[key], animate=False)
            return True
        return super().take(key)

    def choose(self, number: int) -> None:
        """Mark that person here and select them; who has a mark is only selected."""
        who = self.id_of(number)
        if who is None:
            return
        self.selected = who
        if self.guide.row(who).mark is None:
            self._said_of_one(who, self.guide.arrive(who))
        self.draw()

    def on_roster_picked(self, picked: Roster.Picked) -> None:
        """Select the row that was clicked; a click marks nobody."""
        picked.stop()
        self.selected = self.id_of(picked.number)
        self.draw()

    # Keys

    def action_none(self) -> None:
        """Digits are taken before keys are looked up; this stands for them in the line of keys."""

    def action_step(self, by: int) -> None:
        """Select the next row, or the one before; nobody is marked by it."""
        roster = self.query_exactly_one(Roster)
        roster.move(by)
        self.selected = None if roster.selected is None else self.id_of(roster.selected)
        self.draw()

    def action_all_here(self) -> None:
        """Everyone without a mark is here."""
        self._told(self.guide.mark_all_here())

    def action_mark(self, status: AttendanceStatus) -> None:
        """Mark the person selected."""
        row = self._chosen()
        if row is not None:
            self._said_of_one(row.person.id, self.guide.mark(row.person.id, status))

    def action_away(self) -> None:
        """The person selected is away; why may be said now, later or never."""
        row = self._chosen()
        if row is not None:
            self._told(self.guide.mark(row.person.id, "absent", row.mark.reason if row.mark else None))
            self.ask(AskReason(self.guide, row.person, self._told))

    def action_unmark(self) -> None:
        """The person selected has no mark."""
        row = self._chosen()
        if row is not None:
            self._told(self.guide.unmark(row.person.id))

    def action_nobody_yes(self) -> None:
        """All were asked, and nobody said yes."""
        self._told(self.guide.register.all_asked_nobody_yes())

    def action_said_yes(self) -> None:
        """The person selected said yes to a question; its number comes next."""
        if self._row is None:
            self.ask(AskWhoSaidYes(self._select_and_ask))
        else:
            self._ask_which(self._row)

    def action_pain(self) -> None:
        """Ask the pain on arrival of one person after another, from the one selected on."""
        sweep = AskPain(self.guide, self._select, self._told)
        if sweep.begin(self.selected):
            self.ask(sweep)
        else:
            self.say(Told("Everyone here has said their pain; a number and then p asks again.", "refused"))

    def action_over_screen(self) -> None:
        """The person selected takes part over the screen today, or does not; and where they are."""
        row = self._chosen()
        if row is None:
            return
        person = row.person.id
        if self.guide.delivery is Delivery.HYBRID:
            on = person not in self.guide.over_screen
            self._told(self.guide.take_part_over_screen(person, on))
            if not on:
                return
        self._ask_where(row)

    # What follows an act

    @property
    def _row(self) -> Arrived | None:
        return None if self.selected is None else self.guide.row(self.selected)

    def _chosen(self) -> Arrived | None:
        if self._row is None:
            self.say(Told("Press a person's number first.", "refused"))
        return self._row

    def _select(self, person: str | None) -> None:
        self.selected = person
        self.draw()

    def _select_and_ask(self, number: int) -> None:
        who = self.id_of(number)
        if who is not None:
            self.selected = who
            self._ask_which(self.guide.row(who))

    def _ask_which(self, row: Arrived) -> None:
        self.ask(AskWhichQuestion(self.guide, row.person, self._told, self._was_it_a_slip))

    def _was_it_a_slip(self, row: Arrived, place: int) -> None:
        asked = self.guide.register.questions[place]

        def answered(slip: bool | None) -> None:
            if slip:
                self._told(self.guide.answer(row.person.id, asked, "no"))

        words = f"{row.person.number} {row.person.desk} said yes to this before: {asked.ask} Was that a slip?"
        self.app.push_screen(Ask(words, yes="A slip: the answer is no", no="The yes stands"), answered)

    def _said_of_one(self, person: str, told: Told) -> None:
        """A person came: who came late is asked alone."""
        self._told(told)
        row = self.guide.row(person)
        late = row.mark is not None and row.mark.status == "late"
        if late and row in self.guide.register.not_asked:
            self.ask(AskAlone(self.guide, row.person, self._told, self._ask_which))

    def _told(self, told: Told) -> None:
        self.say(told)
        self.draw()
        self._warn_of_close_support()

    def _warn_of_close_support(self) -> None:
        on_duty = max(1, len(self.guide.on_duty))
        warning = self.guide.register.too_many_close(on_duty)
        answered = self._answered
        if warning is None or (answered is not None and warning.people <= answered.people):
            return
        self._answered = warning
        self.app.push_screen(CloseSupportWarning(warning), self._close_support_answered)

    def _close_support_answered(self, go_on: bool | None) -> None:
        if self._answered is None:
            return
        if go_on:
            self._told(self.guide.register.go_on_all_the_same(self._answered))
            return
        self._answered = None
        self.post_message(self.DutyWanted())

    def _ask_where(self, row: Arrived) -> None:
        last = where_last(self.guide, row.person.id)
        if last is None:
            self._type_where(row)
            return

        def answered(same: bool | None) -> None:
            if same:
                self._told(same_place_as_last(self.guide, row.person.id))
            else:
                self._type_where(row)

        place = ", ".join(part for part in (last.place, last.phone) if part)
        words = (
            f"Ask {row.person.number} {row.person.desk} where they are today. Last time: {place}. The same?"
        )
        self.app.push_screen(Ask(words, yes="The same place", no="Another"), answered)

    def _type_where(self, row: Arrived) -> None:
        def typed(answers: tuple[str, ...] | None) -> None:
            if answers is not None and any(answers):
                place, phone = answers
                self._told(say_where_today(self.guide, row.person.id, place or None, phone or None))

        fields = (
            Field("Address, as an ambulance needs it", needed=False),
            Field("Telephone there", needed=False, most=60),
        )
        words = f"Where is {row.person.number} {row.person.desk} today?"
        self.app.push_screen(Typed(words, fields), typed)
