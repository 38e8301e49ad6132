"""What holds of every sheet of answers: scores stay in range and follow the answers the right way."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.answers import Answer, Answers, parse_answers
from sessions.formula import Classes, RecodedSum
from sessions.instrument import Instrument
from sessions.instrument_files import instrument_ids, load_instrument
from sessions.scoring import ScaleScore, score

RISKS = ("low", "medium", "high")


def _sheets(instrument: Instrument) -> st.SearchStrategy[tuple[int | None, ...]]:
    """Sheets of whole codes, some of them blank; full ones as often as not."""
    codes = []
    for number in range(1, instrument.item_count + 1):
        limits = instrument.items_at(number).range
        codes.append(st.integers(int(limits.lowest), int(limits.highest)))
    with_gaps = st.tuples(*(st.none() | code for code in codes))
    return st.tuples(*codes) | with_gaps


def _answers(sheet: tuple[int | None, ...]) -> Answers:
    return tuple(None if code is None else Answer(Fraction(code)) for code in sheet)


INSTRUMENTS = st.sampled_from(instrument_ids()).map(load_instrument)
FILLED = INSTRUMENTS.flatmap(lambda instrument: st.tuples(st.just(instrument), _sheets(instrument)))


@settings(max_examples=200, deadline=None)
@given(FILLED)
def test_a_score_stays_in_the_range_of_its_scale(
    filled: tuple[Instrument, tuple[int | None, ...]],
) -> None:
    instrument, sheet = filled
    for scale, result in zip(instrument.scales, score(instrument, _answers(sheet)), strict=True):
        if result.score is not None:
            assert scale.range is not None
            assert scale.range.lowest <= result.score <= scale.range.highest


@settings(max_examples=200, deadline=None)
@given(FILLED)
def test_every_scale_has_a_score_or_a_class_or_says_why_not(
    filled: tuple[Instrument, tuple[int | None, ...]],
) -> None:
    instrument, sheet = filled
    for result in score(instrument, _answers(sheet)):
        found = result.score is not None or result.category is not None
        assert found == (result.why_not_scored is None)
        assert 0 <= result.answered <= result.items


@settings(max_examples=400, deadline=None)
@given(FILLED, st.data())
def test_a_better_answer_moves_every_score_on_it_to_the_better_and_no_other(
    filled: tuple[Instrument, tuple[int | None, ...]], data: st.DataObject
) -> None:
    instrument, sheet = filled
    item = data.draw(st.integers(1, instrument.item_count))
    items = instrument.items_at(item)
    step = 1 if items.better == "higher" else -1
    old = sheet[item - 1]
    if old is None or not items.range.lowest <= old + step <= items.range.highest:
        return
    better = (*sheet[: item - 1], old + step, *sheet[item:])
    before, after = (score(instrument, _answers(one)) for one in (sheet, better))
    for scale, was, is_now in zip(instrument.scales, before, after, strict=True):
        gain = _gain(was, is_now) * (1 if scale.better == "higher" else -1)
        if item not in instrument.items_of(scale) or was.why_not_scored:
            assert is_now == was
        elif isinstance(scale.formula, RecodedSum | Classes):
            assert gain >= 0
        else:
            assert gain > 0


def _gain(before: ScaleScore, after: ScaleScore) -> Fraction:
    """How much the score rose; a class rises by its place among the risks."""
    if before.score is not None and after.score is not None:
        return after.score - before.score
    if before.category is not None and after.category is not None:
        return Fraction(RISKS.index(after.category) - RISKS.index(before.category))
    return Fraction(0)


@settings(max_examples=200, deadline=None)
@given(FILLED)
def test_a_sheet_written_out_is_read_back_the_same(
    filled: tuple[Instrument, tuple[int | None, ...]],
) -> None:
    instrument, sheet = filled
    written = ",".join("" if code is None else str(code) for code in sheet)
    assert parse_answers(instrument, written) == _answers(sheet)
