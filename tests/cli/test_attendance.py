"""`escape attendance …`: the register, by hand and from a list."""

from __future__ import annotations

import pytest

from escape_tui.store.acts.session_acts import merge_session
from escape_tui.store.acts.undoing import undo
from tests.cli.desk import Desk

HEADINGS = "person,session,status,reason"


def register(desk: Desk) -> list[tuple[str, int, str, str | None]]:
    rows = desk.done("attendance", "list")["attendance"]
    return [(row["person"], row["session"], row["status"], row["reason"]) for row in rows]


def statuses(desk: Desk) -> list[str]:
    return [row["status"] for row in desk.done("session", "list")["sessions"]]


def test_a_mark_is_listed_by_reference_and_id_and_its_session_was_delivered(desk: Desk) -> None:
    desk.done("attendance", "mark", "1", "MT-2", "absent", "--reason", "flare_up")
    assert desk.done("attendance", "list") == {
        "attendance": [
            {
                "person": "MT-2",
                "person_id": desk.people[1],
                "session": 1,
                "status": "absent",
                "reason": "flare_up",
            }
        ]
    }
    assert statuses(desk)[:2] == ["delivered", "planned"]


def test_a_person_is_named_by_their_id_too(desk: Desk) -> None:
    desk.done("attendance", "mark", "1", desk.people[0], "present")
    assert register(desk) == [("MT-1", 1, "present", None)]


def test_another_mark_corrects_the_first_and_the_trail_keeps_both(desk: Desk) -> None:
    desk.done("attendance", "mark", "1", "MT-1", "absent", "--reason", "ill")
    ran = desk.run("attendance", "mark", "1", "MT-1", "late")
    assert "late instead of absent" in ran.err
    assert register(desk) == [("MT-1", 1, "late", None)]
    (change,) = desk.entries()[-1]["changes"]
    assert (change["old"]["status"], change["new"]["status"]) == ("absent", "late")


def test_the_same_mark_again_changes_nothing_and_keeps_its_reason(desk: Desk) -> None:
    desk.done("attendance", "mark", "1", "MT-1", "absent", "--reason", "ill")
    before = desk.entries()
    assert desk.done("attendance", "mark", "1", "MT-1", "absent")["changed"] is False
    assert register(desk) == [("MT-1", 1, "absent", "ill")]
    assert desk.entries() == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("1", "MT-9", "present"), 4),
        (("13", "MT-1", "present"), 4),
        (("1", "MT-1", "present", "--reason", "ill"), 4),
        (("1", "MT-1", "here"), 2),
        (("one", "MT-1", "present"), 2),
        (("1", "MT-1", "absent", "--reason", "rain"), 2),
    ],
)
def test_a_mark_that_cannot_be_changes_nothing(desk: Desk, arguments: tuple[str, ...], code: int) -> None:
    before = desk.entries()
    assert desk.run("attendance", "mark", *arguments).code == code
    assert desk.entries() == before


def test_a_mark_in_a_session_still_to_come_is_taken_and_said_to_be_ahead(desk: Desk) -> None:
    ran = desk.run("attendance", "mark", "7", "MT-1", "present")
    assert ran.code == 0
    assert "Session 7 is on Monday 26 October 2026, which is still to come." in ran.err
    assert desk.done("attendance", "mark", "5", "MT-1", "present")["remarks"] == []
    excused = desk.done("attendance", "mark", "8", "MT-1", "excused", "--reason", "holiday")
    assert excused["remarks"] == []
    desk.done("session", "move", "6", "2026-10-20")
    assert desk.done("attendance", "mark", "6", "MT-2", "present")["remarks"] == []


def test_a_register_names_each_session_still_to_come_once_and_no_past_one(desk: Desk) -> None:
    file = desk.csv(HEADINGS, "MT-1,1,present,", "MT-1,7,present,", "MT-2,7,present,", "MT-2,8,present,")
    remarks = desk.done("attendance", "import", file)["remarks"]
    assert [remark.partition(" is on ")[0] for remark in remarks] == ["Session 7", "Session 8"]


def test_a_cancelled_session_is_not_marked(desk: Desk) -> None:
    desk.done("session", "cancel", "6", "--reason", "burst pipe")
    ran = desk.run("attendance", "mark", "6", "MT-1", "present")
    assert ran.code == 4
    assert "did not take place" in ran.err


def test_a_register_is_imported_and_delivers_its_sessions(desk: Desk) -> None:
    imported = desk.done(
        "attendance",
        "import",
        desk.csv(HEADINGS, "mt-1,1,P,", "MT-2,1,DNA,Flare-up", f"{desk.people[0]},2,late,"),
    )
    assert (imported["rows"], imported["new"], imported["unchanged"]) == (3, 3, 0)
    assert register(desk) == [
        ("MT-1", 1, "present", None),
        ("MT-2", 1, "absent", "flare_up"),
        ("MT-1", 2, "late", None),
    ]
    assert statuses(desk)[:3] == ["delivered", "delivered", "planned"]


def test_the_same_register_again_adds_nothing_to_the_trail(desk: Desk) -> None:
    file = desk.csv(HEADINGS, "MT-1,1,present,", "MT-2,1,absent,ill")
    desk.done("attendance", "import", file)
    before = desk.entries()
    assert desk.done("attendance", "import", file)["new"] == 0
    assert desk.entries() == before


def test_a_register_is_taken_back_as_one(desk: Desk) -> None:
    desk.done("attendance", "import", desk.csv(HEADINGS, "MT-1,1,present,", "MT-2,2,absent,ill"))
    with desk.cohort() as cohort:
        undo(cohort)
    assert register(desk) == []
    assert set(statuses(desk)) == {"planned"}


def test_a_session_held_together_with_another_is_entered_under_the_others_number(desk: Desk) -> None:
    with desk.cohort() as cohort:
        merge_session(cohort, 6, into=7)
    ran = desk.run("attendance", "import", desk.csv(HEADINGS, "MT-1,6,present,"))
    assert "list.csv, line 2, column session: this session was held together with session 7." in ran.err


def test_every_fault_of_a_register_is_named_and_nothing_is_entered(desk: Desk) -> None:
    desk.done("session", "cancel", "6", "--reason", "burst pipe")
    desk.done("attendance", "mark", "1", "MT-1", "present")
    before = desk.entries()
    ran = desk.run(
        "attendance",
        "import",
        desk.csv(
            "Ref,session,status,reason",
            "MT-2,1,present,",
            "MT-9,1,present,",
            "MT-1,13,present,",
            "MT-2,6,present,",
            "MT-1,1,absent,",
            "MT-9,x,?,",
        ),
    )
    assert ran.code == 4
    assert ran.out == ""
    places = [line.split(":")[0] for line in ran.err.splitlines()[:-1]]
    assert places == [
        "list.csv, line 3, column Ref",
        "list.csv, line 4, column session",
        "list.csv, line 5, column session",
        "list.csv, line 6, column status",
        "list.csv, line 7, column Ref",
        "list.csv, line 7, column session",
        "list.csv, line 7, column status",
    ]
    assert desk.entries() == before


def test_a_fault_never_repeats_what_stands_in_a_cell(desk: Desk) -> None:
    ran = desk.run("attendance", "import", desk.csv(HEADINGS, "Zwanhild Quastenfloss,1,Quastenfloss,"))
    assert ran.code == 4
    assert "Quastenfloss" not in ran.err


def test_a_reason_is_filled_in_by_a_list_and_never_blanked_by_one(desk: Desk) -> None:
    desk.done("attendance", "mark", "1", "MT-1", "absent")
    desk.done("attendance", "import", desk.csv(HEADINGS, "MT-1,1,absent,work"))
    desk.done("attendance", "import", desk.csv(HEADINGS, "MT-1,1,absent,"))
    assert register(desk) == [("MT-1", 1, "absent", "work")]
    assert desk.run("attendance", "import", desk.csv(HEADINGS, "MT-1,1,absent,ill")).code == 4


def test_a_list_that_is_not_there_is_refused(desk: Desk) -> None:
    assert desk.run("attendance", "import", desk.home / "none.csv").code == 4


def test_a_signed_cohort_takes_no_mark_and_no_register(desk: Desk) -> None:
    file = desk.csv(HEADINGS, "MT-1,1,present,")
    desk.done("attendance", "import", file)
    desk.sign()
    before = desk.entries()
    for ran in (
        desk.run("attendance", "mark", "1", "MT-1", "late"),
        desk.run("attendance", "import", file),
        desk.run("attendance", "import", desk.csv(HEADINGS, "MT-2,2,present,")),
        desk.run("attendance", "import", desk.csv(HEADINGS, "MT-9,2,?,")),
    ):
        assert ran.code == 4
        assert "signed" in ran.err
    assert desk.entries() == before
    assert len(register(desk)) == 1
