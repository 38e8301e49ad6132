"""What undo is about to take back, in words: the act, whose it is, and whether it was made in this sitting.

Not for: taking it back (`store.acts.undoing`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from escape_tui.guiding.names import Style, names_of
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import Row, whole
from escape_tui.store.read import identities, people
from escape_tui.store.shapes import SHAPES
from sessions.errors import Refused

WORDS: Final = {
    "record_measure": "a measure",
    "correct_measure": "the correction of a measure",
    "remove_measure": "the removal of a measure",
    "move_session": "the new day of a session",
    "cancel_session": "the cancelling of a session",
    "merge_session": "the merging of two sessions",
    "add_extra_session": "an extra session",
    "deliver_session": "the end of a session",
    "cut_session_short": "the early end of a session",
    "undeliver_session": "that a session did not take place",
    "log_exercise": "an entry in the exercise log",
    "unlog_exercise": "the removal of an entry in the exercise log",
    "move_level": "a change of level",
    "answer_on_arrival": "an answer on arrival",
    "pain_on_arrival": "the pain on arrival",
    "mark_attendance": "a mark in the register",
    "correct_attendance": "the correction of a mark in the register",
    "unmark_attendance": "the removal of a mark in the register",
    "withdraw_person": "a withdrawal",
    "return_person": "a return to the group",
    "withdraw_data": "the withdrawal of data",
    "move_person": "a move to the other programme",
    "write_note": "a note",
    "edit_note": "the change of a note",
    "remove_note": "the removal of a note",
    "set_goal": "a goal or plan",
    "review_goal": "the review of a goal or plan",
    "signpost": "where somebody goes on to",
    "close_cohort": "the closing of the cohort",
    "reopen_cohort": "the reopening of the cohort",
    "enrol": "a person's place on the list",
    "edit_person": "a change to a person's record",
    "judge_eligibility": "a judgement of eligibility",
    "accept_person": "the taking of somebody whom the rules do not take",
    "record_consent": "a consent",
    "fix_index": "the joint that a person's measures are about",
    "correct_index": "the correction of a person's joint",
    "add_incident": "an incident",
    "correct_incident": "the correction of an incident",
    "remove_incident": "the removal of an incident",
}
"""Each act that undo can take back, as what is gone afterwards."""
MOST_NAMED: Final = 3
"""People named one by one; of more, the number is said."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What an undo takes back. `names` are people's text: data, never markup; `people` counts all of them.

    `this_sitting` is False for what was entered before the cohort was opened: that is asked about first.
    """

    words: str
    names: tuple[str, ...]
    people: int
    this_sitting: bool

    @property
    def line(self) -> str:
        """As it is read out: "a mark in the register (3 Pat K)"."""
        if not self.people:
            return self.words
        who = ", ".join(self.names) if self.people <= MOST_NAMED else f"{self.people} people"
        return f"{self.words} ({who})"


def next_to_take_back(cohort: Cohort, style: Style, before: int) -> TakenBack:
    """What the next undo takes back; `before` is the last step that could be when the cohort was opened.

    `Refused` where nothing can be taken back.
    """
    rows = cohort.connection.rows(
        "SELECT undo.step, undo.images, audit.act FROM undo JOIN audit ON audit.id = undo.audit"
        " WHERE step = (SELECT max(step) FROM undo) ORDER BY undo.audit"
    )
    if not rows:
        raise Refused("There is nothing to take back.", "Put the entry right instead.")
    acts = tuple(dict.fromkeys(str(row["act"]) for row in rows))
    about = tuple(dict.fromkeys(_people_in(rows)))
    return TakenBack(
        words=" and ".join(_in_words(act, sum(row["act"] == act for row in rows)) for act in acts),
        names=_named(cohort, about, style) if len(about) <= MOST_NAMED else (),
        people=len(about),
        this_sitting=whole(rows[0]["step"]) > before,
    )


def _in_words(act: str, times: int) -> str:
    words = WORDS.get(act, act.replace("_", " "))
    return words if times == 1 else f"{words}, {times} times"


def _people_in(rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        for image in json.loads(str(row["images"])):
            column = SHAPES[image["table"]].person
            row_then = image["after"] or image["before"] or {}
            if column is not None and row_then.get(column) is not None:
                yield str(row_then[column])


def _named(cohort: Cohort, about: tuple[str, ...], style: Style) -> tuple[str, ...]:
    everyone = people(cohort)
    names = names_of(everyone, identities(cohort), style)
    return tuple(f"{one.number} {names.of(one.id)}" for one in everyone if one.id in about)
