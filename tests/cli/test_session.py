"""`escape session …`: the plan as it stands, and what changes in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from escape_tui.cohorts import make_cohort
from escape_tui.store.cohort import Actor
from tests.cli.desk import Desk
from tests.cli.homes import Escape, secret_file
from tests.store.making import new_cohort
from tests.unit.home_fixtures import OTHER_WORDS, WORDS, cheap_home


def session(desk: Desk, number: int) -> Any:
    return desk.done("session", "list")["sessions"][number - 1]


def test_the_list_has_every_session_with_its_day_and_title(desk: Desk) -> None:
    assert len(desk.done("session", "list")["sessions"]) == 12
    assert session(desk, 6) == {
        "session": 6,
        "title": "Bit by bit",
        "planned_date": "2026-10-22",
        "date": "2026-10-22",
        "delivered_date": None,
        "status": "planned",
        "reason": None,
        "extra": False,
        "replaces": None,
        "merged_into": None,
        "people_present": 0,
    }
    assert " 6  thu 2026-10-22  planned  Bit by bit" in desk.run("session", "list").out.splitlines()


def test_a_session_is_shown_with_who_came_and_what_happened(desk: Desk) -> None:
    desk.done("attendance", "mark", "1", "MT-1", "late")
    desk.done("attendance", "mark", "1", "MT-2", "absent", "--reason", "ill")
    desk.run("incident", "add", "1", "--category", "fall", "--severity", "minor", "--action", "rested")
    shown = desk.done("session", "show", "1")
    assert (shown["status"], shown["delivered_date"], shown["people_present"]) == (
        "delivered",
        "2026-10-05",
        1,
    )
    assert shown["themes"] == ["welcome"]
    assert [(row["person"], row["status"]) for row in shown["attendance"]] == [
        ("MT-1", "late"),
        ("MT-2", "absent"),
    ]
    assert [one["category"] for one in shown["incidents"]] == ["fall"]
    text = desk.run("session", "show", "1").out
    assert "MT-2  absent  ill" in text
    assert "Incident: fall, minor, rested" in text


def test_a_moved_session_keeps_the_day_first_planned(desk: Desk) -> None:
    ran = desk.run("session", "move", "6", "2026-10-23")
    assert "Session 6 is on Friday 23 October 2026 now." in ran.err
    assert (session(desk, 6)["planned_date"], session(desk, 6)["date"]) == ("2026-10-22", "2026-10-23")


def test_a_day_that_is_a_public_holiday_is_taken_and_said(desk: Desk) -> None:
    ran = desk.run("session", "move", "12", "2026-12-25")
    assert ran.code == 0
    assert "Christmas" in ran.err


def test_a_cancelled_session_is_made_good_by_an_extra_one(desk: Desk) -> None:
    desk.done("session", "cancel", "6", "--reason", "burst pipe")
    made = desk.done("session", "extra", "2026-11-16", "--replaces", "6")
    assert (made["session"], made["extra"], made["replaces"], made["title"]) == (13, True, 6, "Bit by bit")
    assert (session(desk, 6)["status"], session(desk, 6)["reason"]) == ("cancelled", "burst pipe")


def test_an_extra_session_may_replace_none(desk: Desk) -> None:
    made = desk.done("session", "extra", "2026-11-16")
    assert (made["session"], made["replaces"], made["title"]) == (13, None, None)
    assert "planned (extra)" in desk.run("session", "show", "13").out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "13"), 4),
        (("show", "0"), 4),
        (("move", "13", "2026-11-16"), 4),
        (("move", "6", "2026-10-26"), 4),
        (("move", "6", "2027-10-26"), 4),
        (("move", "6", "22/10/2026"), 2),
        (("move", "6", "2026-02-30"), 2),
        (("cancel", "6"), 2),
        (("cancel", "6", "--reason", " "), 4),
        (("extra", "2026-10-22"), 4),
        (("extra", "2026-11-16", "--replaces", "6"), 4),
        (("extra", "tomorrow"), 2),
    ],
)
def test_what_makes_no_sense_in_a_plan_changes_nothing(
    desk: Desk, arguments: tuple[str, ...], code: int
) -> None:
    before = desk.entries()
    assert desk.run("session", *arguments).code == code
    assert desk.entries() == before


def test_what_took_place_is_neither_moved_nor_cancelled(desk: Desk) -> None:
    desk.done("attendance", "mark", "1", "MT-1", "present")
    assert desk.run("session", "move", "1", "2026-10-06").code == 4
    assert desk.run("session", "cancel", "1", "--reason", "burst pipe").code == 4


def test_a_signed_cohort_keeps_its_plan(desk: Desk) -> None:
    desk.sign()
    before = desk.entries()
    for arguments in (
        ("move", "6", "2026-10-23"),
        ("cancel", "6", "--reason", "burst pipe"),
        ("extra", "2026-11-16"),
    ):
        ran = desk.run("session", *arguments)
        assert ran.code == 4
        assert "signed" in ran.err
    assert desk.entries() == before


def test_a_cohort_under_a_passphrase_opens_with_it_alone(escape: Escape, tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path / "home")
    make_cohort(home, new_cohort(), Actor("command line")).close()
    words = secret_file(tmp_path / "words", WORDS)
    assert escape("session", "list", "K26-1", "--passphrase-file", words).code == 0
    assert escape("session", "list", "K26-1", ESCAPE_PASSPHRASE=OTHER_WORDS).code == 3
    assert escape("session", "list", "K26-2", ESCAPE_PASSPHRASE=WORDS).code == 4
