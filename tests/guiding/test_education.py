"""The talk as pages, the themes that were covered, and what is written down in it."""

from __future__ import annotations

import pytest

from escape_tui.guiding.education import (
    close_goal,
    note_of_group,
    notes_of_today,
    open_goals,
    pages_now,
    pages_of,
    themes_covered,
    tick_theme,
    write_goal,
)
from escape_tui.guiding.guide import Guide
from escape_tui.store.read import sessions_held
from sessions.errors import Refused
from sessions.pack import Delivery
from sessions.pack_files import shipped_pack
from sessions.run_steps import Phase
from sessions.session_plan import session_plan
from sessions.topic import Theme
from tests.guiding.evenings import Hall, go_to


def begun(hall: Hall, number: int = 1) -> Guide:
    hall.number = number
    guide = hall.open(3)
    guide.mark_all_here()
    guide.start()
    return guide


def test_the_pages_of_a_topic_come_in_the_order_of_the_talk_and_their_minutes_add_up(hall: Hall) -> None:
    guide = begun(hall)
    go_to(guide, Phase.EDUCATION)
    pages = pages_now(guide)
    assert [page.kind for page in pages] == [
        "opening",
        "messages",
        "prompts",
        "activity",
        "worries",
        "task",
    ]
    (topic,) = guide.plan.topics
    assert sum(page.minutes or 0 for page in pages) == topic.minutes.total


@pytest.mark.parametrize("programme", ["knees-hips", "backs"])
def test_all_that_a_participant_hears_of_a_session_stands_on_a_page(programme: str) -> None:
    pack = shipped_pack(programme)
    for sessions in (12, 10):
        for number in range(1, sessions + 1):
            plan = session_plan(pack, sessions, number, Delivery.IN_PERSON)
            spoken = {point.text for page in pages_of(plan) for point in page.points if point.spoken}
            heard = {words for topic in plan.topics for words in pack.topic(topic.id).heard()}
            heard -= {words for topic in plan.topics for words in pack.topic(topic.id).review}
            asked = {words for review in plan.reviews for words in review.ask}
            assert spoken == heard | asked


def test_looking_back_has_a_page_for_each_topic_and_all_of_its_minutes() -> None:
    plan = session_plan(shipped_pack("knees-hips"), 12, 11, Delivery.IN_PERSON)
    pages = [page for page in pages_of(plan) if page.kind == "review"]
    assert [page.topic for page in pages] == ["action-and-coping-plans", "relaxation"]
    assert sum(page.minutes or 0 for page in pages) == plan.minutes.review


def test_the_task_is_said_once_more_at_the_closing_and_nothing_while_people_exercise(hall: Hall) -> None:
    guide = begun(hall)
    go_to(guide, Phase.WARM_UP)
    assert pages_now(guide) == ()
    go_to(guide, Phase.CLOSING)
    assert [page.kind for page in pages_now(guide)] == ["task"]


def test_the_themes_are_the_packs_until_somebody_says_otherwise(hall: Hall) -> None:
    guide = begun(hall)
    assert themes_covered(guide) == guide.plan.themes
    tick_theme(guide, Theme.PACING, covered=True)
    assert set(themes_covered(guide)) == {*guide.plan.themes, Theme.PACING}
    tick_theme(guide, Theme.PACING, covered=False)
    assert sessions_held(guide.cohort)[0].themes == ()


def test_a_theme_ticked_by_mistake_is_undone(hall: Hall) -> None:
    guide = begun(hall)
    tick_theme(guide, Theme.PACING, covered=True)
    guide.undo()
    assert themes_covered(guide) == guide.plan.themes


def test_the_last_theme_stays_and_nothing_is_ticked_before_the_session(hall: Hall) -> None:
    guide = hall.open(1)
    with pytest.raises(Refused, match="not begun"):
        tick_theme(guide, Theme.PACING, covered=True)
    guide.start()
    *others, last = guide.plan.themes
    for theme in others:
        tick_theme(guide, theme, covered=False)
    with pytest.raises(Refused, match="At least one"):
        tick_theme(guide, last, covered=False)


def test_notes_and_goals_are_kept_as_they_were_said_and_goals_come_back_until_closed(hall: Hall) -> None:
    guide = begun(hall)
    note_of_group(guide, "Ann [/b]: the stairs at home")
    write_goal(guide, hall.people[1], "action_plan", "walk on Tuesdays")
    write_goal(guide, hall.people[0], "goal", "carry the shopping")
    assert [note.text for note in notes_of_today(guide)] == ["Ann [/b]: the stairs at home"]
    assert [goal.text for goal in open_goals(guide)] == ["carry the shopping", "walk on Tuesdays"]
    told = close_goal(guide, open_goals(guide)[1], "partly_met")
    assert told.line == "2 Pat Kane: action plan partly met"
    assert [goal.text for goal in open_goals(guide)] == ["carry the shopping"]
