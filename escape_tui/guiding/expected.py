"""Who is on the register of a session, and what helps each of them to take part.

Not for: who came (`register`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from escape_tui.guiding.names import names_of
from escape_tui.settings import Names as NameSettings
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import contacts, eligibility, identities, people, plan_of
from sessions.plan import CohortPlan
from sessions.records import Contact, Eligible, Person

_SUPPORT = (("interpreter", "interpreter"), ("hearing", "hearing_support"), ("sight", "sight_support"))


@dataclass(frozen=True, slots=True)
class Expected:
    """A person on the register. `number` is the place in it, the same for the whole programme.

    `desk` and `hall` are the names as the settings say, data of a person. `needs` are what helps them, in
    words, such as `hearing: loop`. `eligible` is what the rules say so far. `phone` and the emergency
    contact are for an emergency alone.
    """

    id: str
    number: int
    desk: str
    hall: str
    close_support: bool | None
    needs: tuple[str, ...]
    contact: Contact | None
    eligible: Eligible

    @property
    def settled(self) -> bool:
        """Whether the rules take this person, or a facilitator took them all the same."""
        return self.eligible in {"yes", "accepted"}


def expected_at(cohort: Cohort, session: int, names: NameSettings) -> tuple[Expected, ...]:
    """Everyone on the register of a session, in its order: who joined by then and has not left before."""
    plan, everyone, known = plan_of(cohort), people(cohort), identities(cohort)
    hall, desk = names_of(everyone, known, names.hall), names_of(everyone, known, names.desk)
    reached = {one.person: one for one in contacts(cohort)}
    judged = {one.person: one.eligible for one in eligibility(cohort)}
    return tuple(
        Expected(
            id=person.id,
            number=person.number,
            desk=desk.of(person.id),
            hall=hall.of(person.id),
            close_support=person.needs_close_support,
            needs=_needs(reached.get(person.id)),
            contact=reached.get(person.id),
            eligible=judged.get(person.id, "not_judged"),
        )
        for person in everyone
        if is_expected(person, session, plan)
    )


def is_expected(person: Person, session: int, plan: CohortPlan) -> bool:
    """Whether a person is on the register of a session."""
    if person.erased_on is not None or person.data_withdrawn_on is not None:
        return False
    order = plan.running_order
    if _place(order, person.joined_at_session) > _place(order, session):
        return False
    if person.withdrawn_on is None:
        return True
    after = person.withdrawn_after_session
    return after is not None and after > 0 and _place(order, after) >= _place(order, session)


def _place(order: Sequence[int], session: int) -> int:
    return order.index(session) if session in order else len(order) + session


def _needs(contact: Contact | None) -> tuple[str, ...]:
    if contact is None:
        return ()
    words = []
    for label, field in _SUPPORT:
        said = getattr(contact, field)
        if said and said != "no":
            words.append(label if said == "yes" else f"{label}: {said}")
    if contact.language and contact.language.casefold() != "english":
        words.append(f"language: {contact.language}")
    return tuple(words)
