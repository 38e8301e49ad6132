"""What the commands that take a list share."""

from __future__ import annotations

import pytest

from tests.cli.desk import Desk

LISTS = {
    "attendance": ("person,session,status,reason", "MT-1,1,present,", "MT-9,1,present,", "MT-2,77,present,"),
    "measure": (
        "person,timepoint,instrument,taken_on,answers,missing_reason,mode",
        "MT-1,baseline,chair-stand-30s,2026-10-05,9,,",
        "MT-9,baseline,chair-stand-30s,2026-10-05,9,,",
        "MT-2,baseline,chair-stand-30s,2026-10-05,999,,",
    ),
    "exercise": (
        "person,session,exercise,level,reps,seconds,effort,pain,decision,basis",
        "MT-1,1,sit-to-stand,2,8,,4,3,hold,observed",
        "MT-9,1,sit-to-stand,2,8,,4,3,hold,observed",
        "MT-2,1,juggling,2,8,,4,3,hold,observed",
    ),
}


@pytest.mark.parametrize("group", LISTS)
def test_a_refused_list_answers_in_json_with_every_fault_as_that_of_people_does(
    desk: Desk, group: str
) -> None:
    before = desk.entries()
    ran = desk.run(group, "import", desk.csv(*LISTS[group]), "--json")
    assert ran.code == 4
    assert ran.document["cohort"] == "K26-1"
    assert [(fault["file"], fault["line"]) for fault in ran.document["faults"]] == [
        ("list.csv", 3),
        ("list.csv", 4),
    ]
    assert set(ran.document["faults"][0]) == {"file", "place", "wrong", "remedy", "line"}
    assert desk.entries() == before


@pytest.mark.parametrize("group", LISTS)
def test_for_people_a_refused_list_leaves_stdout_empty(desk: Desk, group: str) -> None:
    ran = desk.run(group, "import", desk.csv(*LISTS[group]))
    assert (ran.code, ran.out) == (4, "")
