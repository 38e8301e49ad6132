"""Writing an incident down: what, how grave, what was done, to whom, and a note, one key each.

Not for: the emergency itself, nor keeping the incident (`guiding.emergency`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from escape_tui.guiding.emergency import note_incident
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.screens.pick import Pick, Row
from escape_tui.screens.session.typed import Field, Typed
from escape_tui.store.acts.incidents import IncidentEntry
from sessions.errors import EscapeError
from sessions.records import IncidentAction, IncidentCategory, Severity

if TYPE_CHECKING:
    from textual.app import App

CATEGORIES: Final[dict[IncidentCategory, str]] = {
    "fall": "a fall",
    "pain": "pain",
    "cardiac_symptom": "a sign of the heart",
    "dizziness": "dizzy or faint",
    "breathing": "breathing",
    "injury": "an injury",
    "near_miss": "nearly an accident",
    "equipment": "something broke",
    "other": "something else",
}
SEVERITIES: Final[dict[Severity, str]] = {
    "none": "no harm",
    "minor": "minor harm",
    "moderate": "moderate harm",
    "severe": "severe harm",
}
ACTIONS: Final[dict[IncidentAction, str]] = {
    "rested": "rested",
    "continued_easier": "went on, easier",
    "stopped": "stopped",
    "first_aid": "first aid",
    "sent_home": "went home",
    "gp": "GP or 111",
    "urgent_care": "urgent care",
    "emergency_department": "emergency department",
    "emergency_call": "999",
}
_NOBODY: Final = "-"


class IncidentQuestions:
    """Asks one thing after another on `app`; Esc anywhere leaves nothing written. `tell` hears the end."""

    def __init__(self, app: App[object], guide: Guide, tell: Callable[[Told], None]) -> None:
        self._app = app
        self._guide = guide
        self._tell = tell
        self._person: str | None = None
        self._category: IncidentCategory = "other"
        self._severity: Severity = "none"
        self._action: IncidentAction = "stopped"

    def begin(self) -> None:
        """Ask to whom it happened."""
        rows = [Row(one.id, f"{one.number} {one.desk}") for one in self._guide.people]
        self._app.push_screen(Pick("To whom?", [*rows, Row(_NOBODY, "to nobody")]), self._to)

    def _to(self, person: str | None) -> None:
        if person is None:
            return
        self._person = None if person == _NOBODY else person
        rows = [Row(key, words) for key, words in CATEGORIES.items()]
        self._app.push_screen(Pick("What happened?", rows), self._what)

    def _what(self, chosen: str | None) -> None:
        for category in CATEGORIES:
            if category == chosen:
                self._category = category
                rows = [Row(key, words) for key, words in SEVERITIES.items()]
                self._app.push_screen(Pick("How grave was it?", rows), self._how_grave)

    def _how_grave(self, chosen: str | None) -> None:
        for severity in SEVERITIES:
            if severity == chosen:
                self._severity = severity
                rows = [Row(key, words) for key, words in ACTIONS.items()]
                self._app.push_screen(Pick("What was done?", rows), self._done)

    def _done(self, chosen: str | None) -> None:
        for action in ACTIONS:
            if action == chosen:
                self._action = action
                box = Typed("A note, or Enter for none. It stays on this laptop.", [Field("", needed=False)])
                self._app.push_screen(box, self._noted)

    def _noted(self, answers: tuple[str, ...] | None) -> None:
        if answers is None:
            return
        entry = IncidentEntry(self._category, self._severity, self._action, answers[0] or None)
        try:
            self._tell(note_incident(self._guide, entry, self._person))
        except EscapeError as error:
            self._tell(Told(f"{error.wrong} {error.remedy}", "refused"))
