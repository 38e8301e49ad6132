"""Measures: taken, missing for a reason, or put right.

Not for: reading answers or scoring them (`sessions.answers`, `sessions.scoring`); the answers come here as
the codes that those accepted.
"""

from __future__ import annotations

import re
from typing import Final

from escape_tui.store.act import Act, Changed
from escape_tui.store.acts.checks import LONGEST_REASON, code, day, known_person, the_person, typed
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import Row, Value
from sessions.errors import Refused
from sessions.records import MeasureRow
from sessions.rules import Timepoint

_ANSWER: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?( [A-Za-z_]{1,20})?")
"""A number, with a word where an instrument has one (`0 arms`)."""


def record_measure(cohort: Cohort, measure: MeasureRow) -> Changed:
    """Record an instrument that was filled in, or why it was not.

    Where `measure` names no joint and side, it is about those fixed for the person. Exactly the same again
    changes nothing, but that a second typing agreed. `Refused` over anything else that is recorded, which
    `correct_measure` changes, and where there is neither an answer nor a reason, or both.
    """
    with cohort.act("record_measure") as act:
        person = the_person(act, measure.person)
        before = act.row("measure", *_key(measure))
        if before is None:
            _write(act, measure, person["index_joint"], person["index_side"])
        elif not _same(act, before, measure):
            raise Refused(
                "Something else is recorded for this instrument and timepoint already.",
                "Correct it, with a reason, where it is wrong.",
            )
        elif measure.entered_twice:
            act.put("measure", **_named(measure), entered_twice=1)
    return act.changed


def correct_measure(cohort: Cohort, measure: MeasureRow, why: str) -> Changed:
    """Put what is recorded right, for a typed reason; the trail keeps what was there.

    Joint and side stay unless `measure` names them. `Refused` where nothing is recorded.
    """
    with cohort.act("correct_measure") as act:
        person = known_person(act, measure.person)
        before = _must_be_recorded(act, _key(measure))
        act.because(typed(why, "reason", LONGEST_REASON), measure.person)
        if before["missing_reason"] is None:
            _write(act, measure, before["joint"], before["side"])
        else:
            _write(act, measure, person["index_joint"], person["index_side"])
    return act.changed


def remove_measure(cohort: Cohort, person: str, instrument: str, timepoint: Timepoint, why: str) -> Changed:
    """Take out a measure that is not this person's, for a typed reason; the trail keeps what was there."""
    with cohort.act("remove_measure") as act:
        known_person(act, person)
        _must_be_recorded(act, (person, instrument, timepoint))
        act.because(typed(why, "reason", LONGEST_REASON), person)
        _remove_answers(act, (person, instrument, timepoint), beyond=0)
        act.remove("measure", person, instrument, timepoint)
    return act.changed


def _key(measure: MeasureRow) -> tuple[str, str, str]:
    return measure.person, measure.instrument, measure.timepoint


def _named(measure: MeasureRow) -> dict[str, Value]:
    return {
        "person": measure.person,
        "instrument": code(measure.instrument, "instrument"),
        "timepoint": measure.timepoint,
    }


def _must_be_recorded(act: Act, key: tuple[str, str, str]) -> Row:
    row = act.row("measure", *key)
    if row is None:
        raise Refused("Nothing is recorded for this instrument and timepoint.", "Record it.")
    return row


def _same(act: Act, before: Row, measure: MeasureRow) -> bool:
    answers = [row["value"] for row in _answers(act, _key(measure), beyond=0)]
    recorded = (before["taken_on"], before["mode"], before["missing_reason"])
    return answers == list(measure.answers) and recorded == (
        day(measure.taken_on),
        measure.mode,
        measure.missing_reason,
    )


def _write(act: Act, measure: MeasureRow, joint: Value, side: Value) -> None:
    if any(measure.answers) == (measure.missing_reason is not None):
        raise Refused(
            "A measure has answers or a reason why they are missing.", "Give one of the two, not both."
        )
    if any(not _ANSWER.fullmatch(answer) for answer in measure.answers if answer is not None):
        raise Refused("An answer is not a code of an instrument.", "Give numbers, as the form has them.")
    act.put(
        "measure",
        **_named(measure),
        taken_on=day(measure.taken_on),
        mode=measure.mode,
        missing_reason=measure.missing_reason,
        joint=measure.joint or joint,
        side=measure.side or side,
        entered_twice=int(measure.entered_twice),
    )
    for item, value in enumerate(measure.answers, start=1):
        act.put("answer", **_named(measure), item=item, value=value)
    _remove_answers(act, _key(measure), beyond=len(measure.answers))


def _answers(act: Act, key: tuple[str, str, str], beyond: int) -> list[Row]:
    return act.rows(
        "SELECT item, value FROM answer WHERE person = ? AND instrument = ? AND timepoint = ? AND item > ?"
        " ORDER BY item",
        *key,
        beyond,
    )


def _remove_answers(act: Act, key: tuple[str, str, str], beyond: int) -> None:
    for row in _answers(act, key, beyond):
        act.remove("answer", *key, row["item"])
