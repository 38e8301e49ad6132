"""Making backups: proven before they have a name, kept by the settings, with a second copy."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from escape_tui.backups import (
    BackupClock,
    back_up,
    back_up_if_changed,
    back_up_in_passing,
    backups_folder,
)
from escape_tui.settings import Backups
from escape_tui.store import backup as making_backups
from escape_tui.store.acts.undoing import undo
from escape_tui.store.backup import Origin, make_backup, prove, reading, superfluous
from escape_tui.store.backup_files import Backup, State, Statement, Why, backups_in, instant_of
from escape_tui.store.connect import Connection, copy_file, open_file
from escape_tui.store.digests import digests
from escape_tui.store.key_file import KEYS_NAME, read_keys
from escape_tui.store.keys import Home, UnlockedHome
from escape_tui.store.schema import SCHEMA_VERSION
from sessions.errors import CannotOpen, MachineFailed
from tests.killed import dies_at
from tests.store.homes import CODE, EVERY, a_home, count, enter, fill
from tests.store.making import someone

NOW = datetime(2026, 10, 5, 19, 0, tzinfo=UTC)
linux_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux can mount a small disk"
)


@pytest.fixture(params=[False, True], ids=["plain", "encrypted"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    made = a_home(tmp_path / "home", encrypted=request.param)
    fill(made, "R1", "R2")
    return made


def key(home: Home) -> bytes | None:
    return home.cohort_key(CODE).raw if isinstance(home, UnlockedHome) else None


def there(home: Home) -> list[Backup]:
    return list(backups_in(backups_folder(home), CODE))


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_backup_holds_row_for_row_what_the_cohort_holds(home: Home) -> None:
    made = back_up(home, CODE, "asked", EVERY, NOW).backup
    with reading(made.path, key(home)) as copy, enter(home) as cohort:
        assert digests(copy) == digests(cohort.connection)
    assert made.statement is not None
    people = next(table for table in made.statement.tables if table.table == "person")
    assert (people.rows, made.statement.people) == (2, 2)


def test_a_backup_lies_alone_under_its_instant_and_the_keys_beside(home: Home) -> None:
    made = back_up(home, CODE, "asked", EVERY, NOW).backup
    assert instant_of(made.path) == NOW
    assert files(backups_folder(home)) == {
        KEYS_NAME,
        f"{CODE}.lock",
        f"{CODE}/2026-10-05T19-00-00-000Z.db",
        f"{CODE}/2026-10-05T19-00-00-000Z.json",
    }
    assert read_keys(backups_folder(home)).keys.home_id == home.home_id


def test_a_cohort_that_is_open_and_written_is_backed_up_as_it_is(home: Home) -> None:
    with enter(home) as cohort:
        someone(cohort, "R3")
        made = back_up(home, CODE, "use", EVERY, NOW).backup
        someone(cohort, "R4")
    assert made.statement is not None
    assert made.statement.people == 3
    assert count(home) == 4


def test_a_backup_never_takes_the_place_of_one_made_at_the_same_instant(home: Home) -> None:
    folder = backups_folder(home)
    origin = Origin(home.home_id, home.practice, CODE, home.folder / "cohorts" / f"{CODE}.db", key(home))
    made = [make_backup(origin, folder, "asked", NOW).path for _ in range(2)]
    assert [one.path for one in there(home)] == made[::-1]
    assert len(set(made)) == 2


def test_nothing_is_made_where_nothing_changed(home: Home) -> None:
    assert back_up_if_changed(home, CODE, "opening", EVERY, NOW) is not None
    assert back_up_if_changed(home, CODE, "opening", EVERY, NOW + timedelta(hours=2)) is None
    with enter(home) as cohort:
        someone(cohort, "R3")
    assert back_up_if_changed(home, CODE, "opening", EVERY, NOW + timedelta(hours=3)) is not None
    assert len(there(home)) == 2


def test_a_copy_that_differs_is_told_and_leaves_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def lossy(source: Connection, path: Path, under: bytes | None) -> None:
        copy_file(source, path, under)
        spoilt = open_file(path, under, SCHEMA_VERSION)
        spoilt.run("DELETE FROM consent")
        spoilt.run("UPDATE person SET sex = 'other'")
        spoilt.close()

    monkeypatch.setattr(making_backups, "copy_file", lossy)
    with pytest.raises(MachineFailed, match="does not hold"):
        back_up(home, CODE, "asked", EVERY, NOW)
    assert files(backups_folder(home)) == {f"{CODE}.lock"}


def test_a_backup_with_a_rotten_page_is_not_proven(home: Home) -> None:
    made = back_up(home, CODE, "asked", EVERY, NOW).backup
    content = bytearray(made.path.read_bytes())
    content[-3000:-2000] = b"\xa5" * 1000
    made.path.write_bytes(content)
    assert made.statement is not None
    with pytest.raises((CannotOpen, MachineFailed)):
        prove(made.path, key(home), made.statement.tables)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a test kills forked children")
def test_killed_at_any_step_a_backup_is_there_and_proven_or_not_there(home: Home) -> None:
    # Every second step on each driver: together, every step.
    step = isinstance(home, UnlockedHome) - 1
    killed = True
    while killed:
        step += 2
        at = NOW + timedelta(days=step)
        killed = dies_at(step, partial(back_up, home, CODE, "asked", EVERY, at))
        for one in there(home):
            assert one.statement is not None
            prove(one.path, key(home), one.statement.tables)
    assert step > 15
    back_up(home, CODE, "asked", EVERY, NOW + timedelta(days=step + 1))
    assert not [name for name in files(backups_folder(home)) if "escape-new" in name and ".db" in name]
    assert count(home) == 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1600k", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)


@linux_root
@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
@pytest.mark.parametrize("room", [0, 40_000, 250_000])
def test_on_a_full_disk_there_is_a_plain_word_and_the_cohort_is_untouched(
    small_disk: Path, encrypted: bool, room: int
) -> None:
    home = a_home(small_disk / "home", encrypted=encrypted)
    fill(home, "R1")
    free = os.statvfs(small_disk)
    (small_disk / "ballast").write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - room)))
    before = (home.folder / "cohorts" / f"{CODE}.db").read_bytes()
    with pytest.raises(MachineFailed, match="full or cannot be written"):
        back_up(home, CODE, "asked", EVERY, NOW)
    assert back_up_in_passing(home, CODE, EVERY, NOW)[0].startswith("No backup was made. The disk is full")
    assert there(home) == []
    assert (home.folder / "cohorts" / f"{CODE}.db").read_bytes() == before
    (small_disk / "ballast").unlink()
    back_up(home, CODE, "asked", EVERY, NOW)
    assert len(there(home)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is POSIX's")
@pytest.mark.parametrize("limit", [0, 1_000, 100_000])
def test_a_limit_on_the_size_of_files_is_told_like_a_full_disk(home: Home, limit: int) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(MachineFailed, match="full or cannot be written"):
            back_up(home, CODE, "asked", EVERY, NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files(backups_folder(home)) == {f"{CODE}.lock"}
    assert count(home) == 2


def test_older_backups_go_by_the_settings(home: Home) -> None:
    few = Backups(keep_hourly=2, keep_daily=1, keep_weekly=0, keep_monthly=0)
    for hour in range(4):
        back_up(home, CODE, "use", few, NOW + timedelta(hours=hour))
    assert [one.made_at for one in there(home)] == [NOW + timedelta(hours=3), NOW + timedelta(hours=2)]
    assert len(files(backups_folder(home) / CODE)) == 4


def test_an_empty_cohort_displaces_no_full_one(home: Home) -> None:
    one = Backups(keep_hourly=1, keep_daily=1, keep_weekly=0, keep_monthly=0)
    back_up(home, CODE, "use", one, NOW)
    with enter(home) as cohort:
        undo(cohort)
        undo(cohort)
    for hour in range(3):
        back_up(home, CODE, "use", one, NOW + timedelta(hours=1 + hour))
    assert [backup.statement.people for backup in there(home) if backup.statement] == [0, 2]


def test_with_the_clock_set_back_the_new_backup_stays_and_so_do_the_others(home: Home) -> None:
    one = Backups(keep_hourly=1, keep_daily=1, keep_weekly=0, keep_monthly=0)
    back_up(home, CODE, "use", one, NOW)
    late = back_up(home, CODE, "use", one, NOW - timedelta(days=365)).backup
    assert late.path.exists()
    assert len(there(home)) == 2


def _backup(at: datetime, *, people: int = 1, mark: str | None = None, why: Why = "use") -> Backup:
    state = State(schema_version=1, audit_length=1, audit_head="", key_mark=mark)
    statement = Statement(
        home_id="0" * 32,
        code=CODE,
        practice=False,
        made_at=at,
        why=why,
        people=people,
        state=state,
        tables=(),
    )
    return Backup(Path(f"{at}{people}{mark}"), at, statement)


def test_what_a_restore_replaced_stays_for_days_and_other_keys_are_thinned_apart() -> None:
    one = Backups(keep_hourly=0, keep_daily=3, keep_weekly=0, keep_monthly=0)
    replaced = [_backup(NOW - timedelta(minutes=minutes), why="restore") for minutes in (9, 8)]
    others = [_backup(NOW - timedelta(minutes=minutes), mark="b") for minutes in (7, 6)]
    newest = _backup(NOW)
    assert superfluous([*replaced, *others, newest], one, NOW) == [others[0]]
    assert superfluous([*replaced, newest], one, NOW + timedelta(days=4)) == replaced


def test_the_second_copy_holds_all_that_a_fresh_laptop_needs(home: Home, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (home.folder / "escape.toml").write_text("[site]\ncode = 'S042'\n")
    twice = Backups(second_copy=str(stick))
    made = back_up(home, CODE, "asked", twice, NOW)
    assert made.words == ()
    copied = stick / CODE / made.backup.path.name
    assert copied.read_bytes() == made.backup.path.read_bytes()
    assert (stick / KEYS_NAME).read_bytes() == (home.folder / KEYS_NAME).read_bytes()
    assert (stick / "escape.toml").exists()


def test_a_stick_that_is_not_there_is_told_and_made_up_for_when_it_is(home: Home, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    twice = Backups(second_copy=str(stick))
    made = back_up(home, CODE, "asked", twice, NOW)
    assert made.backup.path.exists()
    assert "is not there" in made.words[0]
    assert not stick.exists()
    stick.mkdir()
    assert back_up_if_changed(home, CODE, "opening", twice, NOW) is None
    assert (stick / CODE / made.backup.path.name).exists()


def test_the_stick_of_another_home_is_left_alone(home: Home, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    a_home(stick, encrypted=True)
    before = {name: (stick / name).read_bytes() for name in files(stick)}
    made = back_up(home, CODE, "asked", Backups(second_copy=str(stick)), NOW)
    assert "another home" in made.words[0]
    assert {name: (stick / name).read_bytes() for name in files(stick)} == before


def test_keys_that_know_more_are_never_written_over(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home", encrypted=True)
    fill(home, "R1")
    old = (home.folder / KEYS_NAME).read_bytes()
    fill(home, "R1", code="K26-2")
    back_up(home, "K26-2", "asked", EVERY, NOW)
    newer = (backups_folder(home) / KEYS_NAME).read_bytes()
    (home.folder / KEYS_NAME).write_bytes(old)
    made = back_up(home, CODE, "asked", EVERY, NOW)
    assert "knows more" in made.words[0]
    assert (backups_folder(home) / KEYS_NAME).read_bytes() == newer


def test_no_name_is_in_any_file_beside_an_encrypted_cohort(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home", encrypted=True)
    fill(home, "R1", "R2")
    (tmp_path / "stick").mkdir()
    back_up(home, CODE, "asked", Backups(second_copy=str(tmp_path / "stick")), NOW)
    for name in files(tmp_path):
        assert b"Quastenfloss" not in (tmp_path / name).read_bytes()


def test_while_the_app_is_open_there_is_a_backup_at_once_and_then_every_so_often(home: Home) -> None:
    with enter(home) as cohort:
        clock = BackupClock(home, cohort, EVERY)
        for minutes, backups in ((0, 1), (29, 1), (30, 1), (45, 1), (60, 2)):
            assert clock.tick(NOW + timedelta(minutes=minutes)) == ()
            assert len(there(home)) == backups
            if minutes == 30:
                someone(cohort, "R3")


def test_commands_in_passing_make_one_backup_in_half_an_hour(home: Home) -> None:
    newest = []
    for minutes in (0, 10, 29, 30):
        with enter(home) as cohort:
            someone(cohort, f"at {minutes}")
        back_up_in_passing(home, CODE, EVERY, NOW + timedelta(minutes=minutes))
        newest.append((there(home)[0].made_at - NOW).seconds // 60)
    assert newest == [0, 0, 0, 30]


def test_digests_are_the_same_under_another_key_and_see_any_change(tmp_path: Path, home: Home) -> None:
    with enter(home) as cohort:
        before = digests(cohort.connection)
        other = bytes(31) + b"x" if isinstance(home, UnlockedHome) else None
        copy_file(cohort.connection, tmp_path / "copy.db", other)
        with reading(tmp_path / "copy.db", other) as copy:
            copy.run("VACUUM")
            assert digests(copy) == before
        changes: list[Callable[[], object]] = [
            lambda: cohort.connection.run("UPDATE person SET side = 'right' WHERE number = 1"),
            lambda: cohort.connection.run("CREATE INDEX more ON person (side)"),
        ]
        for change in changes:
            change()
            assert digests(cohort.connection) != before
            before = digests(cohort.connection)
