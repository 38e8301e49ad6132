"""People chosen by the number keys."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.number_keys import Chosen, NoSuch, NotANumber, NumberKeys, Outcome, Waiting, keys_of


def pressed(keys: NumberKeys, what: str) -> Outcome:
    """What the last of these keys means."""
    outcomes = [keys.press(key) for key in what]
    return outcomes[-1]


def test_one_to_nine_choose_at_once() -> None:
    keys = NumberKeys(people=10)
    assert [keys.press(str(number)) for number in range(1, 10)] == [Chosen(number) for number in range(1, 10)]


def test_nought_is_the_tenth() -> None:
    assert NumberKeys(people=10).press("0") == Chosen(10)


def test_the_eleventh_has_two_digits_after_a_comma() -> None:
    keys = NumberKeys(people=12)
    assert keys.press("comma") == Waiting(",")
    assert keys.press("1") == Waiting(",1")
    assert keys.typed == ",1"
    assert keys.press("1") == Chosen(11)
    assert not keys.typed


@given(people=st.integers(1, 99), data=st.data())
@settings(max_examples=60)
def test_everybody_is_reached_by_the_keys_that_are_shown(people: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, people))
    assert pressed(NumberKeys(people), keys_of(number)) == Chosen(number)


@given(before=st.integers(1, 98), more=st.integers(1, 20))
@settings(max_examples=40)
def test_more_people_change_nobodys_keys(before: int, more: int) -> None:
    keys = NumberKeys(before)
    keys.people = min(99, before + more)
    assert pressed(keys, keys_of(before)) == Chosen(before)


def test_one_key_still_acts_at_once_when_there_are_many() -> None:
    assert NumberKeys(people=15).press("1") == Chosen(1)


def test_a_number_that_nobody_has_is_said() -> None:
    assert NumberKeys(people=4).press("7") == NoSuch(7)
    assert pressed(NumberKeys(people=12), ",13") == NoSuch(13)
    assert pressed(NumberKeys(people=12), ",00") == NoSuch(0)


def test_two_digits_may_be_typed_for_the_first_ten_too() -> None:
    assert pressed(NumberKeys(people=12), ",07") == Chosen(7)


def test_a_small_group_has_no_use_for_the_comma() -> None:
    assert NumberKeys(people=10).press("comma") == NotANumber()


@pytest.mark.parametrize("key", ["escape", "backspace", "l", "space"])
def test_another_key_gives_the_number_up(key: str) -> None:
    keys = NumberKeys(people=12)
    pressed(keys, ",1")
    assert keys.press(key) == NotANumber(given_up=True)
    assert keys.press("1") == Chosen(1)


def test_another_screen_gives_the_number_up() -> None:
    keys = NumberKeys(people=12)
    pressed(keys, ",1")
    keys.give_up()
    assert keys.press("2") == Chosen(2)


@pytest.mark.parametrize("key", ["", "f1", "²", "ctrl+1", "٣", "full_stop"])
def test_what_is_no_digit_of_the_keyboard_chooses_nobody(key: str) -> None:
    assert NumberKeys(people=12).press(key) == NotANumber()


@pytest.mark.parametrize("number", [0, 100])
def test_there_are_no_keys_for_a_number_that_cannot_be(number: int) -> None:
    with pytest.raises(ValueError, match="1 to 99"):
        keys_of(number)
