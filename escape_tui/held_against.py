"""What a list is held against when it is entered: people, sessions and levels, and what is recorded.

Not for: entering (`lists_in`). What stands on record already is never overwritten by a list; where a row says
something else, that is a fault with its remedy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from escape_tui.store.cohort import Cohort
from escape_tui.store.imports.against import Against, Objection
from escape_tui.store.imports.attendance import ListedAttendance
from escape_tui.store.imports.exercise import ListedExercise
from escape_tui.store.imports.measures import ListedMeasure
from escape_tui.store.imports.people import reference_key
from escape_tui.store.read import identities, people, plan_of
from sessions.answers import parse_answers
from sessions.errors import Refused
from sessions.instrument_files import load_instrument
from sessions.measured import Codes, codes_of
from sessions.pack import Pack
from sessions.plan import SessionStatus
from sessions.records import AttendanceRow, ExerciseRow, MeasureRow
from sessions.rules import Timepoint

_CORRECT_MARK = "Correct it with `escape attendance mark` where it is wrong, or put this row right."
_CORRECT_MEASURE = "Correct it with `escape measure correct` where it is wrong, or put this row right."
_LEAVE_OUT = "Leave this cell blank, or put it right."
Register = Mapping[tuple[str, int], AttendanceRow]
"""The marks on record, by person and session."""
Log = Mapping[tuple[str, int, str], ExerciseRow]
"""The exercise log on record, by person, session and exercise."""
Measures = Mapping[tuple[str, str, Timepoint], MeasureRow]
"""The measures on record, by person, instrument and timepoint."""


def against(cohort: Cohort, pack: Pack | None = None) -> Against:
    """What single cells are held against; exercises have levels where `pack` is given."""
    level = Against().level if pack is None else partial(_level_of, pack)
    return Against(_person_reader(cohort), _session_reader(cohort), level, _answers_of)


def against_register(recorded: Register, mark: ListedAttendance) -> Iterator[Objection]:
    """What a mark says otherwise than the register."""
    before = recorded.get((mark.person, mark.session))
    if before is None:
        return
    if before.status != mark.status:
        yield Objection("status", "another status is recorded for this person already.", _CORRECT_MARK)
    elif _differ(before.reason, mark.reason):
        yield Objection("reason", "another reason is recorded for this person already.", _CORRECT_MARK)


def against_log(recorded: Log, entry: ListedExercise) -> Iterator[Objection]:
    """What an entry says otherwise than the log."""
    before = recorded.get((entry.person, entry.session, entry.exercise))
    if before is None:
        return
    for field in ("level", "reps", "seconds", "effort", "pain", "decision"):
        if _differ(getattr(before, field), getattr(entry, field)):
            yield Objection(field, "something else is recorded here already.", _LEAVE_OUT)
    if before.basis != "not_recorded" and _differ(before.basis, entry.basis):
        yield Objection("basis", "something else is recorded here already.", _LEAVE_OUT)


def against_measures(recorded: Measures, one: ListedMeasure) -> Iterator[Objection]:
    """What a measure says otherwise than the record."""
    before = recorded.get((one.person, one.instrument, one.timepoint))
    if before is None:
        return
    if one.answers is None:
        if before.missing_reason is None:
            yield Objection("missing_reason", "answers are recorded already.", _CORRECT_MEASURE)
        elif _differ(before.missing_reason, one.missing_reason):
            yield Objection("missing_reason", "another reason is recorded already.", _CORRECT_MEASURE)
        return
    if before.missing_reason is not None:
        yield Objection("answers", "a reason why they are missing is recorded already.", _CORRECT_MEASURE)
        return
    if before.answers != codes_in(one.instrument, one.answers):
        yield Objection("answers", "other answers are recorded already.", _CORRECT_MEASURE)
    if _differ(before.taken_on, one.taken_on):
        yield Objection("taken_on", "another day is recorded already.", _CORRECT_MEASURE)
    if _differ(before.mode, one.mode):
        yield Objection("mode", "another mode is recorded already.", _CORRECT_MEASURE)


def codes_in(instrument: str, answers: str) -> Codes:
    """The codes that keep the `answers` of a list; `Refused` as `parse_answers`."""
    loaded = load_instrument(instrument)
    return codes_of(loaded, parse_answers(loaded, answers))


def _person_reader(cohort: Cohort) -> Callable[[str], str]:
    """Who is meant by a reference, in whichever case, or by an id; what could mean two people means none."""
    exact = {one.reference: one.person for one in identities(cohort) if one.reference is not None}
    exact |= {person.id: person.id for person in people(cohort)}
    folded: dict[str, set[str]] = {}
    for reference, person in exact.items():
        folded.setdefault(reference_key(reference), set()).add(person)

    def read(reference: str) -> str:
        meant = {exact[reference]} if reference in exact else folded.get(reference_key(reference), set())
        if len(meant) != 1:
            raise Refused(
                "nobody in this cohort has this reference.", "Put it right, or add the person first."
            )
        return next(iter(meant))

    return read


def _session_reader(cohort: Cohort) -> Callable[[int], int]:
    sessions = {session.number: session for session in plan_of(cohort).sessions}

    def read(number: int) -> int:
        session = sessions.get(number)
        if session is None:
            raise Refused("this cohort has no session of that number.", f"Use one from 1 to {len(sessions)}.")
        if session.status is SessionStatus.CANCELLED:
            raise Refused("this session was cancelled.", "Use the session that took place instead.")
        if session.status is SessionStatus.MERGED:
            raise Refused(
                f"this session was held together with session {session.merged_into}.",
                "Use the number of that session.",
            )
        return number

    return read


def _level_of(pack: Pack, exercise: str, level: int) -> int:
    numbers = sorted(rung.number for rung in pack.exercise(exercise).levels)
    if level not in numbers:
        raise Refused(
            "this exercise does not have that level.", f"Use one from {numbers[0]} to {numbers[-1]}."
        )
    return level


def _answers_of(instrument: str, answers: str) -> str:
    if not any(codes_in(instrument, answers)):
        raise Refused("no item is answered.", "Give the answers, or a missing_reason instead.")
    return answers


def _differ(before: object, listed: object) -> bool:
    """Whether a cell says something else than the record; a blank on either side says nothing."""
    return before is not None and listed is not None and before != listed
