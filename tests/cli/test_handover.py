"""`escape handover give` and `take`: secrets, exit codes, and what is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from escape_tui.store.handover_file import read_handover
from escape_tui.store.opening import make_plain_home
from escape_tui.store.read import cohort_head, identities
from escape_tui.store.wrapping import Argon2Cost
from tests.cli.held import CODE, hold_cohort, looked_into
from tests.cli.homes import Escape, secret_file
from tests.unit.home_fixtures import OTHER_WORDS

NEW = "a bridge of seven planks"


@pytest.fixture
def out(escape: Escape, plain_home: Path, tmp_path: Path) -> Path:
    """A hand-over of the cohort in the home, which is gone from there, as on another laptop."""
    hold_cohort(plain_home)
    file = tmp_path / "given"
    ran = escape("handover", "give", CODE, "--out", file, "--json", ESCAPE_NEW_PASSPHRASE=NEW)
    assert ran.code == 0
    assert ran.document == {"cohort": CODE, "file": str(file), "handed_over": True}
    with looked_into(plain_home) as cohort:
        assert cohort_head(cohort).handed_over
    return file


def moved_on(tmp_path: Path) -> Path:
    """Another laptop's home in the place of the giver's."""
    home = tmp_path / "home"
    home.rename(tmp_path / "giver")
    make_plain_home(home)
    return home


def test_a_cohort_goes_to_another_home(escape: Escape, out: Path, tmp_path: Path) -> None:
    home = moved_on(tmp_path)
    words = secret_file(tmp_path / "words", f"{NEW}\n")
    ran = escape("handover", "take", out, "--new-passphrase-file", words, "--json")
    assert (ran.code, ran.document) == (0, {"cohort": CODE, "taken": True, "back": False})
    assert "Delete the file" in ran.err
    with looked_into(home) as cohort:
        assert [one.given_name for one in identities(cohort)] == ["Zwanhild"]
        assert not cohort_head(cohort).handed_over


def test_the_wrong_passphrase_and_a_damaged_file_are_3(escape: Escape, out: Path, tmp_path: Path) -> None:
    moved_on(tmp_path)
    wrong = escape("handover", "take", out, ESCAPE_NEW_PASSPHRASE=OTHER_WORDS)
    assert (wrong.code, "passphrase does not open" in wrong.err) == (3, True)
    none = escape("handover", "take", out)
    assert (none.code, "no terminal to ask at" in none.err) == (3, True)
    out.write_bytes(out.read_bytes()[:-100])
    damaged = escape("handover", "take", out, ESCAPE_NEW_PASSPHRASE=NEW)
    assert (damaged.code, "damaged or cut short" in damaged.err) == (3, True)


def test_a_file_that_is_not_there_is_bad_input(escape: Escape, plain_home: Path, tmp_path: Path) -> None:
    assert escape("handover", "take", tmp_path / "nothing", ESCAPE_NEW_PASSPHRASE=NEW).code == 4


@pytest.mark.parametrize("command", [("handover", "take"), ("restore",)])
def test_a_file_of_another_kind_is_bad_input(
    escape: Escape, plain_home: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("dear diary", encoding="utf-8")
    ran = escape(*command, letter, ESCAPE_NEW_PASSPHRASE=NEW)
    assert (ran.code, "That file is no" in ran.err) == (4, True)


def test_a_short_passphrase_hands_nothing_over(escape: Escape, plain_home: Path, tmp_path: Path) -> None:
    hold_cohort(plain_home)
    ran = escape("handover", "give", CODE, "--out", tmp_path / "given", ESCAPE_NEW_PASSPHRASE="short")
    assert (ran.code, "12 characters" in ran.err) == (4, True)
    with looked_into(plain_home) as cohort:
        assert not cohort_head(cohort).handed_over


def test_a_guess_at_a_handover_costs_what_a_guess_at_a_home_does(out: Path) -> None:
    assert read_handover(out).key.cost == Argon2Cost(memory_kib=64 * 1024, passes=3, lanes=4)
