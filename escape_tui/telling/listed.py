"""The people of a cohort as a list shows them: name, where it hurts, consent, eligibility, how they stand.

Not for: all that is known of one person (`page`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from escape_tui.guiding.names import Style, names_of
from escape_tui.known_people import KnownPerson, known_people
from escape_tui.store.cohort import Cohort
from sessions.records import Eligible, Person

Standing = Literal["takes_part", "left", "data_withdrawn", "erased"]


@dataclass(frozen=True, slots=True)
class ListedHere:
    """One person of the list. `name` is a person's text: data, never markup; `number` is their place.

    `pain` is where it hurts and on which side, `consent` what of it is given, both in a word or two.
    `after` is the session after which somebody left, `joined_at` where they joined late.
    """

    id: str
    number: int
    name: str
    pain: str
    consent: str
    eligible: Eligible
    close_support: bool
    standing: Standing
    after: int | None
    joined_at: int
    went_to: str | None

    @property
    def joined_late(self) -> bool:
        """Whether the first session was not offered."""
        return self.joined_at > 1


def listed_here(cohort: Cohort, style: Style) -> tuple[ListedHere, ...]:
    """Everyone on the list in the order of the register, named in that style."""
    known = known_people(cohort)
    names = names_of(
        (one.person for one in known), (one.identity for one in known if one.identity is not None), style
    )
    return tuple(_listed(one, names.of(one.id)) for one in known)


def pain_in_words(person: Person) -> str:
    """Where it hurts and on which side, as short as it can be said: `knee left`, `knee+hip both`, `back`."""
    if person.pain_site is None:
        return "?"
    side = "" if person.side in {None, "none"} else f" {person.side}"
    return f"{person.pain_site.replace('_and_', '+')}{side}"


def consent_in_words(known: KnownPerson) -> str:
    """What of consent is given: `yes` for all, else the first thing that is not."""
    for kind, refused, unknown in (
        ("programme", "no", "not asked"),
        ("sharing", "not shared", "sharing?"),
        ("contact", "no contact", "contact?"),
    ):
        found = next((one for one in known.consents if one.kind == kind), None)
        if found is None or not found.given:
            return unknown if found is None else refused
    return "yes"


def standing_of(person: Person) -> Standing:
    """Whether somebody takes part; the last thing that happened counts most."""
    if person.erased_on is not None:
        return "erased"
    if person.data_withdrawn_on is not None:
        return "data_withdrawn"
    return "takes_part" if person.withdrawn_on is None else "left"


def _listed(known: KnownPerson, name: str) -> ListedHere:
    person = known.person
    return ListedHere(
        id=person.id,
        number=person.number,
        name=name,
        pain=pain_in_words(person),
        consent=consent_in_words(known),
        eligible=known.eligibility.eligible if known.eligibility else "not_judged",
        close_support=person.needs_close_support is True,
        standing=standing_of(person),
        after=person.withdrawn_after_session,
        joined_at=person.joined_at_session,
        went_to=person.went_to,
    )
