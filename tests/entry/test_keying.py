"""What keys do to a sheet: boxes from the left, codes, blanks, going back, and what can never be typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escape_tui.entry import keying
from escape_tui.entry.keying import TypedSheet, empty_sheet
from sessions.answers import parse_answers
from sessions.errors import Refused
from sessions.instrument_files import instrument_ids, load_instrument
from sessions.measured import codes_of

KEYS = "0123456789x.ab"


def typed(instrument: str, keys: str) -> TypedSheet:
    sheet = empty_sheet(load_instrument(instrument))
    for key in keys:
        sheet = keying.leave_blank(sheet) if key == "b" else keying.press(sheet, key)
    return sheet


def test_a_key_is_the_box_from_the_left_and_gives_its_code() -> None:
    assert typed("koos", "135").cells[:3] == ("0", "2", "4")


def test_where_the_boxes_run_the_other_way_the_code_does_too() -> None:
    sheet = typed("msk-hq", "1" * 14)
    assert sheet.cells[:11] == ("4",) * 11
    assert sheet.cells[11:13] == ("0", "0")


def test_where_figures_are_printed_the_key_is_the_figure_and_x_is_ten() -> None:
    assert typed("pain-nrs", "7").cells == ("7",)
    assert typed("pain-nrs", "0").cells == ("0",)
    assert typed("pain-nrs", "x").cells == ("10",)
    assert typed("ases-8", "1x").cells[:2] == ("1", "10")


def test_days_are_one_key_and_stands_are_a_figure() -> None:
    assert typed("activity-days", "0").cells == ("0",)
    sheet = typed("chair-stand-30s", "12")
    assert (sheet.cells, sheet.pending) == ((None,), "12")
    assert keying.take_figure(sheet).cells == ("12",)


def test_arms_used_is_one_key() -> None:
    assert typed("chair-stand-30s", "a").cells == ("0 arms",)


def test_two_totals_are_typed_one_after_the_other() -> None:
    sheet = keying.take_figure(typed("hads", "11"))
    assert sheet.at == 1
    sheet = keying.take_figure(keying.press(sheet, "9"))
    assert sheet.codes == ("11", "9")


@pytest.mark.parametrize(
    ("instrument", "before", "key"),
    [
        ("koos", "", "6"),
        ("koos", "", "0"),
        ("koos", "", "x"),
        ("koos", "", "a"),
        ("start-back", "", "3"),
        ("activity-days", "", "8"),
        ("ases-8", "", "0"),
        ("chair-stand-30s", "7", "2"),
        ("chair-stand-30s", "1", "."),
        ("hads", "2", "2"),
        ("eq-vas", "10", "1"),
        ("tug", "12.34", "5"),
    ],
)
def test_an_impossible_answer_cannot_be_typed(instrument: str, before: str, key: str) -> None:
    sheet = typed(instrument, before)
    with pytest.raises(Refused):
        keying.press(sheet, key)


def test_a_figure_below_the_range_is_not_taken() -> None:
    with pytest.raises(Refused, match="no answer"):
        keying.take_figure(typed("tug", "0"))


@pytest.mark.parametrize("instrument", instrument_ids())
@settings(max_examples=15, deadline=None)
@given(keys=st.lists(st.sampled_from(KEYS), max_size=60))
def test_whatever_is_pressed_only_codes_of_the_instrument_are_typed(instrument: str, keys: list[str]) -> None:
    sheet = empty_sheet(load_instrument(instrument))
    for key in keys:
        try:
            sheet = keying.leave_blank(sheet) if key == "b" else keying.press(sheet, key)
            if len(sheet.pending) > 1:
                sheet = keying.take_figure(sheet)
        except Refused:
            continue
    text = ",".join(code or "" for code in sheet.codes)
    assert codes_of(sheet.instrument, parse_answers(sheet.instrument, text)) == sheet.codes


def test_backspace_takes_the_last_answer_out_and_waits_there() -> None:
    sheet = keying.go_back(typed("koos", "12b"))
    assert (sheet.at, sheet.cells[:4]) == (2, ("0", "1", None, None))


def test_backspace_takes_a_digit_before_it_takes_an_answer() -> None:
    sheet = keying.go_back(typed("chair-stand-30s", "12"))
    assert sheet.pending == "1"


def test_a_blank_is_not_the_same_as_nothing_typed() -> None:
    sheet = typed("koos", "1b")
    assert (sheet.typed, sheet.is_complete, sheet.codes[1]) == (2, False, None)


def test_an_item_put_right_leads_back_to_the_one_that_waits() -> None:
    sheet = keying.press(keying.jump(typed("koos", "11111"), 2), "5")
    assert (sheet.cells[1], sheet.at) == ("4", 5)


def test_arrows_change_nothing_and_stop_at_both_ends() -> None:
    sheet = typed("koos", "12")
    assert keying.step(sheet, -1).cells == sheet.cells
    assert keying.step(sheet, -9).at == 0
    assert keying.step(sheet, 99).at == 41


def test_an_item_that_is_not_there_cannot_be_led_to() -> None:
    with pytest.raises(Refused):
        keying.jump(typed("koos", ""), 43)


def test_after_the_last_item_nothing_waits_and_no_key_answers() -> None:
    sheet = typed("koos", "1" * 42)
    assert sheet.is_complete
    assert sheet.items is None
    with pytest.raises(Refused):
        keying.press(sheet, "1")
