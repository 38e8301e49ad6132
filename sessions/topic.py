"""One facilitated discussion of a pack: its themes, what is said and done, and for how long.

Not for: when it is held, which a schedule says (`pack`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from sessions.text import Data, Id, Line, Minutes, Text


class Theme(StrEnum):
    """The themes of the education that public sources name; a schedule has to cover every one."""

    WELCOME = "welcome"
    JOINT_ANATOMY = "joint-anatomy"
    CAUSES_OF_PAIN = "causes-of-pain"
    GOAL_SETTING = "goal-setting"
    ACTION_AND_COPING_PLANS = "action-and-coping-plans"
    PACING = "pacing"
    FLARE_UPS = "flare-ups"
    WEIGHT = "weight"
    HEALTHY_EATING = "healthy-eating"
    HEAT_AND_ICE = "heat-and-ice"
    RELAXATION = "relaxation"
    STAYING_ACTIVE = "staying-active"


class TopicMinutes(Data):
    """Minutes for each part of a topic; their sum is the education time it takes."""

    opening: Minutes
    messages: Minutes
    activity: Minutes
    worries: Minutes
    task: Minutes

    @property
    def total(self) -> int:
        """Minutes of all parts together."""
        return self.opening + self.messages + self.activity + self.worries + self.task


class Prompt(Data):
    """Something the facilitator can say, and which move of motivational interviewing it is."""

    kind: Literal["open_question", "affirmation", "reflection", "summary"]
    say: Text


class Activity(Data):
    """What the group does with the topic: `how` is for the facilitator, `say` is spoken."""

    name: Line
    how: Text
    say: Text
    kit: tuple[Line, ...] = ()


class Worry(Data):
    """A worry people voice on the topic, and words that meet it."""

    worry: Text
    answer: Text


class Topic(Data):
    """One facilitated discussion.

    `minutes` holds when the topic has a session to itself; `short` when it shares one, and is
    needed only then. `review` is what to ask when a later session returns to it.
    """

    id: Id
    title: Line
    themes: tuple[Theme, ...] = Field(min_length=1)
    aim: Text
    opening_question: Text
    key_messages: tuple[Text, ...] = Field(min_length=4, max_length=6)
    prompts: tuple[Prompt, ...] = Field(min_length=3)
    activity: Activity
    worries: tuple[Worry, ...] = Field(min_length=2)
    task: Text
    review: tuple[Text, ...] = ()
    minutes: TopicMinutes
    short: TopicMinutes | None = None
    sources: tuple[Id, ...] = Field(min_length=1)

    def heard(self) -> tuple[str, ...]:
        """Everything of the topic that a participant hears, in the order it is spoken."""
        return (
            self.opening_question,
            *self.key_messages,
            *(prompt.say for prompt in self.prompts),
            self.activity.say,
            *(worry.answer for worry in self.worries),
            self.task,
            *self.review,
        )
