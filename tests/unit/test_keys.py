"""The keys of a home: who opens it, what a cohort's key is bound to, what a change leaves behind."""

from __future__ import annotations

import pickle
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Thread

import pytest

from escape_tui.store.key_file import KEYS_NAME, FoundKeys, read_keys, write_first_keys
from escape_tui.store.keys import PlainHome, UnlockedHome
from escape_tui.store.opening import make_home, make_plain_home, open_home, recover_home
from escape_tui.store.passphrase import Passphrase, new_passphrase_of, passphrase_of
from escape_tui.store.recovery_key import RecoveryKey, new_recovery_key
from escape_tui.store.wrapping import STANDARD_COST
from sessions.errors import CannotOpen, Refused
from tests.unit.home_fixtures import CHEAP, OTHER, PASSPHRASE, WORDS, cheap_home, opened

ERASED_AT = datetime(2026, 11, 5, 19, 30, tzinfo=UTC)


def test_the_passphrase_opens_the_home_again_and_gives_the_same_cohort_key(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path)
    key = home.new_cohort_key("KNEES-1")
    assert opened(tmp_path).cohort_key("KNEES-1") == key


def test_a_cohort_key_is_64_hexadecimal_digits_and_each_is_another(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path)
    digits = {home.new_cohort_key(f"C{number}").hex_digits for number in range(5)}
    assert len(digits) == 5
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in digits)


def test_another_passphrase_does_not_open_the_home_and_changes_nothing(tmp_path: Path) -> None:
    cheap_home(tmp_path)
    before = _contents(tmp_path)
    with pytest.raises(CannotOpen, match="passphrase does not open"):
        opened(tmp_path, OTHER)
    assert _contents(tmp_path) == before


def test_the_passphrase_opens_whichever_way_its_accents_were_typed(tmp_path: Path) -> None:
    composed = "crème brûlée à Môn"
    make_home(tmp_path, new_passphrase_of(composed), lambda _: None, cost=CHEAP)
    decomposed = unicodedata.normalize("NFD", composed)
    assert decomposed != composed
    opened(tmp_path, passphrase_of(decomposed + "\r\n"))


def test_a_home_is_locked_at_the_cost_that_the_design_asks_for(tmp_path: Path) -> None:
    home = make_home(tmp_path, PASSPHRASE, lambda _: None)
    locks = read_keys(tmp_path).keys
    assert (STANDARD_COST.memory_kib, STANDARD_COST.passes, STANDARD_COST.lanes) == (65536, 3, 4)
    assert locks.by_passphrase is not None
    assert locks.by_passphrase.cost == STANDARD_COST
    assert locks.by_recovery_key is not None
    assert locks.by_recovery_key.cost == STANDARD_COST
    assert opened(tmp_path).home_id == home.home_id


def test_the_recovery_key_opens_the_home_and_sets_a_new_passphrase(tmp_path: Path) -> None:
    home, recovery_key = cheap_home(tmp_path)
    key = home.new_cohort_key("A")
    recover_home(tmp_path, lambda: recovery_key).change_passphrase(OTHER, CHEAP)
    assert opened(tmp_path, OTHER).cohort_key("A") == key
    assert recover_home(tmp_path, lambda: recovery_key).cohort_key("A") == key
    with pytest.raises(CannotOpen):
        opened(tmp_path)


def test_another_homes_recovery_key_does_not_open_this_one(tmp_path: Path) -> None:
    cheap_home(tmp_path)
    with pytest.raises(CannotOpen, match="not the one of this home"):
        recover_home(tmp_path, new_recovery_key)


@pytest.mark.parametrize(
    "change",
    [
        lambda home: home.change_passphrase(OTHER, CHEAP),
        lambda home: home.rotate(OTHER, lambda _: None, CHEAP),
    ],
    ids=["changed", "rotated"],
)
def test_the_old_passphrase_opens_no_file_of_the_home_after_a_change(
    tmp_path: Path, change: Callable[[UnlockedHome], None]
) -> None:
    home, _ = cheap_home(tmp_path)
    home.new_cohort_key("A")
    change(home)
    for damaged in (False, True):
        if damaged:
            (tmp_path / KEYS_NAME).write_bytes(b"")
        with pytest.raises(CannotOpen):
            opened(tmp_path)
        opened(tmp_path, OTHER).cohort_key("A")


def test_rotating_keeps_every_cohorts_key_and_makes_a_new_recovery_key(tmp_path: Path) -> None:
    home, old_recovery_key = cheap_home(tmp_path)
    key, moving = home.new_cohort_key("A"), home.new_cohort_key("B")
    moved = home.renew_cohort_key("B")
    home.remove_cohort_key("GONE", ERASED_AT)
    shown: list[RecoveryKey] = []
    home.rotate(OTHER, shown.append, CHEAP)
    for again in (home, opened(tmp_path, OTHER), recover_home(tmp_path, lambda: shown[0])):
        assert again.cohort_key("A") == key
        assert again.cohort_key("B") == moving
        assert again.next_cohort_key("B") == moved
        assert [tombstone.cohort_id for tombstone in again.tombstones] == ["GONE"]
    with pytest.raises(CannotOpen):
        recover_home(tmp_path, lambda: old_recovery_key)


@pytest.mark.parametrize("lock", ["by_passphrase", "by_recovery_key"])
def test_a_lock_from_before_a_rotation_is_useless_in_the_new_keys(tmp_path: Path, lock: str) -> None:
    home, old_recovery_key = cheap_home(tmp_path)
    before = read_keys(tmp_path).keys
    home.rotate(OTHER, lambda _: None, CHEAP)
    after = read_keys(tmp_path).keys
    write_first_keys(tmp_path, after.model_copy(update={lock: getattr(before, lock)}))
    ways: dict[str, Callable[[], UnlockedHome]] = {
        "by_passphrase": lambda: opened(tmp_path),
        "by_recovery_key": lambda: recover_home(tmp_path, lambda: old_recovery_key),
    }
    with pytest.raises(CannotOpen):
        ways[lock]()


def test_a_program_that_has_the_home_open_is_told_when_another_renews_its_keys(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path)
    opened(tmp_path).rotate(OTHER, lambda _: None, CHEAP)
    with pytest.raises(CannotOpen, match="renewed by another program"):
        home.new_cohort_key("A")


def test_two_programs_that_have_the_home_open_lose_neither_ones_cohort(tmp_path: Path) -> None:
    first, _ = cheap_home(tmp_path)
    second = opened(tmp_path)
    ours, theirs = first.new_cohort_key("OURS"), second.new_cohort_key("THEIRS")
    for home in (first, second, opened(tmp_path)):
        assert home.cohort_ids == ("OURS", "THEIRS")
        assert (home.cohort_key("OURS"), home.cohort_key("THEIRS")) == (ours, theirs)


def test_two_programs_that_change_the_keys_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    cheap_home(tmp_path)

    def add(name: str) -> None:
        home = opened(tmp_path)
        for number in range(8):
            home.new_cohort_key(f"{name}{number}")

    threads = [Thread(target=add, args=(name,)) for name in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened(tmp_path).cohort_ids) == 16


def test_a_cohort_id_is_given_a_key_once(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path)
    key = home.new_cohort_key("A")
    with pytest.raises(Refused, match="has a key already"):
        home.new_cohort_key("A")
    assert opened(tmp_path).cohort_key("A") == key


def test_a_cohort_without_a_key_cannot_be_opened(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path)
    with pytest.raises(CannotOpen, match="no key for that cohort"):
        home.cohort_key("A")


def test_an_erased_cohorts_key_is_in_no_file_of_the_home_and_its_tombstone_stays(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path)
    home.new_cohort_key("A")
    entry = read_keys(tmp_path).keys.entry("A")
    assert entry is not None
    locked = entry.model_dump(mode="json")["key"]["locked"].encode()
    (tmp_path / KEYS_NAME).write_bytes(b"cut short: " + locked)
    home = opened(tmp_path)
    home.new_cohort_key("B")
    home.remove_cohort_key("A", ERASED_AT.astimezone(timezone(timedelta(hours=1))))
    home.remove_cohort_key("A", ERASED_AT + timedelta(days=1))

    assert not any(locked in content for content in _contents(tmp_path).values())
    again = opened(tmp_path)
    assert [(grave.cohort_id, grave.erased_at) for grave in again.tombstones] == [("A", ERASED_AT)]
    with pytest.raises(CannotOpen, match="was erased here"):
        again.cohort_key("A")
    with pytest.raises(Refused, match="was erased here"):
        again.new_cohort_key("A")


def test_a_cohort_moves_to_a_new_key_while_both_open_until_one_is_kept(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path)
    old = home.new_cohort_key("A")
    assert home.next_cohort_key("A") is None
    new = home.renew_cohort_key("A")
    again = opened(tmp_path)
    assert (again.cohort_key("A"), again.next_cohort_key("A")) == (old, new)
    assert again.renew_cohort_key("A") == new
    again.keep_cohort_key("A", new)
    assert (home.cohort_key("A"), home.next_cohort_key("A")) == (new, None)
    (tmp_path / KEYS_NAME).unlink()
    assert opened(tmp_path).cohort_key("A") == new
    with pytest.raises(ValueError, match="only a key that it has"):
        home.keep_cohort_key("A", old)


def test_a_cohorts_locked_key_moved_to_another_cohort_opens_nothing(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path)
    home.new_cohort_key("A")
    home.new_cohort_key("B")
    keys = read_keys(tmp_path).keys
    first, second = keys.cohorts
    swapped = (first.model_copy(update={"key": second.key}), second.model_copy(update={"key": first.key}))
    write_first_keys(tmp_path, keys.model_copy(update={"cohorts": swapped}))
    for cohort_id in ("A", "B"):
        with pytest.raises(CannotOpen, match="not made by this home"):
            opened(tmp_path).cohort_key(cohort_id)


@pytest.mark.parametrize("edit", [{"practice": True}, {"home_id": "0" * 32}, {"home_key_number": 2}])
def test_what_a_home_is_cannot_be_edited(tmp_path: Path, edit: dict[str, object]) -> None:
    cheap_home(tmp_path)
    keys = read_keys(tmp_path).keys
    write_first_keys(tmp_path, keys.model_copy(update=edit))
    with pytest.raises(CannotOpen):
        opened(tmp_path)


def test_a_practice_home_stays_one_through_every_change(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path, practice=True)
    home.new_cohort_key("A")
    home.rotate(OTHER, lambda _: None, CHEAP)
    assert opened(tmp_path, OTHER).practice


def test_a_plain_home_asks_for_no_passphrase_and_has_no_keys_to_give(tmp_path: Path) -> None:
    def asked() -> Passphrase:
        pytest.fail("a plain home asked for a passphrase")

    make_plain_home(tmp_path, practice=True)
    home = open_home(tmp_path, asked)
    assert isinstance(home, PlainHome)
    assert home.practice
    assert not hasattr(home, "cohort_key")
    home.remove_cohort_key("A", ERASED_AT)
    assert [grave.cohort_id for grave in open_home(tmp_path, asked).tombstones] == ["A"]
    with pytest.raises(Refused, match="not encrypted"):
        recover_home(tmp_path, new_recovery_key)


def test_a_home_is_not_made_over_another_nor_over_cohorts_whose_keys_are_gone(tmp_path: Path) -> None:
    cheap_home(tmp_path / "home")
    with pytest.raises(Refused, match="a home in that folder already"):
        make_home(tmp_path / "home", OTHER, lambda _: None, cost=CHEAP)
    (tmp_path / "left" / "cohorts").mkdir(parents=True)
    (tmp_path / "left" / "cohorts" / "A.db").touch()
    with pytest.raises(Refused, match="keys are gone"):
        make_plain_home(tmp_path / "left")
    with pytest.raises(CannotOpen, match=r"keys of the home in .* are gone"):
        opened(tmp_path / "left")


def test_there_is_no_home_in_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen) as raised:
        opened(tmp_path)
    assert "escape init" in raised.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_no_secret_is_in_the_files_nor_in_what_the_objects_show(tmp_path: Path) -> None:
    home, recovery_key = cheap_home(tmp_path)
    key = home.new_cohort_key("A")
    home.change_passphrase(PASSPHRASE, CHEAP)
    home_key = home._home_key  # noqa: SLF001 - the test must know what nobody may see
    shown = f"{home!r} {home} {recovery_key!r} {key!r} {PASSPHRASE!r} {home_key!r} {read_keys(tmp_path)!r}"
    raws = [PASSPHRASE.encoded, recovery_key.raw, key.raw, home_key.raw]
    written = b"".join(_contents(tmp_path).values()) + shown.encode()
    for raw in raws:
        assert raw not in written
        assert raw.hex().encode() not in written
        assert repr(raw).encode() not in written
    assert WORDS not in shown
    assert recovery_key.in_groups().encode() not in written


def test_an_unlocked_home_cannot_be_written_down(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path)
    with pytest.raises(TypeError):
        pickle.dumps(home)


def test_a_program_notices_when_another_home_lies_in_its_folder(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path / "one")
    cheap_home(tmp_path / "two")
    other = (tmp_path / "two" / KEYS_NAME).read_bytes()
    (tmp_path / "one" / KEYS_NAME).write_bytes(other)
    with pytest.raises(CannotOpen, match="Another home"):
        home.new_cohort_key("A")
    assert (tmp_path / "one" / KEYS_NAME).read_bytes() == other


def test_reading_the_keys_of_many_cohorts_reads_the_file_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _ = cheap_home(tmp_path)
    for number in range(3):
        home.new_cohort_key(f"C{number}")
    reads: list[Path] = []

    def counted(folder: Path) -> FoundKeys:
        reads.append(folder)
        return read_keys(folder)

    monkeypatch.setattr("escape_tui.store.keys.read_keys", counted)
    again = opened(tmp_path)
    for number in range(3):
        again.cohort_key(f"C{number}")
    assert len(reads) == 1


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "home.lock"}
