"""`escape measure …`: recorded, corrected, listed with scores, imported, due."""

from __future__ import annotations

from typing import Any

import pytest

from escape_tui.store.acts.people import PersonEntry, edit_person
from escape_tui.store.acts.undoing import undo
from escape_tui.store.read import person_of
from tests.cli.desk import Desk

HEADINGS = "person,timepoint,instrument,taken_on,answers,missing_reason,mode"
KOOS_PAIN = ",".join([""] * 7 + ["2", "3", "2", "2", "3", "2", "2", "3", "2"])
CHAIR = ("MT-1", "chair-stand-30s", "baseline")


def listed(desk: Desk) -> list[Any]:
    found: list[Any] = desk.done("measure", "list")["measures"]
    return found


def due(desk: Desk, *more: str) -> dict[tuple[str, str, str], Any]:
    rows = desk.done("measure", "due", *more)["due"]
    return {(row["person"], row["instrument"], row["timepoint"]): row for row in rows}


def test_recorded_answers_are_listed_with_exact_scores(desk: Desk) -> None:
    desk.done("measure", "record", "MT-1", "koos", "baseline", "--answers", KOOS_PAIN, "--mode", "phone")
    (row,) = listed(desk)
    assert (row["person"], row["person_id"]) == ("MT-1", desk.people[0])
    assert (row["taken_on"], row["mode"], row["missing_reason"]) == ("2026-10-20", "phone", None)
    scores = {scale["scale"]: scale["score"] for scale in row["scales"]}
    assert scores == {"symptoms": None, "pain": 41.666666666666664, "adl": None, "sport": None, "qol": None}


def test_a_list_for_people_has_one_line_a_measure(desk: Desk) -> None:
    desk.done("measure", "record", *CHAIR, "--answers", "0 arms", "--on", "2026-10-05")
    desk.done("measure", "record", "MT-2", "koos", "baseline", "--missing", "declined")
    assert sorted(desk.run("measure", "list").out.splitlines()) == [
        "MT-1  baseline  chair-stand-30s  2026-10-05  stands 0 arms_used",
        "MT-2  baseline  koos                         missing: declined",
    ]


def test_the_first_sheet_fixes_the_joint_and_side_that_the_record_names(desk: Desk) -> None:
    recorded = desk.done("measure", "record", *CHAIR, "--answers", "9", "--on", "2026-10-05")
    assert (recorded["joint"], recorded["side"]) == ("knee", "left")
    assert [recorded] == [row | {"changed": True, "remarks": []} for row in listed(desk)]


def test_a_side_that_is_learnt_later_is_not_fixed_between_two_sheets(desk: Desk) -> None:
    with desk.cohort() as cohort:
        edit_person(cohort, desk.people[0], PersonEntry(), clear=["side"])
    desk.done("measure", "record", *CHAIR, "--answers", "9")
    with desk.cohort() as cohort:
        edit_person(cohort, desk.people[0], PersonEntry(side="left"))
    desk.done("measure", "record", "MT-1", "chair-stand-30s", "end", "--answers", "11")
    assert {row["joint"] for row in listed(desk)} == {None}


def test_recording_the_same_again_another_way_of_typing_it_changes_nothing(desk: Desk) -> None:
    tug = ("MT-1", "tug", "baseline", "--answers")
    desk.done("measure", "record", *tug, "7.50", "--on", "2026-10-05", "--mode", "read_aloud")
    before = desk.entries()
    assert desk.done("measure", "record", *tug, "7.5")["changed"] is False
    assert desk.entries() == before


def test_nothing_is_recorded_over_what_is_there(desk: Desk) -> None:
    desk.done("measure", "record", *CHAIR, "--answers", "9")
    desk.done("measure", "record", "MT-2", "koos", "baseline", "--missing", "unable")
    before = listed(desk)
    for arguments in (
        (*CHAIR, "--answers", "10"),
        (*CHAIR, "--answers", "9", "--on", "2026-10-06"),
        (*CHAIR, "--missing", "declined"),
        ("MT-2", "koos", "baseline", "--answers", KOOS_PAIN),
        ("MT-2", "koos", "baseline", "--missing", "declined"),
    ):
        ran = desk.run("measure", "record", *arguments)
        assert ran.code == 4
        assert "recorded" in ran.err
    assert listed(desk) == before


def test_a_correction_keeps_day_and_mode_and_the_trail_keeps_the_reason(desk: Desk) -> None:
    desk.done("measure", "record", *CHAIR, "--answers", "9", "--on", "2026-10-05", "--mode", "read_aloud")
    desk.done("measure", "correct", *CHAIR, "--answers", "11", "--reason", "wrong line")
    (row,) = listed(desk)
    assert (row["answers"], row["taken_on"], row["mode"]) == (["11"], "2026-10-05", "read_aloud")
    assert desk.entries()[-1]["reason"] == "wrong line"


def test_answers_found_later_correct_a_missing_reason(desk: Desk) -> None:
    desk.done("measure", "record", *CHAIR, "--missing", "not_offered")
    desk.done("measure", "correct", *CHAIR, "--answers", "9", "--on", "2026-10-06", "--reason", "found it")
    (row,) = listed(desk)
    assert (row["missing_reason"], row["taken_on"], row["mode"]) == (None, "2026-10-06", "self")


def test_a_reason_corrected_without_a_day_says_which_day_it_puts_down(desk: Desk) -> None:
    desk.done("measure", "record", *CHAIR, "--missing", "not_offered")
    ran = desk.run("measure", "correct", *CHAIR, "--answers", "9", "--reason", "found it")
    assert ran.code == 0
    assert "No day was on record, so today, Tuesday 20 October 2026, was put down." in ran.err
    again = desk.run("measure", "correct", *CHAIR, "--answers", "9", "--on", "2026-10-06", "--reason", "day")
    assert "put down" not in again.err
    assert listed(desk)[0]["taken_on"] == "2026-10-06"


def test_a_measure_taken_outside_its_window_is_recorded_and_said_to_be(desk: Desk) -> None:
    early = desk.run("measure", "record", "MT-1", "koos", "follow_up_6", "--answers", KOOS_PAIN)
    assert early.code == 0
    assert "Tuesday 20 October 2026 is outside the window of this timepoint (follow_up_6)" in early.err
    (remark,) = desk.done(
        "measure", "correct", "MT-1", "koos", "follow_up_6", "--answers", f"{KOOS_PAIN},1", "--reason", "x"
    )["remarks"]
    assert "outside the window" in remark
    in_time = desk.done("measure", "record", *CHAIR, "--answers", "9", "--on", "2026-10-05")
    assert in_time["remarks"] == []


def test_a_list_says_how_many_measures_were_taken_outside_their_windows(desk: Desk) -> None:
    imported = desk.done(
        "measure",
        "import",
        desk.csv(
            HEADINGS,
            'MT-1,end,chair-stand-30s,20/10/2026,"11",,',
            'MT-1,baseline,chair-stand-30s,05/10/2026,"9",,',
            "MT-2,end,koos,,,Refused,",
        ),
    )
    (remark,) = imported["remarks"]
    assert remark.startswith("1 measure was taken outside the window")


@pytest.mark.parametrize(
    ("command", "arguments", "code"),
    [
        ("record", (*CHAIR, "--answers", "61"), 4),
        ("record", (*CHAIR, "--answers", "9,9"), 4),
        ("record", (*CHAIR, "--answers", ""), 4),
        ("record", (*CHAIR, "--answers", "9", "--on", "2026-10-21"), 4),
        ("record", ("MT-9", "koos", "baseline", "--missing", "declined"), 4),
        ("record", ("MT-1", "no-such-one", "baseline", "--missing", "declined"), 4),
        ("correct", (*CHAIR, "--answers", "9", "--reason", "nothing is there"), 4),
        ("record", CHAIR, 2),
        ("record", (*CHAIR, "--answers", "9", "--missing", "declined"), 2),
        ("record", (*CHAIR, "--missing", "declined", "--on", "2026-10-05"), 2),
        ("record", (*CHAIR, "--missing", "rain"), 2),
        ("record", (*CHAIR, "--answers", "9", "--on", "05/10/2026"), 2),
        ("record", ("MT-1", "koos", "later", "--missing", "declined"), 2),
        ("correct", (*CHAIR, "--answers", "9"), 2),
    ],
)
def test_what_cannot_be_recorded_changes_nothing(
    desk: Desk, command: str, arguments: tuple[str, ...], code: int
) -> None:
    before = desk.entries()
    assert desk.run("measure", command, *arguments).code == code
    assert desk.entries() == before


def test_measures_are_imported_and_the_same_list_again_adds_nothing(desk: Desk) -> None:
    file = desk.csv(
        HEADINGS,
        'MT-1,end,chair-stand-30s,20/10/2026,"11",,',
        'MT-1,baseline,KOOS12,05/10/2026,"1,2,,3",,post',
        "MT-2,baseline,koos,,,Refused,",
    )
    assert desk.done("measure", "import", file)["new"] == 3
    before = desk.entries()
    assert desk.done("measure", "import", file)["new"] == 0
    assert desk.entries() == before
    rows = {(row["person"], row["timepoint"]): row for row in listed(desk)}
    assert rows["MT-1", "baseline"]["mode"] == "post"
    assert rows["MT-1", "end"]["mode"] == "self"
    assert {row["joint"] for row in listed(desk) if row["person"] == "MT-1"} == {"knee"}
    assert rows["MT-2", "baseline"]["missing_reason"] == "declined"


def test_a_list_of_measures_is_taken_back_as_one(desk: Desk) -> None:
    file = desk.csv(HEADINGS, 'MT-1,baseline,pain-nrs,2026-10-05,"4",,', "MT-2,end,koos,,,unable,")
    desk.done("measure", "import", file)
    with desk.cohort() as cohort:
        undo(cohort)
        assert person_of(cohort, desk.people[0]).index_joint is None
    assert listed(desk) == []


def test_every_fault_of_a_list_of_measures_is_named_and_nothing_is_entered(desk: Desk) -> None:
    desk.done("measure", "record", *CHAIR, "--answers", "9", "--on", "2026-10-05")
    desk.done("measure", "record", "MT-2", "koos", "baseline", "--missing", "unable")
    before = desk.entries()
    ran = desk.run(
        "measure",
        "import",
        desk.csv(
            HEADINGS,
            'MT-1,end,chair-stand-30s,2026-10-20,"11",,',
            'MT-1,baseline,chair-stand-30s,2026-10-06,"10",,phone',
            f'MT-2,baseline,koos,2026-10-05,"{KOOS_PAIN}",,',
            'MT-9,baseline,pain-nrs,2026-10-05,"11",,',
            'MT-2,baseline,koos-12,2026-10-05,",,",,',
            'MT-2,end,pain-nrs,2026-10-05,"3",declined,',
            "MT-1,baseline,chair-stand-30s,,,declined,",
        ),
    )
    assert ran.code == 4
    assert [line.split(":")[0] for line in ran.err.splitlines()[:-1]] == [
        "list.csv, line 3, column answers",
        "list.csv, line 3, column taken_on",
        "list.csv, line 3, column mode",
        "list.csv, line 4, column answers",
        "list.csv, line 5, column person",
        "list.csv, line 5, column answers",
        "list.csv, line 6, column answers",
        "list.csv, line 7, column missing_reason",
        "list.csv, line 8, column person",
    ]
    assert desk.entries() == before


def test_a_missing_reason_over_answers_or_another_reason_is_a_fault(desk: Desk) -> None:
    desk.done("measure", "record", *CHAIR, "--answers", "9")
    desk.done("measure", "record", "MT-2", "koos", "baseline", "--missing", "unable")
    ran = desk.run(
        "measure",
        "import",
        desk.csv(HEADINGS, "MT-1,baseline,chair-stand-30s,,,declined,", "MT-2,baseline,koos,,,declined,"),
    )
    assert ran.code == 4
    assert "list.csv, line 2, column missing_reason: answers are recorded already." in ran.err
    assert "list.csv, line 3, column missing_reason: another reason is recorded already." in ran.err


def test_what_is_due_names_each_person_and_the_days_between_which_it_counts(desk: Desk) -> None:
    rows = due(desk)
    assert rows["MT-1", "koos", "baseline"] == {
        "person": "MT-1",
        "person_id": desk.people[0],
        "instrument": "koos",
        "timepoint": "baseline",
        "state": "overdue",
        "from": "2026-09-07",
        "to": "2026-10-12",
        "taken_on": None,
        "missing_reason": None,
    }
    assert rows["MT-2", "koos", "end"]["state"] == "not_yet"
    assert ("MT-1", "hoos", "baseline") not in rows
    assert ("MT-1", "hads", "baseline") not in rows


def test_what_is_recorded_or_missing_is_owed_no_more_and_stands_under_all(desk: Desk) -> None:
    desk.done("measure", "record", *CHAIR, "--answers", "9", "--on", "2026-10-05")
    desk.done("measure", "record", "MT-1", "pain-nrs", "baseline", "--answers", "4", "--on", "2026-10-13")
    desk.done("measure", "record", "MT-2", "koos", "baseline", "--missing", "unable")
    owed, every = due(desk), due(desk, "--all")
    states = {
        ("MT-1", "chair-stand-30s", "baseline"): "recorded",
        ("MT-1", "pain-nrs", "baseline"): "outside_window",
        ("MT-2", "koos", "baseline"): "missing",
    }
    for key, state in states.items():
        assert key not in owed
        assert every[key]["state"] == state


def test_optional_instruments_are_due_where_the_site_uses_them(desk: Desk) -> None:
    (desk.home / "escape.toml").write_text('[instruments]\nin_use = ["hads"]\n', encoding="utf-8")
    assert ("MT-1", "hads", "baseline") in due(desk)


def test_the_list_for_people_leaves_out_what_is_not_due_yet_and_says_so(desk: Desk) -> None:
    ran = desk.run("measure", "due")
    assert "MT-1  koos             2026-09-07 to 2026-10-12  overdue" in ran.out
    assert "not yet" not in ran.out
    assert "20 more are not due yet" in ran.err
    assert "not yet" in desk.run("measure", "due", "--all").out


def test_a_signed_cohort_takes_no_measure(desk: Desk) -> None:
    desk.done("measure", "record", *CHAIR, "--answers", "9", "--on", "2026-10-05")
    desk.sign()
    before = desk.entries()
    file = desk.csv(HEADINGS, 'MT-1,baseline,chair-stand-30s,2026-10-05,"9",,')
    for ran in (
        desk.run("measure", "record", *CHAIR, "--answers", "9"),
        desk.run("measure", "record", "MT-2", "koos", "baseline", "--missing", "unable"),
        desk.run("measure", "correct", *CHAIR, "--answers", "10", "--reason", "wrong line"),
        desk.run("measure", "import", file),
    ):
        assert ran.code == 4
        assert "signed" in ran.err
    assert desk.entries() == before
