"""`escape audit …`: who did what, and whether the trail holds."""

from __future__ import annotations

import sqlite3

from tests.cli.desk import CODE, Desk


def rewritten(desk: Desk, *statements: str) -> None:
    """Rewrite the file of the cohort as anybody with a SQL tool could."""
    connection = sqlite3.connect(desk.home / "cohorts" / f"{CODE}.db")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_entry_says_who_did_what_when_and_why(desk: Desk) -> None:
    added = desk.escape("facilitator", "add", "jk", "--name", "Jo Kay", "--role", "physiotherapist")
    assert added.code == 0
    mark = ("measure", "record", "MT-1", "pain-nrs", "baseline", "--answers", "4")
    desk.done(*mark, "--by", "jk")
    desk.done("measure", "correct", *mark[2:5], "--answers", "5", "--reason", "wrong line", "--by", "jk")
    entry = desk.entries()[-1]
    assert (entry["by"], entry["act"], entry["reason"]) == ("jk", "correct_measure", "wrong line")
    assert entry["at"] == "2026-10-20T09:00:00.000Z"
    assert entry["changes"] == [
        {
            "table": "answer",
            "row": [desk.people[0], "pain-nrs", "baseline", 1],
            "old": {"value": "4"},
            "new": {"value": "5"},
        }
    ]
    line = desk.run("audit", "list").out.splitlines()[-1]
    assert "jk" in line
    assert "“wrong line”" in line


def test_the_list_shows_no_name(desk: Desk) -> None:
    for ran in (desk.run("audit", "list"), desk.run("audit", "list", "--json")):
        assert "Quastenfloss" not in ran.out
        assert "MT-1" not in ran.out


def test_a_trail_that_holds_is_said_to_be_sound(desk: Desk) -> None:
    desk.done("attendance", "mark", "1", "MT-1", "present")
    report = desk.done("audit", "verify")
    assert (report["sound"], report["breaks"], report["entries"]) == (True, [], len(desk.entries()))
    assert report["head"] == desk.entries()[-1]["hash"]


def test_every_break_is_named_and_the_answer_is_no(desk: Desk) -> None:
    desk.done("attendance", "mark", "1", "MT-1", "absent")
    desk.done("attendance", "mark", "1", "MT-2", "present")
    rewritten(
        desk,
        "UPDATE attendance SET status = 'present' WHERE status = 'absent'",
        "DROP TRIGGER audit_is_never_changed",
        "UPDATE audit SET by = 'zz' WHERE id = 2",
    )
    ran = desk.run("audit", "verify", "--json")
    assert ran.code == 1
    assert ran.document["sound"] is False
    assert [(one["kind"], one["where"]) for one in ran.document["breaks"]] == [
        ("chain", "entry 2"),
        ("record", f"attendance {desk.people[0]} 1"),
    ]
    words = desk.run("audit", "verify")
    assert words.code == 1
    assert len(words.out.splitlines()) == 2


def test_a_signed_cohorts_trail_can_still_be_read(desk: Desk) -> None:
    desk.sign()
    assert desk.run("audit", "list").code == 0
    assert desk.done("audit", "verify")["sound"]
