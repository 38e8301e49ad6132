"""All that a cohort holds of one person, read at once for their page.

Not for: their measures and what changed (`figures`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from escape_tui.judging import judgement_of
from escape_tui.known_people import KnownPerson, known_person
from escape_tui.recording import today_of
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import (
    attendance,
    cohort_head,
    cohort_pack,
    goals,
    notes,
    plan_of,
    ruled_out,
    signposts,
)
from escape_tui.telling.missed import Missed, missed_before
from sessions.completion import sessions_attended, sessions_offered
from sessions.due import Days, window_of
from sessions.eligibility import Judgement
from sessions.errors import Refused
from sessions.exercise import Tag
from sessions.plan import CohortPlan
from sessions.records import AttendanceRow, CohortState, Destination, Goal, Note, Person


@dataclass(frozen=True, slots=True)
class Page:
    """One person. `judgement` is None once they are erased.

    `offered` and `attended` are counts of sessions, `missed` what was held before they joined. `six_months`
    and `twelve_months` are the days in which a follow-up counts.
    """

    known: KnownPerson
    today: date
    state: CohortState
    plan: CohortPlan
    judgement: Judgement | None
    register: tuple[AttendanceRow, ...]
    offered: int
    attended: int
    missed: tuple[Missed, ...]
    ruled_out: tuple[Tag, ...]
    goals: tuple[Goal, ...]
    notes: tuple[Note, ...]
    goes_on_to: Destination | None
    six_months: Days
    twelve_months: Days


def page_of(cohort: Cohort, person: str) -> Page:
    """The page of a person. `Refused` where there is none."""
    known, head = known_person(cohort, person), cohort_head(cohort)
    pack, plan = cohort_pack(cohort), plan_of(cohort)
    register = tuple(row for row in attendance(cohort) if row.person == person)
    came = [row.session for row in register if row.attended]
    record = known.person
    return Page(
        known=known,
        today=today_of(cohort),
        state=head.state,
        plan=plan,
        judgement=None if known.identity is None else judgement_of(cohort, pack, person),
        register=register,
        offered=_offered(plan, record, came),
        attended=sessions_attended(plan, came),
        missed=missed_before(plan, pack, head.sessions_planned, record.joined_at_session),
        ruled_out=tuple(one.tag for one in ruled_out(cohort, person)),
        goals=goals(cohort, person),
        notes=tuple(note for note in notes(cohort) if note.person == person),
        goes_on_to=next((one.destination for one in signposts(cohort) if one.person == person), None),
        six_months=window_of("follow_up_6", pack.windows, plan),
        twelve_months=window_of("follow_up_12", pack.windows, plan),
    )


def _offered(plan: CohortPlan, person: Person, came: list[int]) -> int:
    try:
        return len(sessions_offered(plan, person.joined_at_session, came))
    except Refused:  # a first session that the plan does not have: entered by a script
        return 0
