"""Everyone of a cohort with all that is entered of them, read once.

Not for: attendance, measures and notes, which have records of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from escape_tui.store.acts.people import PersonEntry
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import (
    consents,
    contact_of,
    contacts,
    eligibility,
    identities,
    identity_of,
    people,
    person_of,
)
from sessions.records import Consent, ConsentKind, Contact, Eligibility, Identity, Person

_OfPerson = TypeVar("_OfPerson", Consent, Contact, Eligibility, Identity)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One person as entered. `identity` is None once they are erased."""

    person: Person
    identity: Identity | None
    contact: Contact | None
    consents: tuple[Consent, ...]
    eligibility: Eligibility | None

    @property
    def id(self) -> str:
        """The pseudonymous id."""
        return self.person.id

    def consent(self, kind: ConsentKind) -> Consent | None:
        """The consent of that kind; None where it was not asked or not noted."""
        return next((one for one in self.consents if one.kind == kind), None)

    def entry(self) -> PersonEntry:
        """What is kept, in the shape in which it is entered."""
        identity, contact = self.identity, self.contact
        return PersonEntry(
            reference=identity.reference if identity else None,
            given_name=identity.given_name if identity else None,
            family_name=identity.family_name if identity else None,
            birth_date=identity.birth_date if identity else None,
            sex=self.person.sex,
            pain_site=self.person.pain_site,
            side=self.person.side,
            pain_months=self.person.pain_months,
            referral_source=self.person.referral_source,
            needs_close_support=self.person.needs_close_support,
            phone=contact.phone if contact else None,
            emergency_contact=contact.emergency_contact if contact else None,
            emergency_phone=contact.emergency_phone if contact else None,
            language=contact.language if contact else None,
            interpreter=contact.interpreter if contact else None,
            hearing_support=contact.hearing_support if contact else None,
            sight_support=contact.sight_support if contact else None,
            joined_at_session=self.person.joined_at_session,
        )


def known_people(cohort: Cohort) -> tuple[KnownPerson, ...]:
    """Everyone on the list, in the order of the register; who left and who was erased too."""
    named = _by_person(identities(cohort))
    reached = _by_person(contacts(cohort))
    agreed = _by_person(consents(cohort))
    judged = _by_person(eligibility(cohort))
    return tuple(
        KnownPerson(
            person,
            next(iter(named.get(person.id, ())), None),
            next(iter(reached.get(person.id, ())), None),
            tuple(agreed.get(person.id, ())),
            next(iter(judged.get(person.id, ())), None),
        )
        for person in people(cohort)
    )


def known_person(cohort: Cohort, person: str) -> KnownPerson:
    """One person, by id. `Refused` where there is none."""
    return KnownPerson(
        person_of(cohort, person),
        identity_of(cohort, person),
        contact_of(cohort, person),
        consents(cohort, person),
        next(iter(eligibility(cohort, person)), None),
    )


def _by_person(records: Iterable[_OfPerson]) -> dict[str, list[_OfPerson]]:
    found: dict[str, list[_OfPerson]] = {}
    for record in records:
        found.setdefault(record.person, []).append(record)
    return found
