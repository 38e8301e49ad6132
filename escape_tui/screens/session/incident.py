"""The words of an incident, and asking to whom it happened where nobody is selected.

Not for: the rest of it (`incident_form`), nor keeping it (`guiding.emergency`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.screens.pick import Pick, Row
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
    """Asks to whom it happened and then the rest, on `app`; `tell` hears what was written down."""

    def __init__(self, app: App[object], guide: Guide, tell: Callable[[Told], None]) -> None:
        self._app = app
        self._guide = guide
        self._tell = tell

    def begin(self) -> None:
        """Ask to whom it happened."""
        rows = [Row(one.id, f"{one.number} {one.desk}") for one in self._guide.people]
        self._app.push_screen(Pick("To whom?", [*rows, Row(_NOBODY, "to nobody")]), self._to)

    def _to(self, person: str | None) -> None:
        from escape_tui.screens.session.incident_form import IncidentForm

        if person is not None:
            form = IncidentForm(self._guide, None if person == _NOBODY else person)
            self._app.push_screen(form, self._written)

    def _written(self, told: Told | None) -> None:
        if told is not None:
            self._tell(told)
