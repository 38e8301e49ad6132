"""Pages to read, small charts, the face of the chair stand and the flash."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.pilot import Pilot

from tests.screens.widgets.stage import SIZES, Stage, on_stage, text_of
from widgets.flash import Flash, FlashLimit
from widgets.page_view import Block, Bullet, Heading, PageView, Paragraph, Tick
from widgets.spark import LevelRow, Levels, LineChart, braille, forest_line, spark
from widgets.stand_counter import StandCounter
from widgets.tones import Tone

BLOCKS: tuple[Block, ...] = (
    Heading("A goal of your own"),
    *(
        Paragraph(f"Paragraph {at} with a few words that have to be read aloud calmly. " * 4)
        for at in range(6)
    ),
    Heading("Points"),
    *(Bullet(f"point {at}") for at in range(12)),
    Tick("covered", done=True),
    Tick("open"),
)


@pytest.mark.parametrize("size", SIZES)
def test_turning_the_pages_shows_every_block_and_stops_at_both_ends(size: tuple[int, int]) -> None:
    view = PageView(BLOCKS)

    async def read(pilot: Pilot[None]) -> None:
        seen = ["\n".join(text_of(view))]
        while view.turn(1):
            await pilot.pause()
            seen.append("\n".join(text_of(view)))
        text = "\n".join(seen)
        assert len(seen) == view.pages
        for said in (
            "A goal of your own",
            *(f"Paragraph {at}" for at in range(6)),
            "point 11",
            "✓  covered",
            "□  open",
        ):
            assert said in text
        assert view.turn(-view.pages + 1) or view.pages == 1
        assert not view.turn(-1)

    on_stage(Stage(view), read, size)


def test_turning_tells_which_page_of_how_many() -> None:
    told: list[tuple[int, int]] = []

    class Told(Stage):
        def on_page_view_turned(self, message: PageView.Turned) -> None:
            told.append((message.page, message.of))

    view = PageView(BLOCKS)

    async def read(pilot: Pilot[None]) -> None:
        view.turn(1)
        await pilot.pause()
        assert told == [(2, view.pages)]
        assert f"page 2 of {view.pages}" in text_of(view)[-1]

    on_stage(Told(view), read)


@pytest.mark.parametrize("height", [6, 7, 9, 14, 24])
def test_no_page_ends_in_a_heading(height: int) -> None:
    blocks = tuple(block for at in range(8) for block in (Heading(f"Head {at}"), Paragraph("Words. " * 12)))
    view = PageView(blocks)

    async def read(pilot: Pilot[None]) -> None:
        more = True
        while more:
            inked = [line for line in text_of(view)[:-1] if line.strip()]
            assert "━" not in inked[-1]
            more = view.turn(1)
            await pilot.pause()

    on_stage(Stage(view), read, (80, height))


def test_another_text_begins_at_its_beginning() -> None:
    view = PageView(BLOCKS)

    async def read(pilot: Pilot[None]) -> None:
        view.turn(2)
        view.blocks = (Paragraph("something else"),)
        await pilot.pause()
        assert "something else" in "\n".join(text_of(view))

    on_stage(Stage(view), read)


def test_a_line_is_never_longer_than_the_eye_follows() -> None:
    view = PageView(BLOCKS)

    async def read(_: Pilot[None]) -> None:
        assert max(len(line.strip()) for line in text_of(view)) <= 72

    on_stage(Stage(view), read, (240, 70))


def test_a_value_that_was_not_taken_is_a_dot_and_not_nought() -> None:
    assert spark((0, None, 10), 0, 10) == "▁·█"


def test_a_mean_with_its_interval_stands_where_it_belongs() -> None:
    assert forest_line(5, 2, 8, least=-10, most=10, width=21, threshold=9) == "          │ ├──●──┤┊ "


def test_an_interval_over_nought_crosses_its_line() -> None:
    assert forest_line(2, -2, 6, least=-10, most=10, width=21) == "        ├─┼─●───┤    "


def test_an_interval_beyond_the_scale_says_so() -> None:
    assert forest_line(0, -99, 99, least=-5, most=5, width=11) == "<────●────>"


@pytest.mark.parametrize(("mean", "low", "high"), [(5, 6, 7), (5, 1, 4)])
def test_an_interval_without_its_mean_is_refused(mean: float, low: float, high: float) -> None:
    with pytest.raises(ValueError, match="interval"):
        forest_line(mean, low, high, least=0, most=10, width=20)


def test_a_line_has_a_gap_where_a_value_is_missing() -> None:
    assert braille((0, 0), 0, 1, 4, 1) == ["⣀⣀⣀⣀"]
    assert braille((0, None, None, 0), 0, 1, 4, 1)[0][1:3] == "  "


def test_charts_say_their_scale_and_the_last_level() -> None:
    chart = LineChart((7, 5, None, 3), (0, 10), ("2 Nov", "30 Nov"))
    levels = Levels((LevelRow("Step-ups", (1, 2, None, 3, None), 5), LevelRow("Balance", (None,), 5)))

    async def look(_: Pilot[None]) -> None:
        shown = "\n".join(text_of(chart))
        for said in ("10 │", "0 │", "2 Nov", "30 Nov"):
            assert said in shown
        rows = text_of(levels)
        assert "level 3 of 5" in rows[0]
        assert "not yet" in rows[1]

    on_stage(Stage(chart, levels), look)


@pytest.mark.parametrize("size", SIZES)
def test_the_chair_stand_shows_who_how_long_and_how_many_in_large_figures(size: tuple[int, int]) -> None:
    counter = StandCounter("0:17", 11, "Pat K", 3, "space counts")

    async def look(pilot: Pilot[None]) -> None:
        lines = text_of(counter)
        assert lines[0].strip() == "3 Pat K"
        assert lines[-1].strip() == "space counts"
        assert sum(any(block in line for block in "█▀▄") for line in lines) >= 7
        assert "║ time left" in lines[1]
        counter.running = True
        counter.count = 12
        await pilot.pause()
        assert "► time left" in text_of(counter)[1]
        assert text_of(counter) != lines

    on_stage(Stage(counter), look, size)


@given(steps=st.lists(st.floats(0.01, 0.6), min_size=1, max_size=60))
@settings(max_examples=60)
def test_no_second_has_more_than_three_flashes(steps: list[float]) -> None:
    limit = FlashLimit()
    now, shown = 0.0, []
    for step in steps:
        now += step
        if limit.allows(now):
            shown.append(now)
    for first in shown:
        assert sum(first <= at <= first + 1 for at in shown) <= 3


def test_three_flashes_in_a_second_are_let_through() -> None:
    limit = FlashLimit()
    assert [limit.allows(at) for at in (0.0, 0.4, 0.8, 0.9, 1.1)] == [True, True, True, False, True]


def test_a_flash_covers_the_screen_and_goes_by_itself() -> None:
    flash = Flash(limit=FlashLimit())

    async def light(pilot: Pilot[None]) -> None:
        assert not flash.display
        assert flash.flash(Tone.WORK)
        await pilot.pause()
        assert flash.display
        assert flash.region.size == pilot.app.screen.size
        await pilot.pause(0.3)
        assert not flash.display

    on_stage(Stage(PageView(BLOCKS), flash), light)


def test_flashes_are_off_by_setting() -> None:
    flash = Flash(enabled=False, limit=FlashLimit())

    async def light(_: Pilot[None]) -> None:
        assert not flash.flash(Tone.WORK)
        assert not flash.display

    on_stage(Stage(flash), light)


def test_the_fourth_flash_of_a_second_is_left_out() -> None:
    flash = Flash(limit=FlashLimit())

    async def light(_: Pilot[None]) -> None:
        assert [flash.flash(Tone.WORK) for _ in range(4)] == [True, True, True, False]

    on_stage(Stage(flash), light)
