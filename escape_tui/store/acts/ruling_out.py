"""Which kinds of exercise are ruled out for a person, such as kneeling or what is done on the floor.

Not for: what follows from it at a station (`guiding.circuit_log`), nor sitting out today (`circuit`).
"""

from __future__ import annotations

from escape_tui.store.act import Changed
from escape_tui.store.acts.checks import known_person, the_person
from escape_tui.store.cohort import Cohort
from sessions.exercise import Tag


def rule_out(cohort: Cohort, person: str, tag: Tag) -> Changed:
    """Record that exercises with this tag are not for a person, until `rule_in` lifts it.

    `Refused` for a person who was erased.
    """
    with cohort.act("rule_out") as act:
        known_person(act, person)
        act.put("ruled_out", person=person, tag=tag.value)
    return act.changed


def rule_in(cohort: Cohort, person: str, tag: Tag) -> Changed:
    """Record that exercises with this tag are for a person again, as if they had never been ruled out."""
    with cohort.act("rule_in") as act:
        the_person(act, person)
        act.remove("ruled_out", person, tag.value)
    return act.changed
