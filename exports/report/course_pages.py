"""The course of the group: presence, levels, feedback, incidents, who took part, data quality.

Not for: a single person, in no row and no line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Table

from exports.report import figures
from exports.report.page_one import BEYOND_THE_HALL, SEVERITIES
from exports.report.rounding import percent_of
from exports.report.session_charts import Course, Presence
from exports.report.style import (
    CELL,
    HEAD,
    HEAD_NUMBER,
    HEADING,
    NOTE,
    SMALL_HEADING,
    WIDTH,
    grid,
    text,
    unmarked,
)
from exports.report.suppression import Breakdown, few, shown_count
from exports.report.wording import MISSING, TIMEPOINTS, counted, plain
from exports.rows import Tables
from exports.signoff import SignedReturn

_PEOPLE = ("person", "people")
FEW_PEOPLE = "Fewer than 5 people are in this report: the course of so few is not shown."


def course_pages(tables: Tables, signed: SignedReturn | None) -> Iterator[Flowable]:
    """Everything between change and methods."""
    yield from _over_sessions(tables)
    yield from _opinions_and_harms(tables)
    yield from _people(tables)
    yield from _quality(tables, signed)


def _over_sessions(tables: Tables) -> Iterator[Flowable]:
    cohort = figures.cohort_of(tables)
    sessions = figures.sessions(tables)
    yield text("Attendance and levels over the sessions", HEADING)
    if few(cohort.people_enrolled) or not cohort.people_enrolled:
        yield text(FEW_PEOPLE)
        return
    yield KeepTogether([text("People present", SMALL_HEADING), Presence(sessions, cohort.people_enrolled)])
    if not figures.enough_logged(tables.exercise):
        yield text("Exercise was logged of fewer than 5 people: levels are not shown.")
        return
    yield KeepTogether(
        [
            text("Levels: mean number of levels above each person's own first", SMALL_HEADING),
            Course(sessions, [("levels above the first", lambda one: one.steps)], 2),
        ]
    )
    yield KeepTogether(
        [
            text("Effort and pain during exercise, means of 0 to 10", SMALL_HEADING),
            Course(sessions, [("effort", lambda one: one.effort), ("pain", lambda one: one.pain)], 10),
        ]
    )
    decided = figures.decisions(tables.exercise)
    words = {"up": "up", "hold": "held", "ease": "eased", "substitute": "another exercise instead"}
    said = ", ".join(f"{decided[code]} {words[code]}" for code in words)
    yield text(f"Decisions on levels, over all people and exercises: {said}.", NOTE)
    yield text("Points stand only where 5 people or more were logged.", NOTE)


def _opinions_and_harms(tables: Tables) -> Iterator[Flowable]:
    yield text("Feedback, harms, and where people went on to", HEADING)
    answers = figures.feedback(tables)
    yield _side_by_side(
        [
            _breakdown("Friends and Family Test", answers, ("answer", "answers")),
            _breakdown("Where people went on to", figures.went_to(tables.participants)),
        ]
    )
    yield from _incidents(tables)
    left = figures.left_for(tables.participants)
    if left.total:
        yield KeepTogether(_breakdown("Why people left", left))


def _incidents(tables: Tables) -> Iterator[Flowable]:
    cohort = figures.cohort_of(tables)
    held = counted(cohort.sessions_delivered, "session")
    if not tables.incidents:
        yield text(f"No incident was recorded at {held}.")
        return
    kinds = Counter(one.category for one in tables.incidents)
    worst = Counter(SEVERITIES[one.severity] for one in tables.incidents)
    done = Counter(one.action for one in tables.incidents)
    beyond = sum(done[code] for code in BEYOND_THE_HALL)
    yield KeepTogether(
        [
            text("Incidents", SMALL_HEADING),
            text(
                f"{counted(len(tables.incidents), 'incident')} at {held}; {beyond} led to a GP, urgent "
                "care, an emergency department or an ambulance. Incidents are counted, not people.",
                CELL,
            ),
            _side_by_side(
                [
                    [_counts("What happened", kinds)],
                    [_counts("Harm", worst)],
                    [_counts("What was done", done)],
                ]
            ),
        ]
    )


def _people(tables: Tables) -> Iterator[Flowable]:
    yield text("Who took part", HEADING)
    parts = figures.who_took_part(tables.participants)
    yield _side_by_side([_breakdown(heading, one) for heading, one in parts[:2]])
    yield _side_by_side([_breakdown(heading, one) for heading, one in parts[2:]])


def _quality(tables: Tables, signed: SignedReturn | None) -> Iterator[Flowable]:
    yield text("Data quality", HEADING)
    found = figures.missing(tables)
    rows = [
        [
            text(one.what, CELL),
            f"{one.count} of {one.of}",
            percent_of(one.count, one.of),
        ]
        for one in found
    ]
    if rows:
        head = [
            text("what is missing or does not count", HEAD),
            text("how many", HEAD_NUMBER),
            text("", HEAD_NUMBER),
        ]
        yield grid([head, *rows], [WIDTH * 0.62, WIDTH * 0.24, WIDTH * 0.14])
    else:
        yield text("Every session has its register; every measure was taken in its weeks.")
    yield from _reasons(tables)
    if signed is not None:
        yield from _gaps(signed)


def _reasons(tables: Tables) -> Iterator[Flowable]:
    counts = figures.reasons_missing(tables)
    if counts:
        said = "; ".join(
            f"{TIMEPOINTS[when]}, {MISSING[why]}: {shown_count(count)}"
            for (when, why), count in counts.items()
        )
        yield text(f"People with a measure not taken, by when and why: {said}.", NOTE)


def _gaps(signed: SignedReturn) -> Iterator[Flowable]:
    if not signed.gaps:
        yield text("The signer accepted no gap.", NOTE)
        return
    kinds = Counter(gap.code for gap in signed.gaps)
    said = "; ".join(f"{plain(code)} {count}" for code, count in sorted(kinds.items()))
    yield text(f"Gaps that the signer accepted: {said}.", NOTE)
    if signed.gaps_reason:
        yield text(f"Their reason: “{signed.gaps_reason}”", NOTE)


def _breakdown(
    heading: str, of: Breakdown, what: tuple[str, str] = _PEOPLE, columns: int = 2
) -> list[Flowable]:
    head = [text(heading, HEAD), text(counted(shown_count(of.total), *what), HEAD_NUMBER)]
    if of.withheld:
        rows = [[text("not shown: fewer than 5 in a group", CELL), ""]]
    else:
        rows = [[text(cell.name, CELL), cell.shown] for cell in of.cells if cell.shown != "0"]
    return [_narrow([head, *rows], columns)]


def _counts(heading: str, counts: Mapping[str, int]) -> Flowable:
    head = [text(heading, HEAD), text("incidents", HEAD_NUMBER)]
    rows = [[text(plain(code), CELL), str(count)] for code, count in sorted(counts.items())]
    return _narrow([head, *rows], 3)


def _narrow(rows: list[list[Any]], columns: int) -> Table:
    """A grid that is one of so many beside each other."""
    width = WIDTH / columns - 10
    return grid(rows, [width * 0.68, width * 0.32])


def _side_by_side(columns: Sequence[Sequence[Flowable]]) -> Table:
    width = WIDTH / len(columns)
    return unmarked(
        [list(columns)],
        [width] * len(columns),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    )
