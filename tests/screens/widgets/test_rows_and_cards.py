"""Boards, rosters, strips and answers: who is chosen is always to be seen, at every size."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.pilot import Pilot

from tests.screens.widgets.stage import SIZES, Stage, on_stage, text_of
from widgets.answer_strip import AnswerItem, AnswerStrip
from widgets.bar import TimeBar, eighths
from widgets.cohort_strip import SessionState, SessionStrip, StripSession
from widgets.key_echo import Echo, EchoKind
from widgets.lines import window
from widgets.next_up import NextUp
from widgets.roster import Roster, RosterRow, RowState
from widgets.station_board import PersonChip, StationBoard, StationCard

STATIONS = (
    "Sit-to-stand",
    "Step-ups",
    "Wall press",
    "Heel raises",
    "Balance",
    "Band pull",
    "Bridges",
    "Marching",
)


def cards(count: int = 6, people: int = 12) -> tuple[StationCard, ...]:
    chips = [PersonChip(at + 1, f"Person{at + 1}", f"L{at % 5 + 1}", "2x10") for at in range(people)]
    return tuple(StationCard(name, name, tuple(chips[at::count])) for at, name in enumerate(STATIONS[:count]))


def rows(count: int) -> tuple[RosterRow, ...]:
    states = list(RowState)
    return tuple(RosterRow(at, f"Person{at}", states[at % len(states)]) for at in range(1, count + 1))


@pytest.mark.parametrize("size", [*SIZES, (80, 12), (60, 10)])
@pytest.mark.parametrize("mode", ["hall", "desk"])
def test_everybody_at_every_station_is_on_the_board(size: tuple[int, int], mode: str) -> None:
    board = StationBoard(cards(), 2, "hall" if mode == "hall" else "desk")

    async def look(_: Pilot[None]) -> None:
        text = "\n".join(text_of(board))
        for number in range(1, 13):
            assert f"{number} Person{number}" in text

    on_stage(Stage(board), look, size)


def test_a_station_chosen_is_told_without_colour() -> None:
    board = StationBoard(cards(), 0)

    async def look(pilot: Pilot[None]) -> None:
        for turn, name in enumerate(STATIONS[:6]):
            marked = [line for line in text_of(board) if "►" in line]
            assert len(marked) == 1, turn
            assert f"► {name}" in marked[0]
            board.move(1)
            await pilot.pause()
        assert board.selected == 0

    on_stage(Stage(board), look)


def test_the_chosen_station_stays_in_sight_where_not_all_fit() -> None:
    board = StationBoard(cards(8, 16), 7)

    async def look(_: Pilot[None]) -> None:
        text = "\n".join(text_of(board))
        assert "Marching" in text
        assert "above" in text

    on_stage(Stage(board), look, (60, 6))


def test_a_click_on_a_card_says_which() -> None:
    picked: list[str] = []

    class Clicked(Stage):
        def on_station_board_picked(self, message: StationBoard.Picked) -> None:
            picked.append(message.key)

    board = StationBoard(cards())

    async def click(pilot: Pilot[None]) -> None:
        await pilot.click(board, offset=(60, 2))
        await pilot.pause()
        assert picked == ["Step-ups"]

    on_stage(Clicked(board), click)


@pytest.mark.parametrize("people", [1, 10, 15, 30])
def test_a_group_of_any_size_is_on_the_roster_at_80_by_24(people: int) -> None:
    roster = Roster(rows(people), selected=people)

    async def look(_: Pilot[None]) -> None:
        text = "\n".join(text_of(roster))
        assert all(f"{number} Person{number} " in text for number in range(1, people + 1))

    on_stage(Stage(roster), look)


@given(number=st.integers(1, 60))
@settings(max_examples=8, deadline=None)
def test_whoever_is_chosen_is_in_sight(number: int) -> None:
    roster = Roster(rows(60), selected=number)

    async def look(_: Pilot[None]) -> None:
        marked = [line for line in text_of(roster) if "►" in line]
        assert len(marked) == 1
        assert f"►{number:>2} Person{number} " in marked[0]

    on_stage(Stage(roster), look, (80, 14))


def test_every_state_has_its_word_and_a_sign_of_its_own() -> None:
    roster = Roster(rows(6))

    async def look(_: Pilot[None]) -> None:
        text = "\n".join(text_of(roster))
        for state in RowState:
            assert f"{state.sign} {state.value}" in text
        assert len({state.sign for state in RowState}) == len(RowState)

    on_stage(Stage(roster), look)


def test_moving_stops_at_the_ends_of_the_roster() -> None:
    roster = Roster(rows(3))
    roster.move(1)
    assert roster.selected == 1
    roster.move(-1)
    assert roster.selected == 1
    roster.move(9)
    assert roster.selected == 3


def test_a_click_on_a_row_says_whose_in_both_columns() -> None:
    picked: list[int] = []

    class Clicked(Stage):
        def on_roster_picked(self, message: Roster.Picked) -> None:
            picked.append(message.number)

    roster = Roster(rows(30))

    async def click(pilot: Pilot[None]) -> None:
        await pilot.click(roster, offset=(5, 2))
        await pilot.click(roster, offset=(60, 2))
        await pilot.pause()
        assert picked == [3, 18]

    on_stage(Clicked(roster), click)


@pytest.mark.parametrize("size", SIZES)
def test_the_item_to_answer_is_always_in_sight(size: tuple[int, int]) -> None:
    items = tuple(AnswerItem(f"S{at}", tuple("01234"), at % 5 if at < 9 else None) for at in range(1, 43))
    strip = AnswerStrip(items)

    async def look(pilot: Pilot[None]) -> None:
        for current in (0, 20, 41):
            strip.current = current
            await pilot.pause()
            marked = [line for line in text_of(strip) if "►" in line]
            assert len(marked) == 1
            assert f"S{current + 1} " in marked[0]

    on_stage(Stage(strip), look, size)


@given(current=st.integers(0, 41))
@settings(max_examples=10, deadline=None)
def test_the_item_to_answer_is_in_sight_where_few_rows_are_left(current: int) -> None:
    items = tuple(
        AnswerItem(str(at), tuple("0123456789X"), heading="Part" if at % 9 == 0 else "") for at in range(42)
    )
    strip = AnswerStrip(items, current)

    async def look(_: Pilot[None]) -> None:
        assert sum("►" in line for line in text_of(strip)) == 1

    on_stage(Stage(strip), look, (50, 7))


def test_an_answer_shows_its_box_and_its_code_and_a_blank_says_so() -> None:
    items = (
        AnswerItem("1", tuple("01234"), 2),
        AnswerItem("2", tuple("01234"), blank=True),
        AnswerItem("3", tuple("01234")),
        AnswerItem("4", text="12.5"),
    )
    strip = AnswerStrip(items)

    async def look(_: Pilot[None]) -> None:
        lines = [" ".join(line.split()) for line in text_of(strip)]
        assert lines[:4] == ["►1 □□■□□ 2", "2 □□□□□ blank", "3 □□□□□ ·", "4 12.5"]

    on_stage(Stage(strip), look)


def test_the_strip_shows_every_session_and_says_what_the_signs_mean() -> None:
    states = [SessionState.DONE, SessionState.CANCELLED, SessionState.TODAY, *[SessionState.TO_COME] * 9]
    strip = SessionStrip(tuple(StripSession(str(at), state, "2 Nov") for at, state in enumerate(states, 1)))

    async def look(_: Pilot[None]) -> None:
        text = "\n".join(text_of(strip))
        for said in ("✓1", "✗2", "►3", "·12", "✓ done", "✗ cancelled", "► today", "· to come"):
            assert said in text

    on_stage(Stage(strip), look)


def test_what_comes_next_keeps_its_time_on_a_narrow_screen() -> None:
    following = NextUp("CHANGE to the station with the very long name", "0:20", "change", "WORK")

    async def look(_: Pilot[None]) -> None:
        line = text_of(following)[0]
        assert "» CHANGE" in line
        assert line.rstrip().endswith("in 0:20")

    on_stage(Stage(following), look, (40, 5))


@pytest.mark.parametrize("kind", list(EchoKind))
def test_an_echo_says_its_kind_by_a_sign(kind: EchoKind) -> None:
    echo = Echo()

    async def look(pilot: Pilot[None]) -> None:
        echo.say("3 Pat K: level 4, eased", kind, undo=True)
        await pilot.pause()
        assert text_of(echo)[0].rstrip() == f"{kind.sign} 3 Pat K: level 4, eased · u undoes"
        echo.clear()
        await pilot.pause()
        assert not text_of(echo)[0].strip()

    on_stage(Stage(echo), look)


def test_a_refusal_is_read_to_its_remedy_and_folds_afterwards() -> None:
    echo = Echo()
    wrong, remedy = "The clock of this laptop is more than a day behind the last entry.", "Set it right."

    async def look(pilot: Pilot[None]) -> None:
        echo.say(f"{wrong} {remedy}", EchoKind.REFUSED, hint="u undoes")
        await pilot.pause()
        shown = [line.rstrip() for line in text_of(echo)]
        assert len(shown) == 3
        assert " ".join(line.strip() for line in shown) == f"✗ {wrong} {remedy} · u undoes"
        echo.fold()
        await pilot.pause()
        (folded,) = text_of(echo)
        assert folded.rstrip().endswith("… · u undoes")

    on_stage(Stage(echo), look, (40, 10))


def test_what_was_done_keeps_to_one_line() -> None:
    echo = Echo()

    async def look(pilot: Pilot[None]) -> None:
        echo.say("9 As planned: " + "Pat, " * 40, EchoKind.DONE)
        await pilot.pause()
        (line,) = text_of(echo)
        assert line.rstrip().endswith("…")

    on_stage(Stage(echo), look, (40, 10))


@given(progress=st.floats(-1, 2), width=st.integers(1, 240))
@settings(max_examples=60)
def test_a_bar_is_full_at_the_end_only_and_empty_before_the_beginning_only(
    progress: float, width: int
) -> None:
    full = eighths(progress, width)
    assert (full == 8 * width) == (progress >= 1)
    assert (full == 0) == (progress <= 0)


def test_a_bar_shows_marks_on_both_sides_of_now() -> None:
    bar = TimeBar(0.5, (0.25, 0.75))

    async def look(_: Pilot[None]) -> None:
        line = text_of(bar)[0]
        assert line[20] == "│"
        assert line[60] == "┼"
        assert line[:20] == "█" * 20
        assert line[-1] == "─"

    on_stage(Stage(bar), look)


@given(total=st.integers(1, 200), data=st.data(), height=st.integers(1, 50))
@settings(max_examples=60)
def test_a_window_holds_the_chosen_line(total: int, data: st.DataObject, height: int) -> None:
    chosen = data.draw(st.integers(0, total - 1))
    shown, above, below = window(total, chosen, height)
    seen = range(total)[shown]
    assert chosen in seen
    assert above + len(seen) + below == total
    assert len(seen) == min(total, height)


@pytest.mark.parametrize("height", range(1, 9))
def test_the_chosen_row_is_in_sight_however_few_rows_there_are(height: int) -> None:
    roster = Roster(rows(40), selected=20)
    board = StationBoard(cards(8, 16), 4)

    async def look(_: Pilot[None]) -> None:
        assert any("►" in line for line in text_of(roster))
        assert any("► " in line for line in text_of(board))

    on_stage(Stage(roster, board), look, (60, 2 * height))
