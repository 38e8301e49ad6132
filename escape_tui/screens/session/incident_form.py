"""Writing an incident down: what happened, how grave it was, what was done, a digit each; a note if wanted.

Not for: keeping it (`guiding.emergency.note_incident`), nor for help in the emergency itself.
"""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from escape_tui.guiding.emergency import note_incident
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.guiding.wrap_up import incidents_today
from escape_tui.screens.base import Dialog
from escape_tui.screens.session.incident import ACTIONS, CATEGORIES, SEVERITIES
from escape_tui.screens.text import lines, plain, said
from escape_tui.store.acts.checks import LONGEST_NOTE
from escape_tui.store.acts.incidents import IncidentEntry, correct_incident
from sessions.errors import EscapeError

_ASKED: Final = (
    ("What happened?", tuple(CATEGORIES.values())),
    ("How grave was it?", tuple(SEVERITIES.values())),
    ("What was done, at most?", tuple(ACTIONS.values())),
)


class IncidentForm(Dialog[Told]):
    """Three digits keep the incident; a note may follow. Ends with what was done, or None by Esc before."""

    HELP = (
        "Three digits write the incident down: what happened, how grave it was, what was done. It is kept "
        "with the third. A note may be typed then, or Enter for none. Backspace goes back."
    )
    WORKS_UNDER_LOCK = True
    AUTO_FOCUS = ""  # digits are answers until the note is typed
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(digit), f"answer({digit})", "Answer", show=digit == 1, key_display="1-9")
            for digit in range(1, 10)
        ),
        Binding("backspace", "back", "Back"),
        Binding("escape", "leave", "Leave"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    IncidentForm Input { display: none; border: round $accent; }
    IncidentForm.-noting Input { display: block; }
    """

    def __init__(self, guide: Guide, person: str | None) -> None:
        super().__init__()
        self._guide = guide
        self._person = person
        self._answers: list[int] = []
        self._kept: Told | None = None

    def compose_box(self) -> ComposeResult:
        """Whom it is about, what is asked, its answers."""
        yield Static(id="question")
        yield Input(max_length=LONGEST_NOTE, placeholder="A note, if one helps; Enter ends")
        yield Static(id="told")

    def look_again(self) -> None:
        """Draw what is asked."""
        who = "nobody in particular"
        if self._person is not None:
            one = self._guide.row(self._person).person
            who = f"{one.number} {one.desk}"
        parts = [said("[bold]Incident: $who[/]", who=who)]
        parts += [
            plain(f"{_ASKED[at][0]} {_ASKED[at][1][digit - 1]}") for at, digit in enumerate(self._answers)
        ]
        if self._kept is None:
            question, choices = _ASKED[len(self._answers)]
            parts += [said("\n[bold]$question[/]", question=question)]
            parts += [plain(f"  {digit}  {words}") for digit, words in enumerate(choices, start=1)]
        else:
            parts += [plain("\nIt is written down. Enter ends.")]
        self.query_exactly_one("#question", Static).update(lines(parts))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once it is kept only a note is left."""
        if action in {"answer", "back"}:
            return self._kept is None and (action == "answer" or bool(self._answers))
        return super().check_action(action, parameters)

    def action_answer(self, digit: int) -> None:
        """Answer what is asked; the third answer keeps it."""
        if self._kept is not None or digit > len(_ASKED[len(self._answers)][1]):
            return
        self._answers.append(digit)
        if len(self._answers) == len(_ASKED):
            self._keep()
        self.look_again()
        self.refresh_bindings()

    def action_back(self) -> None:
        """Take the last answer back."""
        if self._kept is None and self._answers:
            self._answers.pop()
            self.look_again()
            self.refresh_bindings()

    def action_leave(self) -> None:
        """Leave; what is kept stays."""
        self.dismiss(self._kept)

    def on_input_submitted(self, typed: Input.Submitted) -> None:
        """Keep the note with the incident."""
        typed.stop()
        try:
            if typed.value.strip() and self._kept is not None:
                kept = incidents_today(self._guide)[-1]
                correct_incident(self._guide.cohort, kept.id, self._entry(typed.value))
        except EscapeError as error:
            self.query_exactly_one("#told", Static).update(plain(f"{error.wrong} {error.remedy}"))
            return
        self.dismiss(self._kept)

    def _keep(self) -> None:
        try:
            self._kept = note_incident(self._guide, self._entry(), self._person)
        except EscapeError as error:
            self._answers.pop()
            self.query_exactly_one("#told", Static).update(plain(f"{error.wrong} {error.remedy}"))
            return
        self.add_class("-noting")
        self.query_exactly_one(Input).focus()

    def _entry(self, note: str | None = None) -> IncidentEntry:
        category, severity, action = self._answers
        return IncidentEntry(
            list(CATEGORIES)[category - 1],
            list(SEVERITIES)[severity - 1],
            list(ACTIONS)[action - 1],
            note,
        )
