"""The talk pane: pages, themes, notes, goals."""

from __future__ import annotations

from pathlib import Path

from escape_tui.guiding.education import notes_of_today, open_goals, themes_covered
from escape_tui.store.read import goals
from sessions.run_steps import Phase
from tests.screens.session.hall import Hall, make_home, play

A_WHILE = 60


async def to_the_talk(hall: Hall) -> None:
    """All here and asked, the session begun, the first talk reached."""
    await hall.press("a", "n", "space")
    for _ in range(A_WHILE):
        if hall.guide.state().step.phase is Phase.EDUCATION:
            return
        await hall.press("pagedown")
    raise AssertionError("the talk was not reached")


def test_every_word_of_the_talk_is_seen_page_by_page_before_the_next_part_begins(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_the_talk(hall)
        topic, step = hall.guide.plan.topics[0], hall.guide.state().index
        seen = hall.words
        for _ in range(A_WHILE):
            await hall.press("pagedown")
            if "PageDown again" in hall.echo:
                break
            seen += " " + hall.words
        assert hall.guide.state().index == step
        for text in (topic.opening_question, *topic.key_messages, topic.task, topic.worries[-1].answer):
            assert " ".join(text.split())[:40] in seen
        await hall.press("pagedown")
        assert hall.guide.state().index == step + 1

    play(make_home(tmp_path / "home"), then)


def test_time_over_is_shown_and_nothing_ends_by_itself(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_the_talk(hall)
        step = hall.guide.state().index
        await hall.pass_seconds(hall.guide.state().step.seconds + 65)
        assert hall.guide.state().index == step
        assert "over by 1:0" in hall.words

    play(make_home(tmp_path / "home"), then)


def test_a_theme_is_unticked_by_its_number_and_undone(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_the_talk(hall)
        planned = themes_covered(hall.guide)
        await hall.press("c", "2")
        assert len(themes_covered(hall.guide)) == len(planned) + 1
        await hall.press("2")
        assert themes_covered(hall.guide) == planned
        await hall.press("c", "3", "u")
        assert themes_covered(hall.guide) == planned

    play(make_home(tmp_path / "home"), then)


def test_a_note_of_the_group_is_kept_word_for_word(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_the_talk(hall)
        await hall.press("n")
        await hall.type("heat helps")
        assert [note.text for note in notes_of_today(hall.guide)] == ["heat helps"]

    play(make_home(tmp_path / "home"), then)


def test_a_goal_is_written_down_shown_by_its_number_and_settled(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_the_talk(hall)
        await hall.press("3", "g")
        await hall.type("walk to [b]")
        (goal,) = open_goals(hall.guide)
        assert goal.text == "walk to [b]"
        assert "walk to [b]" not in hall.words
        await hall.press("3")
        assert "walk to [b]" in hall.words
        await hall.press("v", "1", "1")
        assert [one.state for one in goals(hall.guide.cohort)] == ["met"]

    play(make_home(tmp_path / "home"), then)


def test_escape_out_of_a_text_keeps_nothing(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_the_talk(hall)
        await hall.press("n", "x", "y", "escape")
        assert notes_of_today(hall.guide) == ()

    play(make_home(tmp_path / "home"), then)
