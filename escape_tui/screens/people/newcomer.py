"""Taking one person in: a form, who may be there already, and what a late joiner has missed.

Not for: lists of people (`take_in`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from escape_tui.entering import Entered, add_person
from escape_tui.guiding.names import names_of
from escape_tui.people_form import CONSENTS, FIELDS, FaultyForm, FormField, newcomer
from escape_tui.screens.keyline import COMMON
from escape_tui.screens.people.form import FormLine, FormScreen
from escape_tui.store.read import cohort_head, cohort_pack, identities, people, person_of, plan_of
from escape_tui.taking_in import same_person
from escape_tui.telling.missed import first_to_come, missed_before, missed_in_words
from sessions.errors import Refused

_JOINS = "joined_at_session"


class NewcomerScreen(FormScreen[str]):
    """Ends with the id of who was taken in."""

    HELP = (
        "Type what is known; only a name is needed. Enter goes to the next line, Ctrl+S takes the person in. "
        "Usual words do: f, gp, y, 18 months. Where sessions have been held already, the line Joins at says "
        "what the person has missed. Esc leaves, and nobody is taken in. F12 is the emergency."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take_in", "Take them in"),
        Binding("down,tab", "line(1)", "Next line", key_display="Enter ↑↓"),
        Binding("up,shift+tab", "line(-1)", "Line before", show=False),
        Binding("escape", "back", "Back"),
        Binding("f1", "help", "Help", id=f"{COMMON}help"),
    ]

    def fields(self) -> tuple[FormField, ...]:
        """Every line, and the consents."""
        return (*FIELDS, *CONSENTS)

    def texts(self) -> Mapping[str, str]:
        """The first session that they can still come to."""
        return {_JOINS: str(first_to_come(plan_of(self.desk.cohort)))}

    def on_mount(self) -> None:
        """Say what the form is for."""
        self.heading("Somebody new")

    def understood(self, name: str, value: object) -> str:
        """Beside the session of joining stands what was missed."""
        if name == _JOINS and isinstance(value, int):
            missed = self._missed(value)
            return f"missed: {missed}" if missed else ""
        return super().understood(name, value)

    def action_take_in(self) -> None:
        """Take the person in, after a question where they may be there already."""
        self.converse(self._take_in)

    def action_back(self) -> None:
        """Leave; what was typed is asked about first."""
        typed = any(one.value and one.id != _JOINS for one in self.query(Input))
        self.converse(self._leave) if typed else self.dismiss(None)

    async def _leave(self) -> None:
        await self.confirm("Nobody is taken in yet. Leave all the same?", yes="Leave", no="Go on typing")
        self.dismiss(None)

    async def _take_in(self) -> None:
        cohort, today = self.desk.cohort, self.desk.now().astimezone().date()
        texts = {line.field.name: line.typed.value for line in self.query(FormLine)}
        try:
            entered = newcomer(texts, today)
            _refuse_no_session(self, entered)
        except FaultyForm as faulty:
            line = self.line(faulty.field)
            self.say_beside(line)
            line.typed.focus()
            raise
        await self._ask_of_doubles(entered)
        person = person_of(cohort, add_person(cohort, entered))
        missed = self._missed(person.joined_at_session)
        self.dismiss(person.id)
        late = f" Missed: {missed}." if missed else ""
        self.app.call_later(self.ours.echo, f"Taken in as number {person.number}.{late}", undo=True)

    async def _ask_of_doubles(self, entered: Entered) -> None:
        entry, cohort = entered.entry, self.desk.cohort
        if entry.birth_date is None:
            return
        alike = same_person(cohort, entry.given_name or "", entry.family_name or "", entry.birth_date)
        if not alike:
            return
        everyone = people(cohort)
        names = names_of(everyone, identities(cohort), "full")
        numbers = {one.id: one.number for one in everyone}
        who = ", ".join(f"{numbers[one.person]} {names.of(one.person)}" for one in alike)
        question = f"This may be {who}, who is on the list already, with the same names and birth date."
        await self.confirm(question, yes="Take them in all the same", no="Go back")

    def _missed(self, joined_at: int) -> str:
        cohort = self.desk.cohort
        planned = cohort_head(cohort).sessions_planned
        return missed_in_words(missed_before(plan_of(cohort), cohort_pack(cohort), planned, joined_at))


def _refuse_no_session(screen: NewcomerScreen, entered: Entered) -> None:
    if entered.entry.joined_at_session is None:
        return
    try:
        plan_of(screen.desk.cohort).session(entered.entry.joined_at_session)
    except Refused as refused:
        raise FaultyForm(_JOINS, refused) from None
