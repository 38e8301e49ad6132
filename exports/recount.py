"""Working the figures of a return out again from its own tables, and saying where they differ.

Not for: whether the bag is intact and who signed it (`verify`). A figure may differ by what rounding
scores to six decimals explains, and by no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from exports.reading import FaultyTables, read_tables
from exports.rows import Number, Participant, Summary, Tables
from exports.summary import ScaleOf, Threshold, summarise
from sessions.plan import SessionStatus
from sessions.records import ATTENDED
from sessions.statistics import student_t

ROUNDING = 2e-6
"""Scores rounded to 6 decimals move a mean or an SD by less; an SD recomputed below this is 0."""
WRITTEN = 6e-7
"""A figure is off by half of its own last digit at most. A share rests on counts, so this is all;
the tolerance of dz shrinks with the SD and does not hold it; that of the others does."""
_HELD = frozenset({SessionStatus.DELIVERED, SessionStatus.CUT_SHORT})
_STANDS = _HELD | {SessionStatus.PLANNED}
_EXACT = (
    *("better", "n_enrolled", "n_baseline", "n_end", "n_paired"),
    *("n_better", "n_same", "n_worse", "n_mcid"),
)
_MEANS = ("mean_baseline", "sd_baseline", "mean_end", "sd_end", "mean_change", "sd_change")
_ENDS = ("ci95_low", "ci95_high")
_SHARES = ("share_better", "share_better_low", "share_better_high")


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as the tables say. `code` is `table_faulty`, `count_differs` or `figure_differs`.

    `file` is the file in the folder `data`; no message repeats what stands in a cell of text.
    """

    code: str
    file: str
    message: str


def recount(files: Mapping[str, bytes]) -> tuple[Difference, ...]:
    """Where the counts and the summary in `files` (`cohort.csv` and so on) are not as the tables say.

    Empty where all agrees. Tables that cannot be read as the schema has them are differences too.
    """
    try:
        tables = read_tables(files)
    except FaultyTables as error:
        return tuple(
            Difference("table_faulty", fault.file, _placed(fault.line, fault.message))
            for fault in error.faults
        )
    return tuple(differences(tables))


def differences(tables: Tables) -> Iterator[Difference]:
    """As `recount`, of tables that are read already."""
    yield from _counts(tables)
    yield from _presence(tables)
    yield from _pairs_marked(tables)
    yield from _summary(tables)


def _placed(line: int | None, message: str) -> str:
    return message if line is None else f"Row {line}: {message}"


def _counts(tables: Tables) -> Iterator[Difference]:
    (cohort,) = tables.cohort
    for name, counted in counts_of(tables).items():
        if getattr(cohort, name) != counted:
            yield Difference("count_differs", "cohort.csv", f"{name} is not what the tables come to.")


def counts_of(tables: Tables) -> dict[str, int]:
    """The counts of the table `cohort` that the other tables tell, by the name of their column."""
    people, held = tables.participants, [row for row in tables.sessions if row.status in _HELD]

    def those(which: Callable[[Participant], bool]) -> int:
        return sum(map(which, people))

    return {
        "sessions_planned": sum(row.extra == "no" for row in tables.sessions),
        "sessions_delivered": len(held),
        "people_referred": len(people),
        "people_eligible": those(lambda person: person.eligible == "yes"),
        "people_enrolled": len(people),
        "people_started": those(lambda person: person.sessions_attended > 0),
        "people_completed": those(lambda person: person.completed == "yes"),
        "people_withdrawn": those(lambda person: person.withdrawal_reason is not None),
    }


def _presence(tables: Tables) -> Iterator[Difference]:
    """Sessions attended by each person, and people present at each session, by the register."""
    status = {row.session: row.status for row in tables.sessions}
    came = [mark for mark in tables.attendance if mark.status in ATTENDED and status[mark.session] in _STANDS]
    attended = Counter(mark.person_id for mark in came)
    present = Counter(mark.session for mark in came)
    if any(person.sessions_attended != attended[person.person_id] for person in tables.participants):
        yield Difference(
            "count_differs", "participants.csv", "sessions_attended is not what the register says."
        )
    if any(
        row.people_present != (present[row.session] if row.status in _HELD else None)
        for row in tables.sessions
    ):
        yield Difference("count_differs", "sessions.csv", "people_present is not what the register says.")


def _pairs_marked(tables: Tables) -> Iterator[Difference]:
    """A row that is used in a pair has a score in its window, and so has its other half."""
    used = [row for row in tables.measures if row.used_in_pair == "yes"]
    halves: dict[tuple[str, str, str], set[str]] = {}
    for row in used:
        halves.setdefault((row.person_id, row.instrument, row.scale), set()).add(row.timepoint)
    fit = all(row.score is not None and row.in_window == "yes" for row in used)
    if not fit or any(both != {"baseline", "end"} for both in halves.values()):
        yield Difference("figure_differs", "measures.csv", "used_in_pair marks what is no pair.")


def _summary(tables: Tables) -> Iterator[Difference]:
    said = {ScaleOf(row.instrument, row.scale): row for row in tables.summary}
    thresholds = {
        of: Threshold(Fraction(row.mcid), row.mcid_source or "") for of, row in said.items() if row.mcid
    }
    worked_out = {
        ScaleOf(row.instrument, row.scale): row
        for row in summarise(len(tables.participants), tables.measures, thresholds)
    }
    if said.keys() != worked_out.keys():
        yield Difference("figure_differs", "summary.csv", "It has other scales than the measures.")
    for of in (one for one in said if one in worked_out):
        for column in _differing(said[of], worked_out[of]):
            message = f"{column} of {of.instrument} {of.scale} is not what the measures say."
            yield Difference("figure_differs", "summary.csv", message)


def _differing(said: Summary, again: Summary) -> Iterator[str]:
    """The names of the columns in which a row differs by more than rounding explains."""
    yield from (column for column in _EXACT if getattr(said, column) != getattr(again, column))
    if (said.mcid is None) != (said.mcid_source is None):
        yield "mcid_source"
    interval = _interval_tolerance(again.n_paired)
    tolerances = {**dict.fromkeys(_MEANS, ROUNDING), **dict.fromkeys(_ENDS, interval)}
    tolerances |= dict.fromkeys(_SHARES, WRITTEN)
    for column, tolerance in tolerances.items():
        if not _near(getattr(said, column), getattr(again, column), tolerance):
            yield column
    if not _dz_agrees(said, again):
        yield "dz"


def _near(said: Number | None, again: Number | None, tolerance: float) -> bool:
    if said is None or again is None:
        return said is again
    return abs(float(said) - float(again)) <= tolerance


def _interval_tolerance(n: int) -> float:
    return ROUNDING * (1 + student_t(n - 1) / sqrt(n)) if n > 1 else 0.0


def _dz_agrees(said: Summary, again: Summary) -> bool:
    if again.sd_change is None or again.sd_change < ROUNDING:
        return said.dz is None
    if again.dz is None or said.dz is None:
        return False
    tolerance = 2 * ROUNDING * (1 + abs(float(again.dz))) / float(again.sd_change)
    return abs(float(said.dz) - float(again.dz)) <= tolerance + WRITTEN
