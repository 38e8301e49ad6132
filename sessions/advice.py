"""Advice on a level: up, hold or ease, and the reason in one plain sentence.

Not for: deciding. The facilitator decides, and `levels` records the decision. The thresholds come from the
pack (`AdviceRules`). The order of the rules is here, in `RULES` and `WHAT_UP_ASKS`, for a clinician to read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from sessions.exercise import Exercise
from sessions.levels import level_above, level_below
from sessions.records import Basis, Decision
from sessions.rules import AdviceRules

Kind = Literal["up", "hold", "ease"]


@dataclass(frozen=True, slots=True)
class ExerciseEntry:
    """What the log says of one person at one exercise in one session.

    `reps` and `seconds` are what was done, `effort` (0 to 10) is as the person said it, `pain` (0 to 10) is
    the most during the exercise. None is "not recorded". `decision` is what the facilitator decided then.
    """

    session: int
    level: int
    reps: int | None = None
    seconds: int | None = None
    effort: int | None = None
    pain: int | None = None
    decision: Decision | None = None
    basis: Basis = "observed"


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a person came to a session: pain on arrival (0 to 10, None where it was not asked).

    `new_pain` is a new or different pain. `unsettled` is pain that the session before brought on and that had
    not settled to its usual level within the pack's hours.
    """

    session: int
    pain: int | None = None
    new_pain: bool = False
    unsettled: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of one person at one exercise when advice is asked in `session`.

    `level` is the one that holds now. `entries` are those of this exercise, one a session, in the order they
    were done. `missed` counts the sessions missed in a row just before this one; `ill` says that the person
    was ill since they last came.
    """

    exercise: Exercise
    level: int
    session: int
    entries: tuple[ExerciseEntry, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    missed: int = 0
    ill: bool = False

    @property
    def latest(self) -> ExerciseEntry | None:
        """The last time the exercise was done."""
        return self.entries[-1] if self.entries else None

    @property
    def arrival(self) -> Arrival | None:
        """How the person came to this session."""
        return self.arrival_at(self.session)

    def arrival_at(self, session: int) -> Arrival | None:
        """How the person came to that session."""
        return next((arrival for arrival in self.arrivals if arrival.session == session), None)

    def rise(self, entry: ExerciseEntry) -> int | None:
        """Points that the pain rose over the pain on arrival; None where no pain was recorded.

        Without the pain on arrival it is the pain itself, the most that it can have risen.
        """
        arrival = self.arrival_at(entry.session)
        if entry.pain is None:
            return None
        return entry.pain - ((arrival.pain if arrival else None) or 0)


@dataclass(frozen=True, slots=True)
class Advice:
    """What the log speaks for: `kind`, the level it leads to, and the reason in one sentence.

    `confirm` says that a step up is to be confirmed before it is taken. `tell` are sentences that the
    facilitator should hear whatever they decide.
    """

    kind: Kind
    to_level: int
    reason: str
    confirm: bool
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one rule says."""

    kind: Kind
    reason: str


Rule = Callable[[AdviceRules, Picture], Ruling | None]
"""Speaks, or leaves it to the rules after it."""

Demand = Callable[[AdviceRules, Picture, ExerciseEntry], str | None]
"""Says why an entry does not speak for "up", or None where it meets the demand."""


def advise(rules: AdviceRules, picture: Picture) -> Advice:
    """Advise on the level from here on: the first of `RULES` that speaks decides.

    Source of the order: pain as a traffic light read as the rise over the pain on arrival; a new pain, or one
    that did not settle, never gives "up"; after missed sessions hold or ease; after illness hold.
    `KeyError` where `picture.level` is not one of the exercise's.
    """
    ruling = next(ruling for rule in RULES if (ruling := rule(rules, picture)) is not None)
    return Advice(
        kind=ruling.kind,
        to_level=_leads_to(picture, ruling.kind),
        reason=ruling.reason,
        confirm=ruling.kind == "up" and picture.exercise.up_needs_confirming,
        tell=_tell(rules, picture, ruling.kind),
    )


def pain_rose_far(rules: AdviceRules, picture: Picture) -> Ruling | None:
    """The last time at this level, or at an easier one, pain rose into the red: ease."""
    entry = _not_eased_since(picture)
    rise = picture.rise(entry) if entry else None
    if rise is None or rise < rules.rise_ease_from:
        return None
    return Ruling("ease", f"Pain rose by {rise}; from a rise of {rules.rise_ease_from} on, ease off.")


def effort_was_too_hard(rules: AdviceRules, picture: Picture) -> Ruling | None:
    """The last time at this level, or at an easier one, it was too hard: ease."""
    entry = _not_eased_since(picture)
    if entry is None or entry.effort is None or entry.effort < rules.effort_hard_from:
        return None
    return Ruling("ease", f"Effort was {entry.effort}; from {rules.effort_hard_from} on it is too hard.")


def away_for_long(rules: AdviceRules, picture: Picture) -> Ruling | None:
    """Many sessions missed, and the exercise not tried again since: ease, once."""
    entry = _not_eased_since(picture)
    if entry is None or entry.session == picture.session or picture.missed < rules.missed_ease:
        return None
    return Ruling("ease", f"{picture.missed} sessions in a row were missed, so start again gently.")


def pain_is_new(_: AdviceRules, picture: Picture) -> Ruling | None:
    """A new or different pain never gives "up": hold."""
    if picture.arrival is None or not picture.arrival.new_pain:
        return None
    return Ruling("hold", "There is a new or different pain.")


def pain_has_not_settled(rules: AdviceRules, picture: Picture) -> Ruling | None:
    """Pain that did not settle after the last session never gives "up": hold."""
    if picture.arrival is None or not picture.arrival.unsettled:
        return None
    return Ruling("hold", f"Pain after the last session had not settled within {rules.settle_hours} hours.")


def back_from_absence(rules: AdviceRules, picture: Picture) -> Ruling | None:
    """Sessions missed in a row: hold."""
    if picture.missed < rules.missed_hold:
        return None
    return Ruling("hold", f"{picture.missed} {_sessions(picture.missed)} in a row missed just before.")


def back_from_illness(_: AdviceRules, picture: Picture) -> Ruling | None:
    """Ill since the last session: hold."""
    return Ruling("hold", "The person has been ill since they last came.") if picture.ill else None


def never_logged(_: AdviceRules, picture: Picture) -> Ruling | None:
    """Nothing to go by: hold."""
    return None if picture.latest else Ruling("hold", "Nothing is recorded for this exercise yet.")


def last_time_does_not_speak_for_up(rules: AdviceRules, picture: Picture) -> Ruling | None:
    """The last time falls short of one of the things that "up" asks: hold."""
    why = _falls_short(rules, picture, picture.latest) if picture.latest else None
    return Ruling("hold", why) if why else None


def not_easy_often_enough(rules: AdviceRules, picture: Picture) -> Ruling | None:
    """Easy, but in too few sessions in a row: hold."""
    easy = _easy_in_a_row(rules, picture)
    if easy >= rules.easy_in_a_row:
        return None
    return Ruling(
        "hold",
        f"It was easy in {easy} {_sessions(easy)}; {rules.easy_in_a_row} in a row speak for a step up.",
    )


def at_the_highest_level(_: AdviceRules, picture: Picture) -> Ruling | None:
    """There is no level above: hold."""
    if level_above(picture.exercise, picture.level) is not None:
        return None
    return Ruling("hold", "It was easy, and this is the highest level.")


def easy(rules: AdviceRules, _: Picture) -> Ruling:
    """Nothing above spoke: the last sessions were easy, and up is the advice."""
    number = rules.easy_in_a_row
    return Ruling("up", f"It was easy in the last {f'{number} sessions' if number > 1 else 'session'}.")


RULES: tuple[Rule, ...] = (
    # What calls for less comes first,
    pain_rose_far,
    effort_was_too_hard,
    away_for_long,
    # then what forbids more,
    pain_is_new,
    pain_has_not_settled,
    back_from_absence,
    back_from_illness,
    # then what is not enough for more,
    never_logged,
    last_time_does_not_speak_for_up,
    not_easy_often_enough,
    at_the_highest_level,
    # and "up" is what is left.
    easy,
)
"""The rules in order of safety; the first that speaks decides."""


def was_recorded(_: AdviceRules, __: Picture, entry: ExerciseEntry) -> str | None:
    """What nobody recorded speaks for nothing."""
    return "The last time was not recorded." if entry.basis == "not_recorded" else None


def was_this_exercise(_: AdviceRules, __: Picture, entry: ExerciseEntry) -> str | None:
    """A stand-in says nothing of the exercise itself."""
    return "Another exercise stood in the last time." if entry.decision == "substitute" else None


def was_at_this_level(_: AdviceRules, picture: Picture, entry: ExerciseEntry) -> str | None:
    """A level is judged by what was done at it."""
    return None if entry.level == picture.level else f"Level {picture.level} has not been tried yet."


def effort_was_easy(rules: AdviceRules, _: Picture, entry: ExerciseEntry) -> str | None:
    """The person said how hard it was, and that it was easy."""
    if entry.effort is None:
        return "The effort was not recorded."
    if entry.effort > rules.effort_easy_to:
        return f"Effort was {entry.effort}; up to {rules.effort_easy_to} is easy."
    return None


def pain_was_safe(rules: AdviceRules, picture: Picture, entry: ExerciseEntry) -> str | None:
    """Pain was asked for, and its rise stayed in the green."""
    rise = picture.rise(entry)
    if rise is None:
        return "The pain was not recorded."
    if rise > rules.rise_safe_to:
        return f"Pain rose by {rise}; up to {rules.rise_safe_to} is safe for a step up."
    return None


def dose_was_reached(_: AdviceRules, picture: Picture, entry: ExerciseEntry) -> str | None:
    """The repetitions or seconds of the level were done; "as planned" says that they were."""
    level = picture.exercise.level(entry.level)
    parts = ((entry.reps, level.reps, "repetitions"), (entry.seconds, level.seconds, "seconds"))
    recorded = [(done, dose, unit) for done, dose, unit in parts if done is not None and dose is not None]
    for done, dose, unit in recorded:
        if done < dose:
            return f"{done} of {dose} {unit} were done."
    if not recorded and entry.basis == "observed":
        return "What was done was not recorded."
    return None


WHAT_UP_ASKS: tuple[Demand, ...] = (
    was_recorded,
    was_this_exercise,
    was_at_this_level,
    pain_was_safe,
    effort_was_easy,
    dose_was_reached,
)
"""What an entry has to meet to speak for "up"."""


def _falls_short(rules: AdviceRules, picture: Picture, entry: ExerciseEntry) -> str | None:
    return next((why for demand in WHAT_UP_ASKS if (why := demand(rules, picture, entry))), None)


def _easy_in_a_row(rules: AdviceRules, picture: Picture) -> int:
    from_the_last = reversed(picture.entries)
    return len(list(takewhile(lambda entry: _falls_short(rules, picture, entry) is None, from_the_last)))


def _not_eased_since(picture: Picture) -> ExerciseEntry | None:
    """The last entry, unless the level was eased since: one hard time eases once."""
    entry = picture.latest
    return entry if entry is not None and entry.level <= picture.level else None


def _leads_to(picture: Picture, kind: Kind) -> int:
    if kind == "hold":
        return picture.level
    step = level_above if kind == "up" else level_below
    return step(picture.exercise, picture.level) or picture.level


def _tell(rules: AdviceRules, picture: Picture, kind: Kind) -> tuple[str, ...]:
    arrival = picture.arrival
    said: list[str] = []
    if arrival is not None and arrival.new_pain:
        said.append("A new or different pain was told on arrival: ask about it before the exercise.")
    if arrival is not None and arrival.unsettled:
        said.append("Ask which exercise the lasting pain came from, and ease that one.")
    if arrival is not None and arrival.pain is not None and arrival.pain >= rules.usual_pain_told_from:
        said.append(f"Pain on arrival was {arrival.pain}.")
    if kind == "up" and arrival is None:
        said.append("Ask about new pain, and pain that did not settle, before a step up.")
    if kind == "ease" and level_below(picture.exercise, picture.level) is None:
        said.append("This is the lowest level: do less of it, or choose another exercise.")
    return tuple(said)


def _sessions(number: int) -> str:
    return "session" if number == 1 else "sessions"
