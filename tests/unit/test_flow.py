"""How many people were referred, taken, kept: each count at its border."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from sessions.flow import Flow, attended_by, flow
from sessions.plan_acts import cancel_session, deliver_session
from sessions.records import AttendanceRow, AttendanceStatus, Eligibility, Person
from tests.unit.plans import autumn

DAY = date(2026, 9, 14)


def someone(name: str, withdrawn_on: date | None = None) -> Person:
    return Person(
        id=name,
        number=1,
        sex="female",
        pain_site="knee",
        side="left",
        pain_months=12,
        referral_source="gp",
        needs_close_support=None,
        age_band="60-64",
        joined_at_session=1,
        index_joint=None,
        index_side=None,
        withdrawn_on=withdrawn_on,
        withdrawal_reason=None,
        withdrawn_after_session=None,
        data_withdrawn_on=None,
        came_from=None,
        went_to=None,
        erased_on=None,
    )


def came(person: str, *sessions: int, status: AttendanceStatus = "present") -> list[AttendanceRow]:
    return [AttendanceRow(person, number, status) for number in sessions]


def test_nobody_on_the_list_counts_as_nobody_anywhere() -> None:
    assert flow(autumn(), [], [], []) == Flow(0, 0, 0, 0, 0, 0)


def test_whoever_is_on_the_list_is_referred_and_enrolled_and_only_who_met_the_rules_is_eligible() -> None:
    judged = [
        Eligibility("A", "yes", None, None),
        Eligibility("B", "no", DAY, "Walks well with a frame."),
        Eligibility("C", "not_judged", None, None),
    ]
    counts = flow(autumn(), [someone(name) for name in "ABCD"], judged, [])
    assert (counts.referred, counts.enrolled, counts.eligible) == (4, 4, 1)


def test_who_came_once_late_or_left_early_has_started_and_who_was_away_has_not() -> None:
    register = [
        *came("A", 1, status="late"),
        *came("B", 1, status="left_early"),
        *came("C", 1, status="absent"),
        *came("D", 2, status="excused"),
    ]
    assert flow(autumn(), [someone(name) for name in "ABCD"], [], register).started == 2


def test_nine_of_twelve_complete_and_eight_do_not_unless_the_share_is_lower() -> None:
    register = [*came("A", *range(1, 10)), *came("B", *range(1, 9))]
    people = [someone("A"), someone("B")]
    assert flow(autumn(), people, [], register).completed == 1
    assert flow(autumn(), people, [], register, Fraction(2, 3)).completed == 2


def test_a_cancelled_session_lowers_what_completes() -> None:
    plan = cancel_session(autumn(), 12, "The hall was closed.")
    assert flow(deliver_session(plan, 1), [someone("A")], [], came("A", *range(1, 10))).completed == 1
    assert flow(plan, [someone("A")], [], came("A", *range(1, 9))).completed == 0


def test_who_left_counts_as_withdrawn_and_still_as_completed_where_they_came_often_enough() -> None:
    left = someone("A", withdrawn_on=DAY)
    counts = flow(autumn(), [left], [], came("A", *range(1, 11)))
    assert (counts.withdrawn, counts.completed) == (1, 1)


def test_rows_of_people_who_are_not_asked_for_are_passed_over() -> None:
    counts = flow(autumn(), [someone("A")], [Eligibility("B", "yes", None, None)], came("B", *range(1, 13)))
    assert counts == Flow(1, 0, 1, 0, 0, 0)


def test_sessions_attended_are_grouped_by_person() -> None:
    register = [*came("A", 1, 3), *came("B", 2), *came("B", 4, status="absent")]
    assert attended_by(register) == {"A": frozenset({1, 3}), "B": frozenset({2})}
