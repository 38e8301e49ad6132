"""Whom a cohort's own pack takes, from all that the cohort knows of a person.

Not for: the rules themselves (`sessions.eligibility`), nor taking someone whom they do not take.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from escape_tui.store.acts.people import EligibilityEntry, PersonEntry, judge_eligibility
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import cohort_head, eligibility_answers, identity_of, measures, person_of
from sessions.answers import parse_answers
from sessions.eligibility import Answered, Judgement, Known, YesNo, judge
from sessions.errors import Refused
from sessions.instrument_files import load_instrument
from sessions.pack import Pack
from sessions.rules import EligibilityScreen
from sessions.scoring import score

RECURRENT, AT_DISCRETION = "recurrent_pain", "at_discretion"
"""Kept among the answers: the pain comes back in episodes; what the facilitator decided where the screen
leaves it to them. No question of a pack can have such an id."""

Answers = Mapping[str, YesNo]


def first_judgement(pack: Pack, start: date, entry: PersonEntry, answers: Answers) -> Judgement:
    """What the rules say of someone new, by what is entered of them; their screen is still to come."""
    known = Known(birth_date=entry.birth_date, pain_site=entry.pain_site, pain_months=entry.pain_months)
    return _judged(pack, start, known, answers)


def judgement_of(cohort: Cohort, pack: Pack, person: str) -> Judgement:
    """What the rules say of a person of the cohort now. `Refused` where there is no such person."""
    return _of(cohort, pack, person, kept_answers(cohort, person))


def judge_again(cohort: Cohort, pack: Pack, person: str, said: Answers | None = None) -> Judgement:
    """Record what the rules say of a person now; what is `said` joins the answers that are kept.

    For whenever something changes that the rules look at: entries, answers, the screening instrument.
    """
    answers = {**kept_answers(cohort, person), **(said or {})}
    judgement = _of(cohort, pack, person, answers)
    judge_eligibility(cohort, person, EligibilityEntry(judgement.verdict, answers))
    return judgement


def answers_to(pack: Pack, given: Answers, kept: Answers, *, all_clear: bool) -> dict[str, YesNo]:
    """The answers `given` to questions of the pack; with `all_clear` the open ones are as they must be.

    `kept` are those answered before. `Refused` for a question that the pack does not ask.
    """
    questions = {question.id: question for question in pack.eligibility.questions}
    if not given.keys() <= questions.keys() | {RECURRENT, AT_DISCRETION}:
        raise Refused("The programme does not ask that question.", f"Answer one of {', '.join(questions)}.")
    clear: dict[str, YesNo] = {one.id: one.must_be for one in questions.values() if one.id not in kept}
    return {**(clear if all_clear else {}), **given}


def kept_answers(cohort: Cohort, person: str) -> dict[str, YesNo]:
    """The answers that are kept of a person, by question."""
    return {
        kept.question: "yes" if kept.answer == "yes" else "no" for kept in eligibility_answers(cohort, person)
    }


def _of(cohort: Cohort, pack: Pack, person: str, answers: Answers) -> Judgement:
    kept, identity = person_of(cohort, person), identity_of(cohort, person)
    known = Known(
        birth_date=identity.birth_date if identity else None,
        pain_site=kept.pain_site,
        pain_months=kept.pain_months,
        screen=_screen_class(cohort, pack.eligibility.screen, person),
    )
    return _judged(pack, cohort_head(cohort).start_date, known, answers)


def _judged(pack: Pack, start: date, known: Known, answers: Answers) -> Judgement:
    asked = {question.id for question in pack.eligibility.questions}
    full = replace(
        known,
        recurrent=answers.get(RECURRENT),
        at_discretion=answers.get(AT_DISCRETION),
        answers=tuple(Answered(name, answer) for name, answer in answers.items() if name in asked),
    )
    # On the day the cohort starts: judged again a year later, nobody has grown into it or out of it.
    return judge(pack.eligibility, full, max(start, known.birth_date or start))


def _screen_class(cohort: Cohort, screen: EligibilityScreen | None, person: str) -> str | None:
    """The class that the screening instrument gave at baseline."""
    if screen is None:
        return None
    for taken in measures(cohort, person):
        if (taken.instrument, taken.timepoint) == (screen.instrument, "baseline") and taken.answers:
            instrument = load_instrument(screen.instrument)
            codes = ",".join(code or "" for code in taken.answers)
            scores = score(instrument, parse_answers(instrument, codes))
            return next((one.category for one in scores if one.scale == screen.scale), None)
    return None
