"""Where those who take part over a screen are today, and a telephone there: asked of each on arrival.

Not for: showing it in an emergency (`emergency`).
"""

from __future__ import annotations

from collections.abc import Mapping

from escape_tui.guiding.guide import Guide
from escape_tui.guiding.register import Arrived
from escape_tui.guiding.told import Told
from escape_tui.store.acts.whereabouts import say_where
from escape_tui.store.read import whereabouts
from sessions.errors import Refused
from sessions.where_today import WhereToday


def where_today(guide: Guide) -> Mapping[str, WhereToday]:
    """What was said today, by person."""
    return {row.person: row for row in whereabouts(guide.cohort) if row.session == guide.number}


def where_last(guide: Guide, person: str) -> WhereToday | None:
    """What a person said the last time before this session, by the day; None where they never did."""
    order = guide.advising.order
    earlier = order[: order.index(guide.number)] if guide.number in order else order
    said = {row.session: row for row in whereabouts(guide.cohort, person)}
    return next((said[number] for number in reversed(earlier) if number in said), None)


def to_ask_where(guide: Guide) -> tuple[Arrived, ...]:
    """Who is here over a screen and has not said both where they are and a telephone."""
    over, said = guide.over_screen, where_today(guide)
    return tuple(
        row for row in guide.register.here if row.person.id in over and not _whole(said.get(row.person.id))
    )


def say_where_today(guide: Guide, person: str, place: str | None = None, phone: str | None = None) -> Told:
    """Keep where a person is today, a telephone there, or both. Raises as `say_where`."""
    say_where(guide.cohort, person, guide.number, place, phone)
    return guide.register.said(person, "where they are today is noted", undo=True)


def same_place_as_last(guide: Guide, person: str) -> Told:
    """Keep that a person is where they were the last time; `Refused` where nobody asked them then."""
    last = where_last(guide, person)
    if last is None:
        raise Refused("There is no place from an earlier session.", "Ask where they are today.")
    return say_where_today(guide, person, last.place, last.phone)


def _whole(said: WhereToday | None) -> bool:
    return said is not None and said.place is not None and said.phone is not None
