"""Typing sheets at the keyboard alone: how many keys it takes, what is asked, what is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escape_tui.screens.ask import Ask
from escape_tui.screens.measures.board import MeasuresScreen
from escape_tui.screens.measures.private_plan import PrivatePlan
from escape_tui.screens.measures.settle import Settle
from escape_tui.screens.today import TodayScreen
from escape_tui.store.acts.people import PersonEntry, edit_person
from escape_tui.store.acts.signoff import record_signoff
from escape_tui.store.drafts import drafts
from escape_tui.store.read import notes, people
from tests.screens.homes import HOSTILE, LARGE, SMALL, On, on_a_screen, running
from tests.screens.measures.keys import KOOS, Counted, board, entry, recorded, settings, type_at_once
from tests.screens.pictures import looks_as_before
from tests.store.making import signed

STANDS = ("right",)


async def pile(on: On, *, columns: int = 1) -> None:
    """From Today to the pile of the column so many places on."""
    await on.press("f4", *["right"] * columns, "p")


@on_a_screen
async def test_koos_of_one_person_takes_at_most_46_keys_from_the_board_and_back(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4")
        counted = Counted(on)
        await counted.press("3", "enter", *KOOS, "enter")
        board(on)
        assert counted.pressed <= 46
        (row,) = recorded(on)
        assert row.answers == ("0", "1", "2", "3", "4") * 8 + ("0", "1")


@on_a_screen
async def test_a_change_that_is_asked_about_stays_within_46_keys(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "enter")
        type_at_once(on, "1" * 42)
        await on.press("enter")
        on.clock.advance(45 * 86400)
        on.app.look_again()
        counted = Counted(on)
        await on.press("1", *["right"] * 4)
        await counted.press("enter")
        type_at_once(on, "5" * 42)
        await counted.press("enter")
        assert isinstance(on.app.screen, Ask)
        assert "beyond the error" in on.words
        assert "outside the window" not in on.words
        await counted.press("y")
        board(on)
        assert counted.pressed + 42 <= 46
        assert len(recorded(on)) == 2


@on_a_screen
async def test_a_pile_of_chair_stands_takes_at_most_four_keys_a_person(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", *STANDS)
        counted = Counted(on)
        await counted.press("p")
        for stands in ("12", "9", "30", "a", "14", "8", "11", "10"):
            before = counted.pressed
            await counted.press(*stands, "enter")
            if isinstance(on.app.screen, Ask):
                assert stands == "30"
                await counted.press("y")
            assert counted.pressed - before <= 4
        board(on)
        assert [row.answers for row in sorted(recorded(on), key=lambda row: _number(on, row.person))] == [
            (answer,) for answer in ("12", "9", "30", "0 arms", "14", "8", "11", "10")
        ]
        assert counted.pressed <= 4 * len(HOSTILE)


def _number(on: On, person: str) -> int:
    shown = board(on).board
    assert shown is not None
    return next(row.number for row in shown.rows if row.person == person)


@on_a_screen
async def test_an_unlikely_figure_is_asked_about_once_and_can_be_put_right(home: Path) -> None:
    async with running(home) as on:
        await pile(on)
        await on.press("3", "0", "enter")
        assert isinstance(on.app.screen, Ask)
        await on.press("n", "backspace", "1", "3", "enter")
        assert [row.answers for row in recorded(on)] == [("13",)]


@on_a_screen
async def test_an_impossible_key_changes_nothing_and_says_what_is_possible(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "enter", "6", "0", "x", "9")
        assert entry(on).entry.sheet.typed == 0
        assert "Keys 1 to 5, b for blank." in on.echo


@on_a_screen
async def test_the_code_stands_beside_the_box_and_scores_appear_at_once(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "enter", "5", "1", "1", "1")
        assert "□□□□■ 4" in on.words
        assert "symptoms 75 4 of 7" in on.words
        assert "pain - 0 of 9" in on.words


@on_a_screen
async def test_the_rule_for_odd_marks_is_on_the_screen(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "enter")
        assert "Two marks: the more severe of the two boxes counts." in on.words
        assert "Beside a box: the nearest box counts." in on.words


@on_a_screen
async def test_a_sheet_that_is_not_whole_is_not_recorded_and_leads_to_what_waits(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "enter", "1", "1", "down", "1", "enter")
        assert "Item 3 has no answer yet" in on.echo
        assert entry(on).entry.sheet.at == 2
        assert recorded(on) == ()


@on_a_screen
async def test_a_sheet_of_blanks_alone_asks_for_the_reason_it_is_missing(home: Path) -> None:
    async with running(home) as on:
        await pile(on)
        await on.press("b", "enter")
        assert "m records that it is missing" in on.echo
        await on.press("m", "2")
        assert [row.missing_reason for row in recorded(on)] == ["unable"]
        assert entry(on).entry.key.person != recorded(on)[0].person


@on_a_screen
async def test_escape_keeps_what_is_typed_and_the_board_begins_there(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "4", "enter")
        type_at_once(on, KOOS[:20])
        await on.press("escape")
        assert "half typed" in on.words
    async with running(home) as on:
        await on.press("f4", "enter")
        assert "20 of 42 typed" in on.words
        assert entry(on).entry.sheet.at == 20
        assert "שרה" in on.words


@on_a_screen
async def test_g_leads_to_an_item_and_a_figure_beyond_the_sheet_is_refused(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "enter", "g", "4", "3", "enter")
        assert "Give a number from 1 to 42" in on.words
        await on.press("backspace", "2", "enter", "3")
        assert entry(on).entry.sheet.cells[41] == "2"


@on_a_screen
async def test_day_and_way_of_filling_in_go_on_through_the_pile(home: Path) -> None:
    async with running(home) as on:
        await pile(on)
        await on.press("h", "4", "d", *["backspace"] * 10, *"1.10.2026", "enter")
        await on.press("1", "2", "enter", "1", "1", "enter")
        assert {(row.mode, row.taken_on) for row in recorded(on)} == {("phone", date(2026, 10, 1))}
        assert len(recorded(on)) == 2


@on_a_screen
async def test_undo_before_the_first_key_takes_back_the_sheet_before_and_goes_there(home: Path) -> None:
    async with running(home) as on:
        await pile(on)
        first = entry(on).entry.key
        await on.press("1", "2", "enter", "u")
        assert recorded(on) == ()
        assert entry(on).entry.key == first
        await on.press("1", "3", "enter")
        assert [row.answers for row in recorded(on)] == [("13",)]


@on_a_screen
async def test_a_recorded_sheet_is_put_right_for_a_reason(home: Path) -> None:
    async with running(home) as on:
        await pile(on)
        await on.press("1", "2", "enter", "escape")
        await on.press("1", *["left"] * 9, "right", "c")
        assert "CORRECTION" in on.words
        await on.press("backspace", "1", "4", "enter", *"slip", "enter")
        board(on)
        assert [row.answers for row in recorded(on)] == [("14",)]


@on_a_screen
async def test_what_is_thrown_away_was_asked_about(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "enter", "1", "2", "z")
        await on.press("n")
        assert entry(on).entry.sheet.typed == 2
        await on.press("z", "y")
        assert entry(on).entry.sheet.typed == 0
        assert drafts(on.app.desk.cohort) == ()


@on_a_screen
async def test_the_sites_own_wording_is_shown_where_it_has_it(home: Path) -> None:
    (home / "wording").mkdir()
    (home / "wording" / "activity-days.toml").write_text(
        '[items]\n1 = "Days [b] of the site?"\n', encoding="utf-8"
    )
    async with running(home) as on:
        await pile(on, columns=2)
        assert "Days [b] of the site?" in on.words


@on_a_screen
async def test_a_signed_cohort_says_so_before_the_first_key(home: Path) -> None:
    async with running(home) as on:
        record_signoff(on.app.desk.cohort, signed(on.app.desk.cohort))
        await on.press("f4", "enter")
        board(on)
        assert "signed" in on.echo


TWICE = "[instruments]\nsecond_entry = true\n"


async def entered_by_two(on: On, second: str) -> None:
    """A chair stand of 12, and its second entry by the other person on duty."""
    await on.press("1", "2", "enter", "f4", "right", "enter", "1", "2", "enter", "f6", "2")
    await on.press("1", *["left"] * 9, "right")
    assert "[✓1]" in on.words
    await on.press("enter")
    assert "SECOND ENTRY, BLIND" in on.words
    assert " 12" not in "".join(on.lines[1:-4])
    await on.press(*second, "enter")


@on_a_screen
async def test_a_second_entry_that_agrees_needs_no_more(busy_home: Path) -> None:
    settings(busy_home, TWICE)
    async with running(busy_home, cohort="K26-1") as on:
        await entered_by_two(on, "12")
        board(on)
        assert recorded(on)[0].entered_twice


@on_a_screen
async def test_differences_of_a_second_entry_are_shown_to_be_settled(busy_home: Path) -> None:
    settings(busy_home, TWICE)
    async with running(busy_home, cohort="K26-1") as on:
        await entered_by_two(on, "13")
        assert isinstance(on.app.screen, Settle)
        assert "1: 12 2: 13" in on.words
        assert not recorded(on)[0].entered_twice
        await on.press("2")
        board(on)
        assert (recorded(on)[0].answers, recorded(on)[0].entered_twice) == (("13",), True)


@on_a_screen
async def test_who_entered_first_puts_right_instead_of_entering_twice(busy_home: Path) -> None:
    settings(busy_home, TWICE)
    async with running(busy_home, cohort="K26-1") as on:
        await on.press("1", "enter", "f4", "right", "enter", "1", "2", "enter")
        await on.press("1", *["left"] * 9, "right", "enter")
        assert "CORRECTION" in on.words


PHQ = '[instruments]\nin_use = ["phq-4"]\n'


async def phq4(on: On, keys: str) -> None:
    """PHQ-4 of the first person of the list."""
    shown = board(on).board
    assert shown is not None
    at = [column.instrument for column in shown.columns].index("phq-4")
    await on.press("1", *["left"] * 9, *["right"] * at, "enter", *keys, "enter")


@on_a_screen
async def test_an_alarming_score_asks_for_a_private_plan_and_its_scores_are_not_said(home: Path) -> None:
    settings(home, PHQ)
    async with running(home) as on:
        await on.press("f4")
        await phq4(on, "2311")
        assert isinstance(on.app.screen, PrivatePlan)
        assert "Follow up in private: worry" in on.words
        await on.press(*"Sam", "enter", *"ring", "enter")
        board(on)
        assert "Lead: Sam. Plan: ring" in notes(on.app.desk.cohort)[0].text
        assert "anxiety" not in on.words


@on_a_screen
async def test_all_that_is_to_be_done_can_be_read_at_the_keyboard_in_a_small_window(home: Path) -> None:
    settings(home, PHQ)
    async with running(home, SMALL) as on:
        await on.press("f4")
        await phq4(on, "4444")
        assert "Follow up in private: mood" not in on.words
        await on.press("pagedown", "pagedown")
        assert "Follow up in private: mood" in on.words
        await on.press("escape")
        board(on)


@on_a_screen
async def test_a_plan_that_is_put_off_waits_under_a_key_of_the_board(home: Path) -> None:
    settings(home, PHQ)
    async with running(home) as on:
        await on.press("f4")
        await phq4(on, "2311")
        await on.press("escape", "v")
        assert isinstance(on.app.screen, PrivatePlan)
        await on.press(*"Sam", "enter", *"ring", "enter", "v")
        board(on)


@on_a_screen
async def test_while_a_session_runs_no_private_score_comes_up(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(home, PHQ)
    monkeypatch.setattr(TodayScreen, "clock_runs", property(lambda _screen: True))
    async with running(home) as on:
        await on.press("f4")
        await phq4(on, "2311")
        assert isinstance(on.app.screen, MeasuresScreen)
        await on.press("v")
        assert isinstance(on.app.screen, MeasuresScreen)
        assert "for when nobody looks on" in on.echo


@on_a_screen
async def test_while_a_session_runs_private_scores_are_not_shown_as_they_are_typed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(home, PHQ)
    monkeypatch.setattr(TodayScreen, "clock_runs", property(lambda _screen: True))
    async with running(home) as on:
        await on.press("f4")
        shown = board(on).board
        assert shown is not None
        at = [column.instrument for column in shown.columns].index("phq-4")
        await on.press("1", *["left"] * 9, *["right"] * at, "enter", "4", "4", "4", "4")
        assert "the hall may look on" in on.words
        assert "total 12" not in on.words


@on_a_screen
async def test_whose_sheet_it_is_stands_exactly_as_it_is(home: Path) -> None:
    async with running(home, SMALL) as on:
        await on.press("f4")
        for number, name in enumerate(HOSTILE, start=1):
            await on.press(str(number), "enter")
            assert name.replace(" ", "") in "".join(on.lines[1:4]).replace(" ", "")
            await on.press("escape")


@pytest.mark.parametrize(
    ("size", "theme"), [(SMALL, "calm"), (SMALL, "high-contrast"), (LARGE, "calm"), ((200, 50), "calm")]
)
@on_a_screen
async def test_a_sheet_looks_as_it_was_read(home: Path, size: tuple[int, int], theme: str) -> None:
    async with running(home, size) as on:
        on.app.theme = theme
        await on.press("f4", "1", "enter")
        type_at_once(on, KOOS[:20])
        await on.press("b")
        assert looks_as_before(on.app, f"sheet-{theme}-{size[0]}x{size[1]}")


@on_a_screen
async def test_a_day_on_which_the_sheet_counts_for_nothing_is_asked_about_once_in_a_pile(home: Path) -> None:
    async with running(home) as on:
        on.clock.advance(20 * 86400)
        await pile(on)
        await on.press("1", "2", "enter")
        assert isinstance(on.app.screen, Ask)
        assert "outside the window" in on.words
        await on.press("n", "d")
        await on.press(*["backspace"] * 10, *"5.10.2026", "enter", "enter")
        assert [row.taken_on for row in recorded(on)] == [date(2026, 10, 5)]
        await on.press("d", *["backspace"] * 10, *"25.10.2026", "enter")
        await on.press("1", "2", "enter", "y", "1", "1", "enter")
        assert len(recorded(on)) == 3


@on_a_screen
async def test_a_sheet_of_somebody_else_is_taken_out_for_a_reason(home: Path) -> None:
    async with running(home) as on:
        await on.press("f4", "right", "enter", "1", "2", "enter", "1", "delete", "enter")
        assert "The reason is empty" in on.words
        assert len(recorded(on)) == 1
        await on.press(*"swapped", "enter")
        assert recorded(on) == ()
        await on.press("u")
        assert len(recorded(on)) == 1


@on_a_screen
async def test_where_several_joints_hurt_one_key_says_which_the_sheets_are_about(home: Path) -> None:
    async with running(home) as on:
        cohort = on.app.desk.cohort
        edit_person(cohort, people(cohort)[0].id, PersonEntry(side="both"))
        await on.press("f4", "enter")
        assert "which joint? j" in on.words
        await on.press("j", "2")
        assert "right knee" in on.words
        type_at_once(on, "1" * 42)
        await on.press("enter")
        assert [(row.joint, row.side) for row in recorded(on)] == [("knee", "right")]
