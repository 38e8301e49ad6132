"""Where a key leads from what was found to where it is mended: one table from the place to a room or an area.

Not for: the command that does the same (`escape_tui.mending`), which is shown where no screen is built.

A room of `rooms.ROOMS` is made with the arguments that the place gives here; where it is not built its area
is gone to; where that is not built either, nothing leads there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from escape_tui.screens import rooms
from exports.completeness.found import (
    AtConsent,
    AtEligibility,
    AtFeedback,
    AtIncident,
    AtLog,
    AtMeasure,
    AtPerson,
    AtRegister,
    AtSignpost,
    MendAt,
)

if TYPE_CHECKING:
    from escape_tui.screens.app import EscapeApp


@dataclass(frozen=True, slots=True)
class Way:
    """A room and what it is made with, the area that it lies in, and what both are called on the way."""

    room: str
    area: str | None
    called: str
    arguments: Callable[[Any], tuple[object, ...]]


def _session(at: AtRegister | AtLog | AtIncident) -> tuple[object, ...]:
    return (at.session,)


def _person(at: AtPerson | AtConsent | AtEligibility | AtSignpost) -> tuple[object, ...]:
    return (at.person,)


_SESSION = Way("session", None, "the session", _session)
_PERSON = Way("person", "people", "the person", _person)
WAYS: Final[Mapping[type[MendAt], Way]] = {
    AtRegister: _SESSION,
    AtLog: _SESSION,
    AtIncident: _SESSION,
    AtPerson: _PERSON,
    AtConsent: _PERSON,
    AtEligibility: _PERSON,
    AtSignpost: _PERSON,
    AtMeasure: Way(
        "measure", "measures", "the measures", lambda at: (at.person, at.instrument, at.timepoint)
    ),
    AtFeedback: Way("feedback", "measures", "the feedback", lambda _at: ()),
}
"""The plan of sessions and the settings are mended by a command alone."""


def way_to(place: MendAt) -> Way | None:
    """The way to a place, None where no screen leads there."""
    way = WAYS.get(type(place))
    if way is None or not (way.room in rooms.ROOMS or _is_area(way.area)):
        return None
    return way


def lead(app: EscapeApp, place: MendAt) -> None:
    """Go where `place` is mended; nothing happens where no way leads there."""
    way = way_to(place)
    if way is None:
        return
    if isinstance(place, AtRegister | AtLog | AtIncident):
        app.begin_session(place.session)
    elif way.room in rooms.ROOMS:
        app.push_screen(rooms.made(rooms.ROOMS[way.room], *way.arguments(place)))
    elif way.area is not None:
        app.switch_mode(way.area)


def _is_area(mode: str | None) -> bool:
    return any(area.mode == mode for area in rooms.AREAS)
