"""The words of codes on the screens of people.

Not for: working out what is so (`telling`).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sessions.records import ConsentKind, Destination, Eligible, GoalKind, GoalState, WithdrawalReason

ELIGIBLE: Final[dict[Eligible, str]] = {
    "yes": "eligible",
    "no": "not eligible",
    "accepted": "accepted",
    "not_judged": "not judged",
}
CONSENT: Final[dict[ConsentKind, str]] = {
    "programme": "to take part",
    "sharing": "to sharing data without the name",
    "contact": "to be contacted afterwards",
}
LEAVING: Final[dict[WithdrawalReason, str]] = {
    "better": "better",
    "joined_gym": "joined a gym",
    "work": "work",
    "surgery": "surgery",
    "adverse_event": "an adverse event",
    "transferred": "goes to another group or service",
    "unwell": "unwell",
    "caring": "cares for somebody",
    "transport": "transport",
    "other": "something else",
    "unknown": "not known",
}
DESTINATION: Final[dict[Destination, str]] = {
    "leisure": "leisure centre",
    "gym": "gym",
    "class": "class",
    "walking_group": "walking group",
    "gp": "GP",
    "physiotherapy": "physiotherapy",
    "orthopaedics": "orthopaedics",
    "online": "online",
    "other": "something else",
    "none": "nowhere",
}
GOAL: Final[dict[GoalKind, str]] = {
    "goal": "Goal",
    "action_plan": "Action plan",
    "coping_plan": "Coping plan",
}
GOAL_STATE: Final[dict[GoalState, str]] = {
    "open": "open",
    "met": "met",
    "partly_met": "partly met",
    "dropped": "dropped",
}


def short_day(day: date) -> str:
    """A day in the fewest cells that nobody misreads: `5 Oct 2026`."""
    return f"{day.day} {day:%b %Y}"


def spoken(code: str) -> str:
    """A code as words."""
    return code.replace("_", " ")
