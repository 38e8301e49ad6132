"""Which joint and side a person's measures are about: fixed once, corrected only with a reason.

Not for: where it hurts, which is an entry (`putting_right`).
"""

from __future__ import annotations

from escape_tui.screens.people.person import PersonScreen
from escape_tui.screens.pick import Row
from escape_tui.store.acts.people import correct_index, fix_index
from escape_tui.store.read import person_of
from sessions.records import Joint, Side

_PLACES: tuple[tuple[Joint, Side], ...] = (
    ("knee", "right"),
    ("knee", "left"),
    ("hip", "right"),
    ("hip", "left"),
)


async def about_the_joint(screen: PersonScreen) -> None:
    """Fix the joint and side, or put them right with a reason."""
    cohort = screen.desk.cohort
    fixed = person_of(cohort, screen.person)
    places = {f"{joint} {side}": (joint, side) for joint, side in _PLACES}
    rows = [Row(key, key) for key in places]
    now = f"{fixed.index_joint} {fixed.index_side}"
    chosen = await screen.pick(
        "Which joint are the measures about? The one that troubles most.", rows, at=now
    )
    joint, side = places[chosen]
    if fixed.index_joint is None:
        fix_index(cohort, screen.person, joint, side)
    elif chosen != now:
        question = (
            f"The measures were about the {now}. Why is it the {chosen}? What is recorded stays as it is."
        )
        correct_index(cohort, screen.person, joint, side, await screen.type_line(question))
    screen.done(f"The measures are about the {chosen}.")
