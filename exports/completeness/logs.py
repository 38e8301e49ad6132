"""What is missing or contradicts itself in the exercise log, the levels and the book of incidents.

Not for: registers, or whether a level is the right one (`sessions.advice`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from exports.completeness.found import AtIncident, AtLog, Found, Kind
from exports.held import Held
from sessions.records import AttendanceRow, ExerciseRow, Person

_Marks = dict[tuple[str, int], AttendanceRow]


def in_logs(held: Held, people: Collection[Person]) -> Iterator[Found]:
    """Every finding of the exercise log and the levels of `people`."""
    by_id = {person.id: person for person in people}
    marks = {(mark.person, mark.session): mark for mark in held.attendance}
    yield from _missing_logs(held, by_id)
    for done in held.exercise:
        if done.person in by_id:
            yield from _of_entry(held, by_id[done.person], done, marks)
    yield from _levels(held, by_id, marks)


def in_incidents(held: Held) -> Iterator[Found]:
    """Every finding of the book of incidents."""
    marks = {(mark.person, mark.session): mark for mark in held.attendance}
    people = {person.id: person for person in held.people}
    for one in held.incidents:
        where = AtIncident(one.session, one.id)
        if not held.plan.session(one.session).took_place:
            yield Found(
                Kind.INCIDENT_AT_SESSION_NOT_HELD,
                "contradiction",
                f"An incident is recorded at session {one.session}, which is not recorded as held.",
                where,
                session=one.session,
            )
        mark = marks.get((one.person or "", one.session))
        if one.person is not None and mark is not None and not mark.attended:
            number = people[one.person].number
            yield Found(
                Kind.INCIDENT_TO_SOMEBODY_ABSENT,
                "contradiction",
                f"An incident at session {one.session} is recorded of person {number}, who was not there.",
                where,
                person=one.person,
                number=number,
                session=one.session,
            )


def _missing_logs(held: Held, people: Collection[str]) -> Iterator[Found]:
    logged = {done.session for done in held.exercise}
    came = {mark.session for mark in held.attendance if mark.attended and mark.person in people}
    for session in held.plan.sessions:
        if session.took_place and session.number in came - logged:
            yield Found(
                Kind.LOG_MISSING,
                "note",
                f"Nothing is in the exercise log of session {session.number}.",
                AtLog(session.number),
                session=session.number,
            )


def _of_entry(held: Held, person: Person, done: ExerciseRow, marks: _Marks) -> Iterator[Found]:
    mark = marks.get((done.person, done.session))
    if mark is not None and not mark.attended:
        yield _of_exercise(
            person,
            done.session,
            Kind.EXERCISE_WITHOUT_ATTENDANCE,
            f"Person {person.number} is in the exercise log of session {done.session}, and was not there.",
        )
    ladder = next((one for one in held.pack.exercises if one.id == done.exercise), None)
    if ladder is None or done.level not in {None, *(level.number for level in ladder.levels)}:
        yield _of_exercise(
            person,
            done.session,
            Kind.EXERCISE_NOT_IN_PACK,
            f"The log of session {done.session} has an exercise or a level that the programme does not have.",
        )


def _levels(held: Held, people: dict[str, Person], marks: _Marks) -> Iterator[Found]:
    """Levels from a session that the person came to, at an exercise they have never an entry of."""
    logged = {(done.person, done.exercise) for done in held.exercise}
    told: set[tuple[str, str]] = set()
    for level in held.levels:
        key = (level.person, level.exercise)
        mark = marks.get((level.person, level.from_session))
        if key in logged | told or level.person not in people or mark is None or not mark.attended:
            continue
        told.add(key)
        person = people[level.person]
        yield _of_exercise(
            person,
            level.from_session,
            Kind.LEVEL_WITHOUT_EXERCISE,
            f"Person {person.number} has a level at {level.exercise}, and no entry of it in any log.",
            gap=True,
        )


def _of_exercise(person: Person, session: int, kind: Kind, sentence: str, *, gap: bool = False) -> Found:
    return Found(
        kind,
        "gap" if gap else "contradiction",
        sentence,
        AtLog(session, person.id),
        person=person.id,
        number=person.number,
        session=session,
    )
