"""The talk of a session as pages, one after another: what to ask, say and do, with the minutes for each.

Not for: drawing a page, or the clock of the talk (`run_keeper`). Which themes were covered is kept at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.store.acts.notes import review_goal, set_goal, write_note
from escape_tui.store.acts.session_acts import Delivered, deliver_session
from escape_tui.store.read import goals, notes, sessions_held
from sessions.errors import Refused
from sessions.records import Goal, GoalKind, GoalState, Note
from sessions.run_steps import Phase
from sessions.session_plan import PlannedTopic, Review, SessionPlan
from sessions.topic import Theme

PageKind = Literal["review", "opening", "messages", "prompts", "activity", "worries", "task"]
PAGE_WORDS: Final[dict[PageKind, str]] = {
    "review": "Looking back",
    "opening": "Opening question",
    "messages": "Key messages",
    "prompts": "Words that help",
    "activity": "Activity",
    "worries": "Worries and answers",
    "task": "Until next time",
}
PROMPT_WORDS: Final = {
    "open_question": "Open question",
    "affirmation": "Affirmation",
    "reflection": "Reflection",
    "summary": "Summary",
}
THEME_WORDS: Final[dict[Theme, str]] = {
    Theme.WELCOME: "Welcome and overview",
    Theme.JOINT_ANATOMY: "How the joint works",
    Theme.CAUSES_OF_PAIN: "What causes pain",
    Theme.GOAL_SETTING: "Setting goals",
    Theme.ACTION_AND_COPING_PLANS: "Action plans and coping plans",
    Theme.PACING: "Pacing",
    Theme.FLARE_UPS: "Flare-ups",
    Theme.WEIGHT: "Weight",
    Theme.HEALTHY_EATING: "Healthy eating",
    Theme.HEAT_AND_ICE: "Heat and ice",
    Theme.RELAXATION: "Relaxation",
    Theme.STAYING_ACTIVE: "Staying active",
}
GOAL_WORDS: Final[dict[GoalKind, str]] = {
    "goal": "goal",
    "action_plan": "action plan",
    "coping_plan": "coping plan",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One paragraph of a page: `spoken` to the group, or for the facilitator alone. `label` may go before."""

    text: str
    spoken: bool = True
    label: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the talk. `topic` is the topic's id; `minutes` is None where it has none of its own."""

    kind: PageKind
    topic: str
    title: str
    minutes: int | None
    points: tuple[Point, ...]

    @property
    def heading(self) -> str:
        """What the page is, in words."""
        return PAGE_WORDS[self.kind]


def pages_of(plan: SessionPlan) -> tuple[Page, ...]:
    """Every page of a session's talk, in order: looking back, then each topic."""
    return (*_reviews(plan), *(page for topic in plan.topics for page in _of_topic(topic)))


def pages_now(guide: Guide) -> tuple[Page, ...]:
    """The pages of the present step: looking back, the topic at hand, at the closing the task; else none."""
    state = guide.state()
    phase = state.step.phase
    if phase is Phase.REVIEW:
        return tuple(_reviews(guide.plan))
    if phase is Phase.EDUCATION:
        before = guide.keeper.run.steps[: state.index]
        place = sum(step.phase is Phase.EDUCATION for step in before)
        return tuple(_of_topic(guide.plan.topics[place]))
    if phase is Phase.CLOSING:
        return tuple(page for page in pages_of(guide.plan) if page.kind == "task")
    return ()


def themes_planned(guide: Guide) -> tuple[Theme, ...]:
    """The themes that the pack has for this session, in the pack's order."""
    return guide.plan.themes


def themes_covered(guide: Guide) -> tuple[Theme, ...]:
    """The themes that count as covered: those said, or the pack's where nobody said otherwise."""
    said = next((one.themes for one in sessions_held(guide.cohort) if one.session == guide.number), ())
    return tuple(theme for theme in Theme if theme.value in said) if said else guide.plan.themes


def tick_theme(guide: Guide, theme: Theme, *, covered: bool) -> Told:
    """Say that a theme was covered, or was not; it is kept at once, and only where it differs from the pack.

    `Refused` before the session has begun, and for the last one left: a session that covered none cannot be
    told from one of which nothing was said.
    """
    if not guide.state().started:
        raise Refused("The session has not begun.", "Tick themes once they were talked about.")
    wanted = set(themes_covered(guide)) | {theme} if covered else set(themes_covered(guide)) - {theme}
    if not wanted:
        raise Refused("At least one theme has to stay.", "Write in a note that there was no talk.")
    differs = wanted != set(guide.plan.themes)
    themes = [one.value for one in Theme if one in wanted] if differs else []
    deliver_session(guide.cohort, guide.number, Delivered(themes=themes))
    return Told(f"{THEME_WORDS[theme]}: {'covered' if covered else 'NOT covered'}", undo=True)


def note_of_group(guide: Guide, text: str) -> Told:
    """Write down what the group said, in words that stay on this laptop. Raises as `write_note`."""
    write_note(guide.cohort, text, session=guide.number)
    return Told("The note is kept.", undo=True)


def note_of_person(guide: Guide, person: str, text: str) -> Told:
    """Write a note on one person today. Raises as `write_note`."""
    write_note(guide.cohort, text, person, guide.number)
    return guide.register.said(person, "the note is kept", undo=True)


def notes_of_today(guide: Guide) -> tuple[Note, ...]:
    """What was written down in this session."""
    return tuple(note for note in notes(guide.cohort) if note.session == guide.number)


def write_goal(guide: Guide, person: str, kind: GoalKind, text: str) -> Told:
    """Write down a goal or a plan in the person's own words. Raises as `set_goal`."""
    set_goal(guide.cohort, person, kind, text, guide.number)
    return guide.register.said(person, f"the {GOAL_WORDS[kind]} is kept", undo=True)


def close_goal(guide: Guide, goal: Goal, state: GoalState) -> Told:
    """Say what became of a goal or a plan. Raises as `review_goal`."""
    review_goal(guide.cohort, goal.id, state)
    words = f"{GOAL_WORDS[goal.kind]} {state.replace('_', ' ')}"
    return guide.register.said(goal.person, words, undo=True)


def open_goals(guide: Guide) -> tuple[Goal, ...]:
    """The goals and plans to come back to, of those on today's register, in its order."""
    place = {one.id: one.number for one in guide.people}
    found = (goal for goal in goals(guide.cohort) if goal.state == "open" and goal.person in place)
    return tuple(sorted(found, key=lambda goal: (place[goal.person], goal.id)))


def _reviews(plan: SessionPlan) -> Iterator[Page]:
    for place, review in enumerate(plan.reviews):
        yield _review(review, _share(plan.minutes.review, len(plan.reviews), place))


def _review(review: Review, minutes: int) -> Page:
    return Page("review", review.topic, review.title, minutes, tuple(Point(text) for text in review.ask))


def _share(minutes: int, parts: int, place: int) -> int:
    """Whole minutes of one part, so that all parts together have all of them."""
    return minutes // parts + (place < minutes % parts)


def _of_topic(topic: PlannedTopic) -> Iterator[Page]:
    minutes = topic.minutes

    def page(kind: PageKind, takes: int | None, *points: Point) -> Page:
        return Page(kind, topic.id, topic.title, takes, points)

    yield page(
        "opening", minutes.opening, Point(topic.aim, spoken=False, label="Aim"), Point(topic.opening_question)
    )
    yield page("messages", minutes.messages, *(Point(text) for text in topic.key_messages))
    yield page("prompts", None, *(Point(one.say, label=PROMPT_WORDS[one.kind]) for one in topic.prompts))
    activity = topic.activity
    kit = (Point(", ".join(activity.kit), spoken=False, label="You need"),) if activity.kit else ()
    how = (Point(activity.how, spoken=False, label=activity.name), *kit, Point(activity.say))
    yield page("activity", minutes.activity, *how)
    yield page("worries", minutes.worries, *(Point(one.answer, label=one.worry) for one in topic.worries))
    yield page("task", minutes.task, Point(topic.task))
