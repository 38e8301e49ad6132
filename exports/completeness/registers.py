"""What is missing or contradicts itself in the sessions and their registers.

Not for: exercise and measures. Everybody in the group is looked at, whether or not they agreed to sharing: a
register is whole or it is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from exports.completeness.found import AtRegister, AtSession, Found, Kind
from exports.held import Held
from sessions.plan import PlannedSession, SessionStatus
from sessions.records import AttendanceRow, Person


def in_registers(held: Held) -> Iterator[Found]:
    """Every finding of the sessions and their registers, by session."""
    marks: dict[int, dict[str, AttendanceRow]] = {}
    for mark in held.attendance:
        marks.setdefault(mark.session, {})[mark.person] = mark
    for session in held.plan.sessions:
        there = marks.get(session.number, {})
        if session.took_place:
            yield from _of_register(held, session, there)
        elif session.status is SessionStatus.PLANNED:
            yield _of_plan(held, session)
        if not session.took_place and any(mark.attended for mark in there.values()):
            yield Found(
                Kind.MARKED_AT_SESSION_NOT_HELD,
                "contradiction",
                f"Somebody is marked as there at session {session.number}, which was not held.",
                AtRegister(session.number),
                session=session.number,
            )
    yield from _out_of_place(held)


def expected_at(held: Held, session: PlannedSession) -> tuple[Person, ...]:
    """Who belongs in the register of a session: joined by its day, not gone on it or before, not erased."""
    return tuple(
        person
        for person in held.people
        if person.erased_on is None
        and held.plan.session(person.joined_at_session).on <= session.on
        and (person.withdrawn_on is None or session.on < person.withdrawn_on)
    )


def _of_plan(held: Held, session: PlannedSession) -> Found:
    number = session.number
    if session.on < held.today:
        return Found(
            Kind.SESSION_NOT_RECORDED,
            "gap",
            f"Session {number} is past, and nothing says whether it was held.",
            AtRegister(number),
            session=number,
        )
    return Found(
        Kind.SESSION_TO_COME,
        "gap",
        f"Session {number} is still to come, on {session.on}.",
        AtSession(number),
        session=number,
    )


def _of_register(held: Held, session: PlannedSession, marks: dict[str, AttendanceRow]) -> Iterator[Found]:
    number = session.number
    if session.on > held.today:
        yield Found(
            Kind.HELD_IN_THE_FUTURE,
            "contradiction",
            f"Session {number} is recorded as held, on {session.on}, a day that is still to come.",
            AtSession(number),
            session=number,
        )
    if not marks:
        yield Found(
            Kind.REGISTER_MISSING,
            "gap",
            f"Session {number} was held, and its register is empty.",
            AtRegister(number),
            session=number,
        )
        return
    if not any(mark.attended for mark in marks.values()):
        yield Found(
            Kind.DELIVERED_WITH_NOBODY,
            "contradiction",
            f"Session {number} is recorded as held, and by its register nobody was there.",
            AtRegister(number),
            session=number,
        )
    for person in expected_at(held, session):
        if person.id not in marks:
            yield Found(
                Kind.REGISTER_INCOMPLETE,
                "gap",
                f"Person {person.number} is not marked in the register of session {number}.",
                AtRegister(number, person.id),
                person=person.id,
                number=person.number,
                session=number,
            )
    yield from _on_duty(held, number)


def _on_duty(held: Held, number: int) -> Iterator[Found]:
    said = next((one for one in held.sessions if one.session == number), None)
    if said is None or not said.facilitators:
        yield Found(
            Kind.NOBODY_ON_DUTY,
            "note",
            f"Nothing says who was on duty at session {number}.",
            AtSession(number),
            session=number,
        )


def _out_of_place(held: Held) -> Iterator[Found]:
    """Marks of people who attended after they had left, or before they had joined."""
    people = {person.id: person for person in held.people}
    for mark in held.attendance:
        person, on = people[mark.person], held.plan.session(mark.session).on
        if not mark.attended:
            continue
        if person.withdrawn_on is not None and on > person.withdrawn_on:
            yield _mark_of(person, mark, Kind.ATTENDED_AFTER_LEAVING, "after they had left")
        if on < held.plan.session(person.joined_at_session).on:
            yield _mark_of(person, mark, Kind.ATTENDED_BEFORE_JOINING, "before they had joined")


def _mark_of(person: Person, mark: AttendanceRow, kind: Kind, when: str) -> Found:
    return Found(
        kind,
        "contradiction",
        f"Person {person.number} is marked as there at session {mark.session}, {when}.",
        AtRegister(mark.session, person.id),
        person=person.id,
        number=person.number,
        session=mark.session,
    )
