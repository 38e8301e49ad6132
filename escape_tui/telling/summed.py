"""What the measures of a cohort, and of all cohorts of a site, tell: the figures of the return's summary.

Not for: working any of them out, which the return's own functions do (`exports.summary`, `sessions.flow`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from escape_tui.cohorts import cohort_key, cohort_path
from escape_tui.desk import Desk
from escape_tui.returning import held_of
from escape_tui.store.at_rest import read_cohort
from escape_tui.store.cohort import Actor
from exports.held import Held, shared
from exports.rows import Measure, Summary
from exports.summary import ScaleOf, summarise
from exports.tables.measured import measure_rows
from exports.thresholds import thresholds_for
from sessions.completion import needed_to_complete, sessions_counted
from sessions.errors import EscapeError
from sessions.flow import Flow, flow


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A cohort that is not in the figures, and why."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Summed:
    """The figures of one cohort or of several.

    `counts` are of everyone on the lists, as `escape cohort show` has them; `rows` are the summary of a
    return made now: of the `shared` people who agreed to sharing alone. `needed` is how many of `counted`
    sessions complete the programme, where one cohort is told of.
    """

    codes: tuple[str, ...]
    counts: Flow
    shared: int
    rows: tuple[Summary, ...]
    left_out: tuple[LeftOut, ...] = ()
    needed: int | None = None
    counted: int | None = None

    @property
    def not_shared(self) -> int:
        """People on the lists who are in no return."""
        return self.counts.enrolled - self.shared


def summed_of(held: Held) -> Summed:
    """The figures of one cohort."""
    share = held.asked.completion_share
    return Summed(
        codes=(held.head.code,),
        counts=_counts(held),
        shared=len(shared(held)),
        rows=_summary([held]),
        needed=needed_to_complete(held.plan, share),
        counted=sessions_counted(held.plan),
    )


def summed_of_site(desk: Desk) -> Summed:
    """The figures of all cohorts of the home together; one that cannot be read is left out and named.

    Others are read without locking them. Practice and real cohorts are never mixed.
    """
    found: list[Held] = []
    left_out: list[LeftOut] = []
    for code in desk.codes:
        try:
            held = _held_at(desk, code)
        except EscapeError as error:
            left_out.append(LeftOut(code, error.wrong))
            continue
        if held.head.practice != desk.practice:
            left_out.append(LeftOut(code, "It is practice." if held.head.practice else "It is not practice."))
            continue
        found.append(held)
    return Summed(
        codes=tuple(held.head.code for held in found),
        counts=_added_up([_counts(held) for held in found]),
        shared=sum(len(shared(held)) for held in found),
        rows=_summary(found),
        left_out=tuple(left_out),
    )


def _held_at(desk: Desk, code: str) -> Held:
    if code == desk.code:
        return held_of(desk.cohort, desk.settings)
    path, key = cohort_path(desk.home, code), cohort_key(desk.home, code)
    with read_cohort(path, key, Actor(desk.by, desk.now)) as cohort:
        return held_of(cohort, desk.settings)


def _counts(held: Held) -> Flow:
    return flow(held.plan, held.people, held.eligibility, held.attendance, held.asked.completion_share)


def _added_up(counts: list[Flow]) -> Flow:
    return Flow(
        referred=sum(one.referred for one in counts),
        eligible=sum(one.eligible for one in counts),
        enrolled=sum(one.enrolled for one in counts),
        started=sum(one.started for one in counts),
        completed=sum(one.completed for one in counts),
        withdrawn=sum(one.withdrawn for one in counts),
    )


def _summary(several: Iterable[Held]) -> tuple[Summary, ...]:
    """A person's id is random, so that people of several cohorts never meet under one."""
    measures: list[Measure] = []
    enrolled = 0
    for held in several:
        people = shared(held)
        enrolled += len(people)
        measures += measure_rows(held, people)
    scales = {ScaleOf(row.instrument, row.scale) for row in measures}
    return summarise(enrolled, measures, thresholds_for(scales))
