"""Anonymous feedback: counts alone. Nothing says who gave an answer, when, or in which order.

Not for: anything of a person. The trail says that a batch was entered and nothing of what was in it, and it
cannot be undone, for that would keep a batch apart.
"""

from __future__ import annotations

from collections.abc import Mapping

from escape_tui.store.act import Act, Changed
from escape_tui.store.cohort import Cohort
from sessions.errors import Refused
from sessions.records import FeedbackAnswer

QUESTION = "fft"


def add_feedback(cohort: Cohort, answers: Mapping[FeedbackAnswer, int]) -> Changed:
    """Add a batch of answers to the counts: how many people gave each. `Refused` for none, and below 0."""
    if not any(answers.values()) or min(answers.values()) < 0:
        raise Refused("A batch of feedback needs a count of 1 or more.", "Count the cards again.")
    with cohort.act("add_feedback", undoable=False) as act:
        for answer, count in answers.items():
            _write(act, answer, _counted(act, answer) + count)
    return act.changed


def correct_feedback(cohort: Cohort, answers: Mapping[FeedbackAnswer, int]) -> Changed:
    """Set the counts of these answers anew, from 0 on."""
    with cohort.act("correct_feedback", undoable=False) as act:
        for answer, count in answers.items():
            _write(act, answer, count)
    return act.changed


def _counted(act: Act, answer: FeedbackAnswer) -> int:
    row = act.row("feedback", QUESTION, answer)
    return int(str(row["count"])) if row else 0


def _write(act: Act, answer: FeedbackAnswer, count: int) -> None:
    act.put("feedback", question=QUESTION, answer=answer, count=count)
