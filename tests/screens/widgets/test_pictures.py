"""How the widgets look: pictures that were read by eye, at three sizes and in both themes."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.constants import DEFAULT_THEME
from textual.pilot import Pilot
from textual.widget import Widget

from tests.screens.pictures import looks_as_before
from tests.screens.widgets.stage import SIZES, Stage, on_stage
from tests.screens.widgets.test_themes import AAA, contrast
from widgets.answer_strip import AnswerItem, AnswerStrip
from widgets.bar import TimeBar
from widgets.cohort_strip import SessionState, SessionStrip, StripSession
from widgets.hall_clock import HallClock
from widgets.key_echo import Echo, EchoKind
from widgets.next_up import NextUp
from widgets.page_view import Block, Bullet, Heading, PageView, Paragraph, Tick
from widgets.roster import Mark, Roster, RosterRow, RowState
from widgets.spark import LevelRow, Levels, LineChart
from widgets.stand_counter import StandCounter
from widgets.station_board import ChipMark, PersonChip, StationBoard, StationCard
from widgets.themes import CALM, HIGH_CONTRAST

NAMES = (
    "Pat K",
    "Ann [/b] x",
    "[red]",
    "Bo",
    "שרה כ",
    "日本 太",
    "Ana\u0301i\u0308s Q",
    "E" * 120,
    "Fay O",
    "Gil R",
    "Hal S",
)
STATIONS = ("Sit-to-stand", "Step-ups", "Wall press", "Heel raises", "Balance", "Band pull")


def cards() -> tuple[StationCard, ...]:
    marks = list(ChipMark)
    chips = [
        PersonChip(at + 1, name, f"L{at % 5 + 1}", "2x10", marks[at % 5]) for at, name in enumerate(NAMES)
    ]
    return tuple(
        StationCard(name, name, tuple(chips[at::6]), dose="40 s", logged=at == 0)
        for at, name in enumerate(STATIONS)
    )


def hall() -> list[Widget]:
    board = StationBoard(cards(), 1, "hall")
    board.styles.height = "auto"
    board.styles.max_height = "40%"
    return [
        HallClock("12:34", "GET READY", "ready"),
        TimeBar(0.4, (0.25, 0.5), "ready"),
        board,
        NextUp("WORK", "0:12", "work", "CHANGE"),
    ]


def desk() -> list[Widget]:
    return [
        NextUp("CHANGE", "0:32", "change"),
        StationBoard(cards(), 2),
        Echo("3 [red]: wall press level 4, eased", EchoKind.DONE, hint="u undoes"),
    ]


def register() -> list[Widget]:
    states = list(RowState)
    rows = tuple(
        RosterRow(
            at,
            name,
            states[at % 6],
            marks=(Mark("asked", EchoKind.DONE), Mark("4"), Mark("PSEQ", EchoKind.WARN)),
        )
        for at, name in enumerate(NAMES, 1)
    )
    kinds = [SessionState.DONE, SessionState.CANCELLED, SessionState.TODAY, *[SessionState.TO_COME] * 9]
    strip = SessionStrip(tuple(StripSession(str(at), kind, f"{at} Nov") for at, kind in enumerate(kinds, 1)))
    return [strip, Roster(rows, ("asked", "pain", "owes"), 3), Echo("Who is late?", EchoKind.ASK)]


def reading() -> list[Widget]:
    long = "Small steps that you choose yourself last longer than large ones that were chosen for you. "
    blocks: tuple[Block, ...] = (
        Heading("A goal of your own"),
        Paragraph(long * 3),
        Bullet("One thing, this week."),
        Bullet(long),
        Tick("Pain is not harm", done=True),
        Tick("Rest and activity in turns"),
        *[Paragraph(long * 2)] * 4,
    )
    return [PageView(blocks)]


def papers() -> list[Widget]:
    heads = {0: "Symptoms", 7: "Pain", 16: "Daily life"}
    items = tuple(
        AnswerItem(
            str(at + 1),
            tuple("01234"),
            at % 5 if at < 20 else None,
            blank=at == 20,
            heading=heads.get(at, ""),
        )
        for at in range(42)
    )
    return [AnswerStrip(items, 21)]


def charts() -> list[Widget]:
    levels = tuple(LevelRow(name, (1, 1, 2, None, 2, 3, 3, 4), 5) for name in STATIONS)
    return [LineChart((7, 6, None, 6, 5, 5, 3, 4), (0, 10), ("2 Nov", "30 Nov")), Levels(levels)]


def stands() -> list[Widget]:
    return [StandCounter("0:17", 11, "Pat K", 3, "space counts", running=True)]


SHOWN = {
    "hall": hall,
    "desk": desk,
    "register": register,
    "reading": reading,
    "papers": papers,
    "charts": charts,
    "stands": stands,
}


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_it_looks_as_it_did_in_calm(name: str, size: tuple[int, int]) -> None:
    async def look(pilot: Pilot[None]) -> None:
        assert looks_as_before(pilot.app, f"widgets-{name}-{size[0]}x{size[1]}")

    on_stage(Stage(*SHOWN[name]()), look, size)


@pytest.mark.parametrize("name", SHOWN)
def test_it_looks_as_it_did_in_high_contrast(name: str) -> None:
    async def look(pilot: Pilot[None]) -> None:
        assert looks_as_before(pilot.app, f"widgets-{name}-high-contrast")

    on_stage(Stage(*SHOWN[name](), theme=HIGH_CONTRAST.name), look)


@pytest.mark.parametrize("name", SHOWN)
def test_without_colours_everything_is_still_to_be_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def look(pilot: Pilot[None]) -> None:
        inked = [
            part.style
            for strip in pilot.app.screen._compositor.render_strips()  # noqa: SLF001 - the cells as they are
            for part in strip
            if part.style and part.style.color and part.style.bgcolor and part.text.strip()
        ]
        assert inked
        for style in inked:
            assert style.color is not None
            assert style.bgcolor is not None
            text, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
            assert len(set(text.rgb)) == 1, "a shade of grey"
            assert contrast(text, ground) >= AAA

    on_stage(Stage(*SHOWN[name]()), look)


@pytest.mark.parametrize("theme", [CALM.name, DEFAULT_THEME])
def test_they_stand_in_any_theme(theme: str) -> None:
    async def look(pilot: Pilot[None]) -> None:
        assert pilot.app.theme == theme

    for made in SHOWN.values():
        on_stage(Stage(*made(), theme=theme), look)
