"""Answers as they are kept, and what a recorded measure comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.answers import Answer, Answers, parse_answers
from sessions.errors import Refused
from sessions.instrument_files import instrument_ids, load_instrument
from sessions.measured import answers_in, codes_of, only_index, scores_of
from sessions.records import Joint, MeasureRow, Side
from sessions.rules import PainSite
from tests.unit.test_due import person

TAKEN = MeasureRow("P1", "tug", "baseline", taken_on=date(2026, 10, 5), mode="self")


@pytest.mark.parametrize("typed", ["7.5", "7.50", " 7.500 ", "07.5"])
def test_one_answer_has_one_code_however_it_was_typed(typed: str) -> None:
    tug = load_instrument("tug")
    assert codes_of(tug, parse_answers(tug, typed)) == ("7.5",)


def test_codes_keep_blanks_words_and_whole_numbers_as_they_are() -> None:
    chair, koos = load_instrument("chair-stand-30s"), load_instrument("koos-12")
    assert codes_of(chair, parse_answers(chair, "0 ARMS")) == ("0 arms",)
    assert codes_of(chair, parse_answers(chair, "10")) == ("10",)
    assert codes_of(koos, parse_answers(koos, "1,,3")) == ("1", None, "3", *[None] * 9)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[str, Answers]:
    instrument = load_instrument(draw(st.sampled_from(instrument_ids())))

    def answer(number: int) -> st.SearchStrategy[Answer]:
        items = instrument.items_at(number)
        places = 10**9 if items.decimals else 1
        figures = st.integers(int(items.range.lowest * places), int(items.range.highest * places)).map(
            lambda figure: Answer(Fraction(figure, places))
        )
        worded = [st.just(Answer(word.answer, word.category)) for word in items.words]
        return st.one_of(figures, *worded)

    numbers = range(1, instrument.item_count + 1)
    return instrument.id, tuple(draw(st.none() | answer(number)) for number in numbers)


@settings(max_examples=80, deadline=None)
@given(sheets())
def test_answers_come_back_from_their_codes_exactly(sheet: tuple[str, Answers]) -> None:
    instrument = load_instrument(sheet[0])
    assert answers_in(instrument, codes_of(instrument, sheet[1])) == sheet[1]


def test_a_recorded_measure_is_scored_exactly() -> None:
    (seconds,) = scores_of(replace(TAKEN, answers=("7.3",)))
    assert seconds.score == Fraction(73, 10)


def test_a_missing_measure_has_no_scores() -> None:
    assert scores_of(MeasureRow("P1", "tug", "baseline", missing_reason="declined")) == ()


def test_codes_of_another_instrument_are_refused() -> None:
    with pytest.raises(Refused, match="not a number"):
        scores_of(replace(TAKEN, answers=("0 arms",)))


@pytest.mark.parametrize(
    ("pain_site", "side", "index"),
    [
        ("knee", "left", ("knee", "left")),
        ("hip", "right", ("hip", "right")),
        ("back", None, ("back", "none")),
        ("back", "both", ("back", "both")),
        ("knee", "both", None),
        ("knee", None, None),
        ("knee_and_hip", "left", None),
        (None, "left", None),
    ],
)
def test_the_index_is_taken_from_the_record_only_where_it_leaves_no_choice(
    pain_site: PainSite | None, side: Side | None, index: tuple[Joint, Side] | None
) -> None:
    assert only_index(replace(person(pain_site=pain_site), side=side)) == index
