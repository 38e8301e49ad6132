"""Questionnaires on paper while they go round the room.

Not for: the answers on them (`measures`).
"""

from __future__ import annotations

from escape_tui.store.act import Changed
from escape_tui.store.acts.checks import code, the_person
from escape_tui.store.cohort import Cohort
from sessions.papers import Paper
from sessions.rules import Timepoint


def mark_paper(cohort: Cohort, paper: Paper) -> Changed:
    """Record what has become of a paper; the later word counts."""
    with cohort.act("mark_paper") as act:
        the_person(act, paper.person)
        act.put(
            "paper",
            person=paper.person,
            instrument=code(paper.instrument, "instrument"),
            timepoint=paper.timepoint,
            state=paper.state,
            blanks=paper.blanks,
        )
    return act.changed


def unmark_paper(cohort: Cohort, person: str, instrument: str, timepoint: Timepoint) -> Changed:
    """Take a paper out of the list, as if it had not been handed out."""
    with cohort.act("unmark_paper") as act:
        act.remove("paper", person, instrument, timepoint)
    return act.changed
