"""The board on a screen: the same states as the command line, choosing, printing, names as they are."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from textual.widgets import Input

from escape_tui.cli.main import outcome
from escape_tui.screens.measures.feedback import FeedbackScreen
from escape_tui.store.read import feedback
from tests.screens.homes import HOSTILE, LARGE, MORNING, SMALL, On, on_a_screen, running
from tests.screens.measures.keys import board, recorded, settings
from tests.screens.pictures import looks_as_before


@on_a_screen
async def test_the_board_and_the_command_line_say_the_same_of_every_sheet(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(home, '[instruments]\nin_use = ["phq-4"]\n')
    async with running(home) as on:
        await on.press(
            "f4", "2", "right", "enter", "9", "enter", "m", "2", "5", "left", "enter", "1", "escape"
        )
        shown = board(on).board
        assert shown is not None
        said = sorted(
            (
                cell.key.person,
                cell.key.instrument,
                cell.key.timepoint,
                cell.due.state,
                str(cell.due.window.first),
            )
            for cell in shown.cells
        )
    monkeypatch.setattr("escape_tui.cli.measure.today_of", lambda _cohort: MORNING.date())
    assert outcome(["--home", str(home), "measure", "due", "K26-1", "--all", "--json"]) == 0
    due = json.loads(capsys.readouterr().out)["due"]
    keys = ("person_id", "instrument", "timepoint", "state", "from")
    assert sorted(tuple(row[key] for key in keys) for row in due) == said
    assert {"recorded", "missing", "due", "not_yet"} <= {row["state"] for row in due}


@pytest.mark.parametrize("size", [SMALL, LARGE])
@on_a_screen
async def test_hostile_names_stand_on_the_board_exactly_as_they_are(
    home: Path, size: tuple[int, int]
) -> None:
    async with running(home, size) as on:
        await on.press("f4")
        squeezed = on.words.replace(" ", "")
        for name in HOSTILE:
            assert name.replace(" ", "")[:20] in squeezed, name


@on_a_screen
async def test_a_number_chooses_a_person_and_says_what_their_sheet_is(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "8", "right")
        assert "8 $name Quastenfloss: 30-second chair stand, baseline. due" in on.words


@on_a_screen
async def test_a_number_that_nobody_has_is_told(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "9")
        assert "There is no person 9" in on.echo


@on_a_screen
async def test_every_column_can_be_reached_in_a_small_window(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", *["right"] * 14)
        assert "12 months" in on.words
        assert "more →" not in on.words
        await on.press(*["left"] * 14)
        assert "more →" in on.words


@on_a_screen
async def test_n_leads_to_the_next_sheet_that_is_wanted(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "8", *["right"] * 6, "n")
        assert "1 Ann [/b] x Quastenfloss: Knee injury" in on.words


@on_a_screen
async def test_a_reason_on_the_board_is_one_key_and_can_be_taken_back(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "m", "1")
        assert [row.missing_reason for row in recorded(on)] == ["declined"]
        assert "missing (declined)" in on.words
        await on.press("u")
        assert recorded(on) == ()


@on_a_screen
async def test_the_board_is_printed_into_a_new_file_for_its_owner_alone(home: Path, tmp_path: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "w")
        _type_at_once(on, tmp_path / "b.txt")
        await on.press("enter")
        board(on)
        await on.press("w")
        _type_at_once(on, tmp_path / "b.txt")
        await on.press("enter")
        assert "There is such a file already" in on.words
    written = tmp_path / "b.txt"
    assert "Ann [/b] x" in written.read_text(encoding="utf-8")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def _type_at_once(on: On, path: Path) -> None:
    on.app.screen.query_exactly_one(Input).value = str(path)


@on_a_screen
async def test_feedback_is_one_key_a_card_and_one_batch(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "f", *"1121", "3", "minus", "3", "6")
        assert feedback(on.app.desk.cohort) == ()
        await on.press("enter")
        assert isinstance(on.app.screen, FeedbackScreen)
        counts = {one.answer: one.count for one in feedback(on.app.desk.cohort)}
        assert counts == {"very_good": 3, "good": 1, "neither": 1, "dont_know": 1}
        await on.press("escape")
        board(on)


@on_a_screen
async def test_few_cards_are_held_back_unless_they_are_the_last(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "f", "1", "2", "enter", "n")
        assert feedback(on.app.desk.cohort) == ()
        await on.press("enter", "y")
        assert sum(one.count for one in feedback(on.app.desk.cohort)) == 2


@on_a_screen
async def test_a_single_card_is_refused(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "f", "1", "enter")
        assert "could be told apart" in on.echo
        assert feedback(on.app.desk.cohort) == ()


@on_a_screen
async def test_cards_that_were_not_added_are_asked_about_before_they_are_put_aside(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "f", "1", "escape", "n")
        assert isinstance(on.app.screen, FeedbackScreen)
        await on.press("escape", "y")
        board(on)


@pytest.mark.parametrize(
    ("size", "theme"), [(SMALL, "calm"), (SMALL, "high-contrast"), (LARGE, "calm"), ((200, 50), "calm")]
)
@on_a_screen
async def test_the_board_looks_as_it_was_read(home: Path, size: tuple[int, int], theme: str) -> None:
    async with running(home, size) as on:
        on.app.theme = theme
        await on.press("f4", "m", "1", "2", "enter", "1", "escape", "3", "right", "enter", "9", "enter")
        await on.press("4")
        assert looks_as_before(on.app, f"measures-{theme}-{size[0]}x{size[1]}")


@on_a_screen
async def test_the_cards_look_as_they_were_read(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "f", "1", "1", "2")
        assert looks_as_before(on.app, "feedback-calm-80x24")
