"""Where a person who takes part over a screen is today, for whoever has to send help.

Not for: where people stand in the circuit (`sessions.circuit`), nor their lasting contacts (`people`).
"""

from __future__ import annotations

from escape_tui.store.act import Changed
from escape_tui.store.acts.checks import known_person, the_session, typed
from escape_tui.store.cohort import Cohort
from sessions.errors import Refused


def say_where(
    cohort: Cohort, person: str, session: int, place: str | None = None, phone: str | None = None
) -> Changed:
    """Record where a person is during a session, and a telephone there; None leaves what was said before.

    `Refused` where neither is given, for a blank or too long one, and for a person who was erased.
    """
    said = {
        name: typed(text, what)
        for name, text, what in (("place", place, "place"), ("phone", phone, "telephone"))
        if text is not None
    }
    if not said:
        raise Refused("Neither a place nor a telephone was given.", "Give at least one of them.")
    with cohort.act("say_where") as act:
        known_person(act, person)
        the_session(act, session)
        act.put("whereabouts", person=person, session=session, **said)
    return act.changed


def forget_where(cohort: Cohort, person: str, session: int) -> Changed:
    """Take out where a person is during a session, as if it had not been said."""
    with cohort.act("forget_where") as act:
        act.remove("whereabouts", person, session)
    return act.changed
