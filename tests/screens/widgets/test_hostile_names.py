"""Names that look like markup, take two cells or none, run from right to left or never end: shown as is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widget import Widget

from tests.screens.widgets.stage import HOSTILE, Stage, on_stage, text_of
from widgets.answer_strip import AnswerItem, AnswerStrip
from widgets.cells import cut, fit, plain
from widgets.cohort_strip import SessionState, SessionStrip, StripSession
from widgets.hall_clock import HallClock
from widgets.key_echo import Echo, EchoKind
from widgets.next_up import NextUp
from widgets.page_view import Bullet, Heading, PageView, Paragraph, Tick
from widgets.roster import Mark, Roster, RosterRow, RowState
from widgets.spark import LevelRow, Levels, LineChart
from widgets.stand_counter import StandCounter
from widgets.station_board import ChipMark, PersonChip, StationBoard, StationCard

SHORT = [name for name in HOSTILE if 0 < len(plain(name)) < 20]

WIDGETS: dict[str, Callable[[str], Widget]] = {
    "clock": lambda said: HallClock("0:32", said, "work"),
    "next": lambda said: NextUp(said, "0:20", then=said[:4]),
    "echo": lambda said: Echo(said, EchoKind.DONE, hint="u undoes"),
    "warning": lambda said: Echo(said, EchoKind.WARN, hint="u undoes"),
    "cards": lambda said: StationBoard((StationCard("a", "Steps", (PersonChip(1, said, "L2", "2x10"),)),), 0),
    "stations": lambda said: StationBoard((StationCard("a", said, (PersonChip(1, "Pat"),), note="x"),), 0),
    "lines": lambda said: StationBoard(
        tuple(StationCard(str(at), said, (PersonChip(at, said),)) for at in range(1, 20)), 9, "hall"
    ),
    "roster": lambda said: Roster(
        tuple(RosterRow(at, said, RowState.HERE, marks=(Mark("x"),)) for at in range(1, 8)), ("asked",), 3
    ),
    "marks": lambda said: Roster((RosterRow(1, "Pat", status="on the way", marks=(Mark(said),)),)),
    "headings": lambda said: Roster((RosterRow(1, "Pat", marks=(Mark("x"),)),), (said,)),
    "strip": lambda said: SessionStrip((StripSession("1", SessionState.TODAY, said),)),
    "page": lambda said: PageView((Heading(said), Paragraph(said), Bullet(said), Tick(said, done=True))),
    "levels": lambda said: Levels((LevelRow(said, (1, None, 3), 5),)),
    "chart": lambda said: LineChart((1.0, None, 3.0), labels=(said, said)),
    "counter": lambda said: StandCounter(person=said, number=3, word=said),
    "answers": lambda said: AnswerStrip(
        (AnswerItem("1", ("0", "1"), 1, heading=said), AnswerItem("2", text=said))
    ),
}
SAYS_IT_WHOLE = sorted(set(WIDGETS) - {"chart", "lines"})


@pytest.mark.parametrize("made", sorted(WIDGETS))
def test_every_line_keeps_its_width_and_nothing_breaks(made: str) -> None:
    widgets = [WIDGETS[made](name) for name in HOSTILE]

    async def look(_: Pilot[None]) -> None:
        for widget in widgets:
            assert text_of(widget)
            assert all(cell_len(line) <= widget.size.width for line in text_of(widget))

    on_stage(Stage(*_of_their_height(widgets)), look)


@pytest.mark.parametrize("made", SAYS_IT_WHOLE)
def test_a_short_name_is_shown_exactly(made: str) -> None:
    widgets = {name: WIDGETS[made](name) for name in SHORT}

    async def look(_: Pilot[None]) -> None:
        for name, widget in widgets.items():
            assert any(plain(name).rstrip() in line for line in text_of(widget)), name

    on_stage(Stage(*_of_their_height(list(widgets.values()))), look)


def _of_their_height(widgets: list[Widget]) -> list[Widget]:
    """The widgets one below the other, most of them out of sight, none pressed flat."""
    for widget in widgets:
        widget.styles.height = 9
    return widgets


@pytest.mark.parametrize("made", ["echo", "cards", "roster", "next"])
def test_a_name_of_120_letters_is_cut_with_a_sign_and_what_follows_stays(made: str) -> None:
    widget = WIDGETS[made]("E" * 120)
    follows = {"echo": "u undoes", "cards": "L2", "roster": "✓ here", "next": "in 0:20"}[made]

    async def look(_: Pilot[None]) -> None:
        text = "\n".join(text_of(widget))
        assert "E…" in text
        assert follows in text

    on_stage(Stage(widget), look)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("cells", [1, 2, 7, 40])
def test_text_is_cut_and_filled_by_cells(name: str, cells: int) -> None:
    assert cell_len(fit(name, cells)) == cells
    assert cell_len(cut(name, cells)) <= cells


def test_no_private_mark_is_seen_in_the_hall() -> None:
    chips = (
        PersonChip(1, "Pat K", mark=ChipMark.SUPPORT, note="hip flag"),
        PersonChip(2, "Bo L", mark=ChipMark.STOPPED, note="calf"),
    )
    board = StationBoard((StationCard("a", "Step-ups", chips, note="waiting"),), 0, "hall")

    async def look(pilot: Pilot[None]) -> None:
        hall = "\n".join(text_of(board))
        assert "Pat K" in hall
        assert "sits out" in hall
        for private in ("support", "+", "stopped", "■", "flag", "calf", "waiting"):
            assert private not in hall
        board.mode = "desk"
        await pilot.pause()
        desk = "\n".join(text_of(board))
        assert "close support" in desk
        assert "stopped" in desk

    on_stage(Stage(board), look)
