"""Scores that ask for a talk in private: which there are, and the plan that was made, kept as a note.

Never on a view that the hall can see: a screen shows these only to who types the sheet, or when asked.

Not for: what the threshold of a score is (`sessions.rules.ScoreAlarm`, from the pack).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from escape_tui.entry.board import TIMEPOINT_WORDS, SheetKey
from escape_tui.store.acts.checks import typed
from escape_tui.store.acts.notes import write_note
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import cohort_pack, measures, notes, people
from sessions.measured import scores_of
from sessions.records import MeasureRow
from sessions.rules import ScoreAlarm

LONGEST_PLAN = 2000


@dataclass(frozen=True, slots=True)
class Alarm:
    """One sheet with scores that ask for a private plan; `rules` are the pack's, with what to do."""

    key: SheetKey
    rules: tuple[ScoreAlarm, ...]

    @property
    def heading(self) -> str:
        """How the note that keeps the plan begins: which scores asked for it."""
        when = TIMEPOINT_WORDS[self.key.timepoint].lower()
        scales = ", ".join(rule.scale for rule in self.rules)
        return f"Private plan ({self.key.instrument}, {when}: {scales}). "


def has_alarms(cohort: Cohort, instrument: str) -> bool:
    """Whether scores of that instrument may ask for a talk in private."""
    return any(rule.instrument == instrument for rule in cohort_pack(cohort).alarms)


def alarms_without_plan(cohort: Cohort) -> tuple[Alarm, ...]:
    """Every alarm of the cohort for which nobody has made a plan yet, but of people who left their data."""
    rules = cohort_pack(cohort).alarms
    gone = {one.id for one in people(cohort) if one.erased_on or one.data_withdrawn_on}
    made = [(note.person, note.text) for note in notes(cohort)]
    rung = [_alarm(rules, measure) for measure in measures(cohort) if measure.person not in gone]
    return tuple(alarm for alarm in rung if alarm.rules and not _has_plan(alarm, made))


def make_plan(cohort: Cohort, alarm: Alarm, lead: str, plan: str) -> None:
    """Keep the plan as a note on the person, with the lead's name. `Refused` where either is blank."""
    named = typed(lead, "lead's name")
    said = typed(plan, "plan", LONGEST_PLAN)
    write_note(cohort, f"{alarm.heading}Lead: {named}. Plan: {said}", alarm.key.person)


def _has_plan(alarm: Alarm, made: Iterable[tuple[str | None, str]]) -> bool:
    return any(person == alarm.key.person and text.startswith(alarm.heading) for person, text in made)


def _alarm(rules: tuple[ScoreAlarm, ...], measure: MeasureRow) -> Alarm:
    """The alarm that a measure rings; one without rules for most."""
    key = SheetKey(measure.person, measure.instrument, measure.timepoint)
    wanted = [rule for rule in rules if rule.instrument == measure.instrument]
    scores = {one.scale: one.score for one in scores_of(measure)} if wanted else {}
    return Alarm(key, tuple(rule for rule in wanted if _rings(rule, scores.get(rule.scale))))


def _rings(rule: ScoreAlarm, score: Fraction | None) -> bool:
    if score is None:
        return False
    if rule.at_least is not None:
        return score >= rule.at_least
    return rule.at_most is not None and score <= rule.at_most
