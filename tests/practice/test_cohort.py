"""A practice cohort: always the same, lived by the rules, and nothing that a real one could not hold."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from escape_tui.cohorts import cohort_path
from escape_tui.practice.home import FACILITATORS, practice_home
from escape_tui.practice.making import ENDED, Asked, make_practice_cohort, play_through
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.undoing import undo
from escape_tui.store.audit import entries, verify_chain
from escape_tui.store.keys import Home
from escape_tui.store.opening import make_plain_home
from escape_tui.store.read import (
    attendance,
    cohort_head,
    cohort_pack,
    contacts,
    eligibility,
    exercise_log,
    feedback,
    goals,
    identities,
    levels,
    measures,
    people,
    plan_of,
    run_events,
    sessions_held,
    signposts,
)
from sessions.due import OnRecord, measures_due
from sessions.errors import CannotOpen, Refused
from sessions.measured import scores_of
from sessions.pack import Delivery
from sessions.plan import SessionStatus
from sessions.records import AttendanceRow, DeliveryForm
from sessions.run import fold
from sessions.run_events import from_json
from sessions.run_steps import Phase
from sessions.session_plan import session_plan
from sessions.session_run import run_plan
from tests.practice.groups import TODAY, everything, group, opened

FORMS = [
    ("knees-hips", 12, "in_person"),
    ("knees-hips", 10, "virtual"),
    ("backs", 12, "virtual"),
    ("backs", 10, "in_person"),
    ("backs", 12, "hybrid"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The group that is made where nothing is asked; tests only read it."""
    return group(tmp_path_factory.mktemp("practice"), Asked())


def test_the_same_seed_on_the_same_day_gives_the_same_records_byte_for_byte(
    tmp_path: Path, home: Home
) -> None:
    assert everything(group(tmp_path, Asked())) == everything(home)


def test_another_seed_gives_another_group(tmp_path: Path, home: Home) -> None:
    other, first = everything(group(tmp_path, Asked(seed=2, at=3))), everything(home)
    for table in ("person", "identity", "contact", "attendance", "exercise_log", "answer", "run_event"):
        assert other[table] != first[table]


def test_a_later_session_has_the_same_past_and_more(tmp_path: Path, home: Home) -> None:
    earlier, later = everything(group(tmp_path, Asked(at=4))), everything(home)

    def of(rows: list[dict[str, object]]) -> list[tuple[object, ...]]:
        return sorted(tuple(row.values()) for row in rows if int(str(row["session"])) < 4)

    for table in ("attendance", "exercise_log", "arrival_answer", "arrival_pain"):
        assert of([dict(row) for row in earlier[table]]) == of([dict(row) for row in later[table]])


def test_the_session_asked_for_is_today_and_everything_before_it_was_held(home: Home) -> None:
    with opened(home) as cohort:
        plan = plan_of(cohort)
        assert plan.session(6).on == TODAY
        assert [one.number for one in plan.sessions if one.took_place] == [1, 2, 3, 4, 5]
        assert {row.status for row in attendance(cohort, 6)} <= {"excused"}


def test_the_group_that_nobody_chose_has_what_screens_should_be_tried_with(home: Home) -> None:
    with opened(home) as cohort:
        first_names = [one.given_name for one in identities(cohort)]
        assert len(set(first_names)) < len(first_names)
        assert [row.status for row in attendance(cohort, 6)] == ["excused"]
        assert any(one.withdrawn_on for one in people(cohort))
        assert any(one.needs_close_support for one in people(cohort))
        assert any(one.hearing_support for one in contacts(cohort))
        assert any(one.sight_support for one in contacts(cohort))


def test_the_cohort_is_marked_as_practice_for_good(home: Home) -> None:
    with opened(home) as cohort:
        assert cohort_head(cohort).practice
        with pytest.raises(Refused):
            cohort.connection.run("UPDATE cohort SET practice = 0")


def test_the_trail_holds_and_every_act_was_made_in_its_time_by_who_was_on_duty(home: Home) -> None:
    with opened(home) as cohort:
        assert verify_chain(cohort.connection).breaks == ()
        trail = entries(cohort.connection)
        days = [datetime.fromisoformat(entry.at).astimezone().date() for entry in trail]
        assert days == sorted(days)
        assert days[-1] < TODAY
        held = {one.on for one in plan_of(cohort).sessions if one.took_place}
        for act in ("answer_on_arrival", "log_exercise", "record_run_events", "deliver_session"):
            assert {day for day, entry in zip(days, trail, strict=True) if entry.act == act} == held
        assert {entry.by for entry in trail} <= {one.id for one in FACILITATORS if one.scope == "all"}


def test_undo_takes_nothing_of_the_past_back(home: Home) -> None:
    with opened(home) as cohort, pytest.raises(Refused, match="nothing to take back"):
        undo(cohort)


def test_what_is_done_today_can_be_taken_back_and_the_past_stays(tmp_path: Path) -> None:
    home = group(tmp_path, Asked(at=2, people=3))
    before = everything(home)["attendance"]
    with opened(home) as cohort:
        mark_attendance(cohort, AttendanceRow(people(cohort)[0].id, 2, "present"))
        undo(cohort)
    assert everything(home)["attendance"] == before


@pytest.mark.parametrize(("pack", "sessions", "delivery"), FORMS)
def test_a_programme_is_lived_to_its_end_by_its_own_rules(
    tmp_path: Path, pack: str, sessions: int, delivery: DeliveryForm
) -> None:
    home = practice_home(tmp_path)
    lived = play_through(home, Asked(pack=pack, sessions=sessions, delivery=delivery), TODAY)
    assert (lived.sessions, lived.flow.enrolled) == (sessions, 10)
    with opened(home) as cohort:
        assert verify_chain(cohort.connection).breaks == ()
        assert cohort.connection.is_sound()
        plan, head, own = plan_of(cohort), cohort_head(cohort), cohort_pack(cohort)
        assert head.state == "closed"
        assert (head.programme, head.delivery) == (own.programme, delivery)
        assert plan.sessions[-1].on <= TODAY - ENDED + timedelta(days=7)
        for session in plan.sessions:
            assert session.status is SessionStatus.DELIVERED
            events = [from_json(row.event) for row in run_events(cohort, session.number)]
            full = session_plan(own, sessions, session.number, Delivery(delivery))
            run = fold(run_plan(full), events)
            assert run.ended
            assert run.step.phase is Phase.CLOSING
            assert set(run.seating.people) <= {
                row.person for row in attendance(cohort, session.number) if row.attended
            }
            held = sessions_held(cohort)[session.number - 1]
            assert abs((held.exercise_minutes or 0) - full.minutes.exercise) <= 8
            assert set(held.facilitators) <= {one.id for one in FACILITATORS}
        for row in exercise_log(cohort):
            assert row.level is None or own.exercise(row.exercise).level(row.level)
        for change in levels(cohort):
            assert own.exercise(change.exercise).level(change.level)
        taken = measures(cohort)
        assert all(any(one.score is not None for one in scores_of(row)) for row in taken if row.answers)
        owed = measures_due(own, OnRecord(plan, people(cohort), taken), TODAY)
        assert [one for one in owed if one.owed and one.timepoint in ("baseline", "end")] == []
        assert {
            row.missing_reason
            for row in taken
            for person in people(cohort)
            if (row.person, row.timepoint) == (person.id, "end") and person.withdrawn_on is not None
        } == {"withdrew"}
        assert all(one.verdict == "yes" or one.accepted_on for one in eligibility(cohort))
        assert feedback(cohort)
        assert signposts(cohort)
        assert goals(cohort)


def test_who_has_not_left_has_a_mark_at_every_session(home: Home) -> None:
    with opened(home) as cohort:
        marks = {(row.person, row.session) for row in attendance(cohort)}
        for person in people(cohort):
            if person.withdrawn_on is None:
                assert all((person.id, session) in marks for session in range(1, 6))


def test_levels_go_up_and_down_in_the_group_as_the_log_speaks(home: Home) -> None:
    with opened(home) as cohort:
        decided = {row.decision for row in exercise_log(cohort)}
        assert {"up", "ease"} <= decided
        steps = {row.level > row.from_level for row in levels(cohort)}
        assert steps == {True, False}


def test_a_session_that_would_fall_on_a_public_holiday_is_held_there_all_the_same(tmp_path: Path) -> None:
    christmas = date(2026, 12, 25)
    with opened(group(tmp_path, Asked(at=3, people=4), christmas)) as cohort:
        plan = plan_of(cohort)
        assert plan.session(3).on == christmas
        assert plan.session(3).moved_from is not None
        assert sum(one.took_place for one in plan.sessions) == 2


@pytest.mark.parametrize(("sessions", "at"), [(12, 0), (12, 13), (10, 11), (12, -1)])
def test_a_session_that_the_programme_does_not_have_is_refused(sessions: int, at: int) -> None:
    with pytest.raises(Refused, match="no session"):
        Asked(sessions=sessions, at=at)


@pytest.mark.parametrize("number", [0, 21])
def test_a_group_of_no_size_is_refused(number: int) -> None:
    with pytest.raises(Refused, match="people"):
        Asked(people=number)


@pytest.mark.parametrize("asked", [Asked(sessions=11), Asked(pack="necks")])
def test_what_no_programme_has_is_refused_and_the_last_group_stays(tmp_path: Path, asked: Asked) -> None:
    home = group(tmp_path, Asked(at=1, people=2))
    before = everything(home)
    with pytest.raises(Refused):
        make_practice_cohort(home, asked, TODAY)
    assert everything(home) == before


def test_a_real_home_has_no_practice_group_made_in_it(tmp_path: Path) -> None:
    real = make_plain_home(tmp_path)
    with pytest.raises((Refused, ValueError)):
        make_practice_cohort(real, Asked(at=1), TODAY)
    assert not list(tmp_path.glob("cohorts/*"))


@pytest.mark.parametrize("asked", [Asked(people=1, at=12), Asked(people=20, at=2), Asked(at=1)])
def test_the_smallest_and_the_largest_group_and_the_first_session_can_be_asked_for(
    tmp_path: Path, asked: Asked
) -> None:
    with opened(group(tmp_path, asked)) as cohort:
        assert len(people(cohort)) == asked.people
        assert plan_of(cohort).session(asked.session).on == TODAY


def test_a_group_that_is_open_elsewhere_is_not_taken_away(tmp_path: Path) -> None:
    home = group(tmp_path, Asked(at=1, people=2))
    with opened(home) as cohort:
        with pytest.raises(CannotOpen, match="in use"):
            make_practice_cohort(home, Asked(at=1, people=3), TODAY)
        assert len(people(cohort)) == 2


def test_a_fresh_group_takes_the_place_of_the_last_with_all_that_was_kept_of_it(tmp_path: Path) -> None:
    home = group(tmp_path, Asked(at=1, people=2))
    backup = home.folder / "backups" / "PRACTICE" / "old.db"
    backup.parent.mkdir(parents=True)
    backup.write_bytes(b"old")
    beside = cohort_path(home, "PRACTICE").with_suffix(".seen")
    beside.write_text("old", encoding="utf-8")
    make_practice_cohort(home, Asked(at=1, people=3), TODAY)
    assert not backup.exists()
    assert not beside.exists()
    with opened(home) as cohort:
        assert len(people(cohort)) == 3
