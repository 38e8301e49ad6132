"""Passphrases and recovery keys as people write, type and misread them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from escape_tui.store.passphrase import new_passphrase_of, passphrase_of
from escape_tui.store.recovery_key import RecoveryKey, new_recovery_key, recovery_key_of
from sessions.errors import CannotOpen, Refused

KEYS = st.binary(min_size=20, max_size=20).map(RecoveryKey)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(KEYS)
def test_a_recovery_key_reads_back_from_paper(key: RecoveryKey) -> None:
    groups = key.in_groups().split("-")
    assert [len(group) for group in groups] == [5] * 8
    assert recovery_key_of(key.in_groups()) == key


@given(KEYS)
def test_a_recovery_key_reads_back_however_it_is_typed(key: RecoveryKey) -> None:
    text = key.in_groups()
    assert recovery_key_of(text.lower().replace("-", " ") + "\r\n") == key
    assert recovery_key_of(text.replace("-", "")) == key
    assert recovery_key_of(text.replace("0", "O").replace("1", "l")) == key
    assert recovery_key_of(text.replace("0", "o").replace("1", "I")) == key


@given(KEYS)
def test_a_recovery_key_reads_back_from_a_file_with_remarks_that_an_editor_saved(key: RecoveryKey) -> None:
    remarks = "\ufeff# Recovery key of a hall\r\n# Keep it away from the laptop.\r\n"
    assert recovery_key_of(f"{remarks}{key.in_groups()}\r\n") == key


@settings(max_examples=200)
@given(KEYS, st.integers(0, 46), st.sampled_from(ALPHABET + "U"))
def test_one_character_misread_is_noticed(key: RecoveryKey, at: int, other: str) -> None:
    text = key.in_groups()
    assume(text[at] not in {"-", other})
    with pytest.raises(CannotOpen, match="wrong or missing"):
        recovery_key_of(text[:at] + other + text[at + 1 :])


@given(KEYS, st.integers(0, 45))
def test_two_neighbours_swapped_are_noticed(key: RecoveryKey, at: int) -> None:
    text = key.in_groups()
    assume(text[at] != text[at + 1] and "-" not in text[at : at + 2])
    with pytest.raises(CannotOpen):
        recovery_key_of(text[:at] + text[at + 1] + text[at] + text[at + 2 :])


@pytest.mark.parametrize("text", ["", "-", "ÄÄÄÄÄ", "=" * 40, "0" * 40, "00000-" * 8 + "00000"])
def test_what_is_no_recovery_key_is_said_to_be_none(text: str) -> None:
    with pytest.raises(CannotOpen, match="not a recovery key"):
        recovery_key_of(text)


def test_a_recovery_key_cut_short_is_noticed() -> None:
    text = new_recovery_key().in_groups()
    for end in range(0, len(text), 5):
        with pytest.raises(CannotOpen):
            recovery_key_of(text[:end])


def test_every_recovery_key_is_another() -> None:
    assert len({new_recovery_key().raw for _ in range(20)}) == 20


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_one_newline_at_the_end_does_not_count(ending: str) -> None:
    assert passphrase_of("copper kettle" + ending) == passphrase_of("copper kettle")


def test_a_second_newline_and_spaces_count() -> None:
    for text in ("copper kettle\n\n", "copper kettle ", " copper kettle"):
        assert passphrase_of(text) != passphrase_of("copper kettle")


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("a" * 11, False),
        ("a" * 12, True),
        ("a" * 11 + "\n", False),
        ("e\u0301" * 11, False),
        ("ŵ" * 12, True),
    ],
)
def test_a_new_passphrase_has_twelve_characters_counted_as_they_are_read(text: str, taken: bool) -> None:
    if taken:
        assert new_passphrase_of(text) == passphrase_of(text)
    else:
        with pytest.raises(Refused, match="12 characters"):
            new_passphrase_of(text)


@pytest.mark.parametrize(
    "text", ["two lines\nof a passphrase", "a tab\tin a passphrase", "many newlines \n\n"]
)
def test_a_new_passphrase_can_be_typed_again(text: str) -> None:
    with pytest.raises(Refused, match="cannot be typed"):
        new_passphrase_of(text)


def test_bytes_of_another_encoding_are_refused_without_being_shown() -> None:
    with pytest.raises(Refused, match="not UTF-8") as raised:
        passphrase_of("kettle\udce9 copper")
    assert "kettle" not in str(raised.value)
    assert raised.value.__context__ is None
