"""What is said back of a pain or an effort that is a lot: that it is, and what to do.

Not for: advice on levels (`sessions.advice`). It stops nobody: the facilitator looks and decides.
"""

from __future__ import annotations

from escape_tui.guiding.register import Register
from escape_tui.guiding.told import Told
from sessions.rules import AdviceRules


def told_of_effort(register: Register, rules: AdviceRules, person: str, effort: int) -> Told:
    """Say an effort back, 0 to 10; from `effort_hard_from` on it is a warning.

    Source: `advice` of the pack.
    """
    if effort < rules.effort_hard_from:
        return register.said(person, f"effort {effort}", undo=True)
    return register.said(
        person, f"effort {effort}, too hard: ask how they are, ease off next time", "warn", undo=True
    )


def told_of_pain(register: Register, rules: AdviceRules, person: str, pain: int) -> Told:
    """Say the most pain in the circuit back, 0 to 10; a rise of `rise_ease_from` or more is a warning.

    Without a pain on arrival the pain itself counts, the most that it can have risen. Source: `advice` of
    the pack.
    """
    arrival = register.row(person).pain
    rise = pain - (arrival or 0)
    if rise < rules.rise_ease_from:
        return register.said(person, f"pain {pain}", undo=True)
    up = "" if arrival is None else f", up by {rise}"
    return register.said(
        person, f"pain {pain}{up}: ask about it before they leave, ease off next time", "warn", undo=True
    )
