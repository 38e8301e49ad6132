"""Erasing a whole cohort: key, file and backups go from the home and every copy, wherever it is killed."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from escape_tui.cohorts import cohort_codes, cohort_path, make_cohort
from escape_tui.store.backup_files import BACKUPS_FOLDER
from escape_tui.store.copies import read_copies, uncleaned
from escape_tui.store.erasing import erase_cohort, finish_erased_cohorts
from escape_tui.store.key_file import KEYS_NAME
from escape_tui.store.keys import UnlockedHome
from escape_tui.store.read import people
from sessions.errors import CannotOpen, Refused
from tests.store.erasing_home import ACTOR, CODE, PLANTED, Site, keys_of, kills, make_site, readable
from tests.store.making import new_cohort, someone
from tests.unit.home_fixtures import cheap_home

AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(params=["plain", "encrypted"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def erase(site: Site, code: str = CODE) -> None:
    erase_cohort(site.home(), code, AT, site.stick)


def test_nothing_of_the_cohort_is_left_but_its_tombstone(tmp_path: Path, kind: str) -> None:
    site, _ = make_site(tmp_path, kind)
    assert erase_cohort(site.home(), CODE, AT, site.stick) == ()
    names = {one.name for place in (site.folder, site.stick) for one in place.rglob("*") if CODE in one.name}
    assert names == set()
    everywhere = site.bytes_everywhere()
    assert [planted for planted in PLANTED if planted.encode() in everywhere] == []
    home = site.home()
    assert [(one.cohort_id, one.erased_at) for one in home.tombstones] == [(CODE, AT)]
    assert cohort_codes(home) == ()
    with pytest.raises(Refused, match="no cohort of that code"):
        site.open(home)


def test_no_key_left_anywhere_opens_a_copy_that_was_kept_elsewhere(tmp_path: Path) -> None:
    site, _ = make_site(tmp_path, "encrypted")
    kept_elsewhere = Path(shutil.copy(site.made[0], tmp_path / "kept elsewhere.db"))
    assert readable(kept_elsewhere, keys_of(site))
    erase(site)
    assert keys_of(site) == ()
    assert (site.folder / BACKUPS_FOLDER / KEYS_NAME).exists()
    assert (site.stick / KEYS_NAME).exists()


def test_other_cohorts_stay_with_their_keys_and_backups(tmp_path: Path, kind: str) -> None:
    site, _ = make_site(tmp_path, kind)
    home = site.home()
    with make_cohort(home, new_cohort(code=f"{CODE}-2"), ACTOR) as other:
        someone(other)
        site.back_up(other)
    erase(site)
    assert cohort_codes(home) == (f"{CODE}-2",)
    for keys_folder in (site.folder, site.folder / BACKUPS_FOLDER, site.stick):
        assert f"{CODE}-2" in (keys_folder / KEYS_NAME).read_text() or kind == "plain"


def test_its_code_is_never_given_again(tmp_path: Path, kind: str) -> None:
    site, _ = make_site(tmp_path, kind)
    erase(site)
    with pytest.raises(Refused, match="was erased here"):
        make_cohort(site.home(), new_cohort(), ACTOR)


def test_a_damaged_cohort_can_be_erased_and_one_in_use_cannot(tmp_path: Path, kind: str) -> None:
    site, _ = make_site(tmp_path, kind)
    home = site.home()
    with site.open(home), pytest.raises(CannotOpen, match="in use"):
        erase(site)
    assert cohort_codes(home) == (CODE,)
    assert not read_copies(site.folder).here
    cohort_path(home, CODE).write_bytes(b"\xff" * 4096)
    erase(site)
    assert not cohort_path(home, CODE).exists()
    with pytest.raises(Refused, match="no cohort of that code"):
        erase(site, "K99")


def test_a_stick_that_is_away_is_named_until_it_was_seen_and_cleaned(tmp_path: Path, kind: str) -> None:
    site, _ = make_site(tmp_path, kind)
    away = site.stick.rename(tmp_path / "in a drawer")
    (left,) = erase_cohort(site.home(), CODE, AT, site.stick)
    assert (left.folder, left.cohort, left.present) == (site.stick, CODE, False)
    assert uncleaned(site.folder) == (left,)
    away.rename(site.stick)
    assert uncleaned(site.folder)[0].present
    finish_erased_cohorts(site.home())
    assert uncleaned(site.folder) == ()
    assert keys_of(site) == (() if kind == "encrypted" else keys_of(site))
    assert not (site.stick / CODE).exists()


def test_a_folder_of_another_site_is_left_alone(tmp_path: Path) -> None:
    site, _ = make_site(tmp_path, "encrypted")
    cheap_home(tmp_path / "another")
    shutil.copy(tmp_path / "another" / KEYS_NAME, site.stick / KEYS_NAME)
    theirs = (site.stick / KEYS_NAME).read_bytes()
    erase(site)
    assert (site.stick / KEYS_NAME).read_bytes() == theirs
    assert (site.stick / CODE / "000.db").exists()


def test_a_copy_that_knows_more_keeps_what_it_knows_and_loses_the_cohort(tmp_path: Path) -> None:
    site, _ = make_site(tmp_path, "encrypted")
    newer = site.home()
    assert isinstance(newer, UnlockedHome)
    before = (site.folder / KEYS_NAME).read_bytes()
    newer.new_cohort_key("K77")
    shutil.copy(site.folder / KEYS_NAME, site.stick / KEYS_NAME)
    (site.folder / KEYS_NAME).write_bytes(before)
    erase(site)
    copy = (site.stick / KEYS_NAME).read_text()
    assert '"K77"' in copy
    assert len(keys_of(site)) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a test kills forked children")
def test_killed_at_any_step_it_is_there_whole_or_gone_for_good(tmp_path: Path, kind: str) -> None:
    site, _ = make_site(tmp_path / "template", kind)
    old = Path(shutil.copy(site.made[0], tmp_path / "old.db"))
    outcomes = set()
    for killed in kills(erase, site):
        home = killed.home()
        there = cohort_codes(home) == (CODE,)
        outcomes.add(there)
        if there:
            with killed.open(home) as cohort:
                assert len(people(cohort)) == 2
        else:
            assert [one.cohort_id for one in home.tombstones] == [CODE]
            assert not list(killed.folder.rglob(f"{CODE}*"))
            assert kind == "plain" or not readable(old, keys_of(killed))
            assert PLANTED[0].encode() not in killed.bytes_everywhere()
        assert uncleaned(killed.folder) == ()
        erase(killed)
        assert not list(killed.folder.rglob(f"{CODE}*"))
    assert outcomes == {True, False}
