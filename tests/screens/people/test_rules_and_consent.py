"""What somebody agreed to, what the rules say of them, and their own words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from escape_tui.judging import kept_answers
from escape_tui.screens.people.person import PersonScreen
from escape_tui.screens.people.rules import RulesScreen
from escape_tui.store.read import cohort_pack, goals, notes
from tests.screens.homes import LARGE, SMALL, On, on_a_screen
from tests.screens.people.at import known, on_people, type_in


@on_a_screen
async def test_each_consent_is_one_key_and_the_mark_goes_on(home: Path) -> None:
    async with on_people(home, SMALL, "1", "c") as on:
        await on.press("y", "n", "y")
        given = {one.kind: one.given for one in known(on, 1).consents}
        assert given == {"programme": True, "sharing": False, "contact": True}
        await on.press("escape", "u")
        assert known(on, 1).consent("contact") is None


@on_a_screen
async def test_a_consent_bears_the_day_and_the_way_it_was_said(home: Path) -> None:
    async with on_people(home, SMALL, "1", "c", "d") as on:
        await on.press("ctrl+u")
        await type_in(on, "1/9/2026")
        await on.press("enter", "h", "y")
        consent = known(on, 1).consent("programme")
        assert consent is not None
        assert (consent.on_date, consent.how) == (date(2026, 9, 1), "not_stated")


@on_a_screen
async def test_a_consent_of_a_day_to_come_is_refused(home: Path) -> None:
    async with on_people(home, SMALL, "1", "c", "d") as on:
        await on.press("ctrl+u")
        await type_in(on, "1/9/2027")
        await on.press("enter", "escape")
        assert "That day is still to come." in on.words
        assert known(on, 1).consents == ()


def _answers(on: On, number: int) -> dict[str, str]:
    return dict(kept_answers(on.app.desk.cohort, known(on, number).id))


@on_a_screen
async def test_every_question_of_the_pack_is_one_key_until_the_verdict_stands(home: Path) -> None:
    async with on_people(home, SMALL, "1", "l") as on:
        questions = cohort_pack(on.app.desk.cohort).eligibility.questions
        for question in questions:
            await on.press("y" if question.must_be == "yes" else "n")
        assert _answers(on, 1) == {question.id: question.must_be for question in questions}
        assert "eligible" in on.lines[1]
        assert "not" not in on.lines[1]


@on_a_screen
async def test_one_key_says_that_all_open_questions_are_as_they_must_be_and_undo_opens_them(
    home: Path,
) -> None:
    async with on_people(home, SMALL, "1", "l") as on:
        await on.press("a")
        assert "1 Ann [/b] x Quastenfloss eligible" in on.words
        await on.press("u")
        assert "not judged" in on.words
        assert _answers(on, 1) == {}


@on_a_screen
async def test_somebody_whom_the_rules_do_not_take_is_taken_with_a_reason_alone(home: Path) -> None:
    async with on_people(home, SMALL, "1", "l") as on:
        await on.press("n", "t", "enter")
        assert "Type something" in on.words
        await type_in(on, "Their [GP] asked")
        await on.press("enter")
        assert isinstance(on.app.screen, RulesScreen)
        judged = known(on, 1).eligibility
        assert judged is not None
        assert (judged.eligible, judged.accepted_reason) == ("accepted", "Their [GP] asked")
        await on.press("escape")
        assert "Their [GP] asked" in on.words


@on_a_screen
async def test_the_marked_rule_is_always_in_sight(home: Path) -> None:
    async with on_people(home, SMALL, "1", "l") as on:
        for _ in range(16):
            await on.press("down")
            assert any(line.lstrip().startswith(">") for line in on.lines), on.words


@on_a_screen
async def test_a_goal_is_kept_in_their_own_words_and_reviewed(home: Path) -> None:
    async with on_people(home, LARGE, "1", "g", "1") as on:
        await type_in(on, "Walk to [the] shop")
        await on.press("enter")
        assert "Goal Walk to [the] shop" in on.words
        await on.press("g", "4", "2")
        (goal,) = goals(on.app.desk.cohort, known(on, 1).id)
        assert goal.state == "met"


@on_a_screen
async def test_a_note_is_written_put_right_and_taken_out(home: Path) -> None:
    async with on_people(home, SMALL, "1", "n") as on:
        await type_in(on, "[/] quiet")
        await on.press("enter", "n", "2", "1", "!", "enter")
        assert [note.text for note in notes(on.app.desk.cohort)] == ["[/] quiet!"]
        await on.press("n", "2", "2")
        assert notes(on.app.desk.cohort) == ()


@on_a_screen
async def test_the_joint_is_fixed_at_once_and_another_one_needs_a_reason(home: Path) -> None:
    async with on_people(home, SMALL, "1", "j", "1") as on:
        assert known(on, 1).person.index_joint == "knee"
        await on.press("j", "3")
        assert "Why is it the hip right?" in on.words
        await type_in(on, "misheard")
        await on.press("enter")
        assert (known(on, 1).person.index_joint, known(on, 1).person.index_side) == ("hip", "right")


@on_a_screen
async def test_what_an_act_refuses_after_questions_is_told(home: Path) -> None:
    async with on_people(home, SMALL, "1", "g", "1") as on:
        await type_in(on, "x" * 4001)
        await on.press("enter")
        assert isinstance(on.app.screen, PersonScreen)
        assert "4001 characters" in on.echo
        assert goals(on.app.desk.cohort) == ()
