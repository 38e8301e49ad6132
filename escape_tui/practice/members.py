"""What the parts of a lived past hand each other: members of the cohort, evenings, acts with their instants.

Not for: doing any of it (`living`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from escape_tui.practice.attending import Attending, Coming
from escape_tui.practice.exercising import Way
from escape_tui.practice.people import Character
from escape_tui.store.cohort import Cohort
from sessions.session_plan import SessionPlan


@dataclass(frozen=True, slots=True)
class Moment:
    """An act and the instant at which it is made."""

    at: datetime
    act: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Member:
    """An invented person with the id that the cohort gave them, and their way through the programme."""

    id: str
    character: Character
    attending: Attending
    way: Way


@dataclass(frozen=True, slots=True)
class EveningOf:
    """One session as it is held. `comings` are of those who have not left, by person.

    `begins` is the time planned; `on_duty` are those on duty, who acts first.
    """

    cohort: Cohort
    plan: SessionPlan
    begins: datetime
    rng: Random
    on_duty: tuple[str, ...]
    members: tuple[Member, ...]
    comings: Mapping[str, Coming]

    @property
    def number(self) -> int:
        """The number of the session."""
        return self.plan.number

    @property
    def here(self) -> tuple[Member, ...]:
        """Who comes, late or not, in the order of the register."""
        return tuple(one for one in self.members if one.id in self.comings and self.comings[one.id].attends)
