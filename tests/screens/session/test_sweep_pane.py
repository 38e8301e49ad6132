"""The sweep: effort and pain once a person, at most three keys each; then the advice, a key each."""

from __future__ import annotations

from pathlib import Path

from escape_tui.store.read import exercise_log, levels
from tests.screens.session.circuits import counted, to_cool_down, to_work
from tests.screens.session.hall import HOSTILE, Hall, make_home, play

KEYS_A_PERSON = 3


async def swept(hall: Hall, turns: int = 1) -> None:
    """So many turns as planned, and the sweep."""
    for _ in range(turns):
        await to_work(hall)
    await to_cool_down(hall)
    await hall.press("d", "l", "s")


def said_by(hall: Hall, number: int) -> tuple[int | None, int | None]:
    """Effort and pain of the person of that number."""
    return hall.guide.log.said(hall.guide.people[number - 1].id)


def test_ten_people_are_asked_with_at_most_three_keys_each_and_ten_has_a_key(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await swept(hall)
        with counted(hall) as presses:
            await hall.press(*(["4", "2"] * 8), "t", "0", "enter", "t")
        assert presses.count <= KEYS_A_PERSON * 10
        assert [said_by(hall, number) for number in (1, 8, 9, 10)] == [(4, 2), (4, 2), (10, 0), (None, 10)]

    play(make_home(tmp_path / "home"), then)


def test_what_nobody_said_is_not_recorded(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await swept(hall)
        await hall.press("enter", "enter", "3", "enter")
        assert (said_by(hall, 1), said_by(hall, 2)) == ((None, None), (3, None))
        one = hall.guide.people[0].id
        assert {
            (row.effort, row.pain, row.basis) for row in exercise_log(hall.guide.cohort) if row.person == one
        } == {(None, None, "as_planned")}

    play(make_home(tmp_path / "home"), then)


def test_a_figure_is_kept_at_once_said_back_and_can_be_gone_back_to_or_undone(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await swept(hall)
        await hall.press("7")
        assert said_by(hall, 1) == (7, None)
        assert hall.echo.endswith("effort 7")
        await hall.press("backspace", "5", "1", "backspace", "2")
        assert said_by(hall, 1) == (5, 2)
        await hall.press("u")
        assert said_by(hall, 1) == (5, 1)

    play(make_home(tmp_path / "home"), then)


def test_a_hard_effort_and_a_pain_that_rose_are_warned_of_and_stop_nobody(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("2", "1", "p", "5", "enter")
        await swept(hall)
        await hall.press("8")
        assert "effort 8, too hard: ask how they are" in hall.echo
        await hall.press("9")
        assert hall.echo.endswith("pain 9")
        await hall.press("3", "6")
        assert "pain 6: ask about it" in hall.echo
        assert (said_by(hall, 1), said_by(hall, 2)) == ((8, 9), (3, 6))

    play(make_home(tmp_path / "home"), then)


def test_who_did_none_of_it_is_not_asked(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("d", "1", "x")
        await to_cool_down(hall)
        await hall.press("s", "4")
        assert said_by(hall, 1) == (None, None) or len(hall.guide.came_to(hall.guide.people[0].id)) > 1

    play(make_home(tmp_path / "home"), then)


def test_after_the_last_person_one_key_takes_each_advice_and_another_leaves_it(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await swept(hall)
        await hall.press(*(["9", "1"] * 2), *(["4", "1"] * 8))
        assert "Effort was 9" in hall.words
        await hall.press("y")
        assert "eased, from session 2" in hall.echo
        kept = levels(hall.guide.cohort)
        assert {row.person for row in kept} == {hall.guide.people[0].id}
        await hall.press("enter")
        assert levels(hall.guide.cohort) == kept
        await hall.press("u")
        assert levels(hall.guide.cohort) == ()

    play(make_home(tmp_path / "home"), then)


def test_hostile_names_stand_exactly_in_the_sweep(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await swept(hall)
        for one in hall.guide.people:
            assert one.desk[:30].strip() in hall.words
            await hall.press("4")
            assert hall.echo.startswith(f"{one.number} {one.desk}:")
            await hall.press("2")

    play(make_home(tmp_path / "home", HOSTILE), then)
