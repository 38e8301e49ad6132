"""The rules a pack brings: whom it is for, what stops a person, when a level may move, what is measured.

Not for: applying them (`eligibility`, `advice`, `circuit`); these are the records alone.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from sessions.text import Data, Id, Line, Pain, Text

PainSite = Literal["knee", "hip", "knee_and_hip", "back"]
Timepoint = Literal["baseline", "end", "follow_up_6", "follow_up_12"]
Urgency = Literal["emergency", "same_day"]
"""`emergency`: emergency department or 999 at once. `same_day`: a clinician before the day is out."""


class EligibilityQuestion(Data):
    """A question that a person or a referrer answers; only the answer `must_be` meets the rule."""

    id: Id
    ask: Text
    must_be: Literal["yes", "no"]
    otherwise: Text


class EligibilityScreen(Data):
    """A screening instrument's class that decides: taken, taken at discretion, or not."""

    instrument: Id
    scale: Id
    take: tuple[Id, ...]
    consider: tuple[Id, ...] = ()
    otherwise: Text


class Eligibility(Data):
    """Whom the programme is for.

    `age_over` is in whole years and excludes that age itself. Of `pain_months_at_least` and
    `pain_months_over` exactly one is given; `recurrent_counts` lets recurrent episodes stand for duration.
    """

    pain_sites: tuple[PainSite, ...] = Field(min_length=1)
    age_over: int = Field(ge=0, le=120)
    pain_months_at_least: int | None = Field(default=None, ge=0)
    pain_months_over: int | None = Field(default=None, ge=0)
    recurrent_counts: bool = False
    questions: tuple[EligibilityQuestion, ...]
    screen: EligibilityScreen | None = None
    sources: tuple[Id, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_duration(self) -> Self:
        if (self.pain_months_at_least is None) == (self.pain_months_over is None):
            raise ValueError("give either pain_months_at_least or pain_months_over")
        return self


class RedFlag(Data):
    """A sign that stops exercise for that person, how urgent it is, and what to do."""

    id: Id
    sign: Text
    urgency: Urgency
    do: Text
    sources: tuple[Id, ...] = Field(min_length=1)


class StopSign(Data):
    """Something seen or told during exercise at which that person stops at once, and what to do."""

    id: Id
    sign: Text
    do: Text
    call_999: bool
    sources: tuple[Id, ...] = Field(min_length=1)


class ArrivalQuestion(Data):
    """What is asked of each person on arrival.

    `private` questions are asked by card or in private, never aloud. `red_flag` is what a yes means;
    `on_yes` says what the facilitator does. `from_session` is the first session that asks it.
    """

    id: Id
    ask: Text
    private: bool = False
    red_flag: Id | None = None
    from_session: int = Field(default=1, ge=1)
    on_yes: Text


class CloseSupport(Data):
    """How many people who need close attention one facilitator may have at one time."""

    per_facilitator: int = Field(ge=1, le=6)
    sources: tuple[Id, ...] = Field(min_length=1)


class AdviceRules(Data):
    """Thresholds of the advice on levels.

    Effort is 0 to 10 as the person says it. Pain is the rise over the pain on arrival: up to
    `rise_safe_to` is safe, from `rise_ease_from` on it eases off, between the two it is acceptable.
    `easy_in_a_row` sessions at a level with effort up to `effort_easy_to` speak for "up". A usual pain of
    `usual_pain_told_from` or more is told to the facilitator. After `missed_hold` sessions missed in a
    row "up" is not advised; after `missed_ease` the level eases.
    """

    effort_easy_to: int = Field(ge=0, le=10)
    effort_hard_from: int = Field(ge=0, le=10)
    rise_safe_to: Pain
    rise_ease_from: Pain
    usual_pain_told_from: Pain
    settle_hours: int = Field(ge=1, le=72)
    easy_in_a_row: int = Field(ge=1, le=6)
    missed_hold: int = Field(ge=1, le=12)
    missed_ease: int = Field(ge=1, le=12)
    sources: tuple[Id, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _thresholds_in_order(self) -> Self:
        if not self.rise_safe_to < self.rise_ease_from:
            raise ValueError("rise_ease_from must be above rise_safe_to")
        if not self.effort_easy_to < self.effort_hard_from:
            raise ValueError("effort_hard_from must be above effort_easy_to")
        if not self.missed_hold <= self.missed_ease:
            raise ValueError("missed_ease must not be below missed_hold")
        return self


class Steps(Data):
    """The most that one level may add to the one below, so that a step is small and plain.

    `harder_at_once` is how many of these may grow in one step. Supports and bands move one rung.
    """

    reps: int = Field(ge=1, le=20)
    seconds: int = Field(ge=1, le=120)
    hold_seconds: int = Field(ge=1, le=30)
    height_cm: int = Field(ge=1, le=20)
    load_kg: float = Field(gt=0, le=5)
    harder_at_once: int = Field(ge=1, le=4)


class Window(Data):
    """Days in which a measure counts, before (negative) and after the day its timepoint hangs on."""

    from_days: int = Field(ge=-365, le=365)
    to_days: int = Field(ge=-365, le=365)

    @model_validator(mode="after")
    def _from_before_to(self) -> Self:
        if self.from_days > self.to_days:
            raise ValueError("from_days must not be after to_days")
        return self


class Windows(Data):
    """Windows of the timepoints: baseline hangs on the first session, end on the last, others on a month."""

    baseline: Window
    end: Window
    follow_up_6: Window
    follow_up_12: Window


class MeasureDue(Data):
    """A measure that this programme takes: at which timepoints, for which pain sites, with what kit."""

    instrument: Id
    timepoints: tuple[Timepoint, ...] = Field(min_length=1)
    pain_sites: tuple[PainSite, ...] = Field(min_length=1)
    optional: bool = False
    kit: tuple[Line, ...] = ()


class ScoreAlarm(Data):
    """A wellbeing score that asks for a private talk with a named lead, never shown in the hall.

    It holds for scores of `at_least` or more, or of `at_most` or less; exactly one of them is given.
    """

    instrument: Id
    scale: Id
    at_least: int | None = None
    at_most: int | None = None
    title: Line
    do: Text
    sources: tuple[Id, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_threshold(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("give either at_least or at_most")
        return self
