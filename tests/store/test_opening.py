"""Making and opening a cohort's file: key, damage, version, and one program at a time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
import sqlcipher3
from sqlite_utils import Database

from escape_tui.store import schema
from escape_tui.store.acts.cohorts import NewCohort, create_cohort
from escape_tui.store.cohort import Actor, Cohort, lock_path, open_cohort
from escape_tui.store.connect import version_of
from escape_tui.store.read import cohort_head, cohort_pack, peek
from escape_tui.store.schema import migrate
from sessions import papers, records, rules
from sessions.errors import CannotOpen, EscapeError, Refused
from tests.store.making import KEY, START, Clock, make, new_cohort, pack, plan, reopen, someone


def test_a_cohort_comes_back_as_it_was_made(path: Path, key: bytes | None) -> None:
    make(path, key).close()
    with reopen(path, key) as cohort:
        head = cohort_head(cohort)
        assert (head.code, head.programme, head.start_date) == ("K26-1", "knees-hips", START)
        assert (head.weekdays, head.sessions_planned) == (("mon", "thu"), 12)
        assert (head.state, head.practice) == ("open", False)
        assert cohort_pack(cohort) == pack()


def test_the_settings_that_keep_an_entry_are_on(cohort: Cohort) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
    found = [cohort.connection.value(f"PRAGMA {name}") for name in asked]
    assert found == ["wal", 2, 1, 1, 2]


@pytest.mark.parametrize("code", ["", "k26", "K26--1", "CON", "PRACTICE", "../X", "A" * 17])
def test_a_code_that_cannot_be_one_is_refused(path: Path, code: str) -> None:
    with pytest.raises(Refused, match="code"):
        create_cohort(path, None, new_cohort(code=code), Actor("jk", Clock()))
    assert not path.parent.exists()


def test_a_practice_cohort_may_bear_the_reserved_code_and_stays_practice(
    path: Path, key: bytes | None
) -> None:
    made = create_cohort(path, key, new_cohort(code="PRACTICE", practice=True), Actor("jk", Clock()))
    with made as cohort:
        for change in ("practice = 0", "code = 'K1'", "return_id = 'x'"):
            with pytest.raises(Refused):
                cohort.connection.run(f"UPDATE cohort SET {change}")  # noqa: S608
        with pytest.raises(Refused):
            cohort.connection.run("DELETE FROM cohort")
        assert cohort_head(cohort).practice


def test_a_cohort_that_is_there_is_never_written_over(path: Path, key: bytes | None) -> None:
    with make(path, key) as cohort:
        someone(cohort)
    before = path.read_bytes()
    with pytest.raises(Refused, match="already"):
        make(path, key)
    assert path.read_bytes() == before


def test_the_same_chance_gives_the_same_ids(tmp_path: Path) -> None:
    ids = []
    for name in ("A", "B"):
        new = NewCohort("A1", pack(), "virtual", plan(), "18:30", practice=True)
        actor = Actor("jk", Clock(), bytes)
        with create_cohort(tmp_path / f"{name}.db", None, new, actor) as cohort:
            ids.append((cohort_head(cohort).return_id, someone(cohort)))
    assert ids[0] == ids[1]


@pytest.mark.parametrize("wrong", [bytes(32), None], ids=["another key", "no key"])
def test_an_encrypted_cohort_opens_with_its_own_key_alone(
    path: Path, wrong: bytes | None, capfd: pytest.CaptureFixture[str]
) -> None:
    make(path, KEY).close()
    before = path.read_bytes()
    with pytest.raises(CannotOpen):
        reopen(path, wrong)
    assert path.read_bytes() == before
    assert capfd.readouterr() == ("", "")


def test_a_plain_cohort_in_an_encrypted_home_is_refused(path: Path) -> None:
    make(path, None).close()
    with pytest.raises(CannotOpen, match="not encrypted"):
        reopen(path, KEY)


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_never_used(path: Path, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        make(path, bytes(length))
    assert not path.exists()


def test_a_program_without_encryption_makes_no_file_where_a_key_is_given(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlcipher3, "dbapi2", sqlite3)
    with pytest.raises(CannotOpen, match="without encryption"):
        make(path, KEY)
    assert not path.exists()


def test_encryption_that_silently_did_not_happen_is_seen(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("escape_tui.store.connect._set_key", lambda *_: None)
    with pytest.raises(CannotOpen, match="not encrypted"):
        make(path, KEY)
    assert not path.exists()


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut in the header": lambda content: content[:60],
    "cut in half": lambda content: content[: len(content) // 2],
    "cut by a page": lambda content: content[:-4096],
    "cut by a few bytes": lambda content: content[:-10],
    "header overwritten": lambda content: b"\xff" * 100 + content[100:],
    "header blanked": lambda content: content[:16] + bytes(84) + content[100:],
    "a page overwritten": lambda content: content[:12288] + b"\xa5" * 4096 + content[16384:],
    "something else": lambda _: b"dear diary" * 1000,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_told_and_left_alone(path: Path, key: bytes | None, damage: str) -> None:
    make(path, key).close()
    damaged = DAMAGE[damage](path.read_bytes())
    path.write_bytes(damaged)
    with pytest.raises(CannotOpen) as told:
        reopen(path, key)
    assert "backup" in told.value.remedy
    assert path.read_bytes() == damaged


def test_a_missing_file_is_told_and_not_made(path: Path, key: bytes | None) -> None:
    with pytest.raises(CannotOpen, match="missing"):
        reopen(path, key)
    assert not path.exists()
    assert not path.parent.exists()


def test_a_file_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE diary (page TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(CannotOpen, match="not a cohort"):
        reopen(path, None)
    assert path.read_bytes() == before


def test_a_file_from_a_newer_version_is_left_untouched(path: Path, key: bytes | None) -> None:
    with make(path, key) as cohort:
        cohort.connection.run("PRAGMA user_version = 99")
    before = path.read_bytes()
    for look in (reopen, peek):
        with pytest.raises(CannotOpen, match="newer version"):
            look(path, key)
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == ["K26-1.db", "K26-1.lock"]


def test_an_older_file_is_migrated_after_a_backup(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    _newer_program(monkeypatch, lambda database: database.execute("CREATE TABLE more (a INTEGER) STRICT"))
    migrate(cohort.connection, lambda: done.append("backed up"))
    migrate(cohort.connection, lambda: done.append("backed up again"))
    assert done == ["backed up"]
    assert version_of(cohort.connection) == schema.SCHEMA_VERSION + 1
    assert cohort.connection.rows("SELECT * FROM more") == []


def test_a_migration_that_fails_leaves_all_as_it_was(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    _newer_program(
        monkeypatch,
        lambda database: database.execute("CREATE TABLE more (a INTEGER) STRICT"),
        lambda database: database.execute("INSERT INTO more VALUES ('no number')"),
    )
    with pytest.raises(EscapeError):
        migrate(cohort.connection, lambda: None)
    assert version_of(cohort.connection) == schema.SCHEMA_VERSION
    assert cohort.connection.rows("SELECT 1 FROM sqlite_master WHERE name = 'more'") == []


def _newer_program(monkeypatch: pytest.MonkeyPatch, *steps: Callable[[Database], object]) -> None:
    added = tuple(
        (f"m{number:03}", step) for number, step in enumerate(steps, start=schema.SCHEMA_VERSION + 1)
    )
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS + added)


def test_a_second_opener_is_told_who_holds_the_cohort(path: Path, key: bytes | None) -> None:
    with (
        make(path, key),
        pytest.raises(
            CannotOpen, match=rf"in use .*process {os.getpid()}, since 09:00 UTC on Monday 5 October 2026"
        ),
    ):
        reopen(path, key)
    reopen(path, key).close()


def test_a_lock_left_behind_stops_nobody(path: Path, key: bytes | None) -> None:
    make(path, key).close()
    for left in ('{"pid": 1, "since": "2020-01-01T00:00:00+00:00"}', "x", ""):
        lock_path(path).write_text(left)
        reopen(path, key).close()


def test_an_opening_that_failed_keeps_no_lock(path: Path) -> None:
    make(path, KEY).close()
    with pytest.raises(CannotOpen):
        reopen(path, bytes(32))
    reopen(path, KEY).close()


def test_a_list_can_look_while_another_is_at_work(path: Path, key: bytes | None) -> None:
    with make(path, key) as cohort:
        someone(cohort)
        assert peek(path, key) == cohort_head(cohort)


def test_a_failing_backup_stops_the_migration(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(path, None).close()
    _newer_program(monkeypatch, lambda database: database.execute("CREATE TABLE more (a INTEGER) STRICT"))

    def no_room() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        open_cohort(path, None, Actor("jk", Clock()), no_room)
    monkeypatch.undo()
    with reopen(path, None) as cohort:
        assert version_of(cohort.connection) == schema.SCHEMA_VERSION


CODES = {
    ("cohort", "programme"): records.Programme,
    ("cohort", "delivery"): records.DeliveryForm,
    ("cohort", "state"): records.CohortState,
    ("person", "sex"): records.Sex,
    ("person", "pain_site"): rules.PainSite,
    ("person", "side"): records.Side,
    ("person", "index_joint"): records.Joint,
    ("person", "index_side"): records.Side,
    ("person", "referral_source"): records.ReferralSource,
    ("person", "withdrawal_reason"): records.WithdrawalReason,
    ("consent", "kind"): records.ConsentKind,
    ("paper", "state"): papers.PaperState,
    ("consent", "how"): records.ConsentHow,
    ("eligibility", "verdict"): records.Verdict,
    ("attendance", "status"): records.AttendanceStatus,
    ("attendance", "reason"): records.AbsenceReason,
    ("exercise_log", "decision"): records.Decision,
    ("exercise_log", "basis"): records.Basis,
    ("arrival_answer", "answer"): records.ArrivalAnswer,
    ("measure", "timepoint"): rules.Timepoint,
    ("measure", "mode"): records.Mode,
    ("measure", "missing_reason"): records.MissingReason,
    ("measure", "joint"): records.Joint,
    ("measure", "side"): records.Side,
    ("incident", "category"): records.IncidentCategory,
    ("incident", "severity"): records.Severity,
    ("incident", "action"): records.IncidentAction,
    ("goal", "kind"): records.GoalKind,
    ("goal", "state"): records.GoalState,
    ("feedback", "answer"): records.FeedbackAnswer,
    ("signpost", "destination"): records.Destination,
    ("receipt", "verdict"): records.ReceiptVerdict,
    ("paper", "timepoint"): rules.Timepoint,
}


@pytest.mark.parametrize(("table", "column"), CODES)
def test_the_file_knows_the_same_codes_as_the_records(cohort: Cohort, table: str, column: str) -> None:
    sql = str(cohort.connection.value("SELECT sql FROM sqlite_master WHERE name = ?", (table,)))
    inside = sql.split(f"({column} IN (", 1)[1].split(")", 1)[0]
    assert {code.strip(" \n'") for code in inside.split(",")} == set(get_args(CODES[table, column]))


def test_every_table_holds_its_columns_to_their_types(cohort: Cohort) -> None:
    loose = cohort.connection.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%STRICT%'"
        " AND name NOT LIKE 'sqlite_%' AND name <> '_sqlite_migrations'"
    )
    assert loose == []
