"""What people and facilitators of a practice cohort say: goals, plans, notes, in words of this project.

Not for: anything a pack says.
"""

from __future__ import annotations

from typing import Final

from sessions.records import GoalKind, IncidentAction, IncidentCategory, Severity

GOALS: Final[dict[GoalKind, tuple[str, ...]]] = {
    "goal": (
        "Walk to the shop and back without stopping, by the end of the course.",
        "Get down on the floor to play with the grandchildren, and up again.",
        "Climb the stairs at home one foot after the other.",
        "Weed the front garden for half an hour.",
        "Go back to the Tuesday dance.",
        "Sit through a film without having to get up.",
        "Drive to my sister's and get out of the car without help.",
        "Carry the shopping in from the bus.",
        "Stand long enough to cook Sunday dinner.",
        "Put my own socks on.",
    ),
    "action_plan": (
        "Twenty minutes round the park on Monday, Wednesday and Friday, after breakfast.",
        "Stairs twice each evening, holding the rail, before the news.",
        "Ten minutes in the garden, then a rest, then ten more; three days a week.",
        "The home sheet on the days without a session, with the kettle on.",
        "Get off the bus one stop early on the way to work.",
        "Chair exercises while the soup heats.",
    ),
    "coping_plan": (
        "If it rains, the same time on the spot in the hall.",
        "On a bad day half of it, and not nothing.",
        "If I have done too much: warmth, a gentle walk, and back to last week's number.",
        "Ring my neighbour when I do not feel like it; we said we would go together.",
    ),
}
PERSON_NOTES: Final = (
    "Likes to stand near the door.",
    "Came with a friend to the first session, alone since.",
    "Nervous on the step at first; steady now with a hand near.",
    "Has told the group about the walking football on Saturdays.",
    "Would like the home sheet in large print.",
    "Works nights every second week; ring after noon.",
    "Has had an injection in the past and did not like it; happy to talk about it.",
)
SESSION_NOTES: Final = (
    "Hall was cold until half past. Ask for the heating an hour earlier.",
    "Lively talk, ran over; shorter next time.",
    "The music next door was loud. Moved the chairs to the far end.",
    "Two chairs wobble: take them out.",
    "People swapped telephone numbers for a lift.",
)
INCIDENTS: Final[tuple[tuple[IncidentCategory, Severity, IncidentAction, str, float], ...]] = (
    ("pain", "minor", "continued_easier", "More pain at one station; went on with the gentler one.", 5),
    ("dizziness", "minor", "rested", "Light-headed after the warm-up. Sat, drank, felt well again.", 3),
    ("near_miss", "none", "continued_easier", "Caught a foot on the mat, did not fall. Mat taken away.", 3),
    ("breathing", "minor", "rested", "Short of breath, used own inhaler, sat out the rest.", 1.5),
    ("fall", "minor", "first_aid", "Sat down beside the chair. Grazed hand, cleaned. Told the GP.", 1),
    ("equipment", "none", "stopped", "A resistance band tore. Nobody hurt; the others were checked.", 1),
)
"""Category, severity, action, note, and how often against the others."""
SAT_OUT: Final = "Sat out the exercise. The GP was rung from the hall; comes back when they say so."
ACCEPTED: Final = "Spoken with the referrer: the group fits, and one-to-one help is not to be had this year."
