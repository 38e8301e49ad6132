"""What kinds of exercise are not for a person, and whether one exercise is among them.

Not for: storing it, or advice on a level (`advice`): an exercise that is ruled out is not made easier.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sessions.exercise import Exercise, Tag


@dataclass(frozen=True, slots=True)
class RuledOut:
    """Exercises with this tag are not for this person; it never leaves the site."""

    person: str
    tag: Tag


def is_ruled_out(exercise: Exercise, tags: Collection[Tag]) -> tuple[Tag, ...]:
    """Those of the exercise's tags that are ruled out, in its own order; empty where it may be done."""
    return tuple(tag for tag in exercise.tags if tag in tags)


def in_words(tags: Collection[Tag]) -> str:
    """Tags as they are read: "kneeling, deep bend"."""
    return ", ".join(tag.value.replace("-", " ") for tag in tags)
