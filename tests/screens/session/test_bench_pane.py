"""The bench pane: papers out, back and looked through, the chair stand."""

from __future__ import annotations

from pathlib import Path

from escape_tui.guiding.assessment import before_leaving, owed_today, papers_owed
from escape_tui.guiding.bench import CHAIR_STAND, bench
from escape_tui.store.read import measures
from tests.guiding.evenings import NAMES
from tests.screens.session.hall import Hall, make_home, play
from widgets.stand_counter import StandCounter

KEYS_FOR_ONE_STAND = 4


def test_the_chair_stand_of_one_person_is_timed_counted_and_kept_with_four_keys(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "b", "s")
        first = bench(hall.guide).next
        assert first is not None
        keys = ["s", "1", "2", "enter"]
        assert len(keys) <= KEYS_FOR_ONE_STAND
        await hall.press(keys[0])
        assert "GO" in hall.words
        await hall.press("enter")
        assert measures(hall.guide.cohort) == ()
        await hall.pass_seconds(31)
        assert "STOP" in hall.words
        await hall.press(*keys[1:])
        (kept,) = (one for one in measures(hall.guide.cohort) if one.instrument == CHAIR_STAND)
        assert kept.person == first.person.id
        assert "12 stands" in hall.echo
        following = bench(hall.guide).next
        assert following is not None
        assert f"{following.person.number} {following.person.desk}" in hall.words

    play(make_home(tmp_path / "home", NAMES[:3]), then)


def test_a_number_without_the_clock_is_asked_about_before_it_is_kept(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "b", "s", "1", "enter")
        assert "The clock has not run. Keep 1?" in hall.words
        assert measures(hall.guide.cohort) == ()
        await hall.press("n", "y", "enter")
        assert measures(hall.guide.cohort) == ()
        await hall.press("1", "2", "enter", "y")
        (kept,) = measures(hall.guide.cohort)
        assert kept.answers == ("12",)

    play(make_home(tmp_path / "home", NAMES[:3]), then)


def test_arms_take_one_key_and_somebody_else_can_go_first(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "b", "2", "s", "l")
        assert bench(hall.guide).next is not None
        await hall.press("a")
        (kept,) = (one for one in measures(hall.guide.cohort) if one.instrument == CHAIR_STAND)
        assert hall.guide.row(kept.person).person.number == 1

    play(make_home(tmp_path / "home", NAMES[:3]), then)


def test_a_count_made_while_the_laptop_slept_is_done_again(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "b", "s", "s")
        await hall.pass_seconds(3)
        hall.clock.sleep(120)
        await hall.pilot.pause(0.3)
        await hall.press("1", "2", "enter")
        assert measures(hall.guide.cohort) == ()
        assert "slept" in hall.echo

    play(make_home(tmp_path / "home", NAMES[:3]), then)


def test_papers_go_out_with_one_key_come_back_and_are_looked_through_for_blanks(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "b", "o")
        assert all(one.state == "out" for one in papers_owed(hall.guide))
        await hall.press("2", "k", "c", "3", "enter")
        mine = [one for one in papers_owed(hall.guide) if one.person.number == 2]
        assert (mine[0].state, mine[0].paper and mine[0].paper.blanks) == ("checked", 3)
        await hall.press("x", *["enter"] * (len(mine) - 2))
        mine = [one for one in papers_owed(hall.guide) if one.person.number == 2]
        assert [one.state for one in mine] == ["checked", "out", *["checked"] * (len(mine) - 2)]
        assert "Look through before they leave: 1 2 3" in hall.words
        assert len(before_leaving(hall.guide)) == 2 * len(mine) + 1

    play(make_home(tmp_path / "home", NAMES[:3]), then)


def test_a_measure_that_is_not_taken_has_its_reason(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "b", "1")
        before = len(owed_today(hall.guide))
        await hall.press("x", "1", "2")
        assert len(owed_today(hall.guide)) == before - 1
        assert [one.missing_reason for one in measures(hall.guide.cohort)] == ["unable"]
        await hall.press("u")
        assert len(owed_today(hall.guide)) == before

    play(make_home(tmp_path / "home", NAMES[:3]), then)


def test_a_red_flag_keeps_a_person_off_the_bench_and_says_so(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        flagged = next(n for n, one in enumerate(hall.guide.register.questions, 1) if one.red_flag)
        await hall.press("a", "1", "y", str(flagged), "b")
        assert "■" in hall.words
        assert "RED FLAG" in hall.words
        await hall.press("1")
        assert "A red flag was told today" in hall.echo
        await hall.press("s")
        assert "A red flag was told today" in hall.echo
        assert "s starts" not in hall.words
        await hall.press("2", "s", "a", "a")
        assert {one.person for one in measures(hall.guide.cohort)} == {
            one.id for one in hall.guide.people if one.number != 1
        }

    play(make_home(tmp_path / "home", NAMES[:3]), then)


def test_a_red_flag_told_while_somebody_is_at_the_bench_takes_them_off_it(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        flagged = next(n for n, one in enumerate(hall.guide.register.questions, 1) if one.red_flag)
        await hall.press("a", "b", "1", "s", "s", "g", "1", "y", str(flagged), "b")
        assert hall.screen.query_exactly_one(StandCounter).number == 2
        assert "GO" not in hall.words

    play(make_home(tmp_path / "home", NAMES[:3]), then)
