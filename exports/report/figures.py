"""What a report counts from the rows of the tables: presence, levels, feedback, where people went, gaps.

Not for: change, which stands in `summary`, nor for the counts of the cohort, which stand in `cohort`. Nothing
here is worked out again that a table says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from exports.report.suppression import FEWEST, Breakdown, break_down
from exports.report.wording import PAIN_SITES, SEXES, SOURCES
from exports.rows import Cohort, Exercise, Participant, Session, Tables

_T = TypeVar("_T")
HELD = frozenset({"delivered", "cut_short"})
WENT_TO = {
    "leisure": "leisure centre, gym, class, walking group, online",
    "gym": "leisure centre, gym, class, walking group, online",
    "class": "leisure centre, gym, class, walking group, online",
    "walking_group": "leisure centre, gym, class, walking group, online",
    "online": "leisure centre, gym, class, walking group, online",
    "gp": "GP, physiotherapy, orthopaedics",
    "physiotherapy": "GP, physiotherapy, orthopaedics",
    "orthopaedics": "GP, physiotherapy, orthopaedics",
    "other": "something else",
    "none": "nothing arranged",
    None: "not recorded",
}
"""Where people went on to, in so few groups that most can be shown."""
LEFT_FOR = {
    "adverse_event": "an adverse event",
    "unwell": "illness or surgery",
    "surgery": "illness or surgery",
    "better": "better, or joined a gym",
    "joined_gym": "better, or joined a gym",
    "work": "work, caring, transport, moved group",
    "caring": "work, caring, transport, moved group",
    "transport": "work, caring, transport, moved group",
    "transferred": "work, caring, transport, moved group",
    "other": "other or not known",
    "unknown": "other or not known",
}
ANSWERS = {
    "very_good": "very good or good",
    "good": "very good or good",
    "neither": "neither good nor poor",
    "poor": "poor or very poor",
    "very_poor": "poor or very poor",
    "dont_know": "do not know",
}
RECOMMEND = ANSWERS["good"]
_AGES = ((0, "under 45"), (45, "45 to 54"), (55, "55 to 64"), (65, "65 to 74"), (75, "75 and over"))


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """One session in aggregate. Figures are None where fewer than 5 people logged exercise.

    `steps` is the mean level above each person's own first level at the exercise; `effort` and `pain` are
    means of 0 to 10. All are over what was logged.
    """

    session: int
    status: str
    extra: bool
    present: int | None
    steps: Fraction | None
    effort: Fraction | None
    pain: Fraction | None


@dataclass(frozen=True, slots=True)
class Missing:
    """One kind of thing that is missing: how many, of how many, in words."""

    what: str
    count: int
    of: int


def cohort_of(tables: Tables) -> Cohort:
    """The one row of the table `cohort`."""
    (cohort,) = tables.cohort
    return cohort


def who_took_part(people: Sequence[Participant]) -> tuple[tuple[str, Breakdown], ...]:
    """The breakdowns of the people in the return, each with its heading."""
    return (
        ("Age", _broken_down(people, _age, [*(name for _, name in _AGES), "not recorded"])),
        ("Sex", _broken_down(people, lambda one: SEXES[one.sex], SEXES.values())),
        ("Pain", pain_sites(people)),
        ("Referred by", _broken_down(people, lambda one: SOURCES[one.referral_source], SOURCES.values())),
    )


def pain_sites(people: Sequence[Participant]) -> Breakdown:
    """The people in the return by where their pain is."""
    return _broken_down(people, lambda one: PAIN_SITES[one.pain_site], PAIN_SITES.values())


def went_to(people: Sequence[Participant]) -> Breakdown:
    """The people in the return by where they went on to."""
    return _broken_down(people, lambda one: WENT_TO[one.signposted_to], WENT_TO.values())


def left_for(people: Sequence[Participant]) -> Breakdown:
    """Those who left, by why."""
    left = [one for one in people if one.withdrawal_reason is not None]
    return _broken_down(left, lambda one: LEFT_FOR[str(one.withdrawal_reason)], LEFT_FOR.values())


def feedback(tables: Tables) -> Breakdown:
    """The answers to the Friends and Family Test."""
    counts = dict.fromkeys(ANSWERS.values(), 0)
    for row in tables.feedback:
        counts[ANSWERS[row.answer]] += row.count
    return break_down(counts)


def arms_used(tables: Tables) -> dict[str, int]:
    """How many people did the chair stand with their arms, by timepoint."""
    return dict(Counter(row.timepoint for row in tables.measures if row.category == "arms_used"))


def sessions(tables: Tables) -> tuple[SessionFigures, ...]:
    """Every session of the plan in the order of its number."""
    steps = _steps_above_the_first(tables.exercise)
    return tuple(
        _session(row, [one for one in tables.exercise if one.session == row.session], steps)
        for row in tables.sessions
    )


def decisions(exercise: Iterable[Exercise]) -> dict[str, int]:
    """How often a level went up, was held, eased, or the exercise was exchanged."""
    counted = Counter(row.decision for row in exercise if row.decision is not None)
    return {name: counted[name] for name in ("up", "hold", "ease", "substitute")}


def enough_logged(exercise: Iterable[Exercise]) -> bool:
    """Whether so many people are in the log that figures of it are shown."""
    return len({row.person_id for row in exercise}) >= FEWEST


def missing(tables: Tables) -> tuple[Missing, ...]:
    """What is not there, or does not count, of what the return could hold; only what there is any of.

    Nothing that is a cell of a breakdown is among it: it would tell a cell that is hidden there.
    """
    cohort, people, rows = cohort_of(tables), tables.participants, tables.measures
    held = {row.session for row in tables.sessions if row.status in HELD}
    registered = {mark.session for mark in tables.attendance}
    taken = [row for row in rows if row.missing_reason is None]
    found = (
        Missing(
            "sessions planned, not held",
            cohort.sessions_planned - _held_of_the_plan(tables),
            cohort.sessions_planned,
        ),
        Missing("sessions held without a register", len(held - registered), len(held)),
        Missing(
            "people not judged for eligibility",
            sum(one.eligible == "not_judged" for one in people),
            len(people),
        ),
        Missing("scales not taken, for a reason that is recorded", len(rows) - len(taken), len(rows)),
        Missing("scales taken outside their weeks", sum(row.in_window == "no" for row in taken), len(taken)),
        Missing(
            "log entries taken as planned, not observed",
            sum(row.basis != "observed" for row in tables.exercise),
            len(tables.exercise),
        ),
    )
    return tuple(one for one in found if one.count > 0)


def reasons_missing(tables: Tables) -> dict[tuple[str, str], int]:
    """How many people have a scale that was not taken, by timepoint and reason; one may be in several."""
    people: dict[tuple[str, str], set[str]] = {}
    for row in tables.measures:
        if row.missing_reason is not None:
            people.setdefault((row.timepoint, row.missing_reason), set()).add(row.person_id)
    return {key: len(people[key]) for key in sorted(people)}


def attended_in_all(people: Sequence[Participant]) -> tuple[int, int]:
    """Sessions attended and sessions offered, of all people together."""
    return sum(one.sessions_attended for one in people), sum(one.sessions_offered for one in people)


def _held_of_the_plan(tables: Tables) -> int:
    return sum(row.status in HELD and row.extra == "no" for row in tables.sessions)


def _broken_down(things: Iterable[_T], cell: Callable[[_T], str], names: Iterable[str]) -> Breakdown:
    counts = dict.fromkeys(names, 0)
    for thing in things:
        counts[cell(thing)] += 1
    return break_down(counts)


def _age(person: Participant) -> str:
    if person.age_band is None:
        return "not recorded"
    from_age = int(person.age_band.rstrip("+").partition("-")[0])
    return [name for lowest, name in _AGES if lowest <= from_age][-1]


def _steps_above_the_first(exercise: Iterable[Exercise]) -> dict[tuple[str, int, str], int]:
    """Levels above a person's own first at the exercise, by person, session and exercise."""
    first: dict[tuple[str, str], int] = {}
    steps: dict[tuple[str, int, str], int] = {}
    for row in sorted(exercise, key=lambda row: row.session):
        if row.level is not None:
            start = first.setdefault((row.person_id, row.exercise), row.level)
            steps[row.person_id, row.session, row.exercise] = row.level - start
    return steps


def _session(
    row: Session, logged: Sequence[Exercise], steps: dict[tuple[str, int, str], int]
) -> SessionFigures:
    def mean(value: Callable[[Exercise], int | None]) -> Fraction | None:
        known = [(one.person_id, found) for one in logged if (found := value(one)) is not None]
        if len({person for person, _ in known}) < FEWEST:
            return None
        return Fraction(sum(found for _, found in known), len(known))

    return SessionFigures(
        row.session,
        row.status,
        row.extra == "yes",
        row.people_present,
        mean(lambda one: steps.get((one.person_id, one.session, one.exercise))),
        mean(lambda one: one.effort),
        mean(lambda one: one.pain),
    )
