"""What a person agreed to: three consents, y and n a key each, recorded as they are said.

Not for: what a consent changes in a return (`exports`).
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from escape_tui.entering import refuse_to_come
from escape_tui.known_people import known_person
from escape_tui.screens.base import Dialog
from escape_tui.screens.people.typed import TypedLine
from escape_tui.screens.people.words import CONSENT, short_day, spoken
from escape_tui.screens.text import lines, said
from escape_tui.store.acts.people import ConsentEntry, record_consent
from escape_tui.store.imports.dates import read_date
from sessions.records import ConsentHow, ConsentKind

_KINDS: Final[tuple[ConsentKind, ...]] = get_args(ConsentKind)
_HOW: Final[tuple[ConsentHow, ...]] = ("written", "spoken", "not_stated")


class ConsentDialog(Dialog[None]):
    """The consents of one person; each y or n is recorded at once."""

    HELP = (
        "y and n record the answer of the line that is marked, and go to the next. d changes the day on "
        "which it was said, h how: on paper, in words. The latest answer counts. Without consent to sharing "
        "a person has no row in any return."
    )
    DEFAULT_CSS: ClassVar[str] = """
    ConsentDialog #kinds { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "say(True)", "Yes"),
        Binding("n", "say(False)", "No"),
        Binding("down", "step(1)", "Which", key_display="↑↓"),
        Binding("up", "step(-1)", "Which", show=False),
        Binding("d", "day", "Day"),
        Binding("h", "how", "How"),
        Binding("escape,enter", "leave", "Back", key_display="Esc"),
    ]

    def __init__(self, person: str) -> None:
        super().__init__()
        self._person = person
        self._at = 0
        self._on: date | None = None
        self._how: ConsentHow = "spoken"

    def compose_box(self) -> ComposeResult:
        """The three lines, and what the next answer is recorded with."""
        yield Static(id="kinds")
        yield Static(id="with")

    def look_again(self) -> None:
        """Draw what is recorded."""
        known = known_person(self.desk.cohort, self._person)
        rows = []
        for at, kind in enumerate(_KINDS):
            consent = known.consent(kind)
            given = "not asked" if consent is None else "yes" if consent.given else "no"
            when = "" if consent is None else short_day(consent.on_date)
            if consent is not None and consent.how != "not_stated":
                when += f", {spoken(consent.how)}"
            rows.append(_row(CONSENT[kind], given, when, here=at == self._at))
        self.query_exactly_one("#kinds", Static).update(lines(rows))
        self.query_exactly_one("#with", Static).update(
            said(
                "\n[$text-muted]The next answer: said on[/] $day[$text-muted],[/] $how",
                day=short_day(self._day()),
                how=spoken(self._how),
            )
        )

    def action_step(self, by: int) -> None:
        """Go to another consent."""
        self._at = (self._at + by) % len(_KINDS)
        self.look_again()

    def action_say(self, given: bool) -> None:
        """Record the answer."""
        entry = ConsentEntry(_KINDS[self._at], given, self._day(), self._how)
        with self.trying():
            refuse_to_come(entry.on, self._today())
            record_consent(self.desk.cohort, self._person, entry)
            self._at = min(self._at + 1, len(_KINDS) - 1)
            words = "yes" if given else "no"
            self.echo(f"Consent {CONSENT[entry.kind]}: {words}.", undo=True)
        self.look_again()

    def action_day(self) -> None:
        """Say on which day it was said."""
        self.app.push_screen(
            TypedLine("On which day was it said?", f"{self._day():%d/%m/%Y}", over=True), self._on_day
        )

    def action_how(self) -> None:
        """Say how it was said: the next of the three."""
        self._how = _HOW[(_HOW.index(self._how) + 1) % len(_HOW)]
        self.look_again()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def _on_day(self, line: str | None) -> None:
        if line is not None:
            with self.trying():
                day = read_date(line)
                refuse_to_come(day, self._today())
                self._on = day
        self.look_again()

    def _day(self) -> date:
        return self._on or self._today()

    def _today(self) -> date:
        return self.desk.now().astimezone().date()


def _row(what: str, given: str, when: str, *, here: bool) -> Content:
    return said(
        "[bold]$here $given[/] $what  [$text-muted]$when[/]",
        here=">" if here else " ",
        given=f"{given:<10}",
        what=what,
        when=when,
    )
