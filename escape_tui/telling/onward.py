"""Where each person goes on to, and when their follow-ups are due.

Not for: recording it (`store.acts.notes.signpost`).
"""

from __future__ import annotations

from dataclasses import dataclass

from escape_tui.guiding.names import Style
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import cohort_pack, plan_of, signposts
from escape_tui.telling.listed import ListedHere, listed_here
from sessions.due import Days, window_of
from sessions.records import Destination


@dataclass(frozen=True, slots=True)
class Onward:
    """One person, and where they go on to; None where nobody has said."""

    who: ListedHere
    to: Destination | None


@dataclass(frozen=True, slots=True)
class OnwardOfAll:
    """Everyone who can go on, and the days in which the follow-ups count."""

    people: tuple[Onward, ...]
    six_months: Days
    twelve_months: Days

    @property
    def open(self) -> int:
        """Of how many nobody has said it."""
        return sum(one.to is None for one in self.people)


def onward_of(cohort: Cohort, style: Style) -> OnwardOfAll:
    """Where everyone goes on to who was not erased, in the order of the register."""
    said = {one.person: one.destination for one in signposts(cohort)}
    pack, plan = cohort_pack(cohort), plan_of(cohort)
    return OnwardOfAll(
        people=tuple(
            Onward(one, said.get(one.id)) for one in listed_here(cohort, style) if one.standing != "erased"
        ),
        six_months=window_of("follow_up_6", pack.windows, plan),
        twelve_months=window_of("follow_up_12", pack.windows, plan),
    )
