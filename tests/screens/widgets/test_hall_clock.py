"""The hall's clock on a screen: only what changed is drawn, and at rest it costs nothing."""

from __future__ import annotations

from time import process_time

import pytest
from textual.color import Color
from textual.pilot import Pilot
from textual.strip import Strip

from tests.screens.widgets.stage import SIZES, Stage, on_stage, text_of
from widgets.hall_clock import LEAST_ROWS, HallClock
from widgets.themes import CALM, HIGH_CONTRAST
from widgets.tones import Tone


class Watched(HallClock):
    """Counts the lines that are drawn."""

    drawn: list[int]

    def __init__(self, time: str, word: str, tone: str) -> None:
        super().__init__(time, word, tone)
        self.drawn = []

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)


@pytest.mark.parametrize("size", SIZES)
def test_the_time_is_as_tall_as_the_screen_allows(size: tuple[int, int]) -> None:
    clock = HallClock("0:32", "WORK", Tone.WORK)

    async def look(_: Pilot[None]) -> None:
        lines = text_of(clock)
        inked = [line for line in lines if line.strip()]
        assert clock.layout_now.time_rows >= max(LEAST_ROWS, size[1] // 3)
        assert len(inked) >= 0.85 * size[1]
        assert {len(line) for line in lines} == {size[0]}

    on_stage(Stage(clock), look, size)


def test_a_second_draws_only_the_lines_of_the_digit_that_changed() -> None:
    clock = Watched("0:32", "WORK", Tone.WORK)

    async def tick(pilot: Pilot[None]) -> None:
        clock.drawn.clear()
        clock.time = "0:31"
        await pilot.pause()
        assert 0 < len(set(clock.drawn)) <= clock.layout_now.time_rows

    on_stage(Stage(clock), tick)


def test_the_same_second_said_again_draws_nothing() -> None:
    clock = Watched("0:32", "WORK", Tone.WORK)

    async def tick(pilot: Pilot[None]) -> None:
        clock.drawn.clear()
        clock.show("0:32", "WORK", Tone.WORK)
        await pilot.pause()
        assert not clock.drawn

    on_stage(Stage(clock), tick)


def test_what_is_on_the_screen_is_what_a_clock_made_anew_would_show() -> None:
    clock = HallClock("10:00", "WORK", Tone.WORK)

    async def tick(pilot: Pilot[None]) -> None:
        for time, word, tone in (
            ("9:59", "WORK", "work"),
            ("0:20", "CHANGE", "change"),
            ("+0:09", "REST", "rest"),
            ("+0:11", "REST", "rest"),
        ):
            clock.show(time, word, tone)
            await pilot.pause()
        shown = [strip.text for strip in pilot.app.screen._compositor.render_strips()]  # noqa: SLF001
        fresh = HallClock("+0:11", "REST", Tone.REST)
        await pilot.app.mount(fresh)
        await clock.remove()
        await pilot.pause()
        assert shown == text_of(fresh)

    on_stage(Stage(clock), tick)


def test_half_a_minute_on_the_largest_screen_costs_less_than_a_twentieth_of_a_core() -> None:
    clock = HallClock("1:00", "WORK", Tone.WORK)

    async def tick(pilot: Pilot[None]) -> None:
        before = process_time()
        for second in range(30):
            clock.time = f"0:{second:02}"
            await pilot.pause()
        assert process_time() - before < 0.05 * 30

    on_stage(Stage(clock), tick, (240, 70))


@pytest.mark.parametrize("theme", [CALM, HIGH_CONTRAST], ids=lambda theme: theme.name)
@pytest.mark.parametrize("tone", list(Tone))
def test_a_phase_has_the_colour_of_its_theme_and_its_shape(theme: object, tone: Tone) -> None:
    assert isinstance(theme, type(CALM))
    clock = HallClock("0:32", "…", tone)

    async def look(pilot: Pilot[None]) -> None:
        style = clock.render_line(0)._segments[0].style  # noqa: SLF001
        assert style is not None
        assert style.color is not None
        wanted = pilot.app.theme_variables[tone.variable]
        assert Color.from_rich_color(style.color) == Color.parse(wanted)
        assert any(f"{tone.shape} …".strip() in line for line in text_of(clock))

    on_stage(Stage(clock, theme=theme.name), look)


def test_a_theme_chosen_in_the_hall_colours_the_clock_at_once() -> None:
    clock = HallClock("0:32", "WORK", Tone.WORK)

    async def change(pilot: Pilot[None]) -> None:
        pilot.app.theme = HIGH_CONTRAST.name
        await pilot.pause()
        strip = pilot.app.screen._compositor.render_strips()[-1]  # noqa: SLF001
        colours = {
            Color.from_rich_color(part.style.color).hex for part in strip if part.style and part.style.color
        }
        assert Color.parse(HIGH_CONTRAST.variables["work"]).hex in colours

    on_stage(Stage(clock), change)


def test_an_unknown_tone_looks_plain() -> None:
    clock = HallClock("0:32", "WORK", "no such phase")

    async def look(_: Pilot[None]) -> None:
        assert clock.layout_now.time_rows >= LEAST_ROWS

    on_stage(Stage(clock), look)
