"""What is missing in a return or contradicts itself: each is found, in its weight, with where to mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest

from exports.completeness import completeness
from exports.completeness.found import (
    AtConsent,
    AtEligibility,
    AtFeedback,
    AtIncident,
    AtLog,
    AtMeasure,
    AtPerson,
    AtRegister,
    AtSession,
    AtSettings,
    AtSignpost,
    Found,
    Kind,
    MendAt,
    Weight,
)
from exports.held import Held
from sessions.plan import SessionStatus
from sessions.records import (
    AttendanceRow,
    Consent,
    Eligibility,
    ExerciseRow,
    FeedbackCount,
    Incident,
    LevelRow,
)
from tests.returns.making import (
    ANN,
    BEN,
    FIRST,
    LAST,
    TODAY,
    days_after,
    held,
    measure,
    with_measure,
    with_person,
    without_consent,
    without_measure,
)


def found_in(of: Held) -> tuple[Found, ...]:
    return completeness(of).found


def status(of: Held, number: int, status: SessionStatus, on: date | None = None) -> Held:
    sessions = tuple(
        replace(one, status=status, on=on or one.on) if one.number == number else one
        for one in of.plan.sessions
    )
    return replace(of, plan=replace(of.plan, sessions=sessions))


def marks(of: Held, *sessions: int, without: str | None = None, **said: str) -> Held:
    """The register of these sessions otherwise: without somebody, or everybody (or one) marked otherwise."""
    kept = []
    for row in of.attendance:
        if row.session in sessions and without in {row.person, "everybody"}:
            continue
        here = row.session in sessions and "status" in said and said.get("person", row.person) == row.person
        kept.append(AttendanceRow(row.person, row.session, said["status"]) if here else row)  # type: ignore[arg-type]
    return replace(of, attendance=tuple(kept))


def no_log(of: Held, session: int, person: str = "everybody") -> Held:
    kept = (row for row in of.exercise if row.session != session or person not in {row.person, "everybody"})
    return replace(of, exercise=tuple(kept))


def held_by_nobody() -> Held:
    """Session 5 was never held, and nothing is in its register or log."""
    return no_log(marks(held(), 5, without="everybody"), 5)


@dataclass(frozen=True)
class Case:
    """A cohort with one thing wrong, and what has to be found."""

    kind: Kind
    weight: Weight
    mend: MendAt
    cohort: Callable[[], Held]


def consent(name: str, kind: str, *, given: bool | None) -> Held:
    of = held()
    rest = tuple(one for one in of.consents if (one.person, one.kind) != (name, kind))
    if given is None:
        return replace(of, consents=rest)
    return replace(of, consents=(*rest, Consent(name, kind, given, FIRST, "spoken")))  # type: ignore[arg-type]


def judged(verdict: str) -> Held:
    rest = tuple(one for one in held().eligibility if one.person != ANN)
    return replace(held(), eligibility=(*rest, Eligibility(ANN, verdict, None, None)))  # type: ignore[arg-type]


def entry(**said: object) -> Held:
    more = ExerciseRow(ANN, 5, "side-step", level=1)
    return replace(held(), exercise=(*held().exercise, replace(more, **said)))  # type: ignore[arg-type]


def asked(**said: str) -> Held:
    return replace(held(), asked=replace(held().asked, **said))  # type: ignore[arg-type]


CASES = (
    Case(
        Kind.SESSION_NOT_RECORDED,
        "gap",
        AtRegister(5),
        lambda: status(held_by_nobody(), 5, SessionStatus.PLANNED),
    ),
    Case(
        Kind.SESSION_TO_COME,
        "gap",
        AtSession(12),
        lambda: status(no_log(marks(held(), 12, without="everybody"), 12), 12, SessionStatus.PLANNED, TODAY),
    ),
    Case(Kind.REGISTER_MISSING, "gap", AtRegister(5), held_by_nobody),
    Case(Kind.REGISTER_INCOMPLETE, "gap", AtRegister(5, ANN), lambda: marks(held(), 5, without=ANN)),
    Case(
        Kind.DELIVERED_WITH_NOBODY,
        "contradiction",
        AtRegister(5),
        lambda: no_log(marks(held(), 5, status="absent"), 5),
    ),
    Case(
        Kind.HELD_IN_THE_FUTURE,
        "contradiction",
        AtSession(12),
        lambda: replace(held(), today=days_after(LAST, -1)),
    ),
    Case(
        Kind.MARKED_AT_SESSION_NOT_HELD,
        "contradiction",
        AtRegister(5),
        lambda: status(held(), 5, SessionStatus.CANCELLED),
    ),
    Case(
        Kind.ATTENDED_AFTER_LEAVING,
        "contradiction",
        AtRegister(12, ANN),
        lambda: with_person(held(), ANN, withdrawn_on=days_after(LAST, -1), withdrawal_reason="work"),
    ),
    Case(
        Kind.ATTENDED_BEFORE_JOINING,
        "contradiction",
        AtRegister(1, ANN),
        lambda: with_person(held(), ANN, joined_at_session=2),
    ),
    Case(Kind.NOBODY_ON_DUTY, "note", AtSession(12), lambda: replace(held(), sessions=held().sessions[:11])),
    Case(Kind.LOG_MISSING, "note", AtLog(5), lambda: no_log(held(), 5)),
    Case(
        Kind.EXERCISE_WITHOUT_ATTENDANCE,
        "contradiction",
        AtLog(5, ANN),
        lambda: marks(held(), 5, person=ANN, status="absent"),
    ),
    Case(Kind.EXERCISE_NOT_IN_PACK, "contradiction", AtLog(5, ANN), lambda: entry(exercise="trampoline")),
    Case(Kind.EXERCISE_NOT_IN_PACK, "contradiction", AtLog(5, ANN), lambda: entry(level=9)),
    Case(
        Kind.LEVEL_WITHOUT_EXERCISE,
        "gap",
        AtLog(2, ANN),
        lambda: replace(held(), levels=(*held().levels, LevelRow(ANN, "side-step", 2, 2, 1))),
    ),
    Case(
        Kind.MEASURE_MISSING,
        "gap",
        AtMeasure(ANN, "koos", "baseline"),
        lambda: without_measure(held(), ANN, "koos", "baseline"),
    ),
    Case(
        Kind.MEASURE_MISSING,
        "gap",
        AtMeasure(ANN, "koos", "end"),
        lambda: without_measure(held(), ANN, "koos", "end"),
    ),
    Case(
        Kind.MEASURE_OUTSIDE_WINDOW,
        "gap",
        AtMeasure(ANN, "pain-nrs", "baseline"),
        lambda: with_measure(held(), ANN, "pain-nrs", "baseline", taken_on=days_after(FIRST, 8)),
    ),
    Case(
        Kind.MEASURE_IN_THE_FUTURE,
        "contradiction",
        AtMeasure(ANN, "pain-nrs", "end"),
        lambda: with_measure(held(), ANN, "pain-nrs", "end", taken_on=days_after(TODAY, 1)),
    ),
    Case(
        Kind.PLACE_CHANGED,
        "gap",
        AtMeasure(ANN, "koos", "end"),
        lambda: with_measure(held(), ANN, "koos", "end", side="right"),
    ),
    Case(
        Kind.SCALE_NOT_SCORED,
        "note",
        AtMeasure(ANN, "koos", "end"),
        lambda: with_measure(held(), ANN, "koos", "end", answers=("1",) * 38 + (None,) * 4),
    ),
    Case(Kind.CONSENT_UNKNOWN, "gap", AtConsent(ANN, "sharing"), lambda: consent(ANN, "sharing", given=None)),
    Case(
        Kind.CONSENT_UNKNOWN,
        "note",
        AtConsent(ANN, "programme"),
        lambda: consent(ANN, "programme", given=None),
    ),
    Case(
        Kind.TAKES_PART_WITHOUT_CONSENT,
        "contradiction",
        AtConsent(ANN, "programme"),
        lambda: consent(ANN, "programme", given=False),
    ),
    Case(Kind.ELIGIBILITY_NOT_JUDGED, "gap", AtEligibility(ANN), lambda: judged("not_judged")),
    Case(Kind.NOT_ELIGIBLE_NOT_ACCEPTED, "gap", AtEligibility(ANN), lambda: judged("no")),
    Case(
        Kind.DETAIL_MISSING,
        "gap",
        AtPerson(ANN, "birth_date"),
        lambda: with_person(held(), ANN, age_band=None),
    ),
    Case(
        Kind.SIGNPOST_MISSING,
        "note",
        AtSignpost(ANN),
        lambda: replace(held(), signposts=held().signposts[1:]),
    ),
    Case(
        Kind.INCIDENT_TO_SOMEBODY_ABSENT,
        "contradiction",
        AtIncident(3, 1),
        lambda: no_log(marks(held(), 3, person=BEN, status="absent"), 3, BEN),
    ),
    Case(Kind.FEEDBACK_MISSING, "note", AtFeedback(), lambda: replace(held(), feedback=())),
    Case(
        Kind.MORE_FEEDBACK_THAN_PEOPLE,
        "note",
        AtFeedback(),
        lambda: replace(held(), feedback=(FeedbackCount("fft", "good", 4),)),
    ),
    Case(Kind.SITE_UNKNOWN, "contradiction", AtSettings("site.name"), lambda: asked(site_name="")),
    Case(Kind.SITE_UNKNOWN, "note", AtSettings("return.central_team"), lambda: asked(central_team="")),
)


def test_in_a_whole_and_sound_cohort_nothing_is_found() -> None:
    assert found_in(held()) == ()
    assert completeness(held()).ready


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind} {case.mend}")
def test_one_thing_wrong_is_found_once_with_where_to_mend_it(case: Case) -> None:
    found = [(one.kind, one.weight, one.mend) for one in found_in(case.cohort())]
    assert found.count((case.kind, case.weight, case.mend)) == 1
    assert {weight for _, weight, _ in found} == {case.weight}
    assert completeness(case.cohort()).ready is (case.weight == "note")


def test_every_kind_of_finding_has_its_case() -> None:
    elsewhere = {
        Kind.END_BEFORE_BASELINE,
        Kind.PLACE_NOT_FIXED,
        Kind.INCIDENT_AT_SESSION_NOT_HELD,
        Kind.NOBODY_SHARED,
    }
    assert {case.kind for case in CASES} | elsewhere == set(Kind)


def test_an_end_that_is_not_after_its_baseline_is_a_contradiction() -> None:
    early = with_measure(held(), ANN, "pain-nrs", "end", taken_on=FIRST)
    assert [(one.kind, one.weight) for one in found_in(early)] == [
        (Kind.END_BEFORE_BASELINE, "contradiction"),
        (Kind.MEASURE_OUTSIDE_WINDOW, "gap"),
    ]


def test_sheets_that_do_not_say_their_joint_are_worth_a_look_and_no_more() -> None:
    unknown = held()
    for at in ("baseline", "end"):
        unknown = with_measure(unknown, ANN, "koos", at, joint=None, side=None)
        unknown = with_measure(unknown, ANN, "pain-nrs", at, joint=None, side=None)
    assert [(one.kind, one.weight) for one in found_in(unknown)] == [(Kind.PLACE_NOT_FIXED, "note")] * 2


def test_an_incident_at_a_session_that_was_not_held_is_a_contradiction() -> None:
    at_5 = replace(held_by_nobody(), incidents=(Incident(7, 5, "fall", "minor", "rested", None, None),))
    found = found_in(status(at_5, 5, SessionStatus.CANCELLED))
    assert [(one.kind, one.mend) for one in found] == [(Kind.INCIDENT_AT_SESSION_NOT_HELD, AtIncident(5, 7))]


def test_nothing_is_asked_of_who_said_no_to_sharing_but_whole_registers() -> None:
    of = without_consent(held(), ANN)
    gaps = without_measure(with_person(of, ANN, age_band=None, pain_site=None), ANN, "koos", "end")
    assert found_in(gaps) == ()
    assert [one.kind for one in found_in(marks(gaps, 5, without=ANN))] == [Kind.REGISTER_INCOMPLETE]


def test_a_back_has_no_side_that_could_be_missing() -> None:
    back = with_person(held(), ANN, pain_site="back", side=None)
    assert Kind.DETAIL_MISSING not in {one.kind for one in found_in(back)}
    assert Kind.DETAIL_MISSING in {one.kind for one in found_in(with_person(held(), ANN, side=None))}


def test_nobody_who_shares_is_a_gap() -> None:
    of = held()
    for one in held().people:
        of = without_consent(of, one.id)
    assert [one.kind for one in found_in(of)] == [Kind.NOBODY_SHARED]


def test_who_left_owes_nothing_and_is_in_no_later_register() -> None:
    left = with_person(
        held(), ANN, withdrawn_on=days_after(FIRST, 20), withdrawal_reason="work", withdrawn_after_session=6
    )
    later = tuple(number for number in range(7, 13))
    for instrument in ("koos", "chair-stand-30s", "activity-days", "pain-nrs"):
        left = without_measure(left, ANN, instrument, "end")
    log = tuple(row for row in left.exercise if row.person != ANN or row.session <= 6)
    assert found_in(replace(marks(left, *later, without=ANN), exercise=log)) == ()


def test_who_left_on_the_day_of_a_session_may_be_marked_there_or_not() -> None:
    left = with_person(held(), ANN, withdrawn_on=LAST, withdrawal_reason="work", withdrawn_after_session=12)
    assert found_in(left) == ()
    assert found_in(no_log(marks(left, 12, without=ANN), 12, ANN)) == ()


def test_who_was_erased_can_not_be_asked_again() -> None:
    of = with_person(held(), ANN, erased_on=TODAY, age_band=None)
    of = replace(of, consents=tuple(one for one in of.consents if one.kind == "sharing" or one.person != ANN))
    assert found_in(replace(of, signposts=of.signposts[1:])) == ()


def test_a_follow_up_is_missing_only_once_it_is_due() -> None:
    month = replace(held(), today=date(2027, 4, 30))
    owed = {one.timepoint for one in found_in(month)}
    assert owed == {"follow_up_6"}
    there = replace(month, measures=(*month.measures, measure(ANN, "koos", "follow_up_6", ("1",) * 42)))
    assert Kind.MEASURE_OUTSIDE_WINDOW in {one.kind for one in found_in(there)}


def test_findings_come_contradictions_first_and_name_nobody() -> None:
    of = marks(with_person(held(), ANN, joined_at_session=2, age_band=None), 5, without=BEN)
    weights = [one.weight for one in found_in(replace(of, feedback=()))]
    assert weights == sorted(weights, key=("contradiction", "gap", "note").index)
    assert set(weights) == {"contradiction", "gap", "note"}
    assert all(ANN not in one.sentence for one in found_in(of))
