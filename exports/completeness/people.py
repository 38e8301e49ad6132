"""What is missing or contradicts itself in what is known of people: consent, eligibility, details.

Not for: what the rules of the programme are (`sessions.eligibility`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from exports.completeness.found import (
    AtConsent,
    AtEligibility,
    AtPerson,
    AtSignpost,
    Found,
    Kind,
    MendAt,
    Weight,
)
from exports.held import Held
from sessions.plan import SessionStatus
from sessions.records import ConsentKind, Person

_DETAILS = {
    "age_band": ("birth_date", "birth date"),
    "pain_site": ("pain_site", "place of pain"),
    "side": ("side", "side"),
    "pain_months": ("pain_months", "duration of pain"),
    "referral_source": ("referral_source", "referral source"),
}
"""By the field of the record: the entry that mends it, and its name in a sentence."""


def in_consents(held: Held) -> Iterator[Found]:
    """Every finding of consents, of everybody who was not erased."""
    given = {(one.person, one.kind): one for one in held.consents}
    came = {(mark.person, mark.session) for mark in held.attendance if mark.attended}
    for person in _kept(held.people):
        for kind, weight in _ASKED:
            if (person.id, kind) not in given and person.data_withdrawn_on is None:
                words = _CONSENT_WORDS[kind]
                sentence = f"Nothing says whether person {person.number} agrees {words}."
                yield _found(person, Kind.CONSENT_UNKNOWN, weight, sentence, AtConsent(person.id, kind))
        taking_part = given.get((person.id, "programme"))
        if taking_part is None or taking_part.given:
            continue
        if any(who == person.id and held.plan.session(at).on > taking_part.on_date for who, at in came):
            sentence = f"Person {person.number} did not agree to take part, and was there afterwards."
            where = AtConsent(person.id, "programme")
            yield _found(person, Kind.TAKES_PART_WITHOUT_CONSENT, "contradiction", sentence, where)


_ASKED: tuple[tuple[ConsentKind, Weight], ...] = (("sharing", "gap"), ("programme", "note"))
_CONSENT_WORDS = {
    "sharing": "to sharing: without a yes they are left out of the return",
    "programme": "to take part",
}


def in_people(held: Held, people: Collection[Person]) -> Iterator[Found]:
    """Every finding of eligibility, details and onward paths of `people`."""
    judged = {one.person: one.eligible for one in held.eligibility}
    went_on = {one.person for one in held.signposts}
    over = not any(session.status is SessionStatus.PLANNED for session in held.plan.sessions)
    for person in _kept(people):
        yield from _eligibility(person, judged.get(person.id, "not_judged"))
        yield from _details(person)
        if over and person.withdrawn_on is None and person.id not in went_on:
            sentence = f"Nothing says where person {person.number} goes on to."
            yield _found(person, Kind.SIGNPOST_MISSING, "note", sentence, AtSignpost(person.id))


def _eligibility(person: Person, eligible: str) -> Iterator[Found]:
    where = AtEligibility(person.id)
    if eligible == "not_judged":
        sentence = f"Whether the programme is for person {person.number} is not settled."
        yield _found(person, Kind.ELIGIBILITY_NOT_JUDGED, "gap", sentence, where)
    if eligible == "no":
        sentence = (
            f"The programme's rules do not take person {person.number}, and no reason says why they are in."
        )
        yield _found(person, Kind.NOT_ELIGIBLE_NOT_ACCEPTED, "gap", sentence, where)


def _details(person: Person) -> Iterator[Found]:
    for field, (entry, name) in _DETAILS.items():
        has_no_side = field == "side" and person.pain_site == "back"
        if getattr(person, field) is None and not has_no_side:
            sentence = f"The {name} of person {person.number} is not known."
            yield _found(person, Kind.DETAIL_MISSING, "gap", sentence, AtPerson(person.id, entry))


def _kept(people: Collection[Person]) -> tuple[Person, ...]:
    """Those of whom something can still be entered."""
    return tuple(person for person in people if person.erased_on is None)


def _found(person: Person, kind: Kind, weight: Weight, sentence: str, mend: MendAt) -> Found:
    return Found(kind, weight, sentence, mend, person=person.id, number=person.number)
