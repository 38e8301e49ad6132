"""`escape backup` and `escape restore`: what a person types, sees and gets back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

from escape_tui.cli.access import Access
from escape_tui.cli.context import Settled
from escape_tui.cli.main import escape as the_program
from escape_tui.store import schema
from escape_tui.store.backup_files import backups_in
from escape_tui.store.cohort import Cohort
from escape_tui.store.keys import Home
from escape_tui.store.ledger import record_erased_person
from escape_tui.store.opening import open_home
from escape_tui.store.read import identities, people
from tests.cli.homes import Escape, secret_file
from tests.store.homes import CODE, a_home, count, enter, fill
from tests.store.making import START, someone
from tests.unit.home_fixtures import PASSPHRASE, WORDS, cheap_home

SECRET = {"ESCAPE_PASSPHRASE": WORDS}


@pytest.fixture(params=[False, True], ids=["plain", "encrypted"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A home with a cohort of two people."""
    home = a_home(tmp_path / "home", encrypted=request.param)
    fill(home, "R1", "R2")
    return home


@pytest.fixture
def stick(filled: Home, tmp_path: Path) -> Path:
    """The folder for the second copy, named in the settings."""
    folder = tmp_path / "stick"
    folder.mkdir()
    (filled.folder / "escape.toml").write_text(f'[backup]\nsecond_copy = "{folder}"\n')
    return folder


def only_backup(home: Home) -> Path:
    (found,) = backups_in(home.folder / "backups", CODE)
    return found.path


def test_a_backup_is_made_listed_proven_and_restored(escape: Escape, filled: Home, stick: Path) -> None:
    made = escape("backup", "now", "--json", **SECRET)
    assert made.code == 0
    (row,) = made.document["backups"]
    assert (row["cohort"], row["people"], row["in_second_copy"], row["words"]) == (CODE, 2, True, [])

    with enter(filled) as cohort:
        someone(cohort, "R3")
    (listed,) = escape("backup", "list", "--json", **SECRET).document["backups"]
    assert (listed["file"], listed["readable"], listed["why"]) == (row["file"], True, "asked")

    drilled = escape("backup", "drill", "--json", **SECRET)
    assert drilled.code == 0
    (drill,) = drilled.document["drills"]
    assert (drill["cohort"], drill["proven"]) == (CODE, True)
    assert {table["table"]: table["rows"] for table in drill["tables"]}["identity"] == 2

    restored = escape("restore", row["file"], "--json", **SECRET)
    assert restored.code == 0
    assert restored.document["tables"] == drill["tables"]
    assert Path(restored.document["kept"]).exists()
    assert count(filled) == 2


def test_for_people_each_command_says_one_line_a_cohort(escape: Escape, filled: Home) -> None:
    fill(filled, code="K26-2")
    for command in ("now", "list", "drill"):
        ran = escape("backup", command, **SECRET)
        assert ran.code == 0
        assert [line.split()[0] for line in ran.out.splitlines()] == [CODE, "K26-2"]


def test_a_stick_that_is_not_there_is_a_plain_word_and_no_failure(
    escape: Escape, filled: Home, stick: Path
) -> None:
    stick.rmdir()
    ran = escape("backup", "now", **SECRET)
    assert ran.code == 0
    assert f"the folder {stick} is not there" in ran.err
    assert only_backup(filled).exists()


def test_a_drill_that_proves_nothing_leaves_with_1(escape: Escape, filled: Home) -> None:
    assert escape("backup", "drill", **SECRET).code == 1
    escape("backup", "now", **SECRET)
    only_backup(filled).write_bytes(b"")
    ran = escape("backup", "drill", **SECRET)
    assert ran.code == 1
    assert "NOT PROVEN" in ran.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["backup", "now", "NO-SUCH"], 4),
        (["backup", "now", "../x"], 4),
        (["backup", "list", "../x"], 4),
        (["backup", "drill", "../x"], 4),
        (["restore", "no/such/file.db"], 4),
        (["restore", "."], 4),
        (["restore"], 2),
        (["backup"], 2),
    ],
)
def test_wrong_names_have_the_contracts_codes(
    escape: Escape, filled: Home, arguments: list[str], code: int
) -> None:
    ran = escape(*arguments, **SECRET)
    assert ran.code == code
    assert count(filled) == 2


def test_one_damaged_cohort_keeps_no_other_from_being_backed_up(escape: Escape, filled: Home) -> None:
    fill(filled, "R1", code="A26-1")
    (filled.folder / "cohorts" / "A26-1.db").write_bytes(b"\xa5" * 8192)
    ran = escape("backup", "now", **SECRET)
    assert ran.code == 3
    assert only_backup(filled).exists()


def test_an_opening_backs_up_what_changed_and_an_evening_goes_on_without(
    escape: Escape, filled: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCAPE_PASSPHRASE", WORDS)
    backups = filled.folder / "backups"
    backups.write_text("a file where the folder should be")
    with opened_by_a_command(filled, CODE):
        pass
    assert capsys.readouterr().err.startswith("No backup was made.")
    assert escape("backup", "now").code == 5
    backups.unlink()
    with opened_by_a_command(filled, CODE):
        assert only_backup(filled).exists()
    assert capsys.readouterr().err == ""


def test_before_a_migration_there_is_a_backup_or_no_migration(
    escape: Escape, filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCAPE_PASSPHRASE", WORDS)
    added = ("m999", lambda database: database.execute("CREATE TABLE added (x TEXT) STRICT"))
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, added))
    backups = filled.folder / "backups"
    backups.write_text("a file where the folder should be")
    with pytest.raises(Exception, match="cannot be written"), opened_by_a_command(filled, CODE):
        pass
    backups.unlink()
    with opened_by_a_command(filled, CODE) as cohort:
        assert cohort.connection.value("PRAGMA user_version") == schema.SCHEMA_VERSION + 1
    statement = backups_in(backups, CODE)[-1].statement
    assert statement is not None
    assert (statement.why, statement.state.schema_version) == ("migration", schema.SCHEMA_VERSION)


@contextmanager
def opened_by_a_command(home: Home, code: str) -> Iterator[Cohort]:
    with (
        click.Context(the_program, obj=Settled(home.folder, debug=False)),
        Access(None, None).cohort(code) as cohort,
    ):
        yield cohort


def test_a_fresh_laptop_has_everything_back_by_the_stick_and_the_recovery_key(
    escape: Escape, tmp_path: Path
) -> None:
    old, recovery_key = cheap_home(tmp_path / "old")
    stick = tmp_path / "stick"
    stick.mkdir()
    (old.folder / "escape.toml").write_text(f'[backup]\nsecond_copy = "{stick}"\n')
    for code in (CODE, "K26-2"):
        fill(old, "R1", "R2", code=code)
    with enter(old) as cohort:
        gone = people(cohort)[0].id
    assert (
        escape("--home", str(old.folder), "facilitator", "add", "jk", "--name", "J", "--role", "R").code == 0
    )
    assert escape("--home", str(old.folder), "backup", "now", **SECRET).code == 0
    record_erased_person(old, CODE, gone, START)
    assert escape("--home", str(old.folder), "backup", "now", **SECRET).code == 0
    shutil.rmtree(old.folder)

    paper = secret_file(tmp_path / "paper.txt", recovery_key.in_groups())
    ran = escape("restore", stick, "--recovery-file", paper, "--json")
    assert ran.code == 0
    assert [row["cohort"] for row in ran.document["restored"]] == [CODE, "K26-2"]
    assert ran.document["missing"] == []
    assert "jk" in escape("facilitator", "list").out
    home = open_home(tmp_path / "home", lambda: PASSPHRASE)
    assert (count(home), count(home, "K26-2")) == (2, 2)
    with enter(home) as cohort:
        assert gone not in {one.person for one in identities(cohort)}
    assert escape("restore", stick, **SECRET).code == 0
    assert escape("unlock-check", **SECRET).code == 0


def test_without_the_right_secret_nothing_is_made(escape: Escape, tmp_path: Path) -> None:
    old, _ = cheap_home(tmp_path / "old")
    fill(old, "R1")
    assert escape("--home", str(old.folder), "backup", "now", **SECRET).code == 0
    ran = escape("restore", old.folder / "backups", ESCAPE_PASSPHRASE="another passphrase")
    assert ran.code == 3
    assert not (tmp_path / "home").exists()


def test_one_backup_for_a_home_that_is_not_there_says_which_way_to_go(escape: Escape, tmp_path: Path) -> None:
    old, _ = cheap_home(tmp_path / "old")
    fill(old, "R1")
    assert escape("--home", str(old.folder), "backup", "now", **SECRET).code == 0
    ran = escape("restore", only_backup(old), **SECRET)
    assert ran.code == 3
    assert "the folder of the second copy" in ran.err
    assert list(tmp_path.iterdir()) == [old.folder]


def test_a_backup_that_was_asked_for_is_not_thinned_by_the_next_one(escape: Escape, filled: Home) -> None:
    first = Path(escape("backup", "now", "--json", **SECRET).document["backups"][0]["file"])
    with enter(filled) as cohort:
        someone(cohort, "R3")
    second = Path(escape("backup", "now", "--json", **SECRET).document["backups"][0]["file"])
    assert first != second
    assert first.is_file()
    assert second.is_file()
