"""What the measures tell: one figure on the screen, on the command line and in the return."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from escape_tui.cli.instrument_text import written
from escape_tui.cohorts import make_cohort
from escape_tui.desk import Desk, home_in
from escape_tui.known_people import known_people
from escape_tui.returning import held_of
from escape_tui.screens.people.cohort_told import CohortToldScreen
from escape_tui.settings import Settings
from escape_tui.store.at_rest import read_cohort
from escape_tui.store.cohort import Actor, Cohort
from escape_tui.store.connect import log_of
from escape_tui.store.keys import Home
from escape_tui.telling.figures import scales_of
from escape_tui.telling.summed import summed_of, summed_of_site
from exports.held import Signing
from exports.tables import tables_of
from exports.writing import files_of
from tests.cli.program import escape
from tests.screens.homes import LARGE, on_a_screen, running
from tests.screens.people.at import STANDS, known, live_through, on_people, opened
from tests.store.making import Clock, new_cohort, someone
from tests.unit.home_fixtures import PASSPHRASE

SIGNING = Signing(1, None, datetime(2026, 11, 20, 12, tzinfo=UTC), "1.0.0")


def _home(folder: Path) -> Home:
    return home_in(folder, lambda: PASSPHRASE)


def _summary(cohort: Cohort) -> dict[str, str]:
    """The row of the chair stand in the return's own file."""
    files = files_of(tables_of(held_of(cohort, Settings()), SIGNING))
    rows = csv.DictReader(io.StringIO(files["summary.csv"].decode("utf-8-sig")))
    return next(row for row in rows if row["instrument"] == "chair-stand-30s")


def test_screen_command_line_and_return_say_the_same_figures(lived: Path) -> None:
    with opened(_home(lived)) as cohort:
        held = held_of(cohort, Settings())
        told = {
            (one.person.id, scale.instrument, scale.scale.id, timepoint): at.row.score
            for one in known_people(cohort)
            for scale in scales_of(held, one.person, one.identity)
            for timepoint, at in scale.at.items()
        }
        summed, kept = summed_of(held), _summary(cohort)
        tables = tables_of(held, SIGNING)
    listed = {
        (row["person_id"], row["instrument"], scale["scale"], row["timepoint"]): scale["score"]
        for row in escape("measure", "list", "K26-1", "--json", home=lived).document["measures"]
        for scale in row["scales"]
    }
    summary = escape("measure", "summary", "K26-1", "--json", home=lived).document["summary"]
    assert len(told) == 12
    assert {key: float(score) for key, score in told.items() if score is not None} == listed
    assert summed.rows == tables.summary
    (row,) = summed.rows
    assert [(one["n_paired"], one["mean_change"], one["ci95_low"], one["n_better"]) for one in summary] == [
        (row.n_paired, float(row.mean_change or 0), row.ci95_low, row.n_better)
    ]
    assert [float(kept[name]) for name in ("n_paired", "mean_change", "ci95_low", "n_better", "n_worse")] == [
        pytest.approx(float(value), abs=1e-6)
        for value in (row.n_paired, row.mean_change or 0, row.ci95_low or 0, row.n_better, row.n_worse)
    ]


@on_a_screen
async def test_the_cohorts_figures_on_the_screen_are_those_of_the_returns_file(lived: Path) -> None:
    async with on_people(lived, LARGE, "t") as on:
        kept = _summary(on.app.desk.cohort)
        mean, low, high = (written(Fraction(kept[name])) for name in ("mean_change", "ci95_low", "ci95_high"))
        line = next(line for line in on.lines if "chair-stand-30s" in line)
        assert f"+{mean} ({low} to +{high})" in line
        assert line.split()[2] == kept["n_paired"] == "5"
        assert line.split()[-3:] == [kept["n_better"], kept["n_same"], kept["n_worse"]] == ["3", "1", "1"]
        assert "of the 5 who agreed to sharing, as in the return; 3 did not" in on.words


@on_a_screen
async def test_a_persons_page_names_change_threshold_source_and_norm(lived: Path) -> None:
    async with on_people(lived, LARGE, "1", "t") as on:
        assert "chair-stand-30s stands 8 12 +4 better, reaches 2.6" in on.words
        assert "6 months 13 +5 better, reaches 2.6" in on.words
        assert "norm at the start: below average for age and sex" in on.words
        assert "hip osteoarthritis after physiotherapy" in on.words
        assert "1✓ 2·" in on.words
        assert "level 2 of" in on.words


@on_a_screen
async def test_worse_same_and_done_with_the_arms_are_said_as_such(lived: Path) -> None:
    async with on_people(lived, LARGE, "2", "t") as on:
        assert "9 9 0 no change" in on.words
        await on.press("escape", "right", "t")
        assert "10 8 -2 worse" in on.words
        await on.press("escape", "right", "right", "t")
        assert "done with the arms" in on.words


@on_a_screen
async def test_who_has_no_birth_date_has_no_norm(lived: Path) -> None:
    async with on_people(lived, LARGE, "1") as on:
        on.app.desk.cohort.connection.run("UPDATE identity SET birth_date = NULL")
        await on.press("t")
        assert "no norm for this age or sex" in on.words


def test_a_change_is_told_only_of_a_pair_that_the_return_counts(lived: Path) -> None:
    with opened(_home(lived)) as cohort:
        cohort.connection.run("UPDATE measure SET taken_on = '2027-09-01' WHERE timepoint = 'end'")
        held = held_of(cohort, Settings())
        assert summed_of(held).rows[0].n_paired == 0
        for one in known_people(cohort):
            for scale in scales_of(held, one.person, one.identity):
                assert "end" not in scale.at or scale.at["end"].change is None


def _site(lived: Path, *, practice: bool = False) -> Home:
    """A second cohort beside the first, with pairs of its own."""
    home = _home(lived)
    with make_cohort(home, new_cohort(code="K26-2", practice=practice), Actor("f1", Clock())) as cohort:
        for number in range(6):
            someone(cohort, f"Z{number}")
        live_through(cohort)
    return home


def test_all_cohorts_are_added_up_from_their_people_and_none_is_locked(lived: Path) -> None:
    home = _site(lived)
    desk = Desk(home)
    desk.open("K26-1")
    other = opened(home, "K26-2")  # as another program would have it open
    try:
        together = summed_of_site(desk)
    finally:
        other.close()
        desk.close()
    assert together.codes == ("K26-1", "K26-2")
    assert (together.counts.enrolled, together.shared) == (14, 10)
    assert together.rows[0].n_paired == 10
    assert together.rows[0].mean_change == Fraction(sum(end - start for start, end in STANDS), len(STANDS))


def test_practice_never_joins_the_figures_of_a_real_home(lived: Path) -> None:
    home = _site(lived, practice=True)
    desk = Desk(home)
    desk.open("K26-1")
    together = summed_of_site(desk)
    desk.close()
    assert together.codes == ("K26-1",)
    assert [(one.code, one.why) for one in together.left_out] == [("K26-2", "It is practice.")]


def test_a_cohort_that_cannot_be_read_is_left_out_and_named(lived: Path) -> None:
    home = _site(lived)
    path = home.folder / "cohorts" / "K26-2.db"
    path.write_bytes(b"\0" * path.stat().st_size)
    desk = Desk(home)
    desk.open("K26-1")
    together = summed_of_site(desk)
    desk.close()
    assert [one.code for one in together.left_out] == ["K26-2"]
    assert together.rows[0].n_paired == 5


def test_a_cohort_that_is_only_read_can_do_no_act_and_leaves_no_file_behind(lived: Path) -> None:
    path = lived / "cohorts" / "K26-1.db"
    with read_cohort(path, None, Actor("f1")) as cohort:
        assert len(known_people(cohort)) == 8
        with pytest.raises(RuntimeError), cohort.act("anything"):
            pass
    assert not log_of(path).exists()


@on_a_screen
async def test_one_key_changes_between_the_cohort_and_the_whole_site(lived: Path) -> None:
    _site(lived)
    async with running(lived, LARGE, cohort="K26-1") as on:
        await on.press("f3", "t", "a")
        assert isinstance(on.app.screen, CohortToldScreen)
        assert "All cohorts of this home: K26-1, K26-2" in on.words
        await on.press("a")
        assert "Cohort K26-1" in on.words
        assert known(on, 1).identity is not None
