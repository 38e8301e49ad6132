"""What is missing in a return, and what in it contradicts itself: each with the place where it is mended.

Not for: mending it, or accepting it with a reason, which signing does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exports.completeness.found import AtConsent, AtFeedback, AtSettings, Found, Kind, Weight
from exports.completeness.logs import in_incidents, in_logs
from exports.completeness.measured import in_measures
from exports.completeness.people import in_consents, in_people
from exports.completeness.registers import in_registers
from exports.held import Held
from sessions.plan import SessionStatus
from sessions.records import Person

_ORDER = ("contradiction", "gap", "note")


@dataclass(frozen=True, slots=True)
class Completeness:
    """All that was found, contradictions first."""

    found: tuple[Found, ...]

    @property
    def gaps(self) -> tuple[Found, ...]:
        """What is missing; it can be accepted with a reason."""
        return tuple(one for one in self.found if one.weight == "gap")

    @property
    def contradictions(self) -> tuple[Found, ...]:
        """What cannot be so; it has to be mended before anybody signs."""
        return tuple(one for one in self.found if one.weight == "contradiction")

    @property
    def notes(self) -> tuple[Found, ...]:
        """What is worth a look and stands in nobody's way."""
        return tuple(one for one in self.found if one.weight == "note")

    @property
    def ready(self) -> bool:
        """Whether the return can be signed as it is."""
        return not (self.gaps or self.contradictions)


def completeness(held: Held) -> Completeness:
    """Everything that is missing in the return of a cohort or contradicts itself, as of `held.today`.

    Of people who said no to sharing, or withdrew their data, nothing is asked but whole registers: they are
    not in the return. Of people whose consent is not known, everything is: they may yet be.
    """
    found = [*_found_in(held, _asked_of(held))]
    found.sort(key=lambda one: _ORDER.index(one.weight))
    return Completeness(tuple(found))


def _found_in(held: Held, people: tuple[Person, ...]) -> Iterator[Found]:
    yield from _site(held)
    yield from in_registers(held)
    yield from in_consents(held)
    yield from in_people(held, people)
    yield from in_logs(held, people)
    yield from in_measures(held, people)
    yield from in_incidents(held)
    yield from _feedback(held)
    if held.people and not people:
        sentence = "Nobody has agreed to sharing: the return would hold no person at all."
        yield Found(Kind.NOBODY_SHARED, "gap", sentence, AtConsent(held.people[0].id, "sharing"))


def _asked_of(held: Held) -> tuple[Person, ...]:
    refused = {one.person for one in held.consents if one.kind == "sharing" and not one.given}
    return tuple(
        person for person in held.people if person.id not in refused and person.data_withdrawn_on is None
    )


def _site(held: Held) -> Iterator[Found]:
    said: tuple[tuple[str, str, Weight], ...] = (
        ("site.code", held.asked.site_code, "contradiction"),
        ("site.name", held.asked.site_name, "contradiction"),
        ("return.central_team", held.asked.central_team, "note"),
    )
    for key, value, weight in said:
        if not value:
            sentence = f"The settings do not say `{key}`, which stands in the return."
            yield Found(Kind.SITE_UNKNOWN, weight, sentence, AtSettings(key))


def _feedback(held: Held) -> Iterator[Found]:
    answers = sum(one.count for one in held.feedback)
    over = not any(session.status is SessionStatus.PLANNED for session in held.plan.sessions)
    if over and answers == 0:
        yield Found(Kind.FEEDBACK_MISSING, "note", "No feedback has been entered.", AtFeedback())
    if answers > len(held.people):
        sentence = f"There are {answers} answers of feedback, and {len(held.people)} people on the list."
        yield Found(Kind.MORE_FEEDBACK_THAN_PEOPLE, "note", sentence, AtFeedback())
