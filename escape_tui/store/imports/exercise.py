"""The exercise log of a session kept on paper: what each person did, how it felt, what comes next.

Not for: whether the level exists or the advice is followed; the cohort's pack and the facilitator know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from escape_tui.store.imports.against import NOTHING, Against, Check, no_objection, note_objections
from escape_tui.store.imports.attendance import SESSION, read_session
from escape_tui.store.imports.cells import Cells, Listing
from escape_tui.store.imports.headings import PERSON, Columns, Field
from escape_tui.store.imports.once import each_once
from escape_tui.store.imports.people import reference_key
from escape_tui.store.imports.values import number_like_text, whole_number
from escape_tui.store.imports.words import BASIS, DECISION, fold
from sessions.errors import Refused
from sessions.records import Basis, Decision

HIGHEST_LEVEL = 9
MOST_REPS = 999
MOST_SECONDS = 3600

_NEVER = "note comment target planned previous next date"

FIELDS = (
    PERSON,
    Field("level", ("level",), never=_NEVER),
    Field("reps", ("rep|repetition",), never=_NEVER),
    Field("seconds", ("second|sec",), never=_NEVER),
    # The other scales of effort run to 20 or beyond, and their 8 is not this one's.
    Field("effort", ("effort|exertion",), never=f"{_NEVER} borg rpe 20"),
    Field("pain", ("pain",), never=f"{_NEVER} arrival before usual rest site settled"),
    Field("decision", ("decision|progression|decided",), never="date note comment"),
    Field("basis", ("basis",), never="date note comment"),
    Field("exercise", ("exercise|station",), never=f"{_NEVER} time minute log", required=True),
    SESSION,
)


@dataclass(frozen=True, slots=True)
class ListedExercise:
    """What one person did at one exercise of one session; `None` is a blank, which overwrites nothing.

    `exercise` is the pack's id. `level` is 1 to 9, `reps` 0 to 999, `seconds` 0 to 3600, `effort` and
    `pain` 0 to 10.
    """

    line: int = field(compare=False)
    person: str
    session: int
    exercise: str
    level: int | None
    reps: int | None
    seconds: int | None
    effort: int | None
    pain: int | None
    decision: Decision | None
    basis: Basis | None


@dataclass(frozen=True, slots=True)
class ExerciseList:
    """The entries of a log, each once."""

    entries: tuple[ListedExercise, ...]
    columns: Columns


def read_exercise(
    data: bytes,
    exercises: Mapping[str, str],
    file: str = "exercise.csv",
    *,
    against: Against = NOTHING,
    check: Check[ListedExercise] = no_objection,
) -> ExerciseList:
    """The entries of the log `data`; `exercises` gives each of the pack's ids its name.

    An exercise is understood by either. `file` is the log's name in faults. Cells are held `against` a
    cohort, whole rows against what `check` knows of its record. Raises `FaultyFiles` with every fault. The
    same row twice is one row; two that differ are a fault.
    """
    listing = Listing(data, file, FIELDS)
    exercise = _exercise_reader(exercises)
    read = [entry for cells in listing.rows() if (entry := _read(cells, exercise, against)) is not None]
    entries = each_once(
        listing, read, lambda entry: (reference_key(entry.person), entry.session, entry.exercise)
    )
    note_objections(listing, entries, check)
    listing.finish()
    return ExerciseList(entries, listing.columns)


def _read(cells: Cells, read_exercise: Callable[[str], str], against: Against) -> ListedExercise | None:
    person = cells.value("person", lambda cell: against.person(number_like_text(cell)), needed=True)
    session = cells.value("session", lambda cell: against.session(read_session(cell)), needed=True)
    exercise = cells.value("exercise", read_exercise, needed=True)
    level = cells.value("level", lambda cell: _level(cell, exercise, against))
    reps = cells.value("reps", whole_number(0, MOST_REPS))
    seconds = cells.value("seconds", whole_number(0, MOST_SECONDS))
    effort = cells.value("effort", whole_number(0, 10))
    pain = cells.value("pain", whole_number(0, 10))
    decision = cells.value("decision", DECISION.read)
    basis = cells.value("basis", BASIS.read)
    if person is None or session is None or exercise is None:
        return None
    return ListedExercise(
        cells.line, person, session, exercise, level, reps, seconds, effort, pain, decision, basis
    )


def _level(cell: str, exercise: str | None, against: Against) -> int:
    level = whole_number(1, HIGHEST_LEVEL, before="level")(cell)
    return level if exercise is None else against.level(exercise, level)


def _exercise_reader(exercises: Mapping[str, str]) -> Callable[[str], str]:
    ids = {fold(written): exercise for exercise, name in exercises.items() for written in (name, exercise)}

    def read(cell: str) -> str:
        exercise = ids.get(fold(cell))
        if exercise is None:
            raise Refused(
                "this is not an exercise of the cohort's programme.", f"Use one of {', '.join(exercises)}."
            )
        return exercise

    return read
