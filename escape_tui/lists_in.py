"""Lists into a cohort: a register, an exercise log, measures; whole as one batch, or not at all.

Not for: people (who have identities), faults (`store.imports`, `held_against`), or one entry at a time
(`recording`). The same list again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from escape_tui.held_against import (
    Log,
    Measures,
    Register,
    against,
    against_log,
    against_measures,
    against_register,
    codes_in,
)
from escape_tui.recording import fix_index_at_first, judge_where_screened, today_of
from escape_tui.remarks import Remarks, on_measures, on_register
from escape_tui.store.act import Changed
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.exercise import log_exercise, move_level
from escape_tui.store.acts.measures import record_measure
from escape_tui.store.cohort import Cohort
from escape_tui.store.imports.attendance import ListedAttendance, read_attendance
from escape_tui.store.imports.exercise import ListedExercise, read_exercise
from escape_tui.store.imports.headings import Columns
from escape_tui.store.imports.measures import ListedMeasure, read_measures
from escape_tui.store.read import attendance, cohort_pack, exercise_log, levels, measures, plan_of
from sessions.due import TIMEPOINTS
from sessions.instrument_files import instrument_ids
from sessions.level_log import levels_shown
from sessions.pack import Pack
from sessions.records import AttendanceRow, Basis, ExerciseRow, MeasureRow


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a list: its rows, how many said something new, columns passed over, what to look at."""

    rows: int
    new: int
    ignored: tuple[str, ...]
    remarks: Remarks = ()


def enter_attendance(cohort: Cohort, data: bytes, file: str) -> Entered:
    """Enter the register `data`; `file` is its name in faults. Every session on it was delivered by it.

    `FaultyFiles` with every fault, those too that the record shows; then nothing has changed. `Refused` where
    the cohort takes no entries.
    """
    _refuse_where_locked(cohort)
    recorded = {(row.person, row.session): row for row in attendance(cohort)}
    listed = read_attendance(data, file, against=against(cohort), check=partial(against_register, recorded))
    with cohort.batch():
        marks = [_mark(mark, recorded) for mark in listed.marks]
        changed = [mark_attendance(cohort, mark) for mark in marks]
        return _entered(listed.columns, changed, on_register(cohort, marks))


def enter_exercise(cohort: Cohort, data: bytes, file: str) -> Entered:
    """Enter the exercise log `data`, and the levels that it shows. Raises as `enter_attendance`."""
    _refuse_where_locked(cohort)
    pack = cohort_pack(cohort)
    recorded = {(row.person, row.session, row.exercise): row for row in exercise_log(cohort)}
    listed = read_exercise(
        data,
        {exercise.id: exercise.name for exercise in pack.exercises},
        file,
        against=against(cohort, pack),
        check=partial(against_log, recorded),
    )
    with cohort.batch():
        changed = [log_exercise(cohort, _entry(entry, recorded)) for entry in listed.entries]
        _move_levels(cohort, pack, listed.entries)
        return _entered(listed.columns, changed)


def enter_measures(cohort: Cohort, data: bytes, file: str) -> Entered:
    """Enter the measures `data`. Raises as `enter_attendance`."""
    _refuse_where_locked(cohort)
    recorded = {(row.person, row.instrument, row.timepoint): row for row in measures(cohort)}
    listed = read_measures(
        data,
        today_of(cohort),
        instrument_ids(),
        file,
        against=against(cohort),
        check=partial(against_measures, recorded),
    )
    with cohort.batch():
        for person in dict.fromkeys(one.person for one in listed.measures if one.answers is not None):
            fix_index_at_first(cohort, person)
        in_order = sorted(listed.measures, key=lambda one: TIMEPOINTS.index(one.timepoint))
        rows = [_measure(one, recorded) for one in in_order]
        changed = [record_measure(cohort, row) for row in rows]
        judge_where_screened(cohort, rows)
        return _entered(listed.columns, changed, on_measures(cohort, rows))


def _refuse_where_locked(cohort: Cohort) -> None:
    # An act without a change leaves nothing behind, and is refused where any other would be.
    with cohort.act("import"):
        pass


def _entered(columns: Columns, changed: list[Changed], remarks: Remarks = ()) -> Entered:
    return Entered(len(changed), sum(one.act is not None for one in changed), columns.ignored, remarks)


def _mark(mark: ListedAttendance, recorded: Register) -> AttendanceRow:
    before = recorded.get((mark.person, mark.session))
    reason = mark.reason or (before.reason if before else None)
    return AttendanceRow(mark.person, mark.session, mark.status, reason)


def _entry(entry: ListedExercise, recorded: Log) -> ExerciseRow:
    before = recorded.get((entry.person, entry.session, entry.exercise))
    return ExerciseRow(
        entry.person,
        entry.session,
        entry.exercise,
        level=entry.level,
        reps=entry.reps,
        seconds=entry.seconds,
        effort=entry.effort,
        pain=entry.pain,
        decision=entry.decision,
        basis=entry.basis or _basis(entry, before),
    )


def _basis(entry: ListedExercise, before: ExerciseRow | None) -> Basis:
    """The basis of an entry that names none: as recorded, else by whether anything was noted at all."""
    if before is not None and before.basis != "not_recorded":
        return before.basis
    noted = [entry.reps, entry.seconds, entry.effort, entry.pain]
    return "not_recorded" if all(value is None for value in noted) else "observed"


def _move_levels(cohort: Cohort, pack: Pack, entries: tuple[ListedExercise, ...]) -> None:
    standing = [session.number for session in plan_of(cohort).standing()]
    decided: dict[tuple[str, str], set[int]] = {}
    for entry in entries:
        decided.setdefault((entry.person, entry.exercise), set()).add(entry.session)
    log, known = exercise_log(cohort), levels(cohort)
    for (person, exercise), decided_in in decided.items():
        shown = levels_shown(
            pack.exercise(exercise),
            [row for row in log if (row.person, row.exercise) == (person, exercise)],
            [row for row in known if (row.person, row.exercise) == (person, exercise)],
            standing,
            decided_in,
        )
        for level in shown:
            move_level(cohort, level)


def _measure(one: ListedMeasure, recorded: Measures) -> MeasureRow:
    before = recorded.get((one.person, one.instrument, one.timepoint))
    if one.answers is None:
        return MeasureRow(one.person, one.instrument, one.timepoint, missing_reason=one.missing_reason)
    return MeasureRow(
        one.person,
        one.instrument,
        one.timepoint,
        taken_on=one.taken_on,
        mode=one.mode or (before.mode if before else None) or "self",
        answers=codes_in(one.instrument, one.answers),
    )
