"""Erasing a person for good: nothing of them is left, in no older copy, wherever the program was killed."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from escape_tui.cohorts import cohort_key, cohort_path, open_by_code
from escape_tui.store import copying
from escape_tui.store.acts.cohorts import hand_over
from escape_tui.store.audit import verify_chain
from escape_tui.store.backup_files import BACKUPS_FOLDER
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import open_file, open_to_copy
from escape_tui.store.copies import read_copies, uncleaned
from escape_tui.store.erasing import Safeguards, erase_person_for_good, finish_erased_cohorts, is_unsettled
from escape_tui.store.keys import UnlockedHome
from escape_tui.store.read import identities, identity_of, people, person_of
from escape_tui.store.restore import SCRATCH_FOLDER
from escape_tui.store.schema import SCHEMA_VERSION
from sessions.errors import CannotOpen, MachineFailed, Refused
from tests.store.erasing_home import (
    ACTOR,
    CODE,
    PLANTED,
    Site,
    keys_of,
    kills,
    make_site,
    people_named,
    readable,
)

ON = date(2026, 10, 5)


@pytest.fixture(params=["plain", "encrypted"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def erase(site: Site, person: str) -> None:
    home = site.home()
    with site.open(home) as cohort:
        erase_person_for_good(home, cohort, person, ON, site.safeguards)


def test_nothing_of_the_person_is_left_and_everything_else_stays(tmp_path: Path, kind: str) -> None:
    site, person = make_site(tmp_path, kind)
    older = list(site.made)
    assert all(readable(backup, keys_of(site)) for backup in older)
    erase(site, person)
    home = site.home()
    with site.open(home) as cohort:
        assert identity_of(cohort, person) is None
        assert person_of(cohort, person).erased_on == ON
        assert [one.given_name for one in identities(cohort)] == ["Other"]
        assert verify_chain(cohort.connection).sound
    held = people_named(cohort_path(home, CODE), cohort_key(home, CODE))
    everywhere = site.bytes_everywhere()
    # The other person of the cohort shares a birth date and a phone number with the erased one.
    own = [planted for planted in PLANTED if planted not in {"1957-03-14", "07700900123"}]
    assert [planted for planted in own if planted in held] == []
    assert [planted for planted in own if planted.encode() in everywhere] == []
    assert site.recorded == [(CODE, person, ON)]


def test_no_key_left_anywhere_opens_an_older_copy_and_a_fresh_backup_is_there(tmp_path: Path) -> None:
    site, person = make_site(tmp_path, "encrypted")
    kept_elsewhere = Path(shutil.copy(site.made[0], tmp_path / "kept elsewhere.db"))
    before = keys_of(site)
    assert readable(kept_elsewhere, before)
    erase(site, person)
    after = keys_of(site)
    assert len(set(after)) == 1
    assert not set(after) & set(before)
    assert not readable(kept_elsewhere, after)
    fresh = [backup for backup in site.made if backup.exists()]
    assert {backup.parents[1] for backup in fresh} == {site.folder / BACKUPS_FOLDER, site.stick}
    assert all(readable(backup, after) for backup in fresh)


def test_a_stick_that_is_away_is_named_and_cleaned_when_it_is_seen(tmp_path: Path, kind: str) -> None:
    site, person = make_site(tmp_path, kind)
    away = site.stick.rename(tmp_path / "in a drawer")
    home = site.home()
    with site.open(home) as cohort:
        left = erase_person_for_good(home, cohort, person, ON, site.safeguards)
    assert [(one.folder, one.cohort, one.person, one.present) for one in left] == [
        (site.stick, CODE, person, False)
    ]
    # Another stick in the same place is not the one that was away.
    site.stick.mkdir()
    (site.stick / "escape-medium.txt").write_text("0" * 32)
    finish_erased_cohorts(site.home())
    assert uncleaned(site.folder) == left
    shutil.rmtree(site.stick)
    away.rename(site.stick)
    older = site.stick / CODE / "000.db"
    assert readable(older, keys_of(site))
    finish_erased_cohorts(site.home())
    assert uncleaned(site.folder) == ()
    assert not older.exists()
    assert len(set(keys_of(site))) == 1


def test_a_backup_that_fails_keeps_the_old_key_and_the_next_opening_goes_on(tmp_path: Path) -> None:
    site, person = make_site(tmp_path, "encrypted")
    before = set(keys_of(site))

    def full(_: Cohort) -> None:
        raise MachineFailed("The disk is full.", "Make room.")

    home = site.home()
    guarded = Safeguards(full, site.safeguards.record_erased, lambda: site.stick)
    with site.open(home) as cohort, pytest.raises(MachineFailed):
        erase_person_for_good(home, cohort, person, ON, guarded)
    assert before < set(keys_of(site))
    assert is_unsettled(home, CODE)
    with site.open() as cohort:
        assert identity_of(cohort, person) is None
    assert not is_unsettled(site.home(), CODE)
    assert not set(keys_of(site)) & before


def test_an_opening_that_cannot_go_on_opens_all_the_same(tmp_path: Path) -> None:
    site, person = make_site(tmp_path, "encrypted")
    home = site.home()
    assert isinstance(home, UnlockedHome)
    home.renew_cohort_key(CODE)

    def full(_: Cohort) -> None:
        raise MachineFailed("The disk is full.", "Make room.")

    guarded = Safeguards(full, site.safeguards.record_erased)
    for _ in range(2):
        with open_by_code(site.home(), CODE, ACTOR, lambda: None, guarded) as cohort:
            assert identity_of(cohort, person) is not None
    assert is_unsettled(site.home(), CODE)


def test_a_copy_that_does_not_hold_the_same_is_never_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, person = make_site(tmp_path, "encrypted")
    before = set(keys_of(site))
    export = copying._export  # noqa: SLF001

    def forgetful(source: Path, source_key: bytes, target: Path, target_key: bytes) -> object:
        held = export(source, source_key, target, target_key)
        copy = open_to_copy(target, target_key)
        copy.run("DELETE FROM contact")
        copy.close()
        return held

    home = site.home()
    with monkeypatch.context() as patched, site.open(home) as cohort:
        patched.setattr(copying, "_export", forgetful)
        with pytest.raises(CannotOpen, match="does not hold what the cohort holds"):
            erase_person_for_good(home, cohort, person, ON, site.safeguards)
        assert len(people(cohort)) == 2
    assert before < set(keys_of(site))
    assert readable(cohort_path(home, CODE), tuple(before))
    with site.open():
        assert not set(keys_of(site)) & before


def test_the_file_is_not_exchanged_under_somebody_who_reads_it(tmp_path: Path) -> None:
    site, person = make_site(tmp_path, "encrypted")
    home = site.home()
    key = cohort_key(home, CODE)
    with site.open(home) as cohort:
        reader = open_file(cohort_path(home, CODE), key, SCHEMA_VERSION)
        with pytest.raises(CannotOpen, match="in use"):
            erase_person_for_good(home, cohort, person, ON, site.safeguards)
        assert len(people(cohort)) == 2
        reader.close()
    with site.open():
        assert not is_unsettled(site.home(), CODE)


def test_what_a_broken_restore_left_goes_as_well(tmp_path: Path, kind: str) -> None:
    site, person = make_site(tmp_path, kind)
    scratch = site.folder / SCRATCH_FOLDER
    scratch.mkdir()
    shutil.copy(cohort_path(site.home(), CODE), scratch / "cohort.db")
    damaged = site.folder / BACKUPS_FOLDER / CODE / "damaged-2026-10-05T09-00-00Z.db"
    for name in (damaged, damaged.with_name(f"{damaged.name}-wal")):
        name.write_bytes(b"Zwanhild, in a page that nobody can read")
    erase(site, person)
    assert b"Zwanhild" not in site.bytes_everywhere()
    assert not scratch.exists()


def test_where_it_is_refused_nothing_changes(tmp_path: Path, kind: str) -> None:
    site, person = make_site(tmp_path, kind)
    home, before = site.home(), set(keys_of(site))
    with site.open(home) as cohort:
        with pytest.raises(Refused, match="no such person"):
            erase_person_for_good(home, cohort, "PAAAAAAAAAA", ON, site.safeguards)
        hand_over(cohort)
        with pytest.raises(Refused, match="handed over"):
            erase_person_for_good(home, cohort, person, ON, site.safeguards)
        assert identity_of(cohort, person) is not None
    assert set(keys_of(site)) == before
    assert not read_copies(site.folder).here
    assert uncleaned(site.folder) == ()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a test kills forked children")
def test_killed_at_any_step_the_person_is_there_or_gone_and_nothing_else_is_touched(
    tmp_path: Path, kind: str
) -> None:
    site, person = make_site(tmp_path / "template", kind)
    old = Path(shutil.copy(site.made[0], tmp_path / "old.db"))
    outcomes = set()
    for killed in kills(lambda victim: erase(victim, person), site):
        home = killed.home()
        with killed.open(home) as cohort:
            outcomes.add(gone := identity_of(cohort, person) is None)
            assert len(people(cohort)) == 2
            assert "Other" in {one.given_name for one in identities(cohort)}
            assert verify_chain(cohort.connection).sound
        assert not is_unsettled(home, CODE)
        assert not list(killed.folder.glob("cohorts/*.escape-new*"))
        if gone and kind == "encrypted":
            assert not readable(old, keys_of(killed))
        if gone and kind == "plain":
            assert PLANTED[0].encode() not in killed.bytes_everywhere()
    assert outcomes == {True, False}
