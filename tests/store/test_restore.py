"""Restoring: proven, nothing replaced is lost, nothing erased or signed is taken back, before or after."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from escape_tui.backups import back_up, backups_folder
from escape_tui.restoring import (
    Restored,
    bring_back,
    drill,
    keys_of_copies,
    new_home_of_copies,
    restore_cohort,
)
from escape_tui.settings import Backups
from escape_tui.store.acts.cohorts import hand_over, take_back
from escape_tui.store.acts.erasing import erase_person
from escape_tui.store.acts.signoff import amend, record_signoff
from escape_tui.store.audit import entries, head, verify_chain
from escape_tui.store.backup import reading
from escape_tui.store.backup_files import backups_in
from escape_tui.store.cohort import Actor
from escape_tui.store.connect import Connection, copy_file
from escape_tui.store.digests import TableDigest, digests
from escape_tui.store.home_key import home_key_by_passphrase, home_key_by_recovery_key
from escape_tui.store.key_file import KEYS_NAME
from escape_tui.store.keys import Home, UnlockedHome
from escape_tui.store.ledger import (
    SignedRevision,
    next_revision,
    record_erased_person,
    record_signed_revision,
)
from escape_tui.store.opening import make_plain_home, open_home
from escape_tui.store.read import cohort_head, identities, people, signoffs
from sessions.errors import CannotOpen, EscapeError, MachineFailed, Refused
from tests.killed import dies_at
from tests.store.homes import CODE, EVERY, a_home, count, enter, fill
from tests.store.making import START, Clock, signed, someone
from tests.unit.home_fixtures import PASSPHRASE, cheap_home

NOW = datetime(2026, 10, 5, 19, 0, tzinfo=UTC)
ACTOR = Actor("jk", Clock(NOW))
linux_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux can mount a small disk"
)


@pytest.fixture(params=[False, True], ids=["plain", "encrypted"])
def encrypted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def home(encrypted: bool, tmp_path: Path) -> Home:
    made = a_home(tmp_path / "home", encrypted=encrypted)
    fill(made, "R1", "R2")
    return made


@pytest.fixture
def backup(home: Home) -> Path:
    """A backup of two people; a third came after it."""
    made = back_up(home, CODE, "asked", EVERY, NOW - timedelta(hours=3)).backup.path
    with enter(home) as cohort:
        someone(cohort, "R3")
    return made


def restored(home: Home, backup: Path) -> Restored:
    return restore_cohort(home, backup, ACTOR, EVERY)


def record_of(connection: Connection) -> list[TableDigest]:
    """Every table but the trail, in which the restore is entered."""
    return [table for table in digests(connection) if table.table != "audit"]


def path_of(home: Home) -> Path:
    return home.folder / "cohorts" / f"{CODE}.db"


def key_of(home: Home) -> bytes | None:
    return home.cohort_key(CODE).raw if isinstance(home, UnlockedHome) else None


def test_a_restored_cohort_holds_row_for_row_what_the_backup_holds(home: Home, backup: Path) -> None:
    done = restored(home, backup)
    with enter(home) as cohort, reading(backup, key_of(home)) as copy:
        now, then = record_of(cohort.connection), record_of(copy)
        assert now == then
        assert digests(copy) == done.tables
        assert verify_chain(cohort.connection).sound
    assert count(home) == 2


def test_the_trail_says_who_restored_which_backup_and_how_much_it_holds(home: Home, backup: Path) -> None:
    with enter(home) as cohort:
        before = entries(cohort.connection)
    restore_cohort(home, backup, Actor("kb", ACTOR.clock), EVERY)
    with enter(home) as cohort:
        *kept, last = entries(cohort.connection)
        assert verify_chain(cohort.connection).sound
    assert tuple(kept) == before[: len(kept)]
    assert (last.by, last.act, last.changes) == ("kb", "restore", ())
    made = (NOW - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    assert last.detail == (
        f"backup of {made}, 2 rows of person, 0 rows of attendance, 0 rows of exercise_log, 0 rows of measure"
    )


def test_a_files_own_name_never_enters_the_trail(home: Home, backup: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "of Ann Smith.db"
    shutil.copy(backup, renamed)
    restored(home, renamed)
    with enter(home) as cohort:
        last = entries(cohort.connection)[-1]
    assert last.detail is not None
    assert last.detail.startswith("backup of an unknown day, 2 rows of person")


def test_a_laptop_with_a_wrong_clock_can_restore(home: Home, backup: Path) -> None:
    wrong = Actor("command line", lambda: datetime(2001, 1, 1, tzinfo=UTC))
    restore_cohort(home, backup, wrong, EVERY)
    assert count(home) == 2


def test_a_copy_that_was_away_and_stays_so_keeps_the_trail_that_comes_back(home: Home) -> None:
    with enter(home) as cohort:
        hand_over(cohort)
    away = back_up(home, CODE, "asked", EVERY, NOW - timedelta(hours=1)).backup.path
    with enter(home) as cohort:
        before = head(cohort.connection)
    restored(home, away)
    with enter(home) as cohort:
        assert head(cohort.connection) == before


def test_what_it_replaces_is_kept_and_can_be_restored_in_turn(home: Home, backup: Path) -> None:
    kept = restored(home, backup).kept
    assert kept is not None
    restored(home, kept)
    assert count(home) == 3


def test_nothing_of_the_work_is_left_in_the_home(home: Home, backup: Path) -> None:
    restored(home, backup)
    assert not (home.folder / "restoring").exists()
    left = {path.name for path in (home.folder / "cohorts").iterdir()}
    assert left == {f"{CODE}.db", f"{CODE}.lock"}


def test_a_cohort_whose_file_is_gone_is_restored(home: Home, backup: Path) -> None:
    path_of(home).unlink()
    assert restored(home, backup).kept is None
    assert count(home) == 2


def test_a_damaged_cohort_is_replaced_and_its_bytes_are_kept(home: Home, backup: Path) -> None:
    path_of(home).write_bytes(b"\xa5" * 8192)
    path_of(home).with_name(f"{CODE}.db-wal").write_bytes(b"a log that belongs to it")
    kept = restored(home, backup).kept
    assert count(home) == 2
    assert kept is not None
    assert kept.read_bytes() == b"\xa5" * 8192
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"a log that belongs to it"


def test_a_log_whose_file_is_gone_is_not_read_into_the_restored_one(home: Home, backup: Path) -> None:
    log = path_of(home).with_name(f"{CODE}.db-wal")
    with enter(home) as cohort:
        someone(cohort, "R4")
        of_another_time = log.read_bytes()
    path_of(home).unlink()
    log.write_bytes(of_another_time)
    restored(home, backup)
    assert count(home) == 2


def test_a_cohort_that_another_program_reads_is_not_replaced(home: Home, backup: Path) -> None:
    with reading(path_of(home), key_of(home)) as elsewhere:
        assert elsewhere.value("SELECT count(*) FROM person") == 3
        with pytest.raises(CannotOpen, match="Another program reads"):
            restored(home, backup)
    assert count(home) == 3


def test_a_backup_from_a_folder_that_only_holds_the_file_is_restored(
    home: Home, backup: Path, tmp_path: Path
) -> None:
    shutil.copyfile(backup, tmp_path / "from a mail.db")
    restored(home, tmp_path / "from a mail.db")
    assert count(home) == 2


def test_a_cohort_that_is_open_elsewhere_is_not_replaced(home: Home, backup: Path) -> None:
    with enter(home) as cohort:
        with pytest.raises(CannotOpen, match="in use"):
            restored(home, backup)
        assert len(people(cohort)) == 3


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda content: content[:8192],
    "a page overwritten": lambda content: content[:12288] + b"\xa5" * 4096 + content[16384:],
    "something else": lambda _: b"dear diary" * 1000,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_backup_is_told_and_nothing_is_changed(home: Home, backup: Path, damage: str) -> None:
    backup.write_bytes(DAMAGE[damage](backup.read_bytes()))
    before = path_of(home).read_bytes()
    with pytest.raises(CannotOpen):
        restored(home, backup)
    assert path_of(home).read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"dear diary" * 1000, bytes(range(256)) * 40])
def test_a_file_that_is_no_backup_at_all_is_bad_input(home: Home, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "letter.db").write_bytes(content)
    with pytest.raises(Refused):
        restored(home, tmp_path / "letter.db")
    assert count(home) == 2


def test_a_database_of_another_program_is_bad_input(home: Home, tmp_path: Path) -> None:
    foreign = sqlite3.connect(tmp_path / "other.db")
    foreign.execute("CREATE TABLE stamps (country TEXT)")
    foreign.commit()
    foreign.close()
    with pytest.raises(Refused):
        restored(home, tmp_path / "other.db")


def test_a_backup_that_was_edited_is_told(home: Home, backup: Path) -> None:
    with reading(backup, key_of(home)) as edited:
        edited.run("UPDATE person SET sex = 'male' WHERE number = 1")
    with pytest.raises(CannotOpen, match="written down"):
        restored(home, backup)
    assert count(home) == 3


def test_a_backup_of_another_home_is_refused(home: Home, encrypted: bool, tmp_path: Path) -> None:
    other = a_home(tmp_path / "other", encrypted=encrypted)
    fill(other, "R1")
    foreign = back_up(other, CODE, "asked", EVERY, NOW).backup.path
    with pytest.raises(Refused, match="another home"):
        restored(home, foreign)
    assert count(home) == 2


def test_a_backup_under_a_key_that_nobody_here_has_is_refused(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home", encrypted=True)
    fill(home, "R1")
    other = a_home(tmp_path / "other", encrypted=True)
    fill(other, "R1")
    foreign = shutil.copyfile(other.folder / "cohorts" / f"{CODE}.db", tmp_path / "found.db")
    with pytest.raises(Refused, match="No key of this home"):
        restored(home, foreign)


def test_a_cohort_under_the_key_of_another_is_refused(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home", encrypted=True)
    fill(home, "R1")
    fill(home, code="K26-2")
    assert isinstance(home, UnlockedHome)
    with reading(path_of(home), key_of(home)) as source:
        copy_file(source, tmp_path / "mixed.db", home.cohort_key("K26-2").raw)
    with pytest.raises(Refused, match="key of another cohort"):
        restored(home, tmp_path / "mixed.db")


@pytest.mark.parametrize("into_practice", [True, False])
def test_practice_and_real_never_mix(encrypted: bool, tmp_path: Path, into_practice: bool) -> None:
    real = a_home(tmp_path / "real", encrypted=encrypted)
    practice = a_home(tmp_path / "practice", encrypted=encrypted, practice=True)
    for home in (real, practice):
        fill(home, "R1")
    source, target = (real, practice) if into_practice else (practice, real)
    made = back_up(source, CODE, "asked", EVERY, NOW).backup.path
    lone = shutil.copyfile(made, tmp_path / "lone.db")
    for file in (made, lone):
        with pytest.raises(Refused):
            restored(target, file)


def test_an_erased_cohort_stays_erased(home: Home, backup: Path, tmp_path: Path) -> None:
    lone = shutil.copyfile(backup, tmp_path / "lone.db")
    home.remove_cohort_key(CODE, NOW)
    path_of(home).unlink()
    with pytest.raises(Refused, match="erased here"):
        restored(home, backup)
    with pytest.raises(Refused):
        restored(home, lone)
    assert not path_of(home).exists()


def test_whom_the_ledger_names_is_erased_again_at_once(home: Home, backup: Path) -> None:
    with enter(home) as cohort:
        person = people(cohort)[0].id
    record_erased_person(home, CODE, person, date(2026, 10, 5))
    assert restored(home, backup).repeated.erased == (person,)
    with enter(home) as cohort:
        assert [one.erased_on for one in people(cohort)] == [date(2026, 10, 5), None]
        assert person not in {one.person for one in identities(cohort)}
        assert verify_chain(cohort.connection).sound


def test_whom_only_the_replaced_file_knows_as_erased_is_erased_again(home: Home, backup: Path) -> None:
    with enter(home) as cohort:
        person = people(cohort)[0].id
        erase_person(cohort, person, START)
    assert restored(home, backup).repeated.erased == (person,)


def test_an_erased_person_is_not_in_the_bytes_of_a_restored_plain_cohort(tmp_path: Path) -> None:
    home = make_plain_home(tmp_path / "home")
    fill(home, "R1")
    with enter(home) as cohort:
        person = someone(cohort, "R2", family_name="Unmistakable")
    backup = back_up(home, CODE, "asked", EVERY, NOW).backup.path
    record_erased_person(home, CODE, person, START)
    restored(home, backup)
    for path in (home.folder / "cohorts").iterdir():
        assert b"Unmistakable" not in path.read_bytes()


@pytest.mark.parametrize("known_by", ["the ledger", "the replaced file"])
def test_no_restored_cohort_signs_a_revision_a_second_time(home: Home, backup: Path, known_by: str) -> None:
    with enter(home) as cohort:
        return_id = cohort_head(cohort).return_id
        for number in (1, 2):
            if known_by == "the replaced file":
                record_signoff(cohort, signed(cohort, number))
                amend(cohort, "a follow-up")
            else:
                record_signed_revision(
                    home,
                    SignedRevision(
                        code=CODE,
                        return_id=return_id,
                        revision=number,
                        signer="jk",
                        signed_at=NOW,
                        tagmanifest_sha256="cd" * 32,
                    ),
                )
    assert restored(home, backup).repeated.revisions == (1, 2)
    with enter(home) as cohort:
        assert [one.revision for one in signoffs(cohort)] == [1, 2]
        assert cohort_head(cohort).state == "signed"
        with pytest.raises(Refused, match="is signed"):
            someone(cohort, "R9")
        amend(cohort, "restored")
        with pytest.raises(Refused, match="signed already"):
            record_signoff(cohort, signed(cohort, 2))
        assert next_revision(home, return_id, 2) == 3
        assert verify_chain(cohort.connection).sound


def test_a_copy_that_another_laptop_writes_stays_read_only(home: Home, backup: Path) -> None:
    with enter(home) as cohort:
        hand_over(cohort)
    restored(home, backup)
    with enter(home) as cohort, pytest.raises(Refused, match="handed over"):
        someone(cohort, "R9")


def test_a_cohort_that_came_back_is_written_here_after_a_restore_too(home: Home) -> None:
    with enter(home) as cohort:
        person = people(cohort)[0].id
        hand_over(cohort)
        away = back_up(home, CODE, "asked", EVERY, NOW - timedelta(hours=1)).backup.path
        take_back(cohort)
        erase_person(cohort, person, START)
    assert restored(home, away).repeated.erased == (person,)
    with enter(home) as cohort:
        someone(cohort, "R9")


def test_a_damaged_ledger_keeps_a_restore_from_forgetting(home: Home, backup: Path) -> None:
    (home.folder / "ledger.json").write_bytes(b"{")
    with pytest.raises(CannotOpen, match="ledger"):
        restored(home, backup)
    assert count(home) == 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a test kills forked children")
def test_killed_at_any_step_the_cohort_is_as_before_or_as_after(home: Home, backup: Path) -> None:
    with enter(home) as cohort:
        record_erased_person(home, CODE, people(cohort)[0].id, START)
    template = home.folder.with_name("template")
    shutil.copytree(home.folder, template)
    outcomes: set[int] = set()
    # Every second step on each driver: together, every step.
    step = isinstance(home, UnlockedHome) - 1
    killed = True
    while killed:
        step += 2
        shutil.rmtree(home.folder)
        shutil.copytree(template, home.folder)
        killed = dies_at(step, partial(restored, home, backup))
        with enter(home) as cohort:
            assert cohort.connection.is_sound()
            named = len(identities(cohort))
        # Before: three people with names. After: two people, of whom one is erased again.
        assert named in {1, 3}
        outcomes.add(named)
    assert outcomes == {1, 3}
    restored(home, backup)
    assert not (home.folder / "restoring").exists()


@linux_root
def test_without_room_a_restore_changes_nothing(encrypted: bool, tmp_path: Path, small_disk: Path) -> None:
    home = a_home(small_disk / "home", encrypted=encrypted)
    fill(home, "R1")
    backup = back_up(home, CODE, "asked", EVERY, NOW).backup.path
    with enter(home) as cohort:
        someone(cohort, "R2")
    free = os.statvfs(small_disk)
    for room in (0, 60_000, 300_000, 500_000):
        (small_disk / "ballast").write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - room)))
        with pytest.raises(MachineFailed, match="full or cannot be written"):
            restored(home, backup)
        (small_disk / "ballast").unlink()
        assert count(home) == 2
    restored(home, backup)
    assert count(home) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_drill_proves_the_newest_backup_and_leaves_nothing(home: Home, backup: Path) -> None:
    before = {path: path.read_bytes() for path in home.folder.rglob("*.db")}
    drilled = drill(home, CODE, NOW)
    assert (drilled.proven, drilled.file) == (True, backup)
    assert {table.table: table.rows for table in drilled.tables}["person"] == 2
    assert {path: path.read_bytes() for path in home.folder.rglob("*.db")} == before


def test_a_drill_compares_with_the_cohort_where_nothing_changed_since(home: Home) -> None:
    back_up(home, CODE, "asked", EVERY, NOW)
    assert drill(home, CODE, NOW).proven
    with enter(home) as cohort:
        cohort.connection.run("UPDATE person SET sex = 'male'")
    drilled = drill(home, CODE, NOW)
    assert (drilled.proven, drilled.message) == (False, "The backup does not hold what the cohort holds.")


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_drill_finds_a_backup_that_does_not_restore(home: Home, backup: Path, damage: str) -> None:
    backup.write_bytes(DAMAGE[damage](backup.read_bytes()))
    assert not drill(home, CODE, NOW).proven
    assert not (home.folder / "restoring").exists()


def test_a_drill_without_a_backup_or_its_statement_proves_nothing(home: Home) -> None:
    assert not drill(home, CODE, NOW).proven
    made = back_up(home, CODE, "asked", EVERY, NOW).backup.path
    made.with_suffix(".json").unlink()
    assert not drill(home, CODE, NOW).proven


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a test kills forked children")
def test_killed_at_any_step_a_home_is_brought_back_by_doing_it_again(encrypted: bool, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    twice = Backups(second_copy=str(stick))
    old = a_home(tmp_path / "old", encrypted=encrypted)
    for code in ("K26-1", "K26-2"):
        fill(old, "R1", code=code)
        back_up(old, code, "asked", twice, NOW)

    def bring(folder: Path) -> None:
        if (folder / KEYS_NAME).exists() or (folder / "keys.json.1").exists():
            home: Home = _opened(folder, encrypted=encrypted)
        else:
            home = new_home_of_copies(folder, stick, lambda keys: home_key_by_passphrase(keys, PASSPHRASE))
        assert bring_back(home, stick, ACTOR, EVERY).missing == ()

    step = 0
    killed = True
    while killed:
        step += 5
        folder = tmp_path / f"new {step}"
        killed = dies_at(step, partial(bring, folder))
        bring(folder)
        home = _opened(folder, encrypted=encrypted)
        assert (count(home, "K26-1"), count(home, "K26-2")) == (1, 1)
    assert step > 30


def _opened(folder: Path, *, encrypted: bool) -> Home:
    home = open_home(folder, lambda: PASSPHRASE)
    assert isinstance(home, UnlockedHome) == encrypted
    return home


def test_an_older_backup_stands_in_for_one_that_is_damaged(home: Home, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    twice = Backups(second_copy=str(stick))
    back_up(home, CODE, "asked", twice, NOW - timedelta(hours=3))
    with enter(home) as cohort:
        someone(cohort, "R3")
    back_up(home, CODE, "asked", twice, NOW)
    backups_in(stick, CODE)[0].path.write_bytes(b"")
    path_of(home).unlink()
    (found,) = bring_back(home, stick, ACTOR, EVERY).restored
    assert found.file == backups_in(stick, CODE)[1].path
    assert count(home) == 2


def test_the_wrong_recovery_key_makes_no_home(tmp_path: Path) -> None:
    old, _ = cheap_home(tmp_path / "old")
    _, wrong = cheap_home(tmp_path / "other")
    fill(old, "R1")
    back_up(old, CODE, "asked", EVERY, NOW)
    with pytest.raises(CannotOpen, match="recovery key"):
        new_home_of_copies(
            tmp_path / "new", backups_folder(old), lambda keys: home_key_by_recovery_key(keys, wrong)
        )
    assert not (tmp_path / "new").exists()


def test_a_folder_without_keys_and_one_of_another_home_are_refused(home: Home, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=KEYS_NAME):
        keys_of_copies(tmp_path)
    other = a_home(tmp_path / "other", encrypted=True)
    with pytest.raises(EscapeError, match="another home"):
        bring_back(home, other.folder, ACTOR, EVERY)
