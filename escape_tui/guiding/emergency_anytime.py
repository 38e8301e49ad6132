"""The people of a cohort for an emergency outside a session: everyone who still comes, marked or not.

Not for: a session that is guided (`emergency`).
"""

from __future__ import annotations

from escape_tui.facilitators import Facilitator
from escape_tui.guiding.emergency import InNeed, OnRoll, RollCall
from escape_tui.guiding.names import names_of
from escape_tui.recording import today_of
from escape_tui.settings import Names
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import contacts, identities, people
from sessions.ages import age_on
from sessions.records import Person


def everyone_of_cohort(cohort: Cohort, names: Names) -> tuple[InNeed, ...]:
    """Everyone who has not left, in the order of their numbers; whether they are here is not known."""
    everyone, known = still_coming(cohort), identities(cohort)
    shown, who = names_of(everyone, known, names.desk), {one.person: one for one in known}
    reached, today = {one.person: one for one in contacts(cohort)}, today_of(cohort)
    found: list[InNeed] = []
    for person in everyone:
        one, contact = who.get(person.id), reached.get(person.id)
        found.append(
            InNeed(
                id=person.id,
                number=person.number,
                name=f"{one.given_name} {one.family_name}".strip() if one else shown.of(person.id),
                age=age_on(one.birth_date, today) if one and one.birth_date else None,
                here=False,
                over_screen=False,
                phone=contact.phone if contact else None,
                emergency_contact=contact.emergency_contact if contact else None,
                emergency_phone=contact.emergency_phone if contact else None,
                needs=(),
                today=None,
                last=None,
            )
        )
    return tuple(found)


def roll_of_cohort(cohort: Cohort | None, names: Names, on_duty: tuple[Facilitator, ...]) -> RollCall:
    """Everyone who may be in the building outside a session, and those on duty, who surely are."""
    duty = tuple(OnRoll(one.id, None, one.name) for one in on_duty)
    if cohort is None:
        return RollCall(duty)
    everyone = still_coming(cohort)
    shown = names_of(everyone, identities(cohort), names.desk)
    unsure = tuple(OnRoll(one.id, one.number, shown.of(one.id), sure=False) for one in everyone)
    return RollCall((*unsure, *duty))


def still_coming(cohort: Cohort) -> tuple[Person, ...]:
    """Who has neither left, nor withdrawn their data, nor was erased."""
    return tuple(
        one
        for one in people(cohort)
        if one.erased_on is None and one.data_withdrawn_on is None and one.withdrawn_on is None
    )
