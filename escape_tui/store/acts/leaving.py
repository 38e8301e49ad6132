"""Leaving the programme, withdrawing data, and moving to another cohort: three acts, none of them erasure.

Not for: erasing a person (`erasing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from escape_tui.store.act import Act, Changed
from escape_tui.store.acts.checks import day, known_person, the_person
from escape_tui.store.acts.people import ConsentEntry, PersonEntry, enrol
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import contact_of, identity_of, person_of, ruled_out
from sessions.errors import Refused
from sessions.exercise import Tag
from sessions.records import WithdrawalReason
from sessions.text import is_code


@dataclass(frozen=True, slots=True)
class Moving:
    """A person on the way to another cohort: who they are, and of the clinical record what a referral has.

    What is `ruled_out` for them is ruled out there too, by whoever takes them in.
    """

    entry: PersonEntry
    from_cohort: str
    ruled_out: tuple[Tag, ...] = ()


def withdraw_person(cohort: Cohort, person: str, reason: WithdrawalReason, on: date) -> Changed:
    """Record that a person left the programme; what was entered of them stays and is shared as agreed.

    Withdrawn again with another reason or day, the later one counts.
    """
    with cohort.act("withdraw_person") as act:
        the_person(act, person)
        _leave(act, person, reason, on)
    return act.changed


def return_person(cohort: Cohort, person: str) -> Changed:
    """Record that a person who left the programme takes part again."""
    with cohort.act("return_person") as act:
        row = the_person(act, person)
        if row["withdrawn_on"] is None:
            raise Refused("This person has not left the programme.", "There is nothing to take back.")
        left = ("withdrawn_on", "withdrawal_reason", "withdrawn_after_session", "went_to")
        act.put("person", id=person, **dict.fromkeys(left))
    return act.changed


def withdraw_data(cohort: Cohort, person: str, on: date) -> Changed:
    """Record that a person withdraws their data: from the next return on they are in none.

    The site's own record stays until it is erased. Consent to sharing becomes no. Goes on in a signed cohort.
    """
    with cohort.act("withdraw_data", when_signed=True) as act:
        row = the_person(act, person)
        if row["data_withdrawn_on"] is None:
            act.put("person", id=person, data_withdrawn_on=day(on))
            act.put("consent", person=person, kind="sharing", given=0, on_date=day(on), how="not_stated")
    return act.changed


def move_person(cohort: Cohort, person: str, to_cohort: str, on: date) -> Changed:
    """Record that a person leaves for the cohort `to_cohort`, where `take_over` has taken them in.

    Their record here stays as it is; over there they begin with a baseline of their own.
    """
    with cohort.act("move_person") as act:
        row = known_person(act, person)
        if not is_code(to_cohort) or to_cohort == cohort.code:
            raise Refused("A person moves to another cohort.", "Give the other cohort's code.")
        if row["went_to"] is not None:
            raise Refused("This person has moved already.", "Take the withdrawal back first.")
        _leave(act, person, "transferred", on)
        act.put("person", id=person, went_to=to_cohort)
    return act.changed


def moving_person(cohort: Cohort, person: str) -> Moving:
    """What goes along when a person moves: who they are, what helps or is ruled out, where they came from."""
    kept, identity, contact = (
        person_of(cohort, person),
        identity_of(cohort, person),
        contact_of(cohort, person),
    )
    if identity is None:
        raise Refused("This person was erased.", "There is nobody to move.")
    return Moving(
        PersonEntry(
            reference=identity.reference,
            given_name=identity.given_name,
            family_name=identity.family_name,
            birth_date=identity.birth_date,
            sex=kept.sex,
            referral_source=kept.referral_source,
            needs_close_support=kept.needs_close_support,
            phone=contact.phone if contact else None,
            emergency_contact=contact.emergency_contact if contact else None,
            emergency_phone=contact.emergency_phone if contact else None,
            language=contact.language if contact else None,
            interpreter=contact.interpreter if contact else None,
            hearing_support=contact.hearing_support if contact else None,
            sight_support=contact.sight_support if contact else None,
        ),
        cohort.code,
        tuple(one.tag for one in ruled_out(cohort, person)),
    )


def take_over(cohort: Cohort, moving: Moving, consents: tuple[ConsentEntry, ...] = ()) -> Changed:
    """Take in a person who moves here from another cohort, linked by its code; consents are asked anew."""
    return enrol(
        cohort,
        moving.entry,
        consents=consents,
        came_from=moving.from_cohort,
    )


def _leave(act: Act, person: str, reason: WithdrawalReason, on: date) -> None:
    held = act.rows(
        "SELECT number FROM session WHERE status IN ('delivered', 'cut_short') AND on_date <= ?"
        " ORDER BY on_date DESC, number DESC LIMIT 1",
        on.isoformat(),
    )
    act.put(
        "person",
        id=person,
        withdrawn_on=day(on),
        withdrawal_reason=reason,
        withdrawn_after_session=held[0]["number"] if held else 0,
    )
