"""Large letters: legible at every size, and as large as the space allows."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.glyphs import SHAPES, draw, drawable, fitting
from widgets.hall_clock import LEAST_ROWS, arrangement, clock_text, lines_of
from widgets.tones import Tone

WORDS = (
    "WORK",
    "GET READY",
    "CHANGE",
    "REST",
    "WARM UP",
    "PAUSED",
    "TALK",
    "COOL DOWN",
    "RELAX",
    "EMERGENCY",
    "FINISH",
)
BLOCKS = set(" ▀▄█")


def rows_of(text: str, columns: int, rows: int) -> list[str]:
    size = fitting(text, columns, rows)
    assert size is not None
    return draw(text, size)


@pytest.mark.parametrize(("columns", "rows"), [(80, 7), (80, 12), (240, 60)])
def test_no_two_digits_look_alike(columns: int, rows: int) -> None:
    size = fitting("00:00", columns, rows)
    assert size is not None
    drawn = {digit: "".join(draw(digit, size)) for digit in "0123456789"}
    for one, other in combinations(drawn, 2):
        apart = sum(a != b for a, b in zip(drawn[one], drawn[other], strict=True))
        assert apart >= 0.1 * len(drawn[one]), (one, other)


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_every_shape_fills_its_box(shape: str) -> None:
    drawn = rows_of(shape, 40, 6)
    assert drawn[0].strip()
    assert drawn[-1].strip()
    assert any(row[0] != " " for row in drawn)


def test_every_phase_has_a_shape_of_its_own() -> None:
    shapes = [tone.shape for tone in Tone if tone is not Tone.PLAIN]
    assert len(set(shapes)) == len(shapes)
    assert set(shapes) == SHAPES


@given(
    text=st.sampled_from(["0:32", "12:34", "104:59", "+1:05", *WORDS]),
    columns=st.integers(10, 240),
    rows=st.integers(1, 70),
)
@settings(max_examples=80)
def test_a_line_of_glyphs_never_leaves_its_space(text: str, columns: int, rows: int) -> None:
    size = fitting(text, columns, rows)
    if size is not None:
        drawn = draw(text, size)
        assert len(drawn) == size.rows <= rows
        assert {len(row) for row in drawn} == {size.columns_of(text)}
        assert size.columns_of(text) <= columns
        assert set("".join(drawn)) <= BLOCKS


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("time", ["0:32", "12:34", "104:59", "+1:05"])
def test_the_time_has_seven_rows_or_more_at_80_by_24(word: str, time: str) -> None:
    beside_bar_and_lines = 24 - 8
    layout = arrangement(f"► {word}", time, 80, beside_bar_and_lines)
    assert layout.time_rows >= LEAST_ROWS
    assert layout.word is not None


@pytest.mark.parametrize("height", [9, 12, 16, 24])
def test_the_time_is_read_even_where_the_board_takes_half_the_screen(height: int) -> None:
    assert arrangement("► WORK", "0:32", 80, height).time_rows >= LEAST_ROWS


def test_the_time_grows_with_the_space() -> None:
    sizes = [(80, 16), (120, 30), (160, 45), (240, 60)]
    rows = [arrangement("► WORK", "12:34", *size).time_rows for size in sizes]
    assert rows == sorted(set(rows))


def test_a_low_and_wide_space_puts_the_word_beside_the_time() -> None:
    layout = arrangement("► WORK", "0:32", 200, 12)
    assert layout.beside
    assert layout.time_rows == 12


def test_a_second_that_passes_does_not_move_the_others() -> None:
    assert arrangement("► WORK", "0:59", 80, 16) == arrangement("► WORK", "0:58", 80, 16)


@given(
    said=st.sampled_from(["", "► WORK", "► Arbeit ß", "⚠ [/b]", "◆ GET READY", "日本"]),
    time=st.sampled_from(["", "0:05", "104:59", "-0:05", "??"]),
    width=st.integers(1, 240),
    height=st.integers(1, 70),
)
@settings(max_examples=100, deadline=None)
def test_the_clock_fills_its_space_exactly_whatever_it_says(
    said: str, time: str, width: int, height: int
) -> None:
    from rich.cells import cell_len

    lines = lines_of(said, time, width, height)
    assert len(lines) == height
    assert {cell_len(line) for line in lines} == {width}


def test_a_word_without_glyphs_is_said_in_plain_letters() -> None:
    assert not drawable("► Übung")
    assert any("► Übung" in line for line in lines_of("► Übung", "0:32", 80, 16))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0:00"),
        (0.2, "0:01"),
        (59.99, "1:00"),
        (60, "1:00"),
        (754, "12:34"),
        (6299, "104:59"),
        (-0.4, "0:00"),
        (-1, "+0:01"),
        (-65.5, "+1:05"),
    ],
)
def test_seconds_are_said_as_minutes_and_seconds(seconds: float, said: str) -> None:
    assert clock_text(seconds) == said
