"""Scores that ask for a talk in private: which there are, and the plan that was made, kept as a note.

Never on a view that the hall can see: a screen shows these only to who types the sheet, or when asked.

Not for: what the threshold of a score is (`sessions.rules.ScoreAlarm`, from the pack).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from escape_tui.entry.board import TIMEPOINT_WORDS, SheetKey
from escape_tui.store.acts.checks import typed
from escape_tui.store.acts.notes import write_note
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import cohort_pack, measures, notes, people
from sessions.measured import scores_of
from sessions.records import MeasureRow
from sessions.rules import ScoreAlarm


@dataclass(frozen=True, slots=True)
class Alarm:
    """One score of one sheet that asks for a private plan, and what the pack says to do."""

    key: SheetKey
    scale: str
    title: str
    do: str

    @property
    def heading(self) -> str:
        """How the note that keeps the plan begins: which score asked for it."""
        when = TIMEPOINT_WORDS[self.key.timepoint].lower()
        return f"Private plan ({self.key.instrument}, {self.scale}, {when}). "


def has_alarms(cohort: Cohort, instrument: str) -> bool:
    """Whether scores of that instrument may ask for a talk in private."""
    return any(rule.instrument == instrument for rule in cohort_pack(cohort).alarms)


def alarms_of(cohort: Cohort, measure: MeasureRow) -> tuple[Alarm, ...]:
    """The alarms that the scores of a measure ring, as the pack has them."""
    return tuple(_alarms(cohort_pack(cohort).alarms, measure))


def alarms_without_plan(cohort: Cohort) -> tuple[Alarm, ...]:
    """Every alarm of the cohort for which nobody has made a plan yet, but of people who left their data."""
    rules = cohort_pack(cohort).alarms
    gone = {one.id for one in people(cohort) if one.erased_on or one.data_withdrawn_on}
    made = [(note.person, note.text) for note in notes(cohort)]
    return tuple(
        alarm
        for measure in measures(cohort)
        for alarm in _alarms(rules, measure)
        if measure.person not in gone and not _has_plan(alarm, made)
    )


def make_plan(cohort: Cohort, alarm: Alarm, lead: str, plan: str) -> None:
    """Keep the plan as a note on the person, with the lead's name. `Refused` where either is blank."""
    named = typed(lead, "lead's name")
    write_note(cohort, f"{alarm.heading}Lead: {named}. Plan: {typed(plan, 'plan', 2000)}", alarm.key.person)


def _has_plan(alarm: Alarm, made: Iterable[tuple[str | None, str]]) -> bool:
    return any(person == alarm.key.person and text.startswith(alarm.heading) for person, text in made)


def _alarms(rules: tuple[ScoreAlarm, ...], measure: MeasureRow) -> Iterator[Alarm]:
    wanted = [rule for rule in rules if rule.instrument == measure.instrument]
    if not wanted:
        return
    scores = {one.scale: one.score for one in scores_of(measure)}
    for rule in wanted:
        score = scores.get(rule.scale)
        if score is None:
            continue
        rings = score >= rule.at_least if rule.at_least is not None else score <= (rule.at_most or 0)
        if rings:
            key = SheetKey(measure.person, measure.instrument, measure.timepoint)
            yield Alarm(key, rule.scale, rule.title, rule.do)
