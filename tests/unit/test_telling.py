"""What a late joiner missed, which files are near, and figures in words at their edges."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from escape_tui.files_near import files_near
from escape_tui.screens.people.told_words import cohort_lines
from escape_tui.telling.missed import first_to_come, missed_before, missed_in_words
from escape_tui.telling.summed import Summed
from exports.rows import Summary
from sessions.flow import Flow
from sessions.plan_acts import deliver_session
from tests.store.making import pack, plan


def test_only_what_was_held_before_somebody_joined_was_missed() -> None:
    held = deliver_session(deliver_session(plan(), 1), 3)
    missed = missed_before(held, pack(), 12, joined_at=4)
    assert [one.session for one in missed] == [1, 3]
    assert all(one.topics for one in missed)
    assert missed_before(held, pack(), 12, joined_at=1) == ()
    assert missed_in_words(missed[:1]) == f"1 ({', '.join(missed[0].topics)})"


def test_somebody_new_joins_at_the_first_session_to_come_or_the_last_of_all() -> None:
    made = plan()
    assert first_to_come(made) == 1
    for number in range(1, 13):
        made = deliver_session(made, number)
    assert first_to_come(made) == 12


def test_files_near_are_lists_and_folders_that_begin_so(tmp_path: Path) -> None:
    (tmp_path / "Sub").mkdir()
    for name in ("people.csv", "PEOPLE2.CSV", "photo.jpg", ".hidden.csv"):
        (tmp_path / name).write_bytes(b"")
    assert [one.name for one in files_near(f"{tmp_path}/")] == ["Sub", "people.csv", "PEOPLE2.CSV"]
    assert [one.name for one in files_near(f"{tmp_path}/peo")] == ["people.csv", "PEOPLE2.CSV"]
    assert [one.name for one in files_near(f"{tmp_path}/.h")] == [".hidden.csv"]


@pytest.mark.parametrize("typed", ["/nowhere/at/all/", "~nobody-of-that-name/x", "a\0b/"])
def test_a_path_that_leads_nowhere_has_no_files_near(typed: str) -> None:
    assert files_near(typed) == ()


_ROW = Summary(
    instrument="hads",
    scale="anxiety",
    better="lower",
    n_enrolled=3,
    n_baseline=3,
    n_end=3,
    n_paired=3,
    mean_baseline=8.0,
    sd_baseline=0.0,
    mean_end=6.0,
    sd_end=0.0,
    mean_change=-2.0,
    sd_change=0.0,
    ci95_low=-2.0,
    ci95_high=-2.0,
    dz=None,
    n_better=3,
    n_same=0,
    n_worse=0,
    share_better=1.0,
    share_better_low=0.4,
    share_better_high=1.0,
    mcid=1.5,
    mcid_source="somewhere",
    n_mcid=3,
)


@pytest.mark.parametrize("width", [76, 116, 196])
@pytest.mark.parametrize(
    ("row", "said"),
    [
        (_ROW, "-2 (-2 to -2)"),
        (replace(_ROW, mean_change=0.0, ci95_low=0.0, ci95_high=0.0), "0 (0 to 0)"),
        (replace(_ROW, mean_change=-0.04, ci95_low=-0.06, ci95_high=0.02), "0 (-0.1 to 0)"),
        (replace(_ROW, n_paired=1, ci95_low=None, ci95_high=None), "-2 (no interval)"),
        (replace(_ROW, n_paired=0, mean_change=None, ci95_low=None, ci95_high=None), "no pair yet"),
    ],
)
def test_a_summary_is_one_line_at_every_width_and_at_every_edge(row: Summary, said: str, width: int) -> None:
    summed = Summed(codes=("K26-1",), counts=Flow(3, 3, 3, 3, 3, 0), shared=3, rows=(row,))
    line = next(line for line in cohort_lines(summed, width) if "hads" in line.plain)
    assert said in line.plain
    assert "anxiety v" in line.plain
    assert line.cell_length <= width
