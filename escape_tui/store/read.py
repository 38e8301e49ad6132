"""What can be read of a cohort, as the records that pass between rooms.

Not for: changing anything (`acts`), or working out what the records come to (`sessions`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import (
    Connection,
    Row,
    Value,
    is_at_rest,
    open_at_rest,
    open_file,
    whole,
)
from escape_tui.store.read_plan import no_cohort, plan_in
from escape_tui.store.schema import SCHEMA_VERSION
from sessions.errors import CannotOpen, Refused
from sessions.pack import Pack
from sessions.papers import Paper
from sessions.plan import CohortPlan
from sessions.records import (
    Amendment,
    ArrivalPain,
    ArrivalRow,
    AttendanceRow,
    CohortHead,
    Consent,
    Contact,
    Eligibility,
    EligibilityAnswer,
    ExerciseRow,
    FeedbackCount,
    Goal,
    Identity,
    Incident,
    LevelRow,
    MeasureRow,
    Note,
    Person,
    Receipt,
    RunEventRow,
    SessionHeld,
    Signoff,
    Signpost,
)
from sessions.ruled_out import RuledOut
from sessions.where_today import WhereToday

_T = TypeVar("_T")
_ADAPTERS: dict[type, TypeAdapter[Any]] = {}
"""Each takes milliseconds to make, so only those that are read."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a list of cohorts shows of one: its head, people enrolled, sessions that took place."""

    head: CohortHead
    people_enrolled: int
    sessions_delivered: int


def peek(path: Path, key: bytes | None) -> CohortHead:
    """What the cohort in the file `path` is, while others may be at work on it."""
    return glance(path, key).head


def glance(path: Path, key: bytes | None) -> Glance:
    """As `peek`, with the counts that a list of cohorts shows."""
    if is_at_rest(path):
        # What goes wrong here may be somebody opening it just now, so it is not the last word.
        with contextlib.suppress(CannotOpen):
            return _glance(open_at_rest(path, key, SCHEMA_VERSION))
    return _glance(open_file(path, key, SCHEMA_VERSION))


def cohort_head(cohort: Cohort) -> CohortHead:
    """What the cohort is."""
    return _head(cohort.connection)


def cohort_pack(cohort: Cohort) -> Pack:
    """The pack that the cohort was started with; an upgrade of the program never changes it."""
    try:
        return Pack.model_validate_json(str(cohort.connection.value("SELECT content FROM pack")))
    except ValueError:
        raise CannotOpen(
            "The programme kept in this cohort cannot be read.", "Restore the cohort from its last backup."
        ) from None


def people(cohort: Cohort) -> tuple[Person, ...]:
    """Everyone on the list, in the order of the register; who left and who was erased too."""
    return _all(cohort, Person, "SELECT * FROM person ORDER BY number")


def person_of(cohort: Cohort, person: str) -> Person:
    """The record of one person; `Refused` where there is no such id."""
    return _only(_all(cohort, Person, "SELECT * FROM person WHERE id = ?", person))


def find_person(cohort: Cohort, named: str) -> str:
    """The id of the person whose id or reference `named` is; `Refused` where there is none."""
    rows = cohort.connection.rows(
        "SELECT id FROM person WHERE id = ?1 UNION ALL SELECT person FROM identity WHERE reference = ?1",
        (named,),
    )
    if not rows:
        raise _nobody()
    return str(rows[0]["id"])


def identities(cohort: Cohort) -> tuple[Identity, ...]:
    """Who everyone is, in the order of the register, but for those erased."""
    return _all(
        cohort,
        Identity,
        "SELECT identity.* FROM identity JOIN person ON person.id = identity.person ORDER BY number",
    )


def identity_of(cohort: Cohort, person: str) -> Identity | None:
    """Who a person is; None once erased."""
    return _maybe(_all(cohort, Identity, "SELECT * FROM identity WHERE person = ?", person))


def contact_of(cohort: Cohort, person: str) -> Contact | None:
    """How to reach a person; None where nothing was entered, or once erased."""
    return _maybe(_all(cohort, Contact, "SELECT * FROM contact WHERE person = ?", person))


def contacts(cohort: Cohort) -> tuple[Contact, ...]:
    """How to reach everyone of whom something was entered."""
    return _all(cohort, Contact, "SELECT * FROM contact ORDER BY person")


def consents(cohort: Cohort, person: str | None = None) -> tuple[Consent, ...]:
    """The consents of a person, or of everyone."""
    return _of(cohort, Consent, "SELECT * FROM consent", person, "person, kind")


def eligibility(cohort: Cohort, person: str | None = None) -> tuple[Eligibility, ...]:
    """What the rules say of a person, or of everyone who was judged."""
    return _of(cohort, Eligibility, "SELECT * FROM eligibility", person, "person")


def eligibility_answers(cohort: Cohort, person: str) -> tuple[EligibilityAnswer, ...]:
    """The answers that a person's eligibility rests on."""
    return _of(cohort, EligibilityAnswer, "SELECT * FROM eligibility_answer", person, "question")


def plan_of(cohort: Cohort) -> CohortPlan:
    """The plan as it stands, with what became of each session; without what was said when it was made."""
    return plan_in(cohort.connection)


def sessions_held(cohort: Cohort) -> tuple[SessionHeld, ...]:
    """How each session was held, in the order of the numbers."""
    themes = _grouped(cohort.connection.rows("SELECT session, theme AS name FROM session_theme ORDER BY 2"))
    on_duty = _grouped(cohort.connection.rows("SELECT session, facilitator AS name FROM on_duty ORDER BY 2"))
    rows = cohort.connection.rows(
        "SELECT number AS session, education_minutes, exercise_minutes FROM session ORDER BY number"
    )
    return _read(
        SessionHeld,
        (
            {
                **row,
                "themes": tuple(themes.get(row["session"], ())),
                "facilitators": tuple(on_duty.get(row["session"], ())),
            }
            for row in rows
        ),
    )


def run_events(cohort: Cohort, session: int) -> tuple[RunEventRow, ...]:
    """The events of a session's run, in the order they happened."""
    return _all(cohort, RunEventRow, "SELECT * FROM run_event WHERE session = ? ORDER BY seq", session)


def last_run(cohort: Cohort) -> int | None:
    """The session by day that was the last to begin; None where none has."""
    row = cohort.connection.row(
        "SELECT number FROM session WHERE number IN (SELECT session FROM run_event)"
        " ORDER BY on_date DESC, number DESC LIMIT 1"
    )
    return None if row is None else whole(row["number"])


def attendance(cohort: Cohort, session: int | None = None) -> tuple[AttendanceRow, ...]:
    """The register of a session, or of all, by session and place in the register."""
    return _all(
        cohort,
        AttendanceRow,
        "SELECT attendance.* FROM attendance JOIN person ON person.id = person"
        " WHERE ?1 IS NULL OR session = ?1 ORDER BY session, number",
        session,
    )


def exercise_log(cohort: Cohort, person: str | None = None) -> tuple[ExerciseRow, ...]:
    """The log of a person, or of everyone, oldest session first."""
    return _of(cohort, ExerciseRow, "SELECT * FROM exercise_log", person, "session, person, exercise")


def levels(cohort: Cohort, person: str | None = None) -> tuple[LevelRow, ...]:
    """The levels of a person, or of everyone, from which session on."""
    return _of(
        cohort, LevelRow, "SELECT * FROM level_change", person, "person, exercise, from_session, from_round"
    )


def arrival_answers(cohort: Cohort, session: int) -> tuple[ArrivalRow, ...]:
    """What was answered on arrival at a session."""
    return _all(
        cohort,
        ArrivalRow,
        "SELECT * FROM arrival_answer WHERE session = ? ORDER BY person, question",
        session,
    )


def arrival_pains(cohort: Cohort, person: str | None = None) -> tuple[ArrivalPain, ...]:
    """Pain on arrival of a person, or of everyone."""
    return _of(cohort, ArrivalPain, "SELECT * FROM arrival_pain", person, "session, person")


def whereabouts(cohort: Cohort, person: str | None = None) -> tuple[WhereToday, ...]:
    """Where a person over a screen was, or everyone, session by session."""
    return _of(cohort, WhereToday, "SELECT * FROM whereabouts", person, "session, person")


def ruled_out(cohort: Cohort, person: str | None = None) -> tuple[RuledOut, ...]:
    """Which kinds of exercise are not for a person, or for everyone."""
    return _of(cohort, RuledOut, "SELECT * FROM ruled_out", person, "person, tag")


def measures(cohort: Cohort, person: str | None = None) -> tuple[MeasureRow, ...]:
    """The measures of a person, or of everyone, with their single answers."""
    answers: dict[tuple[Value, ...], list[Value]] = {}
    for row in cohort.connection.rows(
        "SELECT * FROM answer WHERE ?1 IS NULL OR person = ?1 ORDER BY item", (person,)
    ):
        answers.setdefault(_measure_key(row), []).append(row["value"])
    found = cohort.connection.rows(
        "SELECT * FROM measure WHERE ?1 IS NULL OR person = ?1 ORDER BY person, timepoint, instrument",
        (person,),
    )
    return _read(MeasureRow, ({**row, "answers": tuple(answers.get(_measure_key(row), ()))} for row in found))


def papers(cohort: Cohort) -> tuple[Paper, ...]:
    """Every questionnaire on paper that was handed out, and what has become of it."""
    return _all(cohort, Paper, "SELECT * FROM paper ORDER BY timepoint, person, instrument")


def incidents(cohort: Cohort) -> tuple[Incident, ...]:
    """Every incident, by session."""
    return _all(cohort, Incident, "SELECT * FROM incident ORDER BY session, id")


def notes(cohort: Cohort) -> tuple[Note, ...]:
    """Every note, in the order they were written."""
    return _all(cohort, Note, "SELECT * FROM note ORDER BY id")


def goals(cohort: Cohort, person: str | None = None) -> tuple[Goal, ...]:
    """The goals and plans of a person, or of everyone."""
    return _of(cohort, Goal, "SELECT * FROM goal", person, "person, id")


def feedback(cohort: Cohort) -> tuple[FeedbackCount, ...]:
    """How often each answer was given; an answer that nobody gave is not among them."""
    return _all(cohort, FeedbackCount, "SELECT * FROM feedback WHERE count > 0 ORDER BY question, answer")


def signposts(cohort: Cohort) -> tuple[Signpost, ...]:
    """Where people go on to."""
    return _all(cohort, Signpost, "SELECT * FROM signpost ORDER BY person")


def signoffs(cohort: Cohort) -> tuple[Signoff, ...]:
    """Every signed revision, oldest first."""
    return _all(cohort, Signoff, "SELECT * FROM signoff ORDER BY revision")


def amendments(cohort: Cohort) -> tuple[Amendment, ...]:
    """Why the cohort was reopened, oldest first."""
    return _all(cohort, Amendment, "SELECT * FROM amendment ORDER BY after_revision")


def receipts(cohort: Cohort) -> tuple[Receipt, ...]:
    """What the centre answered, by revision."""
    return _all(cohort, Receipt, "SELECT * FROM receipt ORDER BY revision")


def _glance(connection: Connection) -> Glance:
    try:
        return Glance(
            _head(connection),
            whole(connection.value("SELECT count(*) FROM person")),
            whole(
                connection.value("SELECT count(*) FROM session WHERE status IN ('delivered', 'cut_short')")
            ),
        )
    finally:
        connection.close()


def _head(connection: Connection) -> CohortHead:
    row = connection.row(
        "SELECT cohort.*, pack_id, version AS pack_version, sha256 AS pack_sha256 FROM cohort, pack"
    )
    if row is None:
        raise no_cohort()
    return _read(CohortHead, [{**row, "weekdays": tuple(str(row["weekdays"]).split(","))}])[0]


def _all(cohort: Cohort, kind: type[_T], sql: str, *values: Value) -> tuple[_T, ...]:
    return _read(kind, cohort.connection.rows(sql, values))


def _of(cohort: Cohort, kind: type[_T], select: str, person: str | None, order: str) -> tuple[_T, ...]:
    return _all(cohort, kind, f"{select} WHERE ?1 IS NULL OR person = ?1 ORDER BY {order}", person)


def _read(kind: type[_T], rows: Iterable[dict[str, Any]]) -> tuple[_T, ...]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    adapter: TypeAdapter[_T] = _ADAPTERS[kind]
    return tuple(adapter.validate_python(row) for row in rows)


def _only(found: tuple[_T, ...]) -> _T:
    if not found:
        raise _nobody()
    return found[0]


def _maybe(found: tuple[_T, ...]) -> _T | None:
    return found[0] if found else None


def _nobody() -> Refused:
    return Refused("There is no such person in this cohort.", "`escape person list` names them all.")


def _grouped(rows: list[Row]) -> dict[Value, list[Value]]:
    groups: dict[Value, list[Value]] = {}
    for row in rows:
        groups.setdefault(row["session"], []).append(row["name"])
    return groups


def _measure_key(row: Row) -> tuple[Value, ...]:
    return (row["person"], row["instrument"], row["timepoint"])
