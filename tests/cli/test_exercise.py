"""`escape exercise import`: a log kept on paper, and the levels that it shows."""

from __future__ import annotations

from escape_tui.store.acts.undoing import undo
from escape_tui.store.read import exercise_log, levels
from sessions.records import ExerciseRow
from tests.cli.desk import Desk

HEADINGS = "person,session,exercise,level,reps,seconds,effort,pain,decision,basis"


def log(desk: Desk) -> tuple[ExerciseRow, ...]:
    with desk.cohort() as cohort:
        return exercise_log(cohort)


def moves(desk: Desk) -> list[tuple[str, int, int, int]]:
    with desk.cohort() as cohort:
        return [(row.exercise, row.from_session, row.from_level, row.level) for row in levels(cohort)]


def test_a_log_is_imported_with_its_exercises_by_id_or_name(desk: Desk) -> None:
    imported = desk.done(
        "exercise",
        "import",
        desk.csv(HEADINGS, "MT-1,1,sit-to-stand,2,8,,4,3,hold,observed", "MT-1,1,Step up,,,,,,,"),
    )
    assert imported["new"] == 2
    one = desk.people[0]
    assert log(desk) == (
        ExerciseRow(one, 1, "sit-to-stand", 2, 8, None, 4, 3, "hold", "observed"),
        ExerciseRow(one, 1, "step-up", basis="not_recorded"),
    )
    assert moves(desk) == []


def test_levels_move_as_the_log_shows(desk: Desk) -> None:
    file = desk.csv(HEADINGS, "MT-1,1,sit-to-stand,3,,,4,3,up,", "MT-1,3,sit-to-stand,4,,,8,3,ease,")
    desk.done("exercise", "import", file)
    assert moves(desk) == [
        ("sit-to-stand", 1, 2, 3),
        ("sit-to-stand", 2, 3, 4),
        ("sit-to-stand", 4, 4, 3),
    ]


def test_the_same_log_again_adds_nothing_to_the_trail(desk: Desk) -> None:
    file = desk.csv(HEADINGS, "MT-1,1,sit-to-stand,3,,,4,3,up,", "MT-2,1,sit-to-stand,,,,,,up,")
    desk.done("exercise", "import", file)
    before = desk.entries()
    assert desk.done("exercise", "import", file)["new"] == 0
    assert desk.entries() == before


def test_a_log_is_taken_back_as_one_with_the_levels_it_moved(desk: Desk) -> None:
    desk.done(
        "exercise", "import", desk.csv(HEADINGS, "MT-1,1,sit-to-stand,3,,,4,3,up,", "MT-2,1,step-up,,,,,,,")
    )
    with desk.cohort() as cohort:
        undo(cohort)
    assert (log(desk), moves(desk)) == ((), [])


def test_a_later_list_fills_blanks_and_overwrites_nothing(desk: Desk) -> None:
    desk.done("exercise", "import", desk.csv(HEADINGS, "MT-1,1,sit-to-stand,2,,,,,,"))
    desk.done("exercise", "import", desk.csv(HEADINGS, "MT-1,1,sit-to-stand,,7,,5,,,"))
    before = log(desk)
    assert before == (ExerciseRow(desk.people[0], 1, "sit-to-stand", level=2, reps=7, effort=5),)
    ran = desk.run("exercise", "import", desk.csv(HEADINGS, "MT-1,1,sit-to-stand,3,7,,6,2,,"))
    assert ran.code == 4
    assert [line.split(":")[0] for line in ran.err.splitlines()[:-1]] == [
        "list.csv, line 2, column level",
        "list.csv, line 2, column effort",
    ]
    assert log(desk) == before


def test_every_fault_of_a_log_is_named_and_nothing_is_entered(desk: Desk) -> None:
    desk.done("session", "cancel", "6", "--reason", "burst pipe")
    before = desk.entries()
    ran = desk.run(
        "exercise",
        "import",
        desk.csv(
            HEADINGS,
            "MT-1,1,sit-to-stand,2,8,,4,3,hold,",
            "MT-1,1,step-up,9,8,,4,3,hold,",
            "MT-9,6,sit-to-stand,2,8,,11,3,hold,",
            "MT-2,20,handstand,2,8,,4,3,hold,",
        ),
    )
    assert ran.code == 4
    assert [line.split(":")[0] for line in ran.err.splitlines()[:-1]] == [
        "list.csv, line 3, column level",
        "list.csv, line 4, column person",
        "list.csv, line 4, column session",
        "list.csv, line 4, column effort",
        "list.csv, line 5, column session",
        "list.csv, line 5, column exercise",
    ]
    assert desk.entries() == before


def test_a_signed_cohort_takes_no_log(desk: Desk) -> None:
    file = desk.csv(HEADINGS, "MT-1,1,sit-to-stand,2,8,,4,3,hold,")
    desk.done("exercise", "import", file)
    desk.sign()
    before = desk.entries()
    assert desk.run("exercise", "import", file).code == 4
    assert desk.entries() == before
