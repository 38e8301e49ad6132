"""What stands in the tables of a return, and who is in none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from exports.held import Held
from exports.recount import recount
from exports.rows import Measure, Session, Tables
from exports.tables.measured import whole_weeks
from exports.tables.people import pain_duration
from exports.writing import files_of
from sessions.clock import Instant
from sessions.plan_acts import add_extra_session, cancel_session, deliver_session, merge_session
from sessions.records import AttendanceRow, Eligibility, Incident, RunEventRow, SessionHeld
from sessions.run_events import Ended, Event, Started, WentOn, to_json
from tests.returns.making import (
    ANN,
    BEN,
    CAT,
    FIRST,
    days_after,
    held,
    measure,
    tables,
    with_measure,
    with_person,
    without_consent,
    without_measure,
)
from tests.unit.plans import autumn


def rows_of(made: Tables, name: str, instrument: str, timepoint: str) -> dict[str, Measure]:
    return {
        row.scale: row
        for row in made.measures
        if (row.person_id, row.instrument, row.timepoint) == (name, instrument, timepoint)
    }


def session(made: Tables, number: int) -> Session:
    return made.sessions[number - 1]


def without_record(of: Held, name: str) -> Held:
    """Nothing said on sharing."""
    said = tuple(one for one in of.consents if (one.person, one.kind) != (name, "sharing"))
    return replace(of, consents=said)


@pytest.mark.parametrize(
    "left_out",
    [
        lambda: without_consent(held(), BEN),
        lambda: without_record(held(), BEN),
        lambda: with_person(held(), BEN, data_withdrawn_on=FIRST),
    ],
    ids=["no", "not recorded", "data withdrawn"],
)
def test_who_does_not_share_has_no_row_anywhere_and_one_count(left_out: Callable[[], Held]) -> None:
    made = tables(left_out())
    assert all(BEN.encode() not in data for data in files_of(made).values())
    (cohort,) = made.cohort
    assert (cohort.people_referred, cohort.people_enrolled, cohort.people_started) == (2, 2, 2)
    assert (cohort.people_completed, cohort.people_not_shared) == (2, 1)
    assert made.incidents == ()
    assert {row.people_present for row in made.sessions} == {2}
    assert {row.n_enrolled for row in made.summary} == {row.n_paired for row in made.summary} == {2}


def test_an_incident_that_happened_to_nobody_in_particular_stays() -> None:
    of = replace(held(), incidents=(Incident(1, 3, "equipment", "none", "stopped", None, None),))
    assert [row.category for row in tables(of).incidents] == ["equipment"]


@pytest.mark.parametrize(
    ("months", "band"),
    [
        *((0, "<6"), (5, "<6"), (6, "6-11"), (11, "6-11"), (12, "12-23"), (23, "12-23")),
        *((24, "24-59"), (59, "24-59"), (60, "60+"), (600, "60+"), (None, None)),
    ],
)
def test_how_long_pain_has_lasted_is_told_in_bands(months: int | None, band: str | None) -> None:
    assert pain_duration(months) == band


@pytest.mark.parametrize(("days", "week"), [(0, 0), (6, 0), (7, 1), (-1, -1), (-7, -1), (-8, -2), (38, 5)])
def test_weeks_are_whole_and_negative_before_the_start(days: int, week: int) -> None:
    assert whole_weeks(FIRST, days_after(FIRST, days)) == week


def test_a_measure_is_a_row_for_each_scale_exact_and_used_in_its_pair() -> None:
    made = tables()
    scales = rows_of(made, ANN, "koos", "baseline")
    assert set(scales) == {"symptoms", "pain", "adl", "sport", "qol"}
    assert {row.score for row in scales.values()} == {Fraction(25)}
    pain = scales["pain"]
    assert (pain.answered, pain.items, pain.week, pain.in_window) == (9, 9, 0, "yes")
    assert {row.used_in_pair for row in made.measures} == {"yes"}


def test_a_measure_outside_its_window_is_told_and_in_no_pair() -> None:
    late = with_measure(held(), ANN, "pain-nrs", "baseline", taken_on=days_after(FIRST, 8))
    made = tables(late)
    both = [rows_of(made, ANN, "pain-nrs", at)["pain"] for at in ("baseline", "end")]
    assert [row.in_window for row in both] == ["no", "yes"]
    assert [row.used_in_pair for row in both] == ["no", "no"]
    of_pain = next(row for row in made.summary if row.instrument == "pain-nrs")
    assert (of_pain.n_baseline, of_pain.n_end, of_pain.n_paired) == (3, 3, 2)


def test_change_is_of_one_joint_and_side_and_of_one_instrument() -> None:
    other_side = tables(with_measure(held(), ANN, "koos", "end", side="right"))
    assert {row.used_in_pair for row in rows_of(other_side, ANN, "koos", "end").values()} == {"no"}
    unharmed = tables(with_measure(held(), ANN, "chair-stand-30s", "end", side="right"))
    assert rows_of(unharmed, ANN, "chair-stand-30s", "end")["stands"].used_in_pair == "yes"
    hoos = measure(ANN, "hoos", "end", ("2",) * 40)
    rest = without_measure(held(), ANN, "koos", "end")
    other = tables(replace(rest, measures=(*rest.measures, hoos)))
    assert {row.used_in_pair for row in rows_of(other, ANN, "hoos", "end").values()} == {"no"}
    pooled = next(row for row in other.summary if (row.instrument, row.scale) == ("koos-hoos", "pain"))
    assert (pooled.n_baseline, pooled.n_end, pooled.n_paired) == (3, 3, 2)


def test_a_missing_measure_has_its_reason_and_nothing_else() -> None:
    gone = with_measure(
        held(), ANN, "pain-nrs", "end", taken_on=None, mode=None, missing_reason="declined", answers=()
    )
    row = rows_of(tables(gone), ANN, "pain-nrs", "end")["pain"]
    assert (row.missing_reason, row.used_in_pair) == ("declined", "no")
    assert (row.score, row.answered, row.items, row.week, row.mode, row.in_window) == (None,) * 6
    baseline = rows_of(tables(gone), ANN, "pain-nrs", "baseline")["pain"]
    assert baseline.used_in_pair == "no"


def test_too_few_answers_leave_a_scale_without_a_score_and_out_of_the_pair() -> None:
    few = with_measure(held(), ANN, "koos", "end", answers=("1",) * 7 + (None,) * 35)
    scales = rows_of(tables(few), ANN, "koos", "end")
    assert (scales["pain"].score, scales["pain"].answered, scales["pain"].used_in_pair) == (None, 0, "no")
    assert (scales["symptoms"].score, scales["symptoms"].used_in_pair) == (Fraction(75), "yes")


def test_a_chair_stand_with_the_arms_is_0_says_so_and_pairs() -> None:
    row = rows_of(
        tables(with_measure(held(), ANN, "chair-stand-30s", "end", answers=("0 arms",))),
        ANN,
        "chair-stand-30s",
        "end",
    )["stands"]
    assert (row.score, row.category, row.used_in_pair) == (Fraction(0), "arms_used", "yes")


def test_a_follow_up_is_in_the_table_and_in_no_pair() -> None:
    later = replace(measure(ANN, "pain-nrs", "follow_up_6", ("3",)), taken_on=days_after(FIRST, 38 + 182))
    row = rows_of(tables(replace(held(), measures=(*held().measures, later))), ANN, "pain-nrs", "follow_up_6")
    assert (row["pain"].in_window, row["pain"].used_in_pair, row["pain"].score) == ("yes", "no", Fraction(3))


def test_reasons_for_being_away_and_single_answers_leave_only_where_they_are_asked_for() -> None:
    away = tuple(
        AttendanceRow(ANN, 1, "absent", "ill") if (row.person, row.session) == (ANN, 1) else row
        for row in held().attendance
    )
    asked = replace(held(), attendance=away)
    plain = replace(asked, asked=replace(asked.asked, responses=False, attendance_reasons=False))
    assert [row.reason for row in tables(asked).attendance if row.reason] == ["ill"]
    assert [row.reason for row in tables(plain).attendance if row.reason] == []
    assert tables(plain).responses is None
    assert "responses.csv" not in files_of(tables(plain))
    assert len(tables(asked).responses or ()) == sum(len(row.answers) for row in held().measures)


def test_nine_of_twelve_complete_and_who_left_is_told_with_when_and_why() -> None:
    register = tuple(row for row in held().attendance if row.person != BEN or row.session <= 9)
    register = tuple(row for row in register if row.person != CAT or row.session <= 8)
    left = with_person(
        replace(held(), attendance=register),
        CAT,
        withdrawn_on=days_after(FIRST, 30),
        withdrawn_after_session=8,
        withdrawal_reason="surgery",
    )
    made = tables(left)
    assert [row.completed for row in made.participants] == ["yes", "yes", "no"]
    assert [row.sessions_attended for row in made.participants] == [12, 9, 8]
    gone = made.participants[2]
    assert (gone.withdrew_after_session, gone.withdrawal_reason) == (8, "surgery")
    assert (made.cohort[0].people_completed, made.cohort[0].people_withdrawn) == (2, 1)


def test_who_was_accepted_for_a_reason_is_enrolled_and_eligible_only_once_they_meet_the_rules() -> None:
    judged = (
        Eligibility(ANN, "no", FIRST, None),
        Eligibility(BEN, "yes", FIRST, None),
        Eligibility(CAT, "not_judged", None, None),
    )
    made = tables(replace(held(), eligibility=judged))
    assert [row.eligible for row in made.participants] == ["accepted", "yes", "not_judged"]
    assert (made.cohort[0].people_eligible, made.cohort[0].people_enrolled) == (1, 3)
    assert recount(files_of(made)) == ()


def test_a_session_tells_topic_themes_minutes_and_how_many_were_on_duty() -> None:
    said = (SessionHeld(1), SessionHeld(2, None, 40, ("pacing", "flare-ups"), ("jk", "mo")))
    made = tables(replace(held(), sessions=said))
    first, second = session(made, 1), session(made, 2)
    assert (first.topic, first.themes_covered, first.facilitators) == ("welcome", "welcome", None)
    assert (first.education_minutes, first.exercise_minutes) == (None, None)
    assert (second.topic, second.themes_covered) == ("joint-anatomy", "pacing;flare-ups")
    assert (second.education_minutes, second.exercise_minutes, second.facilitators) == (None, 40, 2)


def test_minutes_that_nobody_said_come_from_the_run() -> None:
    def at(minutes: int) -> Instant:
        on = timedelta(minutes=minutes)
        return Instant(datetime(2026, 9, 14, 9, tzinfo=UTC) + on, on, "one")

    # Session 1: arrival, then education, then the measures.
    events: list[Event] = [Started(at(0)), WentOn(at(6)), WentOn(at(23)), Ended(at(25))]
    rows = tuple(RunEventRow(1, seq, to_json(event)) for seq, event in enumerate(events, start=1))
    ran = replace(held(), sessions=(), run_events=rows)
    assert (session(tables(ran), 1).education_minutes, session(tables(ran), 1).exercise_minutes) == (17, 0)
    said = replace(ran, sessions=(SessionHeld(1, 20, 45),))
    assert (session(tables(said), 1).education_minutes, session(tables(said), 1).exercise_minutes) == (20, 45)


def test_a_run_that_nobody_ended_tells_no_minutes() -> None:
    began = Instant(datetime(2026, 9, 14, 9, tzinfo=UTC), timedelta(0), "one")
    events: list[Event] = [Started(began), WentOn(began), Ended(began.plus(timedelta(hours=14)))]
    rows = tuple(RunEventRow(1, seq, to_json(event)) for seq, event in enumerate(events, start=1))
    made = tables(replace(held(), sessions=(), run_events=rows))
    assert session(made, 1).education_minutes is None
    assert recount(files_of(made)) == ()


def test_cancelled_merged_and_extra_sessions_keep_what_they_were_for() -> None:
    plan = cancel_session(autumn(), 4, "snow")
    plan = merge_session(plan, 7, 8)
    plan = add_extra_session(plan, days_after(FIRST, 50), replaces=4)
    register = tuple(AttendanceRow(ANN, number, "present") for number in (8, 13))
    plan = deliver_session(deliver_session(plan, 8), 13)
    made = tables(replace(held(), plan=plan, attendance=register, exercise=(), incidents=(), levels=()))
    topics = held().pack.schedule(12)
    assert (session(made, 4).status, session(made, 4).themes_covered) == ("cancelled", None)
    assert (session(made, 7).status, session(made, 7).delivered_date) == ("merged", None)
    both = {
        theme.value
        for number in (7, 8)
        for topic in topics.session(number).topics
        for theme in held().pack.topic(topic).themes
    }
    assert set((session(made, 8).themes_covered or "").split(";")) == both
    extra = session(made, 13)
    assert (extra.extra, extra.topic) == ("yes", ";".join(topics.session(4).topics))
    assert (made.cohort[0].sessions_planned, made.cohort[0].sessions_delivered) == (12, 2)
    assert made.cohort[0].end_date == days_after(FIRST, 50)
