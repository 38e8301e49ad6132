"""`escape cohort erase` and `escape person erase`: asked again, done, and what is out of reach is named."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from escape_tui.cohorts import cohort_codes
from escape_tui.settings import SETTINGS_NAME, default_text
from escape_tui.store.acts.cohorts import close_cohort
from escape_tui.store.read import identities, people
from tests.cli.held import CODE, hold_cohort, looked_into, opened
from tests.cli.homes import Escape
from tests.unit.home_fixtures import WORDS


class Typed(io.StringIO):
    """A terminal at which somebody types."""

    def isatty(self) -> bool:
        return True


def test_a_cohort_is_erased_with_yes_and_its_code_is_spent(escape: Escape, home: Path) -> None:
    hold_cohort(home)
    ran = escape("cohort", "erase", CODE, "--yes", "--json", ESCAPE_PASSPHRASE=WORDS)
    assert (ran.code, ran.document) == (0, {"cohort": CODE, "erased": True, "uncleaned": []})
    assert cohort_codes(opened(home)) == ()
    assert "cannot" not in ran.err
    again = escape("cohort", "erase", "K99", "--yes", ESCAPE_PASSPHRASE=WORDS)
    assert again.code == 4
    assert "no cohort of that code" in again.err


@pytest.mark.parametrize("command", [("cohort", "erase", CODE), ("person", "erase", CODE, "R1")])
def test_a_script_that_does_not_say_yes_is_refused(
    escape: Escape, plain_home: Path, command: tuple[str, ...]
) -> None:
    hold_cohort(plain_home)
    ran = escape(*command)
    assert ran.code == 4
    assert ran.err.endswith(
        "Nothing was erased, for nobody was asked. Give --yes to erase without a question.\n"
    )
    with looked_into(plain_home) as cohort:
        assert len(identities(cohort)) == 1


@pytest.mark.parametrize(("typed", "code"), [("K26-1\n", 0), ("K26-2\n", 4), ("yes\n", 4)])
def test_at_a_terminal_the_code_has_to_be_typed_again(
    escape: Escape, plain_home: Path, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    hold_cohort(plain_home)
    monkeypatch.setattr("sys.stdin", Typed(typed))
    ran = escape("cohort", "erase", CODE)
    assert ran.code == code
    assert "for good" in ran.err
    assert cohort_codes(opened(plain_home)) == (() if code == 0 else (CODE,))


def test_in_a_plain_home_what_cannot_be_promised_is_said(escape: Escape, plain_home: Path) -> None:
    hold_cohort(plain_home)
    ran = escape("cohort", "erase", CODE, "--yes")
    assert "a disk may keep what was overwritten" in ran.err


def test_a_second_copy_that_is_away_is_named(escape: Escape, plain_home: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with_second_copy(plain_home, stick)
    hold_cohort(plain_home)
    ran = escape("cohort", "erase", CODE, "--yes", "--json")
    assert ran.document["uncleaned"] == [{"folder": str(stick), "present": False}]
    assert str(stick) in ran.err
    named = escape("doctor", "--json").document["checks"]
    assert [one["verdict"] for one in named if one["check"] == "erased copies"] == ["warning"]


def test_a_person_is_erased_by_reference_and_the_record_stays(escape: Escape, home: Path) -> None:
    person = hold_cohort(home)
    ran = escape("person", "erase", CODE, "R1", "--yes", "--json", ESCAPE_PASSPHRASE=WORDS)
    assert ran.code == 0
    document = ran.document
    assert (document["cohort"], document["person_id"], document["erased"]) == (CODE, person, True)
    assert "Zwanhild" not in ran.out + ran.err
    with looked_into(home) as cohort:
        assert identities(cohort) == ()
        assert [one.erased_on.isoformat() for one in people(cohort) if one.erased_on] == [
            document["erased_on"]
        ]


def with_second_copy(home: Path, folder: Path) -> None:
    path = home / SETTINGS_NAME
    lines = path.read_text() if path.exists() else default_text()
    path.write_text(re.sub(r'second_copy = ".*"', f'second_copy = "{folder}"', lines))


def test_an_older_backup_opens_no_more_and_a_fresh_one_took_its_place(
    escape: Escape, home: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with_second_copy(home, stick)
    hold_cohort(home)
    assert escape("backup", "now", CODE, ESCAPE_PASSPHRASE=WORDS).code == 0
    (older,) = (stick / CODE).glob("*.db")
    kept = shutil.copy(older, tmp_path / "kept.db")
    assert escape("person", "erase", CODE, "R1", "--yes", ESCAPE_PASSPHRASE=WORDS).code == 0
    for place in (home / "backups", stick):
        (fresh,) = (place / CODE).glob("*.db")
        assert fresh.name != older.name
        assert fresh.with_suffix(".json").exists()
    ran = escape("restore", kept, ESCAPE_PASSPHRASE=WORDS)
    assert ran.code == 4
    assert "No key of this home opens this backup" in ran.err


def test_no_restore_brings_a_person_back_in_a_plain_home(
    escape: Escape, plain_home: Path, tmp_path: Path
) -> None:
    hold_cohort(plain_home)
    assert escape("backup", "now", CODE).code == 0
    (older,) = (plain_home / "backups" / CODE).glob("*.db")
    kept = shutil.copy(older, tmp_path / "kept.db")
    assert escape("person", "erase", CODE, "R1", "--yes").code == 0
    assert not older.exists()
    assert escape("restore", kept).code == 0
    with looked_into(plain_home) as cohort:
        assert identities(cohort) == ()


def test_a_stick_that_the_settings_no_longer_name_is_not_forgotten(
    escape: Escape, plain_home: Path, tmp_path: Path
) -> None:
    first = tmp_path / "first"
    first.mkdir()
    with_second_copy(plain_home, first)
    hold_cohort(plain_home)
    assert escape("backup", "now", CODE).code == 0
    with_second_copy(plain_home, tmp_path / "second")
    away = first.rename(tmp_path / "in a drawer")
    ran = escape("cohort", "erase", CODE, "--yes", "--json")
    assert {one["folder"] for one in ran.document["uncleaned"]} == {str(first), str(tmp_path / "second")}
    away.rename(first)
    escape("cohort", "list")
    assert not (first / CODE).exists()
    erased = [one for one in escape("doctor", "--json").document["checks"] if one["check"] == "erased copies"]
    assert len(erased) == 1


def test_a_cohort_that_is_due_is_named_by_the_list(escape: Escape, plain_home: Path) -> None:
    hold_cohort(plain_home)
    assert "due for erasing" not in escape("cohort", "list").err
    with looked_into(plain_home) as cohort:
        close_cohort(cohort, date(2020, 1, 31))
    assert "Cohort K26-1 has been due for erasing since" in escape("cohort", "list").err


def test_nobody_of_that_name_is_refused(escape: Escape, plain_home: Path) -> None:
    hold_cohort(plain_home)
    ran = escape("person", "erase", CODE, "R2", "--yes")
    assert ran.code == 4
    assert "no such person" in ran.err
