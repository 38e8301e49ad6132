"""`escape doctor`: each thing has a verdict, and what is bad is 1."""

from __future__ import annotations

import shutil
import sqlite3
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from escape_tui.checkup.cohorts import check_clock
from escape_tui.settings import SETTINGS_NAME
from escape_tui.sound.tones import SILENCE, wav
from escape_tui.store.acts.cohorts import close_cohort
from escape_tui.store.key_file import KEYS_NAME
from escape_tui.store.keys import UnlockedHome
from tests.cli.held import CODE, hold_cohort, looked_into, opened
from tests.cli.homes import Escape
from tests.cli.program import Ran
from tests.unit.home_fixtures import OTHER_WORDS, WORDS
from tests.unit.stand_ins import only_on_path, put_tool

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


def verdicts(ran: Ran) -> dict[str, str]:
    return {one["check"]: one["verdict"] for one in ran.document["checks"]}


def message(ran: Ran, check: str) -> str:
    return str(next(one["message"] for one in ran.document["checks"] if one["check"] == check))


def test_a_sound_home_has_nothing_bad(escape: Escape, plain_home: Path) -> None:
    hold_cohort(plain_home)
    ran = escape("doctor", "--json")
    assert ran.code == 0
    found = verdicts(ran)
    assert set(found) == (
        {"home", "keys", "settings", "facilitators", "signers", "erased copies", "second copy"}
        | {"returns", "backups", "awake"}
        | {f"cohort {CODE}", "clock", "retention", "disk", "terminal", "sound"}
    )
    assert set(found.values()) <= {"ok", "warning"}
    assert found[f"cohort {CODE}"] == "ok"
    assert message(ran, "backups") == f"There is no backup of {CODE}. Make one: `escape backup now`."


def test_for_people_it_is_a_line_each(escape: Escape, plain_home: Path) -> None:
    lines = escape("doctor").out.splitlines()
    assert len(lines) == 15
    assert lines[0].startswith("ok       home           The home is in")


def test_without_a_passphrase_it_says_what_it_did_not_look_into(escape: Escape, home: Path) -> None:
    hold_cohort(home)
    ran = escape("doctor", "--json")
    assert ran.code == 0
    assert "no passphrase was given" in message(ran, "cohorts")
    assert f"cohort {CODE}" not in verdicts(ran)
    assert verdicts(escape("doctor", "--json", ESCAPE_PASSPHRASE=WORDS))[f"cohort {CODE}"] == "ok"


def test_a_wrong_passphrase_is_bad(escape: Escape, home: Path) -> None:
    ran = escape("doctor", "--json", ESCAPE_PASSPHRASE=OTHER_WORDS)
    assert (ran.code, verdicts(ran)["cohorts"]) == (1, "bad")


def test_where_there_is_no_home_that_is_bad_and_the_laptop_is_looked_at(escape: Escape) -> None:
    ran = escape("doctor", "--json")
    assert ran.code == 1
    assert set(verdicts(ran)) == {"home", "disk", "terminal", "sound", "awake"}


def test_a_damaged_cohort_and_a_trail_that_was_rewritten_are_bad(escape: Escape, plain_home: Path) -> None:
    hold_cohort(plain_home)
    path = plain_home / "cohorts" / f"{CODE}.db"
    sound = path.read_bytes()
    tampered = sqlite3.connect(path)
    tampered.execute("UPDATE person SET sex = 'male'")
    tampered.commit()
    tampered.close()
    ran = escape("doctor", "--json")
    assert (ran.code, verdicts(ran)[f"cohort {CODE}"]) == (1, "bad")
    assert "trail does not hold" in message(ran, f"cohort {CODE}")
    path.write_bytes(sound[:8192] + b"\xa5" * 4096 + sound[12288:])
    ran = escape("doctor", "--json")
    assert (ran.code, verdicts(ran)[f"cohort {CODE}"]) == (1, "bad")
    assert "damaged" in message(ran, f"cohort {CODE}")


def test_keys_that_are_damaged_missing_or_on_the_move_are_told(escape: Escape, home: Path) -> None:
    hold_cohort(home)
    held = opened(home)
    assert isinstance(held, UnlockedHome)
    held.renew_cohort_key(CODE)
    ran = escape("doctor", "--json")
    assert (ran.code, verdicts(ran)["keys"]) == (0, "warning")
    assert "on its way to a new key" in message_of_last(ran, "keys")
    (home / KEYS_NAME).write_bytes(b"{")
    assert "the one kept before it is used" in message(escape("doctor", "--json"), "keys")
    shutil.copy(home / "cohorts" / f"{CODE}.db", home / "cohorts" / "K27-1.db")
    ran = escape("doctor", "--json")
    assert (ran.code, "no key for K27-1" in message(ran, "keys")) == (1, True)
    (home / f"{KEYS_NAME}.1").write_bytes(b"{")
    assert escape("doctor", "--json").code == 1


def message_of_last(ran: Ran, check: str) -> str:
    return str([one["message"] for one in ran.document["checks"] if one["check"] == check][-1])


def test_faulty_settings_are_bad_and_named_with_their_line(escape: Escape, plain_home: Path) -> None:
    path = plain_home / SETTINGS_NAME
    path.write_text(path.read_text().replace("lock_minutes = 10", "lock_minutes = -1"))
    ran = escape("doctor", "--json")
    assert (ran.code, verdicts(ran)["settings"]) == (1, "bad")
    assert "lock_minutes" in message(ran, "settings")


def test_a_second_copy_that_is_another_homes_is_bad(escape: Escape, plain_home: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    path = plain_home / SETTINGS_NAME
    path.write_text(path.read_text().replace('second_copy = ""', f'second_copy = "{stick}"'))
    assert "is not there" in message(escape("doctor", "--json"), "second copy")
    stick.mkdir()
    assert "no copy in" in message(escape("doctor", "--json"), "second copy")
    shutil.copy(plain_home / KEYS_NAME, stick / KEYS_NAME)
    assert verdicts(escape("doctor", "--json"))["second copy"] == "ok"
    assert escape("--home", tmp_path / "other", "init", "--site-code", "S1", "--site-name", "X", "--plain")
    shutil.copy(tmp_path / "other" / KEYS_NAME, stick / KEYS_NAME)
    ran = escape("doctor", "--json")
    assert (ran.code, verdicts(ran)["second copy"]) == (1, "bad")


@pytest.mark.parametrize(
    ("behind", "verdict"),
    [(timedelta(0), "ok"), (timedelta(minutes=5), "warning"), (timedelta(days=365), "bad")],
)
def test_a_clock_that_was_set_back_is_told(behind: timedelta, verdict: str) -> None:
    assert check_clock([NOW - timedelta(days=9), NOW], NOW - behind).verdict == verdict


@pytest.mark.parametrize(("free", "verdict"), [(50 << 20, "bad"), (500 << 20, "warning"), (9 << 30, "ok")])
def test_little_room_on_the_disk_is_told(
    escape: Escape, plain_home: Path, monkeypatch: pytest.MonkeyPatch, free: int, verdict: str
) -> None:
    usage = namedtuple("usage", ["total", "used", "free"])
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(free, 0, free))
    ran = escape("doctor", "--json")
    assert verdicts(ran)["disk"] == verdict
    assert ran.code == (1 if verdict == "bad" else 0)


def test_a_player_is_looked_for_on_the_path_and_tried_with_a_silence(
    escape: Escape, plain_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = only_on_path(monkeypatch, tmp_path / "tools")
    assert "There is no player" in message(escape("doctor", "--json"), "sound")
    put_tool(tools, "aplay", f'cat "$2" > "{tools}/silence.wav"')
    ran = escape("doctor", "--json")
    assert verdicts(ran)["sound"] == "ok"
    assert message(ran, "sound").startswith("Sounds are played by aplay;")
    assert (tools / "silence.wav").read_bytes() == wav(SILENCE)
    put_tool(tools, "aplay", "exit 1")
    ran = escape("doctor", "--json")
    assert (ran.code, verdicts(ran)["sound"]) == (0, "warning")
    assert "aplay cannot play a sound" in message(ran, "sound")


def test_a_player_that_does_not_answer_is_told_and_waited_for_no_longer(
    escape: Escape, plain_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("escape_tui.sound.players.SECONDS_TO_ANSWER", 0.1)
    put_tool(only_on_path(monkeypatch, tmp_path / "tools"), "aplay", "sleep 30")
    assert verdicts(escape("doctor", "--json"))["sound"] == "warning"


def test_looking_at_the_sound_writes_nothing(
    escape: Escape, plain_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_tool(only_on_path(monkeypatch, tmp_path / "tools"), "aplay", "")
    before = sorted(tmp_path.rglob("*"))
    assert verdicts(escape("doctor", "--json"))["sound"] == "ok"
    assert sorted(tmp_path.rglob("*")) == before


def test_whether_the_laptop_can_be_kept_awake_is_tried(
    escape: Escape, plain_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = only_on_path(monkeypatch, tmp_path / "tools")
    ran = escape("doctor", "--json")
    assert (ran.code, verdicts(ran)["awake"]) == (0, "warning")
    put_tool(tools, "systemd-inhibit", "")
    ran = escape("doctor", "--json")
    assert verdicts(ran)["awake"] == "ok"
    assert message(ran, "awake").startswith("systemd-inhibit will keep the laptop awake")


def test_a_cohort_closed_long_ago_is_due_and_that_is_no_fault(escape: Escape, plain_home: Path) -> None:
    hold_cohort(plain_home)
    with looked_into(plain_home) as cohort:
        close_cohort(cohort, datetime(2020, 1, 31, tzinfo=UTC).date())
    ran = escape("doctor", "--json")
    assert (ran.code, verdicts(ran)["retention"]) == (0, "warning")
    assert "since Monday 31 January 2022" in message(ran, "retention")
