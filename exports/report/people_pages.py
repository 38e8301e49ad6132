"""The pages of the site's own report that show each person: presence, change, levels.

Not for: a return, in which no single person is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from exports.report import figures
from exports.report.headlines import headlines
from exports.report.rounding import change, points
from exports.report.slopes import Slope, Slopes
from exports.report.style import (
    CELL,
    HEAD,
    HEAD_NUMBER,
    HEADING,
    NOTE,
    WIDTH,
    grid,
    text,
    unmarked,
)
from exports.report.wording import plain, scale_words
from exports.rows import Summary, Tables
from exports.summary import POOLED_FROM
from sessions.pack import Pack

_MARKS = {"present": "X", "late": "L", "left_early": "E", "excused": "e", "absent": "-"}


@dataclass(frozen=True, slots=True)
class Named:
    """A person of the site's own report: `name` as the settings say, which may be the number alone."""

    person: str
    number: int
    name: str


def people_pages(tables: Tables, people: Sequence[Named], pack: Pack) -> Iterator[Flowable]:
    """Everything that is of single people; a person who has no row in the tables has none here."""
    there = {row.person_id for row in tables.participants}
    named = [one for one in people if one.person in there]
    yield PageBreak()
    yield from _attendance(tables, named)
    yield from _changes(tables, named)
    yield from _levels(tables, named, pack)


def _attendance(tables: Tables, people: Sequence[Named]) -> Iterator[Flowable]:
    yield text("Each person: attendance", HEADING)
    numbers = [row.session for row in tables.sessions]
    marks = {(mark.person_id, mark.session): _MARKS[mark.status] for mark in tables.attendance}
    of = {row.person_id: row for row in tables.participants}
    head = [text("no.", HEAD), text("person", HEAD)]
    head += [text(str(number), HEAD) for number in numbers]
    head.append(text("came", HEAD_NUMBER))
    rows: list[list[Any]] = [head]
    for one in people:
        came = of[one.person]
        cells = [text(marks.get((one.person, number), ""), CELL) for number in numbers]
        total = f"{came.sessions_attended} of {came.sessions_offered}"
        rows.append([text(str(one.number), CELL), text(one.name, CELL), *cells, total])
    first, last = 22.0, 44.0
    each = min(20.0, (WIDTH - first - last - 130) / max(len(numbers), 1))
    name = WIDTH - first - last - each * len(numbers)
    yield grid(rows, [first, name, *[each] * len(numbers), last])
    yield text("X present, L late, E left early, e excused, - absent, empty: no mark.", NOTE)


def _changes(tables: Tables, people: Sequence[Named]) -> Iterator[Flowable]:
    rows = headlines(figures.cohort_of(tables).programme, tables.summary)
    yield CondPageBreak(250)
    yield text("Each person: change from before to the end", HEADING)
    if not any(row.n_paired for row in rows):
        yield text("Nobody was measured both before and at the end.")
        return
    pairs = {id(row): pairs_of(tables, row) for row in rows}
    yield from _drawn(rows, people, pairs)
    yield CondPageBreak(140)
    yield _change_table(rows, people, pairs)
    yield text("Before, at the end, and the change. Empty: not measured twice, or not in its weeks.", NOTE)


def _drawn(
    rows: Sequence[Summary],
    people: Sequence[Named],
    pairs: Mapping[int, Mapping[str, tuple[Fraction, Fraction]]],
) -> Iterator[Flowable]:
    width = WIDTH / 2 - 8
    drawings = [
        Slopes(scale_words(row.instrument, row.scale), row.better, slopes, width)
        for row in rows
        if (slopes := [_slope(one, row, pairs[id(row)]) for one in people if one.person in pairs[id(row)]])
    ]
    for place in range(0, len(drawings), 2):
        beside: list[Flowable | str] = [*drawings[place : place + 2], ""]
        yield unmarked([beside[:2]], [WIDTH / 2, WIDTH / 2])
    yield text(
        "Whole lines are changes for the better, dashed ones for the worse, thin ones no change.", NOTE
    )


def _slope(one: Named, row: Summary, pairs: Mapping[str, tuple[Fraction, Fraction]]) -> Slope:
    baseline, end = pairs[one.person]
    gain = (end - baseline) * (1 if row.better == "higher" else -1)
    return Slope(one.number, float(baseline), float(end), (gain > 0) - (gain < 0))


def _change_table(
    rows: Sequence[Summary],
    people: Sequence[Named],
    pairs: Mapping[int, Mapping[str, tuple[Fraction, Fraction]]],
) -> Flowable:
    head = [text("no.", HEAD), text("person", HEAD)]
    head += [text(scale_words(row.instrument, row.scale), HEAD_NUMBER) for row in rows]
    lines: list[list[Any]] = [head]
    for one in people:
        cells = [_both(pairs[id(row)].get(one.person)) for row in rows]
        lines.append([text(str(one.number), CELL), text(one.name, CELL), *cells])
    wide = (WIDTH - 22 - 120) / max(len(rows), 1)
    return grid(lines, [22, 120, *[wide] * len(rows)])


def _both(pair: tuple[Fraction, Fraction] | None) -> str:
    return "" if pair is None else f"{points(pair[0])}, {points(pair[1])}: {change(pair[1] - pair[0])}"


def pairs_of(tables: Tables, row: Summary) -> dict[str, tuple[Fraction, Fraction]]:
    """Baseline and end of each person on whom a row of `summary` rests; of KOOS and HOOS, KOOS goes first."""
    instruments = (row.instrument,) if row.instrument != "koos-hoos" else POOLED_FROM
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for instrument in instruments:
        scores: dict[str, dict[str, Fraction]] = defaultdict(dict)
        for one in tables.measures:
            used = one.used_in_pair == "yes" and one.score is not None
            if used and (one.instrument, one.scale) == (instrument, row.scale):
                scores[one.person_id][one.timepoint] = one.score or Fraction(0)
        for person, both in scores.items():
            if both.keys() >= {"baseline", "end"}:
                found.setdefault(person, (both["baseline"], both["end"]))
    return found


def _levels(tables: Tables, people: Sequence[Named], pack: Pack) -> Iterator[Flowable]:
    yield CondPageBreak(140)
    yield text("Each person: levels, from the first to the last", HEADING)
    names = {exercise.id: exercise.name for exercise in pack.exercises}
    levels: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(tables.exercise, key=lambda row: row.session):
        if row.level is not None:
            levels[row.person_id][row.exercise].append(row.level)
    rows = [
        [text(str(one.number), CELL), text(one.name, CELL), text(_said(levels[one.person], names), CELL)]
        for one in people
        if one.person in levels
    ]
    if not rows:
        yield text("No level was logged.")
        return
    head = [text("no.", HEAD), text("person", HEAD), text("exercise and level", HEAD)]
    yield grid([head, *rows], [22, 120, WIDTH - 142])


def _said(levels: Mapping[str, Sequence[int]], names: Mapping[str, str]) -> str:
    def one(exercise: str) -> str:
        first, last = levels[exercise][0], levels[exercise][-1]
        moved = str(first) if first == last else f"{first} to {last}"
        return f"{names.get(exercise, plain(exercise))} {moved}"

    return "; ".join(one(exercise) for exercise in sorted(levels))
