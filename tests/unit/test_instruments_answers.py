"""Taking answers: what is a code, what is blank, and what is refused with the item named."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sessions.answers import Answer, parse_answers
from sessions.errors import Refused
from sessions.instrument_files import load_instrument


def _refusal(instrument_id: str, text: str) -> Refused:
    with pytest.raises(Refused) as refused:
        parse_answers(load_instrument(instrument_id), text)
    return refused.value


def test_codes_are_taken_in_the_order_of_the_items() -> None:
    answers = parse_answers(load_instrument("phq-4"), "0,1,2,3")
    assert [answer.value for answer in answers if answer] == [0, 1, 2, 3]


def test_blanks_and_a_short_sheet_are_items_not_answered() -> None:
    answers = parse_answers(load_instrument("msk-hq"), " 4 ,, ,0")
    assert answers == (Answer(Fraction(4)), None, None, Answer(Fraction(0)), *[None] * 10)


def test_seconds_keep_every_digit() -> None:
    assert parse_answers(load_instrument("tug"), "12.345")[0] == Answer(Fraction(12345, 1000))


@pytest.mark.parametrize("text", ["0 arms", "0  Arms", " 0 ARMS "])
def test_the_word_for_the_arms_is_taken(text: str) -> None:
    assert parse_answers(load_instrument("chair-stand-30s"), text)[0] == Answer(Fraction(0), "arms_used")


@pytest.mark.parametrize(
    ("instrument_id", "text", "item", "allowed"),
    [
        ("koos", "0,0,5", "item 3 of koos (symptoms)", "a whole number from 0 to 4"),
        ("koos", ",,,,,,,-1", "item 8 of koos (pain)", "a whole number from 0 to 4"),
        ("start-back", "2", "item 1 of start-back (function)", "a whole number from 0 to 1"),
        ("start-back", ",,,,,,,,5", "item 9 of start-back (overall)", "a whole number from 0 to 4"),
        ("swemwbs", "0", "item 1 of swemwbs", "a whole number from 1 to 5"),
        ("hads", "3,22", "item 2 of hads (depression)", "a whole number from 0 to 21"),
        ("eq-vas", "101", "item 1 of eq-vas", "a whole number from 0 to 100"),
        ("tug", "0.5", "item 1 of tug", "a number from 1 to 600"),
        ("chair-stand-30s", "61", "item 1 of chair-stand-30s", "from 0 to 60 or 0 arms"),
    ],
)
def test_an_answer_out_of_range_names_the_item_and_what_it_allows(
    instrument_id: str, text: str, item: str, allowed: str
) -> None:
    refused = _refusal(instrument_id, text)
    assert item in refused.wrong
    assert refused.wrong.endswith("is out of range.")
    assert allowed in refused.remedy


@pytest.mark.parametrize(
    "text", ["x", "1x", "1 2", "--1", "+1", "1e1", "nan", "inf", "٣", "1/2", "1_0", "9" * 5000, "1.", ".5"]
)
def test_what_is_no_number_is_refused_and_not_repeated(text: str) -> None:
    refused = _refusal("pain-nrs", text)
    assert refused.wrong == "The answer to item 1 of pain-nrs (pain) is not a number."


def test_a_fraction_is_refused_where_codes_are_whole() -> None:
    assert "is not a whole number" in _refusal("pain-nrs", "1.5").wrong


def test_the_word_for_the_arms_goes_with_nought_alone() -> None:
    assert "cannot be more than 0 with the word arms" in _refusal("chair-stand-30s", "3 arms").wrong


def test_the_word_for_the_arms_means_nothing_elsewhere() -> None:
    assert "is not a number" in _refusal("pain-nrs", "0 arms").wrong


@pytest.mark.parametrize("text", ["0,1,2,3,0", "0,1,2,3,", ",,,,"])
def test_too_many_answers_are_refused_even_where_the_last_is_blank(text: str) -> None:
    refused = _refusal("phq-4", text)
    assert refused.wrong == "There are 5 answers and phq-4 has 4 items."
